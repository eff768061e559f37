"""A log that nobody has to chase: it opens at what is new, stays where one reads, and takes along who is at its end."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import begin, bubble, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]

WRITE = """async ([name, from, to]) => {
    const { everyone } = await import("/state/people.js");
    const { id } = everyone.value.find((person) => person.name === name);
    const headers = { "X-Parley": "1", "Content-Type": "application/json" };
    for (let at = from; at < to; at += 1) {
        const body = JSON.stringify({ text: `line ${at} ` + "and more ".repeat(at % 4 ? 1 : 20) });
        const answer = await fetch(`/api/messages/${id}`, { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
    }
}"""
READING = """(log) => {
    const top = log.getBoundingClientRect().top;
    const seen = [...log.querySelectorAll("[data-key]")].find((one) => one.getBoundingClientRect().bottom > top + 40);
    return [seen.dataset.key, Math.round(seen.getBoundingClientRect().top)];
}"""
OLDEST = 'box.querySelector("[data-key]").dataset.key'


def pair(phone: PickUp, start_server: Callable[..., RunningServer]) -> tuple[Page, Page]:
    """Anna and Bob on a server that lets them write fast; neither has opened a conversation."""
    server = start_server("--open", "--rate", "1000")
    anna = phone(name="anna", server=server).join("Anna")
    bob = phone(name="bob", server=server).join("Bob")
    expect(anna.get_by_role("list", name="People").get_by_text("Bob")).to_be_visible()
    return anna, bob


def log(page: Page) -> Locator:
    """The conversation that is open."""
    return page.get_by_role("log", name="Messages")


def reading(page: Page) -> Any:
    """What stands at the top of the log, and at which height."""
    return log(page).evaluate(READING)


def test_a_conversation_opens_at_what_is_new_and_stays_where_one_reads(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 40])
    expect(bob.get_by_role("list", name="Conversations").get_by_text("line 39")).to_be_visible()
    begin(bob, "Anna")
    expect(bob.get_by_text("40 new messages")).to_be_in_viewport()
    before = reading(bob)
    anna.evaluate(WRITE, ["Bob", 40, 41])
    down = bob.get_by_role("button", name="To the newest message")
    expect(down).to_have_accessible_name(re.compile(r"\d+ unread"))
    expect(bubble(bob, "line 40")).to_be_attached()
    assert reading(bob) == before
    down.click()
    expect(bubble(bob, "line 40")).to_be_in_viewport()
    expect(down).to_be_hidden()


def test_who_is_at_the_end_is_taken_along_and_who_writes_is_taken_there(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 30])
    begin(bob, "Anna")
    log(bob).evaluate("(box) => { box.scrollTop = box.scrollHeight }")
    expect(bubble(bob, "line 29")).to_be_in_viewport()
    anna.evaluate(WRITE, ["Bob", 30, 31])
    expect(bubble(bob, "line 30")).to_be_in_viewport()
    log(bob).evaluate("(box) => { box.scrollTop = 0 }")
    expect(bubble(bob, "line 30")).not_to_be_in_viewport()
    say(bob, "my own words")
    expect(bubble(bob, "my own words")).to_be_in_viewport()


def test_older_pages_come_above_without_moving_what_is_read(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 160])
    begin(anna, "Bob")
    expect(bubble(anna, "line 159")).to_be_in_viewport()
    forget_all_but_the_cookie(anna)
    expect(bubble(anna, "line 159")).to_be_in_viewport()
    expect(bubble(anna, "line 20 ")).not_to_be_attached()
    while not bubble(anna, "line 0 ").count():
        before, oldest = log(anna).evaluate(f"(box) => {{ box.scrollTop = 300; return [({READING})(box), {OLDEST}] }}")
        expect(log(anna).locator("[data-key]").first).not_to_have_attribute("data-key", oldest)
        after = reading(anna)
        assert after[0] == before[0]
        assert abs(after[1] - before[1]) <= 1  # half pixels are rounded either way


def forget_all_but_the_cookie(page: Page) -> None:
    """What an iPhone does after a week: the cache is gone, and the page loads afresh."""
    origin = page.evaluate("location.origin")
    address = page.url
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    page.goto(address)
