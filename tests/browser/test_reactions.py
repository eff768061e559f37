"""Emoji under a message: put, seen, counted, taken away, and who is behind them, and a message's details."""

import re
import threading
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from chat.visibility import EVERYONE
from tests.browser.looks import flaws
from tests.browser.people import begin, bubble, conversation, keeps, menu_of, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier
from tests.browser.test_polls import ask, option
from tests.crowd import crowd_reacts_on_disk

PickUp = Callable[..., Phone]

LONGEST_TASK = """() => new Promise((done) => {
    new PerformanceObserver((list) => done(Math.max(...list.getEntries().map((one) => one.duration))))
        .observe({ type: "longtask", buffered: true });
    requestIdleCallback(() => setTimeout(() => done(0), 500));
})"""


def chip(page: Page, start: str) -> Locator:
    """The emoji under a message, by how its name begins: the emoji and how many."""
    return page.get_by_role("group", name="Reactions").get_by_role("button", name=start)


def test_a_reaction_is_put_seen_joined_and_taken_away(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "bread at noon?")
    expect(bubble(bob, "bread")).to_be_visible()
    menu = menu_of(bob, "bread")
    has_no_barrier(bob, "menu")
    menu.get_by_role("button", name="React with 👍").click()
    expect(chip(bob, "👍 1")).to_have_attribute("aria-pressed", "true")
    expect(chip(anna, "👍 1: Bob")).to_have_attribute("aria-pressed", "false")
    chip(anna, "👍 1").click()
    expect(chip(bob, "👍 2: You and Anna")).to_be_visible()
    has_no_barrier(anna, "reactions")
    has_no_barrier(bob, "reactions, dark")
    menu_of(anna, "bread").get_by_role("menuitem", name="Who reacted").click()
    who = anna.get_by_role("dialog", name="Who reacted")
    expect(who.get_by_role("listitem")).to_have_count(2)
    has_no_barrier(anna, "who reacted")
    anna.keyboard.press("Escape")
    chip(bob, "👍 2").click()
    expect(chip(anna, "👍 1: You")).to_be_visible()
    chip(anna, "👍 1").click()
    expect(anna.get_by_role("group", name="Reactions")).to_be_hidden()
    expect(bob.get_by_role("group", name="Reactions")).to_be_hidden()


def test_any_emoji_by_keyboard_alone(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(bob, "done")
    expect(bubble(anna, "done")).to_be_visible()
    anna.get_by_role("log", name="Messages").focus()
    anna.keyboard.press("ArrowUp")
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("button", name="React with 👍")).to_be_focused()
    for _ in range(6):
        anna.keyboard.press("ArrowRight")
    expect(anna.get_by_role("button", name="More emoji")).to_be_focused()
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    anna.keyboard.type("unicorn")
    expect(anna.get_by_role("button", name="unicorn", exact=True)).to_be_visible()
    anna.keyboard.press("Enter")
    expect(anna.get_by_role("dialog")).to_be_hidden()
    expect(chip(bob, "🦄 1: Anna")).to_be_visible()


def test_a_reaction_without_a_network_is_sent_later_also_after_a_reload(
    installed_phone: PickUp, phone: PickUp, open_server: RunningServer
) -> None:
    hers = installed_phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(bob, "on the train")
    expect(bubble(anna, "on the train")).to_be_visible()
    anna.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()
    menu_of(anna, "on the train").get_by_role("button", name="React with ❤️").click()
    expect(chip(anna, "❤️ 1")).to_have_attribute("aria-pressed", "true")
    keeps(anna, "wishes", "❤️")
    anna.reload()
    expect(chip(anna, "❤️ 1: You")).to_be_visible()
    hers.go_online()
    expect(chip(bob, "❤️ 1: Anna")).to_be_visible()
    expect(chip(anna, "❤️ 1: You")).to_be_visible()


def test_a_vote_and_a_pin_that_come_too_late_say_why(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(360, 740, name="anna")
    anna = hers.join("Anna")
    bob = phone(1280, 800, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    ask(bob, "Soup or stew?", "Soup", "Stew")
    say(bob, "the door code is 42")
    expect(bubble(anna, "the door")).to_be_visible()
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()
    option(anna, "Stew").click()
    expect(option(anna, "Stew, 1 vote, 100%")).to_be_checked()
    menu_of(bob, "Soup or stew?").get_by_role("menuitem", name="Close the poll").click()
    expect(bob.get_by_text("Closed", exact=True)).to_be_visible()
    hers.go_online()
    expect(anna.get_by_role("status").filter(has_text="This poll is closed")).to_be_visible()
    expect(option(anna, "Stew, 0 votes")).not_to_be_checked()
    has_no_barrier(anna, "why a vote was not taken")
    hers.go_offline()
    expect(anna.get_by_text("No connection.")).to_be_visible()
    menu_of(anna, "the door").get_by_role("menuitem", name="Pin").click()
    bar = anna.get_by_role("region", name="Pinned messages")
    expect(bar).to_contain_text("the door code is 42")
    menu_of(bob, "the door").get_by_role("menuitem", name="Delete").click()
    bob.get_by_role("dialog", name="Delete").get_by_role("button", name="Delete").click()
    expect(bob.get_by_role("log").get_by_text("This message was deleted")).to_be_visible()
    hers.go_online()
    expect(anna.get_by_role("status").filter(has_text="not there any more")).to_be_visible()
    expect(bar).to_be_hidden()


def test_details_say_when_and_how_far(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(768, 800, dark=True, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    say(anna, "here yet?")
    menu_of(anna, "here yet?").get_by_role("menuitem", name="Details").click()
    details = anna.get_by_role("dialog", name="Details")
    expect(details.get_by_role("list", name="Delivered to").get_by_text("Bob")).to_be_visible()
    anna.keyboard.press("Escape")
    begin(bob, "Anna")
    expect(bubble(anna, "here yet?").get_by_role("img", name="Read")).to_be_visible()
    menu_of(anna, "here yet?").get_by_role("menuitem", name="Details").click()
    expect(details.get_by_role("list", name="Read by").get_by_text("Bob")).to_be_visible()
    expect(details).to_contain_text("Sent")
    has_no_barrier(anna, "details")


def test_a_mention_leads_to_its_person_and_stands_out_for_them(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "ask @Bob, not @Bobby")
    expect(bubble(bob, "ask").locator("a.me")).to_have_text("@Bob")
    link = bubble(anna, "ask").get_by_role("link", name="@Bob")
    expect(link).to_have_count(1)
    link.click()
    expect(anna.get_by_role("heading", name="Bob")).to_be_visible()


def test_a_message_with_ten_thousand_reactions_opens_like_any_other(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--open", "--store", "sqlite")  # whatever the others are on: its file is written to
    hers = phone(360, 740, name="anna", server=server)
    anna = hers.join("Anna")
    conversation(anna, "Everyone").get_by_role("link").click()
    say(anna, "who is coming?")
    expect(bubble(anna, "who is coming?").get_by_role("img", name=re.compile("Sent|Delivered|Read"))).to_be_visible()
    seq = int(anna.locator("[data-seq]").filter(has_text="who is coming?").get_attribute("data-seq") or 0)
    hers.expect_complaints("WebSocket|Failed to load|ERR_CONNECTION")
    server.stop()
    seeding = threading.Thread(target=crowd_reacts_on_disk, args=(server.folder / "data", EVERYONE, seq))
    seeding.start()
    seeding.join()
    server.start()
    anna.goto(f"{server.origin}/")
    anna.reload()
    conversation(anna, "Everyone").get_by_role("link").click()
    group = anna.get_by_role("group", name="Reactions")
    expect(group.get_by_role("button", name=re.compile("and 3\\d\\d others")).first).to_be_visible()
    expect(group.get_by_role("button")).to_have_count(12 + 2)
    longest = anna.evaluate(LONGEST_TASK)
    assert longest < 5000, f"{longest} ms without an answer to a finger"  # far more than on an idle machine
    assert flaws(anna) == []
    has_no_barrier(anna, "ten thousand reactions")
    chip(anna, "👍").click()
    expect(chip(anna, "👍")).to_have_attribute("aria-pressed", "true")
    group.get_by_role("button", name="18 more emoji").click()
    who = anna.get_by_role("dialog", name="Who reacted")
    expect(who.get_by_role("listitem")).to_have_count(100)
    who.get_by_role("button", name="Show more").click()
    expect(who.get_by_role("listitem")).to_have_count(200)
    has_no_barrier(anna, "a hundred who reacted")
