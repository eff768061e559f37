"""How long one waits for the first picture of a call: of a room, through the unit, and of one from device to device.

Chromium on the real page and the real server, with a camera of 30 pictures a second. Those who are in the room's call
already have no browser (`guests.py`): as many pages as people would be one machine doing the work of three. The clock
runs from the press of the button. Camera and microphone open meanwhile, so the target is said of what is left once they
are open: less than nothing where the picture was first. Who looked at themselves before joining has both open already,
and waits for all of the rest. A newcomer's first mistake is to wait for a picture to be drawn: without a graphics card
that takes longer than the call.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from chat.visibility import EVERYONE
from scripts.bench.client import Place
from scripts.bench.figures import middle, rounded, today
from scripts.bench.guests import Guests
from scripts.bench.house import ROOT, join_all
from tests.browser.firefox import until
from tests.browser.household import TestHousehold
from tests.browser.people import begin
from tests.browser.phones import PERMISSIONS, launching_chromium, shape
from tests.browser.running import RunningServer

WITHIN = {"room": 300, "two": 200}  # ms, the targets
SLOW_CAMERA, CAMERA = "fps=10", "fps=30"
PATIENCE = 60_000  # ms
GUESTS = ("Ana", "Ben")  # in the room's call, without a browser

# Each press begins anew; the last of what happens again and again counts only until the first picture
MARKS = """
const now = () => performance.timeOrigin + performance.now();
window.marks = {};
const mark = (name) => { window.marks[name] ??= now(); };
window.press = () => { window.marks = { press: now() }; };
addEventListener("click", window.press, true);
const devices = navigator.mediaDevices;
const ask = devices.getUserMedia.bind(devices);
devices.getUserMedia = async (...given) => {
  const stream = await ask(...given);
  mark("camera");
  return stream;
};
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) {
    super(...given);
    mark("connection");
    this.addEventListener("connectionstatechange", () => mark(this.connectionState));
    this.addEventListener("track", async ({ track }) => {
      if (track.kind !== "video") return;
      const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
      const { value } = await reader.read();
      mark("picture");
      value?.close();
      reader.cancel();
    });
  }
  async setRemoteDescription(one) {
    mark(one.type);
    const done = await super.setRemoteDescription(one);
    if (one.type === "answer") mark("described");
    return done;
  }
  async setLocalDescription(...given) {
    const done = await super.setLocalDescription(...given);
    if (this.signalingState === "stable") mark("described");
    return done;
  }
};
"""
DO = """async ([name, given]) => {
  const { doing } = await import("/state/gathering.js");
  await doing[name](...given);
}"""
ATTENDEES = """async (room) => {
  const { conversationIn } = await import("/state/world.js");
  return conversationIn(room).peek()?.gathering?.attendees ?? [];
}"""
LOOKED = """async (room) => {
  const { openBoth } = await import("/call/devices.js");
  const { doing } = await import("/state/gathering.js");
  const handed = await openBoth({ video: true });
  window.press();
  window.marks.camera = window.marks.press;
  doing.start(room, { video: true, handed });
}"""
BARE = """async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720 } });
  const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const begun = performance.now();
  window.marks = {};
  for (const [one, other] of [[from, to], [to, from]])
    one.onicecandidate = ({ candidate }) => other.addIceCandidate(candidate ?? undefined);
  for (const track of stream.getTracks()) from.addTrack(track, stream);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription);
  while (!window.marks.picture) await new Promise((done) => setTimeout(done, 5));
  const took = window.marks.picture - performance.timeOrigin - begun;
  for (const pc of [from, to]) pc.close();
  for (const track of stream.getTracks()) track.stop();
  return took;
}"""
# Idle a few times one after another; a page that never is has waited long enough
REST = """async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
}"""
STEPS = (
    ("camera", "press", "camera and microphone are open"),
    ("described", "press", "offer and answer are in place"),
    ("connected", "described", "ways are found and keys agreed on"),
    ("picture", "connected", "the first picture is decoded"),
)


class Stage:
    """A server, a browser, and people who are in."""

    def __init__(self, server: RunningServer, browser: Browser) -> None:
        self._server = server
        self._browser = browser

    def joins(self, name: str) -> Page:
        """Somebody on a page whose calls are timed."""
        # a service worker that begins loads the page anew, on a busy machine in the middle of a call
        context = self._browser.new_context(**shape(1280, 800, dark=False), service_workers="block")
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(PERMISSIONS, origin=self._server.origin)
        context.add_init_script(MARKS)
        page = context.new_page()
        page.goto(self._server.origin)
        page.get_by_role("textbox", name="Your name").fill(name)
        page.get_by_role("button", name="Join").click()
        page.get_by_role("region", name="Chats").wait_for()
        return page

    def places(self, names: Iterable[str]) -> list[Place]:
        """People without a page, who come with clients of their own."""
        return [one.place for one in join_all(self._server.port, self._server.household.root, names)]


@contextmanager
def stage() -> Iterator[Stage]:
    """All of it, for as long as a bench lasts, on the disk that people use."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=kept) as name:
        household = TestHousehold(Path(name) / "household")
        server = RunningServer(household, Path(name), "--open")
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(**quick_camera(launching_chromium(household)))
                yield Stage(server, browser)
                browser.close()
        finally:
            server.stop()


def quick_camera(launching: dict[str, Any]) -> dict[str, Any]:
    """With as many pictures a second as a real one; the journeys make do with fewer."""
    return {**launching, "args": [one.replace(SLOW_CAMERA, CAMERA) for one in launching["args"]]}


def marks(page: Page) -> dict[str, float]:
    """When each step was reached, in ms, once all were: one's own camera may open after the other's picture."""
    told: dict[str, float] = {}

    def seen() -> bool:
        told.update(page.evaluate("window.marks"))
        return all(name in told for name, _, _ in STEPS)

    until(seen, "a picture and the camera", PATIENCE / 1000)
    return told


def in_room(one: Stage, joins: int, *, looked: bool) -> list[dict[str, float]]:
    """Two are in a call of a room, and a page comes again and again, with an open camera or without."""
    cleo = one.joins("Cleo again" if looked else "Cleo")
    found = []
    for _ in range(joins + 1):
        until(lambda: len(attendees(cleo)) == len(GUESTS), "the call as it was before")
        rest(cleo)
        if looked:
            cleo.evaluate(LOOKED, EVERYONE)
        else:
            cleo.evaluate("press()")
            does(cleo, "start", EVERYONE, {"video": True})
        found.append(marks(cleo))
        does(cleo, "leave")
        does(cleo, "dismiss")
    cleo.context.close()
    return found


def rest(page: Page) -> None:
    """Returns when the page has nothing left to do: what it did before is no part of what is timed."""
    page.evaluate(REST)


def attendees(page: Page) -> list[Any]:
    """Who is in the call, as this page knows it."""
    told: list[Any] = page.evaluate(ATTENDEES, EVERYONE)
    return told


def does(page: Page, name: str, *given: Any) -> None:
    """What a press of a button in a room's call does."""
    page.evaluate(DO, [name, list(given)])


def between_two(one: Stage, joins: int) -> list[dict[str, float]]:
    """One calls the other again and again; timed is who answers."""
    dan, gus = one.joins("Dan"), one.joins("Gus")
    begin(dan, "Gus")
    dan.get_by_role("heading", name="Gus", exact=True).wait_for()
    found = []
    for _ in range(joins + 1):
        dan.get_by_role("button", name="Video call").click()
        accept = gus.get_by_role("dialog", name="Incoming call").get_by_role("button", name="Accept", exact=True)
        accept.wait_for()
        for page in (dan, gus):
            rest(page)
        accept.click()
        found.append(marks(gus))
        marks(dan)
        gus.get_by_role("button", name="End call").click()
        for page in (dan, gus):
            page.get_by_role("button", name="Close", exact=True).click()
    for page in (dan, gus):
        page.context.close()
    return found


def bare(one: Stage, joins: int) -> list[float]:
    """Two connections of one page, camera open, nothing between them: ms to the first picture."""
    page = one.joins("Finn")
    found = [float(page.evaluate(BARE)) for _ in range(joins + 1)]
    page.context.close()
    return found[1:]


def table(title: str, found: list[dict[str, float]], within: int, least: list[float]) -> bool:
    """Prints it, beside the `least` that this browser needs; whether the target is met."""
    first, *found = found  # that was also the first camera and the first decoder of its page
    print(f"{title}, {len(found)} times, load average {os.getloadavg()[0]:.1f}: {today()}\n")
    print("| until | p50 | p95 |\n|---|---|---|")
    for name, before, what in STEPS:
        row(f"{what}", [one[name] - one[before] for one in found])
    row("together, from the press", [one["picture"] - one["press"] for one in found])
    late = [one["picture"] - one["camera"] for one in found]
    row(f"**together, from an open camera** (target {within} ms)", late)
    row("the first one of the page, from the press", [first["picture"] - first["press"]])
    row("baseline: two bare connections in one page, from an open camera", least)
    print(flush=True)
    return middle(late) <= within


def row(what: str, ms: list[float]) -> None:
    """One line."""
    print(f"| {what} | {rounded(middle(ms))} ms | {rounded(middle(ms, 0.95))} ms |")


def main(arguments: list[str] | None = None) -> int:
    """Prints a table for each kind of call. 1 when half of the pictures come too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--joins", type=int, default=10, help="of each kind")
    asked = parser.parse_args(arguments)
    with stage() as one:
        least = bare(one, asked.joins)
        with Guests(one.places(GUESTS), EVERYONE):
            kept = [
                table("into a call of a room", in_room(one, asked.joins, looked=False), WITHIN["room"], least),
                table("the same, from an open camera", in_room(one, asked.joins, looked=True), WITHIN["room"], least),
            ]
        kept.append(table("answering a call", between_two(one, asked.joins), WITHIN["two"], least))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
