"""A message's menu: for each kind of message what makes sense there, and nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import until
from tests.browser.looks import button
from tests.browser.people import begin, bubble, menu_of, photo, say
from tests.browser.phones import PERMISSIONS, Phone
from tests.browser.running import RunningServer
from tests.browser.test_files import attach, send
from tests.browser.test_polls import ask
from tests.browser.test_talk import choose
from tests.browser.test_voice import played, tapped

PickUp = Callable[..., Phone]

ANYBODY = ["Reply", "Answer in a thread", "Copy link to message", "Forward", "Pin", "Details"]


def offers(page: Page, what: Locator, wanted: set[str]) -> None:
    """Waits until the menu of this message offers these, and closes it again. A download goes by its first word.

    One's own message may be seen by others before one's own page hears that it was sent, and offers more then.
    """
    what.click(button="right")
    menu = page.get_by_role("dialog", name="Message options")
    items = menu.get_by_role("menuitem")
    expect(items).to_have_count(len(wanted))
    assert {re.sub(r"^(Download \w+).*", r"\1", text.strip()) for text in items.all_inner_texts()} == wanted
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def with_more(*more: str, without: str = "") -> set[str]:
    """What anybody is offered, and this."""
    return {*ANYBODY, *more} - {without}


def test_each_kind_of_message_offers_what_makes_sense(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    anna.context.grant_permissions([*PERMISSIONS, "clipboard-read", "clipboard-write"], origin=open_server.origin)
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "some words")
    expect(bubble(bob, "some words")).to_be_visible()
    offers(anna, bubble(anna, "some words"), with_more("Copy", "Edit", "Delete"))
    offers(bob, bubble(bob, "some words"), with_more("Copy"))
    choose(anna, "some words", "Delete")
    anna.get_by_role("dialog").get_by_role("button", name="Delete").click()
    gone = bubble(bob, "This message was deleted")
    gone.click(button="right")
    gone.hover()
    expect(bob.get_by_role("dialog")).to_be_hidden()
    expect(bob.get_by_role("button", name="Message options")).to_be_hidden()

    ask(anna, "Lunch?", "Soup", "Stew")
    offers(anna, bubble(anna, "Lunch?"), with_more("Copy", "Close the poll", "Delete", without="Forward"))
    offers(bob, bubble(bob, "Lunch?"), with_more("Copy", without="Forward"))
    choose(anna, "Lunch?", "Copy")
    until(lambda: anna.evaluate("navigator.clipboard.readText()") == "Lunch?\nSoup\nStew", "what was copied")

    tapped(anna, 1)
    expect(played(bob)).to_have_count(1)
    offers(anna, anna.locator(".voice"), with_more("Download voice", "Delete"))
    offers(bob, bob.locator(".voice"), with_more("Download voice"))


def test_a_photo_gains_a_caption_changes_it_and_loses_it(
    phone: PickUp, open_server: RunningServer, tmp_path: Path
) -> None:
    anna = phone(360, 740, dark=True, name="anna").join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    attach(anna, photo(tmp_path))
    send(anna)
    shot = anna.get_by_role("log").get_by_role("button", name=re.compile("^Photo holiday"))
    expect(shot).to_be_enabled()
    offers(anna, shot, with_more("Edit", "Delete", "Download holiday"))
    box = anna.get_by_role("textbox", name="Message")
    begin(bob, "Anna")
    for words in ("by the lake", "by the river"):
        shot.click(button="right")
        anna.get_by_role("menuitem", name="Edit").click()
        expect(box).to_be_focused()
        box.fill(words)
        anna.get_by_role("button", name="Save").click()
        expect(bubble(bob, words)).to_be_visible()
        expect(button(anna, "Save")).to_be_hidden()  # the answer may come after what others see of it
    assert violations(anna) == []
    shot.click(button="right")
    anna.get_by_role("menuitem", name="Edit").click()
    expect(box).to_have_value("by the river")
    box.fill("")
    anna.get_by_role("button", name="Save").click()
    expect(bubble(bob, "by the")).to_be_hidden()
    expect(bob.get_by_role("log").get_by_role("button", name=re.compile("^Photo holiday"))).to_be_visible()


def test_what_waits_can_be_taken_back_and_what_failed_sent_again(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()
    say(anna, "too early")
    say(anna, "too late")
    offers(anna, bubble(anna, "too early"), {"Copy", "Delete"})
    choose(anna, "too early", "Delete")
    expect(bubble(anna, "too early")).to_be_hidden()
    bob.get_by_role("link", name="Anna").last.click()
    bob.get_by_role("button", name="Block").click()
    bob.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(bob.get_by_role("button", name="Unblock")).to_be_visible()
    hers.go_online()
    expect(anna.get_by_role("button", name="Send again")).to_be_visible()
    offers(anna, bubble(anna, "too late"), {"Send again", "Copy", "Delete"})
    bob.get_by_role("button", name="Unblock").click()
    expect(button(bob, "Block")).to_be_visible()
    menu_of(anna, "too late").get_by_role("menuitem", name="Send again").click()
    expect(anna.get_by_role("img", name="Waiting to be sent")).to_be_hidden()
    expect(anna.get_by_role("button", name="Send again")).to_be_hidden()
    begin(bob, "Anna")
    expect(bubble(bob, "too late")).to_be_visible()
    expect(bubble(bob, "too early")).to_be_hidden()
