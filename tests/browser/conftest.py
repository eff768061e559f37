"""The stage for journeys: a trusted household, a real server on it, and a browser for each person."""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from scripts.faults import postgres, redis_server
from tests.browser.firefox import Firefox
from tests.browser.household import TestHousehold
from tests.browser.phones import Phone, launching_chromium, shape
from tests.browser.road import Road
from tests.browser.running import RunningServer
from tests.lacking import lacks

KEPT = Path(__file__).parent / "kept"
PATIENCE = 15_000  # ms an expectation waits; a condition ends it at once, only a failure takes this long
TRACED = bool(os.environ.get("PARLEY_TRACED"))  # keeps Playwright's trace of a failure; a tenth more time for all
failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers on the test that a part of it failed, so that fixtures know what to keep."""
    report = yield
    item.stash[failed] = item.stash.get(failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
def household(tmp_path_factory: pytest.TempPathFactory) -> TestHousehold:
    """One authority for the whole run, trusted by every browser here."""
    return TestHousehold(tmp_path_factory.mktemp("household"))


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright itself."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def launching(household: TestHousehold) -> dict[str, Any]:
    """How Chromium is started: the system's own, with fake camera and microphone, in the household's home."""
    return launching_chromium(household)


@pytest.fixture(scope="session")
def chromium(driver: Playwright, launching: dict[str, Any]) -> Iterator[Browser]:
    """One browser for the whole run; people get contexts of their own in it."""
    browser = driver.chromium.launch(**launching)
    yield browser
    browser.close()


@pytest.fixture
def firefox(
    household: TestHousehold,
    start_server: Callable[..., RunningServer],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    kept: Path,
) -> Iterator[Firefox]:
    """A Firefox for one test. Its complaints are the test's to judge: `firefox.complaints()`.

    It names `start_server` so that the browser is put away before servers leave.
    """
    program = shutil.which("firefox-esr")
    if program is None:
        lacks("firefox-esr is missing. On Debian: apt-get install firefox-esr")
    browser = Firefox(program, household, tmp_path)
    try:
        yield browser
        if request.node.stash.get(failed, False):
            kept.mkdir(parents=True, exist_ok=True)
            browser.keep(kept)
    finally:
        browser.close()


@pytest.fixture
def kept(request: pytest.FixtureRequest) -> Path:
    """The folder for what a failure of this test leaves behind."""
    folder = KEPT / re.sub(r"[^\w-]+", "-", request.node.nodeid.split("/")[-1])
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture(scope="session")
def stored() -> Iterator[Callable[[Path], list[str]]]:
    """The flags of a new store in a folder: none. With PARLEY_JOURNEYS=postgresql those of one of several servers."""
    if os.environ.get("PARLEY_JOURNEYS") != "postgresql":
        yield lambda _: []
        return
    with postgres.running() as database, redis_server.running() as bus:
        shared = ["--bus", bus.url, "--node-data"]
        yield lambda folder: ["--store", database.database(), *shared, str(folder / "own")]


@pytest.fixture
def start_server(
    household: TestHousehold,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    kept: Path,
    stored: Callable[[Path], list[str]],
) -> Iterator[Callable[..., RunningServer]]:
    """Starts servers with flags of the test's choosing; each is asked to leave at the end, and must."""
    servers: list[RunningServer] = []

    def start(*flags: str) -> RunningServer:
        folder = tmp_path / f"server{len(servers)}"
        folder.mkdir()
        store = [] if "--store" in flags else stored(folder)
        server = RunningServer(household, folder, *flags, *store)
        servers.append(server)
        server.start()
        return server

    yield start
    codes = [server.stop() for server in servers]
    if request.node.stash.get(failed, False):
        kept.mkdir(parents=True, exist_ok=True)
        for number, server in enumerate(servers):
            shutil.copyfile(server.log, kept / f"server{number}.log")
    assert all(code == 0 for code in codes), f"exit codes {codes}:\n{servers[0].said()}"


@pytest.fixture
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server as it is by default: who wants in needs an invitation."""
    return start_server()


@pytest.fixture
def open_server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server on a trusted network: a name is enough."""
    return start_server("--open")


@pytest.fixture
def phones(
    request: pytest.FixtureRequest, start_server: Callable[..., RunningServer], kept: Path
) -> Iterator[list[Phone]]:
    """All phones of this test. At the end: what they leave behind if it failed, and their complaints.

    It names `start_server` so that phones are put away before servers leave.
    """
    held: list[Phone] = []
    yield held
    if request.node.stash.get(failed, False):
        kept.mkdir(parents=True, exist_ok=True)
        for phone in held:
            phone.keep(kept)
            if TRACED:
                phone.context.tracing.stop(path=kept / f"{phone.name}-trace.zip")
    for phone in held:
        phone.context.close()
    complaints = [f"{phone.name}: {text}" for phone in held for text in phone.unexpected()]
    assert not complaints, "\n".join(complaints)


def settle(phones: list[Phone], context: BrowserContext, name: str | None, server: RunningServer) -> Phone:
    """Makes a phone of a context and keeps it for the end of the test."""
    context.set_default_timeout(PATIENCE)
    if TRACED:
        context.tracing.start(snapshots=True)  # no film: it costs as much as the page itself
    phone = Phone(name or f"phone{len(phones)}", context, server)
    phones.append(phone)
    return phone


@pytest.fixture
def phone(chromium: Browser, phones: list[Phone], request: pytest.FixtureRequest) -> Callable[..., Phone]:
    """`phone(width=390, height=844, dark=False, name=None, server=None)`: another person, with nothing stored.

    `server` is the one to talk to; left out, the test's own `server` or `open_server`.
    """

    def pick_up(
        width: int = 390,
        height: int = 844,
        *,
        dark: bool = False,
        name: str | None = None,
        server: RunningServer | None = None,
    ) -> Phone:
        context = chromium.new_context(**shape(width, height, dark))
        return settle(phones, context, name, server or own_server(request))

    return pick_up


@pytest.fixture
def installed_phone(
    driver: Playwright,
    launching: dict[str, Any],
    phones: list[Phone],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Callable[..., Phone]:
    """As `phone`, in a browser of its own with a profile on disk, as a person's is; for service workers."""

    def pick_up(
        width: int = 390,
        height: int = 844,
        *,
        dark: bool = False,
        name: str | None = None,
        server: RunningServer | None = None,
    ) -> Phone:
        profile = tmp_path / f"profile{len(phones)}"
        context = driver.chromium.launch_persistent_context(profile, **launching, **shape(width, height, dark))
        return settle(phones, context, name, server or own_server(request))

    return pick_up


@pytest.fixture
def road(phones: list[Phone]) -> Iterator[Road]:
    """The road between all browsers of this test; it names `phones` so that they are put away later."""
    one = Road()
    yield one
    one.close()


def own_server(request: pytest.FixtureRequest) -> RunningServer:
    """The server this test asked for by fixture."""
    name = "open_server" if "open_server" in request.fixturenames else "server"
    running: RunningServer = request.getfixturevalue(name)
    return running
