"""A poll: asked, answered by two people, counted before both, and closed by who asked."""

import asyncio
import threading
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import begin, bubble, conversation, menu_of, say
from tests.browser.phones import Phone
from tests.browser.program import Client, nonce
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier
from tests.browser.test_voice import tapped

PickUp = Callable[..., Phone]


def ask(page: Page, question: str, *options: str, several: bool = False) -> None:
    """Asks in the conversation that is open."""
    page.get_by_role("button", name="New poll").click()
    dialog = page.get_by_role("dialog", name="New poll")
    dialog.get_by_role("textbox", name="Question").fill(question)
    for number, option in enumerate(options, start=1):
        dialog.get_by_role("textbox", name=f"Option {number}", exact=True).fill(option)
    if several:
        dialog.get_by_role("switch", name="Several answers").click()
    has_no_barrier(page, "new poll")
    dialog.get_by_role("button", name="Ask").click()
    expect(dialog).to_be_hidden()


def option(page: Page, start: str, role: str = "radio") -> Locator:
    """An option by how its name begins: its words and how many chose it."""
    return page.get_by_role("log", name="Messages").get_by_role(role, name=start)


def test_a_poll_is_asked_answered_and_closed(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    ask(anna, "Soup or stew?", "Soup", "Stew")
    expect(conversation(anna, "Bob")).to_contain_text("Poll: Soup or stew?")
    option(bob, "Soup, 0 votes").click()
    expect(option(bob, "Soup, 1 vote, 100%")).to_be_checked()
    expect(option(anna, "Soup, 1 vote")).not_to_be_checked()
    option(anna, "Stew").click()
    option(bob, "Stew, 1 vote").click()
    expect(option(anna, "Stew, 2 votes, 100%")).to_be_checked()
    expect(option(anna, "Soup, 0 votes")).not_to_be_checked()
    bob.get_by_role("button", name="Take back my vote").click()
    expect(option(anna, "Stew, 1 vote,")).to_be_visible()
    has_no_barrier(anna, "a poll")
    has_no_barrier(bob, "a poll, dark")
    bob.get_by_role("button", name="1 vote").click()
    details = bob.get_by_role("dialog", name="Details")
    expect(details.get_by_role("list", name="Stew")).to_contain_text("Anna")
    bob.keyboard.press("Escape")
    bubble(bob, "Soup or stew?").click(button="right")
    expect(bob.get_by_role("menuitem", name="Details")).to_be_visible()
    expect(bob.get_by_role("menuitem", name="Close the poll")).to_be_hidden()
    bob.keyboard.press("Escape")
    bubble(anna, "Soup or stew?").click(button="right")
    anna.get_by_role("menuitem", name="Close the poll").click()
    expect(bob.get_by_text("Closed", exact=True)).to_be_visible()
    expect(option(bob, "Soup")).to_be_disabled()


def test_several_answers_and_hostile_words(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(360, 740, name="anna").join("Anna")
    bob = phone(1280, 800, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    hostile = [
        "<img src=x onerror=alert(1)>",
        "\u202etxet",
        "Z\u0351\u036b\u0343\u036a\u0302\u036a" * 8,
        "w" * 120,
        "田中さん 👨‍👩‍👧",
    ]
    ask(anna, "<script>alert(1)</script>?", *hostile, several=True)
    boxes = bob.get_by_role("log", name="Messages").get_by_role("checkbox")
    expect(boxes).to_have_count(len(hostile))
    expect(boxes.first).to_contain_text(hostile[0])
    boxes.nth(0).click()
    boxes.nth(3).click()
    for page in (anna, bob):
        expect(option(page, "w" * 120 + ", 1 vote, 50%", "checkbox")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


CROWD = 104  # more than one page of the server's


async def crowd(server: RunningServer, poll: dict[str, object]) -> None:
    """So many people come in and choose the first option."""
    for number in range(CROWD):
        voter = Client(server, f"Voter {number:03}")
        await voter.join()
        await voter.ask("poll.vote", {**poll, "choices": [0], "nonce": nonce()})
        await voter.close()


def test_everybody_who_chose_an_option_can_be_seen(phone: PickUp, start_server: Callable[..., RunningServer]) -> None:
    server = start_server("--open", "--join-rate", "600")
    anna = phone(360, 740, dark=True, name="anna", server=server).join("Anna")
    begin(anna, "Everyone")
    ask(anna, "Soup or stew?", "Soup", "Stew")
    expect(option(anna, "Soup, 0 votes")).to_be_enabled()
    seq = int(anna.locator(".message").last.get_attribute("data-seq") or 0)
    poll = {"conversation": anna.url.rsplit("/", 1)[1], "target": seq}
    voting = threading.Thread(target=lambda: asyncio.run(crowd(server, poll)))
    voting.start()
    option(anna, "Stew, 0 votes").click()
    voting.join()
    expect(option(anna, f"Soup, {CROWD} votes, 99%")).to_be_visible()
    anna.get_by_role("button", name=f"{CROWD + 1} votes").click()
    details = anna.get_by_role("dialog", name="Details")
    soup = details.get_by_role("list", name="Soup")
    expect(soup).to_contain_text("others")
    expect(details.get_by_role("list", name="Stew")).to_contain_text("You")
    details.get_by_role("button", name="Show more").click()
    expect(soup.get_by_role("listitem")).to_have_count(CROWD)
    for number in (0, CROWD - 1):
        expect(soup).to_contain_text(f"Voter {number:03}")
    expect(details.get_by_role("button", name="Show more")).to_be_hidden()
    has_no_barrier(anna, "everybody who voted, dark")


def test_a_poll_and_a_voice_message_answer_with_a_quote(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(bob, "What do we eat?")
    menu_of(anna, "What do we eat?").get_by_role("menuitem", name="Reply").click()
    expect(anna.get_by_text("Replying to Bob")).to_be_visible()
    ask(anna, "Soup or stew?", "Soup", "Stew")
    expect(anna.get_by_text("Replying to Bob")).to_be_hidden()
    polled = bob.locator(".message").filter(has_text="Soup or stew?")
    expect(polled.get_by_role("button", name="What do we eat?")).to_be_visible()
    menu_of(anna, "Soup or stew?").get_by_role("menuitem", name="Reply").click()
    tapped(anna)
    spoken = bob.locator(".message.spoken")
    expect(spoken.get_by_role("button", name="Soup or stew?")).to_be_visible()
    has_no_barrier(bob, "answers with quotes")
