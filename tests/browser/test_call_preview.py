"""Camera and microphone looked at before a call between two: before one calls, and while it rings."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.calling import answer, wait_for_more
from tests.browser.firefox import until
from tests.browser.looks import button, flaws
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_devices import choice, joined
from tests.browser.test_gathering import live, seat, view
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]

CALL = """async () => {
    const { call } = await import("/state/calls.js");
    const now = call.value;
    const [track] = now?.local?.getTracks() ?? [];
    return now && { phase: now.phase, ...now.using, muted: now.muted, picture: track?.id ?? "" };
}"""
LOOK = "Check camera and microphone first"


def call(page: Page) -> Any:
    """The call that the page is in, and what is sent there."""
    return page.evaluate(CALL)


def look_at_card(page: Page, name: str) -> None:
    """From the conversation with somebody, by their card."""
    begin(page, name)
    page.locator("header a.whom").click()
    button(page, LOOK).click()


def picture_of(page: Page) -> str:
    """The track that one sees oneself by."""
    expect(page.locator(".trial video")).to_be_visible()
    found: str = page.evaluate("document.querySelector('.trial video').srcObject.getTracks()[0].id")
    return found


def test_one_looks_before_calling_and_before_answering_and_what_was_opened_is_sent(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben", 360, 740)
    look_at_card(ana, "Ben")
    look = ana.get_by_role("dialog", name=LOOK)
    expect(look.locator("video")).to_be_visible()
    choice(ana, "Camera").select_option(label="USB camera")
    until(lambda: ana.locator(".trial video").count() == 1, "the other camera")
    button(look, "Mute").click()
    assert call(ana) is None, "who looks calls nobody"
    button(look, "Video call").click()
    expect(look).to_have_count(0)

    ring = ben.get_by_role("dialog", name="Incoming call")
    assert flaws(ben) == []
    button(ring, LOOK).click()
    seen = picture_of(ben)
    assert call(ben)["phase"] == "incoming", "it goes on ringing"
    assert call(ana)["phase"] == "outgoing"
    assert violations(ben) == []
    choice(ben, "Microphone").select_option(label="Headset")
    button(ben.get_by_role("dialog", name=LOOK), "Accept").click()
    for page in (ana, ben):
        expect(page.locator(".call-clock")).to_be_visible()
    wait_for_more(ana, "video", "framesDecoded")
    wait_for_more(ben, "video", "framesDecoded")
    assert [call(ana)[one] for one in ("camera", "muted")] == ["usb", True]
    assert [call(ben)[one] for one in ("camera", "microphone", "muted")] == ["front", "headset", False]
    assert call(ben)["picture"] == seen, "nothing was opened a second time"


def test_a_look_while_it_rings_ends_with_the_ring_and_lets_go_of_the_camera(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    begin(ana, "Ben")
    button(ana, "Video call").click()
    ring = ben.get_by_role("dialog", name="Incoming call")
    button(ring, LOOK).click()
    picture_of(ben)
    ben.keyboard.press("Escape")
    expect(ben.get_by_role("dialog", name=LOOK)).to_have_count(0)
    expect(ring).to_be_visible()
    button(ring, LOOK).click()
    picture_of(ben)
    track = ben.evaluate_handle("document.querySelector('.trial video').srcObject.getTracks()[0]")
    button(ana, "End call").click()
    expect(ben.locator("dialog[open]")).to_have_count(0)
    until(lambda: track.evaluate("(one) => one.readyState") == "ended", "the camera's light is out")


def test_with_the_camera_off_one_calls_by_voice(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    look_at_card(ana, "Ben")
    look = ana.get_by_role("dialog", name=LOOK)
    button(look, "Turn camera off").click()
    button(look, "Voice call").click()
    expect(ben.get_by_text("Incoming voice call")).to_be_visible()
    answer(ben)
    expect(ana.locator(".call-clock")).to_be_visible()
    assert call(ana)["camera"] == ""


def test_one_looks_before_joining_a_call_of_a_room_that_rings(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben", 360, 740)
    make_room(ana, "Garden", "Ben")
    button(ana, "Video call").click()
    ana.get_by_role("button", name="Ring everybody").click()
    ring = ben.get_by_role("dialog", name="Incoming call")
    button(ring, LOOK).click()
    picture_of(ben)
    assert len(view(ana)["seats"]) == 1, "who looks is in no call"
    button(ben.get_by_role("dialog", name=LOOK), "Mute").click()
    button(ben, "Join now").click()
    live(ana, ben)
    until(lambda: seat(ben, True)["floor"]["muted"], "Ben is muted")
    expect(ring).to_have_count(0)
