"""Threads: what is said under one message, beside the conversation."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.people import begin, bubble, conversation, menu_of, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_rooms import enter, make_room

PickUp = Callable[..., Phone]

SEND = """async ([id, count]) => {
    const { send } = await import("/state/outbox.js");
    for (let number = 1; number <= count; number++) await send(id, `answer ${number}.`);
}"""


def under(page: Page, text: str) -> Locator:
    """The thread of the message with this text, opened from its menu."""
    menu_of(page, text).get_by_role("menuitem", name="Answer in a thread").click()
    return page.get_by_role("complementary", name="Thread")


def test_an_answer_in_a_thread_is_counted_there_and_calls_who_asked(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--open")
    anna = phone(name="anna", server=server).join("Anna")
    bob = phone(name="bob", server=server).join("Bob")
    begin(anna, "Bob")
    say(anna, "Who brings the cake?")
    begin(bob, "Anna")
    thread = under(bob, "Who brings the cake?")
    expect(thread.get_by_text("Nobody has answered yet.")).to_be_visible()
    say(bob, "I do")
    expect(bubble(bob, "I do")).to_be_visible()
    assert violations(bob) == []
    expect(anna.get_by_role("link", name="Something new in a thread")).to_be_visible()
    anna.get_by_role("link", name="1 answer").click()
    expect(bubble(anna, "I do")).to_be_visible()
    say(anna, "Thank you")
    expect(bubble(bob, "Thank you")).to_be_visible()
    anna.get_by_role("button", name="Close the thread").click()
    expect(anna.get_by_role("link", name="2 answers")).to_be_visible()
    expect(anna.get_by_role("link", name="Something new in a thread")).to_have_count(0)
    expect(bubble(anna, "Thank you")).to_have_count(0)


def test_a_thread_calls_those_who_have_a_part_in_it_or_follow_it(phone: PickUp, server: RunningServer) -> None:
    ada, ben, cleo = [phone(1280, 800, name=name).join(name.title()) for name in ("ada", "ben", "cleo")]
    make_room(ada, "Garden", "Ben", "Cleo")
    say(ada, "Who waters?")
    for page in (ben, cleo):
        enter(page, "Garden")
        expect(bubble(page, "Who waters?")).to_be_visible()
        page.goto(f"{server.origin}/#/people")
    bubble(ada, "Who waters?").click(button="right")
    ada.get_by_role("menuitem", name="Answer in a thread").click()
    expect(ada.get_by_role("switch", name="Follow")).to_be_checked()
    thread = ada.get_by_role("complementary", name="Thread")
    thread.get_by_role("textbox", name="Message").fill("@Ben, you?")
    thread.get_by_role("button", name="Send").click()
    expect(ben).to_have_title("(1) Parley")
    ben.get_by_role("navigation", name="Sections").get_by_role("link", name="Chats").click()
    expect(conversation(ben, "Garden").get_by_text("Something new in a thread")).to_be_attached()
    expect(conversation(ben, "Garden").get_by_text("You are mentioned")).to_be_attached()
    assert violations(ben) == []
    enter(ben, "Garden")
    ben.get_by_role("link", name="1 answer").click()
    expect(bubble(ben, "@Ben, you?")).to_be_visible()
    expect(ben).to_have_title("Parley")
    expect(conversation(ben, "Garden").get_by_text("Something new in a thread")).to_have_count(0)
    expect(conversation(ben, "Garden").get_by_text("You are mentioned")).to_have_count(0)

    # Cleo has no part in it, and wants one
    expect(cleo).to_have_title("Parley")
    cleo.get_by_role("navigation", name="Sections").get_by_role("link", name="Chats").click()
    enter(cleo, "Garden")
    cleo.get_by_role("link", name="1 answer").click()
    switch = cleo.get_by_role("switch", name="Follow")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    assert violations(cleo) == []
    cleo.get_by_role("button", name="Close the thread").click()
    expect(cleo.get_by_role("complementary", name="Thread")).to_have_count(0)
    cleo.goto(f"{server.origin}/#/people")
    ben.get_by_role("switch", name="Follow").click()
    expect(ben.get_by_role("switch", name="Follow")).not_to_be_checked()
    ben.get_by_role("button", name="Close the thread").click()
    thread.get_by_role("textbox", name="Message").fill("Or Cleo?")
    thread.get_by_role("button", name="Send").click()
    expect(cleo).to_have_title("(1) Parley")
    expect(ben.get_by_role("link", name="2 answers")).to_be_visible()
    expect(ben).to_have_title("Parley")


def test_what_is_found_pinned_quoted_or_linked_in_a_thread_is_shown_in_it(phone: PickUp, server: RunningServer) -> None:
    hers = phone(1280, 800, name="ada")
    ada = hers.join("Ada")
    make_room(ada, "Garden")
    say(ada, "Who waters?")
    thread = under(ada, "Who waters?")
    expect(thread).to_be_visible()
    address = ada.evaluate("location.hash").removeprefix("#/t/").replace("/", "#")
    ada.evaluate(SEND, [address, 70])
    answers = thread.get_by_role("log", name="Messages").get_by_role("paragraph")
    expect(answers.filter(has_text="answer 70.")).to_be_visible()
    ada.get_by_role("button", name="Close the thread").click()
    expect(ada.get_by_role("link", name="70 answers")).to_be_visible()

    # from the list, far back in it
    ada.get_by_role("searchbox", name="Search", exact=True).fill("answer 7.")
    ada.get_by_role("list", name="Messages").get_by_role("button", name="In a thread: answer 7.").click()
    found = thread.locator(".message.sought")
    expect(found).to_contain_text("answer 7.")
    expect(answers.filter(has_text="answer 7.")).to_be_in_viewport()
    assert violations(ada) == []

    # pinned, and by its link
    answers.filter(has_text="answer 7.").click(button="right")
    ada.get_by_role("menuitem", name="Pin").click()
    ada.get_by_role("button", name="Close the thread").click()
    ada.get_by_role("region", name="Pinned messages").get_by_role("button").first.click()
    expect(answers.filter(has_text="answer 7.")).to_be_in_viewport()
    link = ada.evaluate("location.hash")
    assert link.count("/") == 4, link
    hers.open(f"/{link}")
    ada.reload()
    expect(answers.filter(has_text="answer 7.")).to_be_in_viewport()

    # quoted in it, from far away
    answers.filter(has_text="answer 7.").click(button="right")
    ada.get_by_role("menuitem", name="Reply").click()
    thread.get_by_role("textbox", name="Message").fill("that one")
    thread.get_by_role("button", name="Send").click()
    expect(answers.filter(has_text="that one")).to_be_in_viewport()
    thread.get_by_role("button", name=re.compile("answer 7.")).last.click()
    expect(answers.filter(has_text="answer 7.")).to_be_in_viewport()


JUMP = "async ([id, seq]) => (await import('/state/history.js')).jump(id, { seq })"
FORGET = "async (address) => (await import('/state/loading.js')).forgetThread(address)"


def test_an_open_thread_stays_while_its_conversation_is_shown_afresh(phone: PickUp, server: RunningServer) -> None:
    hers = phone(1280, 800, name="ada")
    ada = hers.join("Ada")
    make_room(ada, "Garden")
    say(ada, "Who waters?")
    thread = under(ada, "Who waters?")
    answers = thread.get_by_role("log", name="Messages").get_by_role("paragraph")

    def answer(text: str) -> None:
        thread.get_by_role("textbox", name="Message").fill(text)
        thread.get_by_role("button", name="Send").click()

    answer("I do")
    expect(answers).to_contain_text(["I do"])
    link = ada.evaluate("location.hash")
    room, root = link.removeprefix("#/t/").split("/")
    ada.evaluate(SEND, [room, 70])
    expect(bubble(ada, "answer 70.")).to_be_visible()
    expect(ada.locator(".message.fresh")).to_have_count(0)
    hers.open(f"/{link}")
    ada.reload()
    expect(answers).to_contain_text(["I do"])

    # far from the newest, which is then loaded in place of that
    ada.evaluate(JUMP, [room, int(root)])
    expect(bubble(ada, "Who waters?")).to_be_in_viewport()
    ada.get_by_role("main").get_by_role("button", name="To the newest message").click()
    expect(bubble(ada, "answer 70.")).to_be_in_viewport()
    answer("and I")
    expect(thread.locator(".message.fresh")).to_have_count(0)
    expect(answers).to_contain_text(["I do", "and I"])

    # as a gap of over a thousand leaves it
    ada.evaluate(FORGET, f"{room}#{root}")
    answer("and we")
    expect(thread.locator(".message.fresh")).to_have_count(0)
    expect(answers).to_contain_text(["I do", "and I", "and we"])
