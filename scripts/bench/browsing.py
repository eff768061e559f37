"""A server on a store that has been lived in, over TLS, and Chromium on a slow phone that trusts it.

The browser is the journeys' own: Debian's, in the home of a household whose authority it trusts, so that nothing is
measured past the certificate. A newcomer's first mistake is to slow the page down before it has loaded.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from handlers.base import COOKIE
from scripts.bench.house import ROOT
from scripts.bench.seeding import Seeded, Talk, seed
from tests.browser.household import TestHousehold
from tests.browser.phones import launching_chromium, shape
from tests.browser.running import RunningServer

SCREEN = (390, 844)  # px
SLOWER = 4  # times: the phone that the targets are said of
PATIENCE = 60_000  # ms
TASK = "ThreadControllerImpl::RunTask"  # what a trace calls one
BARE = "/bare"  # where a page of plain bubbles stands
BUBBLE = (
    '<div class="message {whose} opens closes" data-key="{key}"><div class="bubble"><p class="said" dir="auto">'
    '<span class="text">{text}</span><span class="meta"><time>12:34</time></span></p></div></div>'
)


class Phone:
    """One page, and the line on which its browser is asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._line: CDPSession = page.context.new_cdp_session(page)

    def slow_down(self, times: float = SLOWER) -> None:
        """From now on so many times slower than it is; 1 is as it is."""
        self.tell("Emulation.setCPUThrottlingRate", rate=times)

    @contextmanager
    def slow(self) -> Iterator[None]:
        """For a while as slow as the phone that the targets are said of."""
        self.slow_down()
        yield
        self.slow_down(1)

    def tell(self, method: str, **given: Any) -> dict[str, Any]:
        """One command of the DevTools protocol."""
        answer: dict[str, Any] = self._line.send(method, given)
        return answer

    @contextmanager
    def tasks(self, took: list[float]) -> Iterator[None]:
        """Adds to `took` how many ms of a processor each task of the page's own thread needed."""
        browser = self.page.context.browser
        assert browser is not None
        browser.start_tracing(page=self.page, categories=["-*", "toplevel"])
        yield
        took += tasks_in(json.loads(browser.stop_tracing())["traceEvents"])

    def heap(self) -> float:
        """Bytes that scripts hold, once nothing is held that nobody needs."""
        for _ in range(2):  # what the first lets go of may have held more
            self.tell("HeapProfiler.collectGarbage")
        return self.metric("JSHeapUsedSize")

    def metric(self, name: str) -> float:
        """One of https://chromedevtools.github.io/devtools-protocol/tot/Performance/."""
        self.tell("Performance.enable")
        told = self.tell("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in told if one["name"] == name)


def tasks_in(events: list[dict[str, Any]]) -> list[float]:
    """The tasks of the busiest page in a trace of Chromium's, ms of a processor each (`tdur` is in microseconds)."""
    pages = {(one["pid"], one["tid"]) for one in events if one.get("args", {}).get("name") == "CrRendererMain"}
    took: dict[tuple[int, int], list[float]] = {page: [] for page in pages}
    for one in events:
        place = one["pid"], one["tid"]
        if place in pages and one["name"] == TASK:
            took[place].append(one.get("tdur", 0) / 1000)
    return max(took.values(), key=sum, default=[])


@dataclass(frozen=True, slots=True)
class Scene:
    """The server that runs, what is said in its house, and the browser."""

    server: RunningServer
    seeded: Seeded
    browser: Browser

    @contextmanager
    def phone(self) -> Iterator[Phone]:
        """Anna's, with nothing stored but that she is signed in."""
        context = self.browser.new_context(**shape(*SCREEN, dark=False))
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": COOKIE, "value": self.seeded.token, "url": self.server.origin, "secure": True}])
        try:
            yield Phone(context.new_page())
        finally:
            context.close()

    @contextmanager
    def bare(self, body: str) -> Iterator[Phone]:
        """A page of the server's origin and styles, with this in its `#app` and no script at all."""
        context = self.browser.new_context(**shape(*SCREEN, dark=False), service_workers="block")
        html = bare_page(body)
        context.route(f"**{BARE}", lambda route: _answer(route, html))
        try:
            page = context.new_page()
            page.goto(f"{self.server.origin}{BARE}")
            yield Phone(page)
        finally:
            context.close()


def _answer(route: Route, html: str) -> None:
    route.fulfill(content_type="text/html; charset=utf-8", body=html)


def bare_page(body: str) -> str:
    """The page without its scripts, and with the styles of a conversation."""
    names = ["reset", "tokens", "base", "parts", "conversation", "message", "text", "files", "reactions"]
    sheets = "".join(f'<link rel="stylesheet" href="/styles/{name}.css">' for name in names)
    view = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<head><meta charset="utf-8">{view}{sheets}</head>'
    return f'<!doctype html><html lang="en">{head}<body><div id="app">{body}</div></body></html>'


def bubbles(texts: list[str]) -> str:
    """Plain bubbles with these texts, every other one Anna's."""
    shown = enumerate(texts)
    return "".join(BUBBLE.format(whose="theirs" if at % 2 else "mine", key=at, text=text) for at, text in shown)


def bare_log(inside: str) -> str:
    """The box that scrolls, as the page has it."""
    return (
        '<main class="pane main conversation"><header class="bar"></header><div class="wall">'
        f'<div class="scroll log" role="log"><div class="log-inner">{inside}</div></div></div></main>'
    )


@contextmanager
def lived_in(talks: list[Talk]) -> Iterator[Scene]:
    """All of it, for as long as a bench lasts, on the disk that people use."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=kept) as name:
        folder = Path(name)
        household = TestHousehold(folder / "household")
        seeded = seed(folder / "data", talks)
        server = RunningServer(household, folder)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(**launching_chromium(household))
                yield Scene(server, seeded, browser)
                browser.close()
        finally:
            server.stop()
