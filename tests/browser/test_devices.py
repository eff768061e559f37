"""Cameras, microphones, loudspeakers: looked at before a call, changed and pulled out in it, tried with an echo."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.calling import KEEP_CONNECTIONS, answer, wait_for_more
from tests.browser.firefox import until
from tests.browser.looks import button
from tests.browser.people import begin
from tests.browser.phones import PERMISSIONS, Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import ROOM, does, live, seat, sees, view
from tests.browser.test_rooms import enter

PickUp = Callable[..., Phone]

GEAR = (Path(__file__).parent / "gear.js").read_text("utf-8")
USING = """async () => {
    const { gathering } = await import("/state/gathering.js");
    return gathering.value && { ...gathering.value.using, swap: gathering.value.swap?.what ?? "" };
}"""
PATIENT = 40_000  # ms: longer than the page itself is patient with a connection
CONNECTED = re.compile("The connection is good|The server answers slowly|The connection loses")  # as busy as it is


def joined(phone: PickUp, name: str, width: int = 1280, height: int = 800) -> Page:
    """Somebody whose devices the journey holds in its hand."""
    device = phone(width, height, name=name)
    for script in (GEAR, KEEP_CONNECTIONS):
        device.context.add_init_script(script)
    return device.join(name)


def using(page: Page) -> Any:
    """Which devices are sent from, and what was said of them last."""
    return page.evaluate(USING)


def choice(page: Page, name: str) -> Locator:
    """A list of devices."""
    return page.get_by_role("combobox", name=name, exact=True)


def opens(page: Page, name: str) -> None:
    """Opens something of the call's menu."""
    button(page, "More").click()
    button(page, name).click()


def test_one_looks_before_joining_and_is_seen_and_heard_as_one_looked(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    does(ana, "start", ROOM, {"video": True})
    live(ana)
    enter(ben, "Everyone")
    button(ben, "Check camera and microphone first").click()
    look = ben.get_by_role("dialog", name="Check camera and microphone first")
    expect(look.locator("video")).to_be_visible()
    assert len(view(ana)["seats"]) == 1, "who looks is in no call"
    choice(ben, "Camera").select_option(label="USB camera")
    choice(ben, "Microphone").select_option(label="Headset")
    button(look, "Mute").click()
    expect(button(look, "Unmute")).to_be_visible()
    button(look, "Join now").click()
    live(ben)
    until(lambda: sees(ana, 1), "Ben in a picture")
    assert using(ben) == {"camera": "usb", "microphone": "headset", "swap": ""}
    until(lambda: seat(ben, True)["floor"]["muted"], "Ben is muted")
    button(ben, "Leave the call").click()
    ben.reload()
    does(ben, "start", ROOM, {"video": True})
    live(ben)
    assert using(ben) == {"camera": "usb", "microphone": "headset", "swap": ""}, "chosen once, used the next time"


def test_a_look_may_end_without_a_call_and_lets_go_of_the_camera(open_server: RunningServer, phone: PickUp) -> None:
    ana = joined(phone, "Ana")
    enter(ana, "Everyone")
    button(ana, "Video call").click()
    ana.get_by_role("button", name="Check camera and microphone first").click()
    look = ana.get_by_role("dialog", name="Check camera and microphone first")
    expect(look.locator("video")).to_be_visible()
    track = ana.evaluate_handle("document.querySelector('.trial video').srcObject.getTracks()[0]")
    ana.keyboard.press("Escape")
    expect(look).to_have_count(0)
    until(lambda: track.evaluate("(one) => one.readyState") == "ended", "the camera's light is out")
    assert view(ana) is None


def test_other_devices_are_chosen_in_a_call_and_what_is_pulled_out_gives_way(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    for page in (ana, ben):
        does(page, "start", ROOM, {"video": True})
    live(ana, ben)
    until(lambda: sees(ana, 1), "Ben in a picture")
    opens(ben, "Camera and microphone")
    choice(ben, "Camera").select_option(label="USB camera")
    choice(ben, "Microphone").select_option(label="Headset")
    choice(ben, "Loudspeaker").select_option(label="Television")
    until(lambda: using(ben)["camera"] == "usb", "the other camera")
    wait_for_more(ana, "video", "framesDecoded")
    ben.evaluate("gear.out('usb')")
    expect(ben.get_by_text("The camera is gone. You are seen through: Front camera")).to_be_visible()
    assert using(ben)["camera"] == "front"
    wait_for_more(ana, "video", "framesDecoded")
    expect(choice(ben, "Camera").get_by_role("option")).to_have_text(["Front camera"])
    ben.evaluate("gear.out('headset')")
    expect(ben.get_by_text("You are heard through: Desk microphone")).to_be_visible()
    ben.evaluate("gear.in('audioinput', 'headset', 'Headset')")
    until(lambda: using(ben)["microphone"] == "headset", "the headset is taken again")
    ben.evaluate("gear.out('headset')")
    ben.evaluate("gear.out('desk')")
    expect(ben.get_by_text("Nobody hears you: no microphone was found")).to_be_visible()
    until(lambda: seat(ben, True)["floor"]["muted"], "Ben is muted")
    ben.evaluate("gear.in('audioinput', 'new', 'New microphone')")
    until(lambda: using(ben)["microphone"] == "new", "the one that was plugged in")
    wait_for_more(ana, "audio", "packetsReceived")


def test_who_speaks_while_muted_is_told(open_server: RunningServer, phone: PickUp) -> None:
    ana = joined(phone, "Ana")
    does(ana, "start", ROOM, {"video": False})
    live(ana)
    hint = ana.get_by_text("You are muted: nobody hears what you say.")
    ana.evaluate("gear.speak(0.4)")
    until(lambda: seat(ana, True)["floor"]["muted"] is False, "not muted")
    expect(hint).to_have_count(0)
    ana.keyboard.press("m")
    expect(hint).to_be_visible()
    ana.keyboard.press("m")
    expect(hint).to_have_count(0)


def test_a_refused_camera_is_said_and_the_call_goes_on(open_server: RunningServer, phone: PickUp) -> None:
    ana = joined(phone, "Ana")
    ana.evaluate("gear.refuse('videoinput', 'NotAllowedError')")
    enter(ana, "Everyone")
    button(ana, "Video call").click()
    ana.get_by_role("button", name="Check camera and microphone first").click()
    expect(ana.get_by_text("The browser does not let Parley use the camera")).to_be_visible()
    button(ana, "Open quietly").click()
    live(ana)
    heard = {"muted": False, "camera": False, "sharing": False, "hand": 0, "asks": [], "line": ""}
    until(lambda: seat(ana, True)["floor"] == heard, "Ana is heard and not seen")


def test_a_call_says_how_it_goes_in_figures(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    for page in (ana, ben):
        does(page, "start", ROOM, {"video": True})
    live(ana, ben)
    until(lambda: sees(ana, 1), "Ben in a picture")
    opens(ana, "Statistics")
    panel = ana.get_by_role("group", name="Statistics")
    expect(panel).to_contain_text("UDP, to the server")
    received = panel.get_by_role("list", name="Received").get_by_role("listitem")
    picture = received.filter(has_text="Ben · Camera")
    expect(picture).to_contain_text("VP8")
    expect(picture).to_contain_text("Frames/s")
    expect(received.filter(has_text="Ben · Microphone")).to_contain_text("opus")
    expect(panel.get_by_role("list", name="Sent").get_by_role("listitem").filter(has_text="Camera")).not_to_have_count(
        0
    )
    ana.context.grant_permissions([*PERMISSIONS, "clipboard-read", "clipboard-write"], origin=open_server.origin)
    button(panel, "Copy as text").click()
    expect(panel.get_by_text("Copied.")).to_be_visible()
    text = str(ana.evaluate("navigator.clipboard.readText()"))
    assert "Path: UDP, to the server" in text
    assert "Ben · Camera" in text


def test_an_echo_shows_and_plays_oneself_and_says_that_all_is_well(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    ana.goto(f"{open_server.origin}/#/settings")
    button(ana, "Test camera and microphone").click()
    dialog = ana.get_by_role("dialog", name="Test camera and microphone")
    expect(dialog.locator("video")).to_be_visible()
    ana.evaluate("gear.speak(0.3)")
    button(dialog, "Start the test").click()
    expect(dialog.get_by_text(CONNECTED)).to_be_visible(timeout=PATIENT)
    expect(dialog.get_by_text("Your picture comes back")).to_be_visible(timeout=PATIENT)
    expect(dialog.get_by_text("Your voice comes back.")).to_be_visible(timeout=PATIENT)
    wait_for_more(ana, "video", "framesDecoded")
    wait_for_more(ana, "audio", "packetsReceived")
    expect(dialog.locator("video")).to_have_count(2)
    button(dialog, "Mute").click()
    expect(dialog.get_by_text("The microphone is muted.")).to_be_visible()
    button(dialog, "End the test").click()
    expect(dialog.locator("video")).to_have_count(1)
    expect(dialog.get_by_text(CONNECTED)).to_be_visible()  # what it showed stays to be read
    ana.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    enter(ben, "Everyone")
    expect(ben.get_by_role("log", name="Messages")).not_to_contain_text("call")


def test_a_call_between_two_has_the_same_devices_and_figures(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben")
    begin(ana, "Ben")
    ana.get_by_role("button", name="Video call").click()
    answer(ben)
    wait_for_more(ben, "video", "framesDecoded")
    button(ana, "More").click()
    panel = ana.get_by_role("group", name="More")
    choice(ana, "Camera").select_option(label="USB camera")
    expect(panel).to_contain_text("from device to device")
    expect(
        panel.get_by_role("list", name="Received").get_by_role("listitem").filter(has_text="Ben · Camera")
    ).to_be_visible()
    wait_for_more(ben, "video", "framesDecoded")
    ana.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    ana.keyboard.press("m")
    ana.evaluate("gear.speak(0.4)")
    expect(ana.get_by_text("You are muted: nobody hears what you say.")).to_be_visible()
