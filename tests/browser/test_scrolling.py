"""A log that nobody has to chase: it opens at what is new, stays where one reads, and takes along who is at its end."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import begin, bubble, conversation, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]

WRITE = """async ([name, from, to, tall = 0]) => {
    const { everyone } = await import("/state/people.js");
    const { id } = everyone.value.find((person) => person.name === name);
    const headers = { "X-Parley": "1", "Content-Type": "application/json" };
    for (let at = from; at < to; at += 1) {
        const body = JSON.stringify({ text: `line ${at} ` + "and more ".repeat(at < tall ? 120 : at % 4 ? 1 : 20) });
        const answer = await fetch(`/api/messages/${id}`, { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
    }
}"""
READING = """(log) => {
    const top = log.getBoundingClientRect().top;
    const seen = [...log.querySelectorAll("[data-key]")].find((one) => one.getBoundingClientRect().bottom > top + 40);
    return [seen.dataset.key, Math.round(seen.getBoundingClientRect().top)];
}"""
# To 300 px under the first that is drawn; answers what is read then, and which one that is
UP = f"""(box) => {{
    const oldest = box.querySelector("[data-key]");
    box.scrollTop += oldest.getBoundingClientRect().top - box.getBoundingClientRect().top + 300;
    return [({READING})(box), oldest.dataset.key];
}}"""


# Something that was said is in sight
SEEN = """() => {
    const box = document.querySelector(".log").getBoundingClientRect();
    const places = [...document.querySelectorAll(".log [data-key]")].map((one) => one.getBoundingClientRect());
    return places.some(({ top, bottom }) => bottom > box.top && top < box.bottom);
}"""


def pair(phone: PickUp, start_server: Callable[..., RunningServer]) -> tuple[Page, Page]:
    """Anna and Bob on a server that lets them write fast; neither has opened a conversation."""
    server = start_server("--open", "--rate", "1000")
    anna = phone(name="anna", server=server).join("Anna")
    bob = phone(name="bob", server=server).join("Bob")
    expect(anna.get_by_role("list", name="People").get_by_text("Bob")).to_be_visible()
    return anna, bob


# Scrolls, and lets a message grow in the same frame: the log hears of its size before it hears of the scroll
SCROLL_AND_GROW = """(box, top) => new Promise((done) => requestAnimationFrame(() => {
    box.scrollTop = top;
    box.querySelector(".log-inner > :last-child").style.paddingBottom = `${40 + top / 10}px`;
    setTimeout(() => done(box.scrollTop), 200);
}))"""


# What is read grows by itself, as a quote or a picture that comes late: nothing of the timeline changes
GROW = """(log) => {
    const top = log.getBoundingClientRect().top;
    const seen = [...log.querySelectorAll("[data-key]")].find((one) => one.getBoundingClientRect().top > top + 200);
    seen.style.paddingBottom = "180px";
}"""

# From now on `drawn` holds how often a line of the list was drawn: preact tells of each component by `__r`
COUNT = """async () => {
    const { options } = await import("preact");
    const before = options.__r;
    window.drawn = 0;
    options.__r = (node, ...rest) => {
        if (node.type.name === "ConversationRow") window.drawn += 1;
        before?.(node, ...rest);
    };
}"""


def log(page: Page) -> Locator:
    """The conversation that is open."""
    return page.get_by_role("log", name="Messages")


def reading(page: Page) -> Any:
    """What stands at the top of the log, and at which height."""
    return log(page).evaluate(READING)


def to_the_end(page: Page, last: str) -> None:
    """Scrolls there, once all is drawn: the first frame holds only what fills the screen."""
    expect(bubble(page, last)).to_be_attached()
    log(page).evaluate("(box) => { box.scrollTop = box.scrollHeight }")
    expect(bubble(page, last)).to_be_in_viewport()


def test_a_conversation_opens_at_what_is_new_and_stays_where_one_reads(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 20])
    expect(bob.get_by_role("list", name="Conversations").get_by_text("line 19")).to_be_visible()
    begin(bob, "Anna")
    expect(bob.get_by_text("20 new messages")).to_be_in_viewport()
    before = reading(bob)
    anna.evaluate(WRITE, ["Bob", 20, 21])
    down = bob.get_by_role("button", name="To the newest message")
    expect(down).to_have_accessible_name(re.compile(r"\d+ unread"))
    expect(bubble(bob, "line 20")).to_be_attached()
    assert reading(bob) == before
    down.click()
    expect(bubble(bob, "line 20")).to_be_in_viewport()
    expect(down).to_be_hidden()


def test_no_line_of_the_list_is_drawn_again_while_a_conversation_opens(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    begin(bob, "Anna")
    begin(anna, "Bob")
    say(anna, "line 0")
    expect(bubble(anna, "line 0").get_by_role("img", name="Read")).to_be_visible()
    anna.get_by_role("button", name="Back").click()
    expect(conversation(anna, "Bob")).to_be_visible()
    anna.evaluate(COUNT)
    begin(anna, "Bob")
    assert anna.evaluate("drawn") == 0
    anna.get_by_role("button", name="Back").click()
    say(bob, "line 1")
    expect(conversation(anna, "Bob")).to_contain_text("line 1")
    assert anna.evaluate("drawn") > 0


def test_who_is_at_the_end_is_taken_along_and_who_writes_is_taken_there(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 30])
    begin(bob, "Anna")
    to_the_end(bob, "line 29")
    anna.evaluate(WRITE, ["Bob", 30, 31])
    expect(bubble(bob, "line 30")).to_be_in_viewport()
    log(bob).evaluate("(box) => { box.scrollTop = 0 }")
    expect(bubble(bob, "line 30")).not_to_be_in_viewport()
    say(bob, "my own words")
    expect(bubble(bob, "my own words")).to_be_in_viewport()


def test_a_scroll_is_not_undone_by_what_grows_before_the_page_is_told_of_it(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 30])
    begin(bob, "Anna")
    to_the_end(bob, "line 29")
    assert log(bob).evaluate(SCROLL_AND_GROW, 0) == 0
    middle = bob.evaluate("() => document.querySelector('.log').scrollHeight / 4")
    assert log(bob).evaluate(SCROLL_AND_GROW, middle) == pytest.approx(middle, abs=1)


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
        before, oldest = log(anna).evaluate(UP)
        expect(log(anna).locator("[data-key]").first).not_to_have_attribute("data-key", oldest)
        after = reading(anna)
        assert after[0] == before[0]
        assert abs(after[1] - before[1]) <= 1  # half pixels are rounded either way


def test_the_name_of_a_day_leads_to_any_other_day(phone: PickUp, start_server: Callable[..., RunningServer]) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 150])
    begin(anna, "Bob")
    expect(bubble(anna, "line 149")).to_be_in_viewport()
    expect(bubble(anna, "line 0 ")).to_have_count(0)
    anna.get_by_role("button", name="Today").click()
    day = anna.get_by_label("Go to another day")
    expect(day).to_have_value(anna.evaluate("new Date().toLocaleDateString('sv')"))
    day.fill("2020-01-01")
    expect(bubble(anna, "line 0 ")).to_be_in_viewport()


def test_home_and_end_lead_to_the_first_and_the_last_and_not_into_the_room_around_what_is_drawn(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 90])
    begin(anna, "Bob")
    expect(bubble(anna, "line 89")).to_be_in_viewport()
    log(anna).press("Home")
    expect(bubble(anna, "line 0 ")).to_be_in_viewport()
    expect(bubble(anna, "line 89")).not_to_be_attached()
    log(anna).press("End")
    expect(bubble(anna, "line 89")).to_be_in_viewport()
    expect(bubble(anna, "line 0 ")).not_to_be_attached()


def test_home_leads_to_the_first_however_tall_it_is(phone: PickUp, start_server: Callable[..., RunningServer]) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 90, 40])
    begin(anna, "Bob")
    expect(bubble(anna, "line 89")).to_be_in_viewport()
    log(anna).press("Home")
    expect(bubble(anna, "line 0 ")).to_be_in_viewport()


def test_what_grows_below_moves_nothing_of_what_is_read(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 160])
    begin(anna, "Bob")
    to_the_end(anna, "line 159")
    before = log(anna).evaluate(UP)[0]
    log(anna).evaluate(GROW)
    expect(log(anna).locator("[data-key][style*='180px']")).to_be_attached()
    anna.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    after = reading(anna)
    assert after[0] == before[0]
    assert abs(after[1] - before[1]) <= 1


def test_what_could_not_be_sent_takes_nobody_to_the_end_again(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    hers = phone(name="anna", server=start_server("--open", "--rate", "1000"))
    anna = hers.join("Anna")
    phone(name="bob", server=hers.server).join("Bob")
    expect(anna.get_by_role("list", name="People").get_by_text("Bob")).to_be_visible()
    anna.evaluate(WRITE, ["Bob", 0, 90])
    begin(anna, "Bob")
    expect(bubble(anna, "line 89")).to_be_in_viewport()
    hers.go_offline()
    say(anna, "waits for a network")
    expect(bubble(anna, "waits for a network")).to_be_in_viewport()
    log(anna).press("Home")
    expect(bubble(anna, "line 0 ")).to_be_in_viewport()
    expect(bubble(anna, "waits for a network")).not_to_be_attached()
    while not bubble(anna, "waits for a network").count():
        log(anna).evaluate(
            """(box) => {
                const last = [...box.querySelectorAll("[data-key]")].at(-1).getBoundingClientRect().bottom;
                // where more is drawn, and none of it is seen
                box.scrollTop += last - box.getBoundingClientRect().bottom - 1000;
            }"""
        )
    expect(bubble(anna, "waits for a network")).not_to_be_in_viewport()
    to_the_end(anna, "waits for a network")


def test_nobody_is_left_where_nothing_is_drawn(phone: PickUp, start_server: Callable[..., RunningServer]) -> None:
    anna, _ = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 90])
    begin(anna, "Bob")
    expect(bubble(anna, "line 89")).to_be_in_viewport()
    while not bubble(anna, "line 0 ").count():
        log(anna).evaluate("(box) => { box.scrollTop = 0 }")
        anna.wait_for_function(SEEN)


def forget_all_but_the_cookie(page: Page) -> None:
    """What an iPhone does after a week: the cache is gone, and the page loads afresh."""
    origin = page.evaluate("location.origin")
    address = page.url
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "indexeddb"})
    page.goto(address)


def test_a_long_history_is_walked_to_its_beginning_and_back_with_a_bounded_page(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    anna, bob = pair(phone, start_server)
    anna.evaluate(WRITE, ["Bob", 0, 3])
    begin(bob, "Anna")
    expect(bob.get_by_text("line 2")).to_be_in_viewport()
    expect(anna.get_by_label("Read")).not_to_have_count(0)
    bob.get_by_role("button", name="Back").click()
    anna.evaluate(WRITE, ["Bob", 3, 600])
    expect(bob.get_by_role("list", name="Conversations").get_by_text("line 599")).to_be_visible()
    begin(bob, "Anna")
    expect(bob.get_by_text("99+ new messages")).to_be_in_viewport()
    expect(bob.get_by_text(re.compile(r"^line 3 "))).to_be_in_viewport()
    messages = log(bob).locator("[data-seq]")
    while bob.get_by_text(re.compile(r"^line 0 ")).count() == 0:
        log(bob).evaluate("(box) => box.scrollTo(0, 0)")
        assert messages.count() <= 350  # a window, and the page that has just come
    bob.get_by_role("button", name=re.compile("To the newest message")).click()
    expect(bob.get_by_text(re.compile(r"^line 599 "))).to_be_in_viewport()
    assert messages.count() <= 350
