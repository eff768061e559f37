"""A shared screen in a call between two: read on a phone by fingers, a wheel and keys, and heard."""

import re
from collections.abc import Callable

from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.calling import answer, inbound, joined, wait_for_pictures
from tests.browser.firefox import until
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]

SHARES = """async (loud) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  const pen = canvas.getContext("2d");
  let turn = 0;
  setInterval(() => {
    pen.fillStyle = "#f5f5f5";
    pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = "#333";
    for (let line = 0; line < 18; line += 1) pen.fillRect(60, 60 + line * 34, 300 + ((line * 97) % 500), 12);
    pen.fillRect((turn += 3) % 1280, 714, 6, 6);
  }, 200);
  const stream = canvas.captureStream(5);
  if (loud) {
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio, { frequency: 440 });
    const out = new MediaStreamAudioDestinationNode(audio);
    tone.connect(new GainNode(audio, { gain: loud })).connect(out);
    tone.start();
    stream.addTrack(out.stream.getAudioTracks()[0]);
  }
  navigator.mediaDevices.getDisplayMedia = async () => stream;
  (await import("/state/calls.js")).shareScreen(true);
}"""


QUIET, LOUD = 0.001, 0.3  # of 1


def zoomed(screen: Locator, scale: str, moved: str = "") -> None:
    """Waits until the picture is as large, and moved sideways by so much."""
    expect(screen.locator("video")).to_have_attribute("style", re.compile(rf"{moved}.*scale\({scale}"))


def fingers(line: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    """Two fingers come, move or go."""
    line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


def reading(ana: Page, screen: Locator) -> None:
    """By keys, wheel and mouse."""
    zoomed(screen, "1")
    screen.focus()
    ana.keyboard.press("+")
    zoomed(screen, r"1\.5")
    ana.keyboard.press("0")
    zoomed(screen, r"1\)")
    ana.mouse.move(195, 422)
    ana.mouse.wheel(0, -300)
    zoomed(screen, r"2\.71")
    ana.mouse.down()
    ana.mouse.move(235, 422)
    zoomed(screen, r"2\.71", r"translate\(40px")
    ana.mouse.move(3000, 422)  # never further than its edge
    zoomed(screen, r"2\.71", r"translate\(335\.\d+px")
    ana.mouse.up()
    ana.mouse.dblclick(195, 422)
    zoomed(screen, r"1\)", r"translate\(0px, 0px\)")


def test_a_screen_is_pinched_wheeled_and_moved_in_a_call_between_two(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben", 1280, 800)
    begin(ben, "Ana")
    ben.get_by_role("button", name="Voice call").click()
    answer(ana)
    expect(ben.get_by_role("dialog").locator(".call-clock")).to_be_visible()
    ben.evaluate(SHARES, 0)
    screen = ana.get_by_role("img", name="Screen of Ben")
    expect(screen).to_be_visible()
    wait_for_pictures(ana)
    assert violations(ana) == []
    ana.keyboard.press("Tab")
    screen.press("0")
    reading(ana, screen)
    line = ana.context.new_cdp_session(ana)
    fingers(line, "touchStart", (150, 422), (240, 422))
    fingers(line, "touchMove", (100, 422), (290, 422))
    fingers(line, "touchEnd")
    zoomed(screen, r"2\.11")
    whole = ana.locator(".call-whole")
    expect(whole).to_have_attribute("data-hidden", "true")
    fingers(line, "touchStart", (195, 422))
    fingers(line, "touchEnd")
    expect(whole).not_to_have_attribute("data-hidden", "true")
    zoomed(screen, r"2\.11")


def test_a_film_is_heard_in_a_call_between_two_while_who_shares_it_is_muted(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben", 1280, 800)
    begin(ben, "Ana")
    ben.get_by_role("button", name="Voice call").click()
    answer(ana)
    expect(ben.get_by_role("dialog").locator(".call-clock")).to_be_visible()
    ben.get_by_role("button", name="Mute", exact=True).click()
    expect(ana.get_by_text("Ben is muted")).to_be_visible()
    until(lambda: inbound(ana, "audio", "audioLevel") < QUIET, "silence")
    ben.evaluate(SHARES, 0.8)
    until(lambda: inbound(ana, "audio", "audioLevel") > LOUD, "the sound of the film")
    expect(ana.get_by_text("Ben is muted")).to_be_visible()
    ben.get_by_role("button", name="Stop sharing").click()
    until(lambda: inbound(ana, "audio", "audioLevel") < QUIET, "silence again")
    ben.get_by_role("button", name="Unmute").click()
    until(lambda: inbound(ana, "audio", "audioLevel") > QUIET, "the beeps of the fake microphone")
