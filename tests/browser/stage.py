"""The stage for the catalogue of screens: one prepared household, and the devices that look at it.

It needs no test around it, so the command that takes pictures of every screen stands on it too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession

from tests.browser.household import TestHousehold
from tests.browser.phones import Phone, shape
from tests.browser.prepared import Household, prepare
from tests.browser.running import RunningServer
from tests.browser.screens import Visit

FLAGS = ("--rate", "10000", "--quota", "100MB")
PATIENCE = 15_000  # ms
SPEAKS = "localStorage.setItem('parley.language', JSON.stringify('{}'))"
CHANGES = "Push API|409|403|404|410|ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket|Failed to fetch"


class Stage:
    """Opens devices on one server, and closes them all."""

    def __init__(self, chromium: Browser, server: RunningServer, folder: Path) -> None:
        self.chromium = chromium
        self.server = server
        self.phones: list[Phone] = []
        self.drawing: list[CDPSession] = []
        self.strangers = 0
        self.drawn: set[tuple[str, str]] = set()
        self.house: Household = prepare(self.pick_up, server, folder)

    def pick_up(self, width: int = 390, height: int = 844, *, dark: bool = False, name: str = "") -> Phone:
        """A device with nothing stored. What runs in its page is counted."""
        context = self.chromium.new_context(**shape(width, height, dark))
        context.set_default_timeout(PATIENCE)
        phone = Phone(name, context, self.server)
        phone.expect_complaints(CHANGES)
        line = context.new_cdp_session(phone.page)
        line.send("Profiler.enable")
        line.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": False})
        self.drawing.append(line)
        self.phones.append(phone)
        return phone

    def visit(
        self, width: int, height: int, *, dark: bool = False, language: str = "", unanswered: bool = False
    ) -> Visit:
        """Anna at a screen of this size, where she has not been before; `unanswered`: and the server says nothing."""
        device = self.pick_up(width, height, dark=dark, name=f"anna-{width}{language}")
        cookies: Any = self.house.anna.page.context.cookies()
        device.context.add_cookies(cookies)
        if language:
            device.context.add_init_script(SPEAKS.format(language))
        if unanswered:
            device.page.route_web_socket("**", lambda line: None)
        device.open()
        device.page.locator(".list .row").first.wait_for()
        return Visit(device.page, self.house)

    def stranger(self, width: int, height: int, *, dark: bool = False, language: str = "") -> Visit:
        """Somebody who is not in yet."""
        device = self.pick_up(width, height, dark=dark, name=f"stranger-{width}{language}")
        if language:
            device.context.add_init_script(SPEAKS.format(language))
        house = self.house
        self.strangers += 1
        return Visit(device.page, house, (house.anna, house.bob, house.cleo)[self.strangers % 3])

    def note(self) -> set[tuple[str, str]]:
        """The functions of views/ that ran on any device so far: (file, name). A page that was left is forgotten."""
        scripts = [one for line in self.drawing for one in line.send("Profiler.takePreciseCoverage")["result"]]
        self.drawn |= {
            (script["url"].partition("/views/")[2], one["functionName"])
            for script in scripts
            for one in script["functions"]
            if one["ranges"][0]["count"]
        }
        return self.drawn

    def unexpected(self) -> list[str]:
        """What the devices complained about and nobody announced."""
        return [f"{phone.name}: {text}" for phone in self.phones for text in phone.unexpected()]

    def close(self) -> None:
        """Puts the devices away."""
        for phone in self.phones:
            phone.context.close()


@contextmanager
def raised(chromium: Browser, household: TestHousehold, folder: Path) -> Iterator[Stage]:
    """A stage on a server of its own, which leaves with it."""
    folder.mkdir(parents=True, exist_ok=True)
    server = RunningServer(household, folder, *FLAGS)
    server.start()
    stage = Stage(chromium, server, folder)
    try:
        yield stage
    finally:
        stage.close()
        server.stop()
