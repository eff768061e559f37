"""The browser's Back puts away what lies on top, and only then leaves the page below."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.calling import answer, joined, wait_for_voices
from tests.browser.people import begin, photo, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def test_back_closes_the_photo_then_the_gallery_and_then_the_card(
    phone: PickUp, server: RunningServer, tmp_path: Path
) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(name="bob").join("Bob")
    begin(bob, "Anna")
    with bob.expect_file_chooser() as chooser:
        bob.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(photo(tmp_path))
    say(bob, "look")
    begin(anna, "Bob")
    expect(anna.get_by_role("button", name="Photo holiday.png")).to_be_visible()
    anna.locator("main").get_by_role("link", name="Bob").first.click()
    anna.get_by_role("button", name="Photos, videos and files").click()
    gallery = anna.get_by_role("dialog", name="Photos, videos and files")
    gallery.get_by_role("button", name="Photo holiday.png").click()
    shown = anna.get_by_role("dialog", name="Photo", exact=True)
    expect(shown).to_be_visible()
    anna.go_back()
    expect(shown).to_be_hidden()
    expect(gallery).to_be_visible()
    anna.go_back()
    expect(gallery).to_be_hidden()
    expect(anna.get_by_role("heading", name="Bob", level=1)).to_be_visible()
    anna.go_back()
    expect(anna.get_by_role("textbox", name="Message")).to_be_visible()


def test_what_is_closed_by_a_button_leaves_no_step_behind(phone: PickUp, server: RunningServer) -> None:
    anna, bob = phone(name="anna").join("Anna"), phone(name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "carry me on")
    begin(anna, "Bob")
    for key in ("Escape", "Escape"):
        anna.get_by_role("button", name="New poll").click()
        expect(anna.get_by_role("dialog", name="New poll")).to_be_visible()
        anna.keyboard.press(key)
        expect(anna.get_by_role("dialog")).to_have_count(0)
    # from a dialog to another place: the menu, whom it is for, and there
    anna.get_by_role("log").get_by_text("carry me on").click(button="right")
    anna.get_by_role("menuitem", name="Forward").click()
    dialog = anna.get_by_role("dialog", name="Forward to")
    dialog.get_by_role("checkbox").last.check()
    dialog.get_by_role("button", name="Forward to 1").click()
    expect(anna.get_by_text("Forwarded from Bob")).to_be_visible()
    anna.go_back()
    expect(anna.get_by_role("heading", name="Bob", level=1)).to_be_visible()
    anna.go_back()
    expect(anna.get_by_role("region", name="Chats")).to_be_visible()


def test_back_makes_a_call_small_and_keeps_it(phone: PickUp, server: RunningServer) -> None:
    anna, bob = joined(phone, "Anna"), joined(phone, "Bob")
    begin(bob, "Anna")
    place = anna.url  # the first page of this visit: Back from it would leave the app, and the call
    bob.get_by_role("button", name="Voice call").click()
    answer(anna)
    wait_for_voices(anna, bob)
    anna.go_back()
    expect(anna.get_by_role("button", name="Back to the call")).to_be_visible()
    assert anna.url == place
    wait_for_voices(anna, bob)
    anna.get_by_role("button", name="Back to the call").click()
    expect(anna.get_by_role("button", name="Minimise")).to_be_visible()
    bob.get_by_role("button", name="End call").click()
    expect(anna.get_by_text("Call ended")).to_be_visible()
    anna.go_back()
    expect(anna.get_by_text("Call ended")).to_be_hidden()
    assert anna.url == place
