"""Bare pages at the forwarding unit: a connection of the browser's own, a camera, and nothing of the app.

The unit lives on a loop and a thread of its own, because Playwright keeps this one's. Offers wait until the test looks.
"""

import asyncio
import json
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import ifaddr
from playwright.sync_api import Browser

from calls import sdp
from calls.call import Event, Offered
from calls.unit import Unit
from tests.browser.firefox import Firefox, until
from tests.calls.weather import Relay, Weather

ADDRESS = "127.0.0.1"
SCRIPT = (Path(__file__).parent / "seat.js").read_text("utf-8")


def own_addresses() -> list[str]:
    """This machine's addresses of IPv4 but for loopback, to which Firefox sends nothing."""
    found = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    return [str(one) for one in found if not str(one).startswith("127.")]


class Blank(BaseHTTPRequestHandler):
    """An empty page, which localhost makes a secure one."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>seat</title>")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class Hall:
    """A unit, and the pages that sit in its call."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.offers: dict[str, deque[Offered]] = {}
        self.seats: dict[str, Seat] = {}
        self._relays: list[Relay] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.unit = Unit(self._hear)
        opening = self.unit.open([*own_addresses(), ADDRESS], hosts=["0.0.0.0"])
        asyncio.run_coroutine_threadsafe(opening, self._loop).result(10)
        self._pages = ThreadingHTTPServer((ADDRESS, 0), Blank)
        threading.Thread(target=self._pages.serve_forever, daemon=True).start()
        self.place = f"http://localhost:{self._pages.server_port}/"

    def _hear(self, event: Event) -> None:
        self.events.append(event)
        if isinstance(event, Offered):
            self.offers.setdefault(event.peer, deque()).append(event)

    def on_loop(self, act: Callable[[], Any]) -> Any:
        """What this gives, called where the unit lives."""

        async def wrapped() -> Any:
            return act()

        return asyncio.run_coroutine_threadsafe(wrapped(), self._loop).result(10)

    def sit(self, browser: Browser | Firefox, name: str, **wish: Any) -> "Seat":
        """Somebody joins from a page of their own; `wish` is for seat.js."""
        if isinstance(browser, Firefox):
            tab = browser.new_tab()
            tab.open(self.place)
            seat = Seat(name, tab.evaluate, lambda: None)
        else:
            context = browser.new_context(permissions=["camera", "microphone"])
            page = context.new_page()
            page.goto(self.place)
            seat = Seat(name, page.evaluate, context.close)
        seat.ask(f"(async () => {{ {SCRIPT} }})()")
        seat.ask(f"begin({json.dumps(wish)})")
        self.seats[name] = seat
        self.on_loop(lambda: self.unit.join("call", name))
        return seat

    def until(self, met: Callable[[], object], what: str) -> None:
        """Carries offers and answers until this holds."""

        def look() -> bool:
            self.carry()
            return bool(met())

        until(look, what)

    def carry(self) -> None:
        """Every offer to its page, and the answer back."""
        for name, waiting in self.offers.items():
            while waiting:
                offer = waiting.popleft()
                if seat := self.seats.get(name):
                    text = seat.ask(f"answer({json.dumps(offer.sdp)})")
                    self.on_loop(partial(self.unit.answer, offer.call, offer.peer, offer.version, text))
                    seat.tracks = dict(offer.tracks)

    def figures(self, name: str) -> dict[str, Any]:
        """What the unit counts of somebody."""
        told: dict[str, Any] = self.on_loop(self.unit.figures)
        found: dict[str, Any] = told["calls"]["call"]["peers"][name]
        return found

    def show(self, name: str, **heights: int) -> None:
        """What somebody's screen shows: the height of each camera, by its owner."""
        wanted = {(peer, "camera"): height for peer, height in heights.items()}
        self.on_loop(lambda: self.unit.show("call", name, wanted))

    def behind(self, weather: Weather) -> Relay:
        """Who sits down from now on reaches the unit only through a network like this, which may change."""
        address = [*own_addresses(), ADDRESS][0]
        relay: Relay = self.on_loop(lambda: Relay(weather, address, self.unit.port))
        self.unit._candidates = sdp.candidates((address,), relay.port)
        self._relays.append(relay)
        return relay

    def close(self) -> None:
        for seat in self.seats.values():
            seat.leave()
        self.on_loop(self.unit.close)
        for relay in self._relays:
            self.on_loop(relay.close)
        self._pages.shutdown()
        self._pages.server_close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Seat:
    """A page in the call. `ask` answers an expression of JavaScript, awaited."""

    def __init__(self, name: str, ask: Callable[[str], Any], leave: Callable[[], None]) -> None:
        self.name = name
        self.ask = ask
        self.leave = leave
        self.tracks: dict[str, tuple[str, str]] = {}

    def inbound(self, figure: str, source: str = "camera") -> dict[str, float]:
        """A figure of what comes, by whose it is."""
        told = self.ask(f"inbound({json.dumps(figure)})")
        return {owner: told[mid] for mid, (owner, kind) in self.tracks.items() if kind == source and mid in told}
