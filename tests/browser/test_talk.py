"""Saying it otherwise, taking it back, answering, and carrying on: what both sides see of it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import begin, bubble, conversation, has_line, menu_of, say, sent
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier

PickUp = Callable[..., Phone]


def choose(page: Page, text: str, entry: str) -> None:
    """An entry of the menu of the message with this text."""
    menu_of(page, text).get_by_role("menuitem", name=entry, exact=True).click()


def test_an_edit_is_seen_by_both_and_what_it_said_before_too(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "see you at nin")
    expect(bubble(bob, "see you at nin")).to_be_visible()
    expect(
        anna.get_by_role("log").get_by_role("img", name="Read")
    ).to_be_visible()  # what is not sent yet is not edited
    box = anna.get_by_role("textbox", name="Message")
    box.press("ArrowUp")
    expect(box).to_have_value("see you at nin")
    box.press("Escape")
    expect(box).to_have_value("")
    box.fill("half a thought")
    choose(anna, "see you", "Edit")
    expect(box).to_be_focused()
    has_no_barrier(anna, "editing")
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()  # before, an edit might still get through
    box.fill("see you at nine")
    box.press("Enter")
    expect(anna.get_by_role("alert")).to_be_visible()
    expect(box).to_have_value("see you at nine")
    hers.go_online()
    has_line(anna)
    box.press("Enter")
    expect(bubble(bob, "see you at nine")).to_be_visible()
    expect(box).to_have_value("half a thought")
    bubble(bob, "see you at nine").get_by_role("button", name="edited").click()
    details = bob.get_by_role("dialog", name="Details")
    expect(details.get_by_role("list", name="Before").get_by_text("see you at nin", exact=True)).to_be_visible()
    has_no_barrier(bob, "versions, dark")
    bob.keyboard.press("Escape")
    menu = menu_of(bob, "see you at nine")
    expect(menu.get_by_role("menuitem", name="Details")).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Edit")).to_be_hidden()
    expect(menu.get_by_role("menuitem", name="Delete")).to_be_hidden()


def test_what_is_deleted_is_gone_for_both(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, dark=True, name="anna").join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "the cake is a secret")
    expect(bubble(bob, "secret")).to_be_visible()
    sent(anna, "secret")
    choose(anna, "secret", "Delete")
    question = anna.get_by_role("dialog", name="Delete this message?")
    question.get_by_role("button", name="Cancel").click()
    expect(bubble(bob, "secret")).to_be_visible()
    choose(anna, "secret", "Delete")
    question.get_by_role("button", name="Delete").click()
    for page in (anna, bob):
        expect(bubble(page, "This message was deleted")).to_be_visible()
        expect(bubble(page, "secret")).to_be_hidden()
    expect(conversation(bob, "Anna")).to_contain_text("This message was deleted")
    has_no_barrier(anna, "deleted, dark")
    has_no_barrier(bob, "deleted")


def swipe(page: Page, text: str, start: int, way: int) -> None:
    """A finger from `start` px beside the screen's edge, over the message with this text."""
    place = bubble(page, text).bounding_box()
    assert place is not None
    touch = page.context.new_cdp_session(page)
    y = place["y"] + place["height"] / 2
    steps = [{"x": start + way * step / 8, "y": y} for step in range(9)]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [steps[0]]})
    for step in steps[1:]:
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [step]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_an_answer_quotes_and_leads_there(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "tea or coffee?")
    say(anna, "\n".join(f"line {number}" for number in range(60)))
    expect(bubble(anna, "line 59")).to_be_visible()
    choose(anna, "line 59", "Reply")
    box = anna.get_by_role("textbox", name="Message")
    expect(box).to_be_focused()
    has_no_barrier(anna, "answering")
    box.press("Escape")
    expect(anna.get_by_role("button", name="Do not reply")).to_be_hidden()
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()
    bubble(anna, "tea or coffee?").hover()
    anna.locator(".message", has_text="tea or coffee?").get_by_role("button", name="Reply").click()
    say(anna, "or water")
    quote = anna.get_by_role("button", name="Quoted: You tea or coffee?")
    expect(quote).to_be_visible()
    hers.go_online()
    theirs = bob.get_by_role("button", name="Quoted: Anna tea or coffee?")
    expect(theirs).to_be_visible()
    has_no_barrier(bob, "quote, dark")
    theirs.click()
    expect(bubble(bob, "tea or coffee?")).to_be_in_viewport()
    swipe(bob, "tea or coffee?", 10, 120)
    expect(bob.get_by_role("button", name="Do not reply")).to_be_hidden()
    swipe(bob, "tea or coffee?", 60, 120)
    expect(bob.get_by_role("button", name="Do not reply")).to_be_visible()
    say(bob, "coffee")
    expect(bubble(anna, "coffee").nth(1)).to_be_visible()
    choose(anna, "tea or coffee?", "Delete")
    anna.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(bob.get_by_role("button", name="Quoted: Anna This message was deleted").first).to_be_visible()


def test_a_message_is_carried_on_and_says_whose_it_was(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "the recipe: flour, water, salt")
    expect(bubble(bob, "recipe")).to_be_visible()
    choose(bob, "recipe", "Forward")
    whom = bob.get_by_role("dialog", name="Forward to")
    has_no_barrier(bob, "forward, dark")
    whom.get_by_role("searchbox").fill("every")
    expect(whom.get_by_role("listitem")).to_have_count(1)
    whom.get_by_role("checkbox", name="Everyone").check()
    whom.get_by_role("button", name="Forward to 1").click()
    expect(bob.get_by_text("Forwarded from Anna")).to_be_visible()
    expect(bubble(bob, "recipe")).to_be_visible()
    has_no_barrier(bob, "forwarded, dark")
    begin(anna, "Everyone")
    expect(anna.get_by_text("Forwarded from you")).to_be_visible()
    expect(bubble(anna, "recipe")).to_be_visible()
