"""Firefox as Debian ships it, spoken to in WebDriver BiDi over its own socket: no driver program, no patched build.

Playwright drives only a Firefox of its own making. W3C's BiDi protocol is JSON over a WebSocket, and a handful
of its commands is all a journey needs. The socket lives on a thread, because Playwright keeps this one's loop.
"""

import asyncio
import base64
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.browser.household import TestHousehold, trust_in

T = TypeVar("T")
PATIENCE_SECONDS = 30
ANSWER_SECONDS = 90  # for the browser to begin, or to answer a command: no test waits for a condition meanwhile
# Firefox's own search by role and name draws the whole page twice for each element that is hidden: seconds of a call
ROLES = {"button": "button, [role=button]", "textbox": "input, textarea, [role=textbox]"}
NAMED = """(selector, name) => {
    const labels = (one) => [...(one.labels ?? [])].map((label) => label.innerText.trim());
    const names = (one) => (one.ariaLabel ? [one.ariaLabel] : [...labels(one), one.innerText.trim()]);
    return [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility() && names(one).includes(name));
}"""
REACHED = """(one) => {
    one.scrollIntoView({ block: "center" });
    const { x, y, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
SETTINGS: dict[str, bool | int | str] = {
    "media.navigator.streams.fake": True,
    "media.navigator.video.default_fps": 10,  # encoding in software is most of what a call costs here
    "media.navigator.permission.disabled": True,
    "media.peerconnection.ice.loopback": True,  # both ends of a test's call are on this machine
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    # the rest keeps it from calling home
    "services.settings.server": "data:,",
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}


def until(condition: Callable[[], T | None], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """Asks again until the answer is neither None nor False; fails with `what` when patience ends."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        answer = condition()
        if answer is not None and answer is not False:
            return answer
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        pause.wait(0.05)


class Bidi:
    """One BiDi session: commands numbered and answered by number, events gathered. Used from any thread."""

    def __init__(self, address: str) -> None:
        self.logged: list[dict[str, Any]] = []
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._socket = self._wait(self._connect(address))

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its result. Fails with the browser's own words if it refuses."""
        answer = self._wait(self._ask(method, params))
        assert answer["type"] == "success", f"{method}: {answer.get('error')}: {answer.get('message')}"
        result: dict[str, Any] = answer["result"]
        return result

    def close(self) -> None:
        """Ends the socket and its thread."""
        self._loop.call_soon_threadsafe(self._socket.close)
        self._wait(asyncio.sleep(0))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(ANSWER_SECONDS)

    async def _connect(self, address: str) -> WebSocketClientConnection:
        return await websocket_connect(f"{address}/session", on_message_callback=self._heard)

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        answer: asyncio.Future[dict[str, Any]] = self._loop.create_future()
        self._waiting[self._number] = answer
        await self._socket.write_message(json.dumps({"id": self._number, "method": method, "params": params}))
        return await answer

    def _heard(self, message: str | bytes | None) -> None:
        if message is None:
            return
        told = json.loads(message)
        if told["type"] == "event":
            self.logged.append(told)
        elif (answer := self._waiting.pop(told["id"], None)) is not None:
            answer.set_result(told)


class Tab:
    """One page. Things are found by role and accessible name, as a person with a screen reader finds them.

    What they are called is read from the page itself, and that is all: in Chromium's journeys it is the browser's word.
    """

    def __init__(self, bidi: Bidi, context: str) -> None:
        self._bidi = bidi
        self._context = context

    def open(self, url: str) -> None:
        """Goes there and waits until it is loaded. Fails when the certificate is not trusted."""
        self._bidi.call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def reload(self) -> None:
        """Loads it again, and waits until that is done."""
        self._bidi.call("browsingContext.reload", context=self._context, wait="complete")

    def add_init_script(self, script: str) -> None:
        """Runs this before all else on every page that is opened here from now on, but not on an empty one."""
        function = f"() => {{ if (!isSecureContext) return; {script} }}"
        self._bidi.call("script.addPreloadScript", functionDeclaration=function, contexts=[self._context])

    def evaluate(self, expression: str, given: Any = None) -> Any:
        """The value of a JavaScript expression, awaited, as JSON carries it. A function is called with `given`."""
        called = f"(async (it) => JSON.stringify(await (typeof it === 'function' ? it({json.dumps(given)}) : it)))"
        answer = self._bidi.call(
            "script.evaluate",
            expression=f"{called}({expression})",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def wait_for(self, expression: str) -> Any:
        """Waits until a JavaScript expression is true, and answers it."""
        return until(lambda: self.evaluate(expression) or None, expression)

    def all(self, role: str, name: str) -> list[dict[str, Any]]:
        """The elements that are seen and have this role, one of ROLES, and exactly this accessible name."""
        given = [{"type": "string", "value": text} for text in (ROLES[role], name)]
        return [{"sharedId": node["sharedId"]} for node in self._call(NAMED, *given)["value"]]

    def find(self, role: str, name: str) -> dict[str, Any]:
        """The first such element; waits for it."""
        return until(lambda: self.all(role, name) or None, f"{role} {name!r}")[0]

    def text(self, role: str, name: str) -> str:
        """What the element says."""
        return str(self._on(self.find(role, name), "(element) => element.innerText"))

    def click(self, role: str, name: str) -> None:
        """Presses it with the mouse, in its middle, once nothing lies over it."""
        element = until(lambda: self._reached(role, name), f"{role} {name!r} with nothing over it")
        moves = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": element}},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": moves})

    def write(self, text: str) -> None:
        """Types on the keyboard into what has the focus. "\\n" is Enter."""
        keys = ["\ue007" if letter == "\n" else letter for letter in text]
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": strokes})

    def fill(self, role: str, name: str, text: str) -> None:
        """Clicks into the field and types."""
        self.click(role, name)
        self.write(text)

    def picture(self, path: Path) -> None:
        """A PNG of what is on the screen."""
        taken = self._bidi.call("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(taken["data"]))

    def _reached(self, role: str, name: str) -> dict[str, Any] | None:
        """The first such element that the mouse would meet, None while there is none."""
        return next((one for one in self.all(role, name) if self._on(one, REACHED)), None)

    def _act(self, source: dict[str, Any]) -> None:
        self._bidi.call("input.performActions", context=self._context, actions=[source])

    def _on(self, element: dict[str, Any], function: str) -> Any:
        return self._call(function, element).get("value")

    def _call(self, function: str, *given: dict[str, Any]) -> dict[str, Any]:
        answer = self._bidi.call(
            "script.callFunction",
            functionDeclaration=function,
            arguments=list(given),
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        result: dict[str, Any] = answer["result"]
        return result


class Firefox:
    """The browser with a profile of its own that trusts the household."""

    def __init__(self, program: str, household: TestHousehold, folder: Path) -> None:
        profile = folder / "profile"
        trust_in(profile, household.root)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in SETTINGS.items()]
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        self._log = folder / "firefox.log"
        command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=household.environment())
        try:
            self._bidi = Bidi(until(self._address, "Firefox to listen", ANSWER_SECONDS))
            self._bidi.call("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": False}})
            self._bidi.call("session.subscribe", events=["log.entryAdded"])
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        self._tabs: list[Tab] = []

    def new_tab(self) -> Tab:
        """An empty page."""
        tab = Tab(self._bidi, self._bidi.call("browsingContext.create", type="tab")["context"])
        self._tabs.append(tab)
        return tab

    def complaints(self) -> list[str]:
        """Errors on the console and errors nobody caught, so far."""
        entries = [told["params"] for told in self._bidi.logged]
        return [str(entry["text"]) for entry in entries if entry["level"] == "error"]

    def keep(self, folder: Path) -> None:
        """Leaves behind what helps to understand a failure: a picture of each tab, and all that its console says."""
        for number, tab in enumerate(self._tabs):
            tab.picture(folder / f"firefox-{number}.png")
        said = [f"{told['params']['level']}: {told['params']['text']}" for told in self._bidi.logged]
        (folder / "firefox-console.txt").write_text("\n".join(said), "utf-8")

    def close(self) -> None:
        """Ends the browser, kindly and then not."""
        self._bidi.close()
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _address(self) -> str | None:
        assert self._process.poll() is None, self._log.read_text("utf-8", errors="replace")
        found = LISTENING.search(self._log.read_text("utf-8", errors="replace"))
        return found[1] if found else None
