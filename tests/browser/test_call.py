"""Two people call each other, in two real browsers with fake cameras and microphones."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.calling import KEEP_CONNECTIONS, answer, inbound, joined, wait_for_pictures, wait_for_voices
from tests.browser.people import begin, bubble, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

Phones = Callable[..., Phone]

DOWN = "ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET|ERR_SSL|WebSocket|Failed to fetch"
NO_DEVICES = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", window.trouble ?? "NotFoundError"));
"""


def two(phone: Phones) -> tuple[Page, Page]:
    """Ana on a phone and Ben on a laptop, and Ana looks at their conversation."""
    ana = joined(phone, "Ana")
    ben = joined(phone, "Ben", 1280, 800)
    begin(ana, "Ben")
    return ana, ben


def call(page: Page, how: str = "Video call") -> None:
    """Press the button in the conversation's header."""
    page.get_by_role("button", name=how).click()


def in_call(page: Page, name: str) -> None:
    """The call is up: its clock runs."""
    expect(page.get_by_role("dialog", name=f"Call with {name}").locator(".call-clock")).to_be_visible()


def rings(page: Page) -> None:
    """Somebody calls."""
    expect(page.get_by_role("dialog", name="Incoming call")).to_be_visible()


def no_call(page: Page) -> None:
    """Nothing of a call is on the screen."""
    expect(page.locator("dialog.call")).to_have_count(0)


def test_two_see_each_other_and_walk_through_the_chat_meanwhile(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    call(ana)
    expect(ana.get_by_role("dialog").get_by_text("Ringing…")).to_be_visible()
    answer(ben)
    in_call(ana, "Ben")
    in_call(ben, "Ana")
    wait_for_pictures(ana, ben)
    wait_for_voices(ana, ben)
    ana.get_by_role("button", name="Minimise").click()
    say(ana, "I write while we talk")
    expect(bubble(ana, "I write while we talk")).to_be_visible()
    wait_for_pictures(ana)
    ana.get_by_role("button", name="Back to the call").click()
    expect(ana.get_by_role("button", name="Turn camera off")).to_be_visible()
    ben.get_by_role("button", name="End call").click()
    expect(ana.get_by_text("Call ended")).to_be_visible()
    ana.get_by_role("button", name="Close", exact=True).click()
    no_call(ana)
    expect(ana.get_by_role("log", name="Messages").get_by_text("Video call")).to_be_visible()


def test_a_voice_call_shows_no_picture_until_a_camera_is_turned_on_and_tells_of_mute(
    open_server: RunningServer, phone: Phones
) -> None:
    ana, ben = two(phone)
    call(ana, "Voice call")
    answer(ben)
    wait_for_voices(ana, ben)
    assert inbound(ben, "video", "framesDecoded") == 0
    ana.get_by_role("button", name="Mute", exact=True).click()
    expect(ben.get_by_text("Ana is muted")).to_be_visible()
    ana.keyboard.press("m")
    expect(ana.get_by_role("button", name="Mute", exact=True)).to_be_visible()
    expect(ben.get_by_text("Ana is muted")).to_have_count(0)
    ana.get_by_role("button", name="Turn camera on").click()
    wait_for_pictures(ben)
    expect(ben.locator("video.large")).to_be_visible()
    assert inbound(ana, "video", "framesDecoded") == 0
    ana.get_by_role("button", name="Turn camera off").click()
    expect(ben.locator("video.large")).to_have_count(0)


def test_a_call_that_did_not_come_about_is_made_again_or_called_back(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    call(ana)
    ben.get_by_role("dialog", name="Incoming call").get_by_role("button", name="Decline").click()
    no_call(ben)
    expect(ana.get_by_text("Ben declined the call.")).to_be_visible()
    ana.get_by_role("dialog").get_by_role("button", name="Call again").click()  # first of all: it stays for 5 s only
    rings(ben)
    ben.get_by_role("button", name="Answer with a message").click()
    expect(ana.get_by_text("Ben declined the call.")).to_be_visible()
    ana.get_by_role("dialog").get_by_role("button", name="Call again").click()
    rings(ben)
    ana.get_by_role("button", name="End call").click()
    no_call(ben)
    say(ben, "In ten minutes?")
    ben.get_by_role("log", name="Messages").get_by_role("button", name="Call back").last.click()
    rings(ana)


def test_both_calling_at_once_are_joined(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    begin(ben, "Ana")
    for page in (ana, ben):  # pressed before either could have heard of the other
        page.evaluate("() => document.querySelector('button[aria-label=\"Video call\"]').click()")
    wait_for_pictures(ana, ben)


def test_one_answers_with_audio_and_the_others_stop_ringing(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    other_tab = ben.context.new_page()
    other_tab.goto(open_server.origin)
    expect(other_tab.get_by_role("region", name="Chats")).to_be_visible()
    call(ana)
    rings(other_tab)
    answer(ben, "Accept with audio")
    no_call(other_tab)
    wait_for_pictures(ben)
    wait_for_voices(ana)
    assert inbound(ana, "video", "framesDecoded") == 0


def test_a_call_survives_loading_either_page_again(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    for page in (ben, ana):
        page.reload()
        in_call(page, "Ana" if page is ben else "Ben")
        wait_for_pictures(ana, ben)


def test_a_call_survives_the_server_being_killed(server: RunningServer, phone: Phones) -> None:
    devices = [phone(name=name) for name in ("Ana", "Ben")]
    for device in devices:
        device.context.add_init_script(KEEP_CONNECTIONS)
    ana, ben = (device.join(device.name) for device in devices)
    begin(ana, "Ben")
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    for device in devices:
        device.expect_complaints(DOWN)
    server.kill()
    wait_for_pictures(ana, ben)
    server.start()
    wait_for_pictures(ana, ben)
    ana.get_by_role("button", name="End call").click()
    expect(ben.get_by_text("Call ended")).to_be_visible(timeout=40_000)


def test_buttons_step_aside_and_ones_own_picture_moves_and_swaps(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    hidden, whole = "data-hidden", ben.locator(".call-whole")
    ben.mouse.move(300, 300)
    expect(whole).to_have_attribute(hidden, "true")
    ben.mouse.move(320, 320)
    expect(whole).not_to_have_attribute(hidden, "true")
    expect(whole).to_have_attribute(hidden, "true")
    ben.get_by_role("button", name="Mute", exact=True).focus()
    expect(whole).not_to_have_attribute(hidden, "true")
    expect(ana.locator(".call-whole")).to_have_attribute(hidden, "true")
    ana.touchscreen.tap(195, 400)
    expect(ana.locator(".call-whole")).not_to_have_attribute(hidden, "true")

    tile = ben.get_by_role("button", name="Swap pictures")
    tile.press("ArrowLeft")
    ben.wait_for_function("() => document.querySelector('.call-self').getBoundingClientRect().x < innerWidth / 2")
    expect(ben.locator("video.large.mirrored")).to_have_count(0)
    tile.press("Enter")
    expect(ben.locator("video.large.mirrored")).to_have_count(1)


def test_who_has_no_camera_and_no_microphone_is_told_why_and_still_sees(
    open_server: RunningServer, phone: Phones
) -> None:
    ana = joined(phone, "Ana")
    device = phone(1280, 800, name="Ben")
    device.context.add_init_script(KEEP_CONNECTIONS)
    device.context.add_init_script(NO_DEVICES)
    ben = device.join("Ben")
    begin(ben, "Ana")
    call(ben)
    answer(ana)
    expect(ben.get_by_text("no microphone was found")).to_be_visible()
    wait_for_pictures(ben)
    wait_for_voices(ben)
    assert inbound(ana, "video", "framesDecoded") == 0
    ben.evaluate("() => { window.trouble = 'NotAllowedError'; }")
    ben.get_by_role("button", name="Unmute").click()
    expect(ben.get_by_text("Allow it in the settings for this page")).to_be_visible()


def test_axe_finds_nothing_on_any_screen_of_a_call(open_server: RunningServer, phone: Phones) -> None:
    ana, ben = two(phone)
    call(ana)
    expect(ana.get_by_role("dialog").get_by_text("Ringing…")).to_be_visible()
    rings(ben)
    assert violations(ana) == violations(ben) == []
    answer(ben)
    wait_for_pictures(ana, ben)
    assert violations(ana) == []
    ana.get_by_role("button", name="Minimise").click()
    expect(ana.get_by_role("button", name="Back to the call")).to_be_visible()
    assert violations(ana) == []
    ben.get_by_role("button", name="End call").click()
    expect(ana.get_by_text("Call ended")).to_be_visible()
    assert violations(ana) == []
