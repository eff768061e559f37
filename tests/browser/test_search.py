"""Finding what was said: from the list, in one conversation, by filters, and into its place in a long log."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.people import begin, bubble, conversation, say, sent
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_polls import ask, option

PickUp = Callable[..., Phone]

WRITE = """async ([name, texts]) => {
    const { everyone } = await import("/state/people.js");
    const { id } = everyone.value.find((person) => person.name === name);
    const headers = { "X-Parley": "1", "Content-Type": "application/json" };
    for (const text of texts) {
        const answer = await fetch(`/api/messages/${id}`, { method: "POST", headers, body: JSON.stringify({ text }) });
        if (!answer.ok) throw new Error(await answer.text());
    }
}"""


def hits(page: Page) -> Locator:
    """The messages that were found."""
    return page.get_by_role("list", name="Messages").get_by_role("button")


def look_for(page: Page, text: str) -> None:
    """Types into the search above the list."""
    page.get_by_role("searchbox", name="Search", exact=True).fill(text)


def test_what_was_said_long_ago_is_found_and_shown_in_its_place(
    phone: PickUp, start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--open", "--rate", "1000")
    anna = phone(name="anna", server=server).join("Anna")
    bob = phone(name="bob", server=server).join("Bob")
    cleo = phone(1280, 800, name="cleo", server=server).join("Cleo")
    expect(anna.get_by_role("list", name="People").get_by_text("Cleo")).to_be_visible()
    anna.evaluate(WRITE, ["Bob", ["Die Straße zum See", *(f"line {at}" for at in range(150)), "猫がいる"]])

    look_for(bob, "STRASSE")
    expect(hits(bob)).to_have_count(1)
    expect(hits(bob).first).to_contain_text("Anna")
    expect(bob.locator("mark")).to_have_text("Straße")
    assert violations(bob) == []
    hits(bob).first.click()
    expect(bubble(bob, "Die Straße zum See")).to_be_in_viewport()
    bob.get_by_role("button", name="Back").click()
    expect(hits(bob).first).to_be_visible()
    look_for(bob, "猫")
    expect(bob.locator("mark")).to_have_text("猫")
    look_for(bob, "nobody said this")
    expect(bob.get_by_text("No message says that.")).to_be_visible()

    look_for(cleo, "STRASSE")
    expect(cleo.get_by_text("No message says that.")).to_be_visible()
    expect(hits(cleo)).to_have_count(0)


def test_one_conversation_is_searched_by_words_person_and_keyboard(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "apples for the cake")
    expect(bubble(bob, "apples for the cake")).to_be_visible()
    say(bob, "and apples for me")
    expect(bubble(anna, "and apples for me")).to_be_visible()
    say(anna, "no pears")
    anna.get_by_role("button", name="Search this conversation").click()
    box = anna.get_by_role("searchbox", name="Search this conversation")
    expect(box).to_be_focused()
    box.press_sequentially("apple")
    expect(hits(anna)).to_have_count(2)
    expect(anna.get_by_text("2 found")).to_be_visible()
    assert violations(anna) == []
    box.press("Enter")
    expect(anna.get_by_text("1 of 2")).to_be_visible()
    expect(anna.locator(".message.sought")).to_contain_text("and apples for me")
    box.press("Enter")
    expect(anna.get_by_text("2 of 2")).to_be_visible()
    expect(anna.get_by_role("button", name="Older result")).to_be_disabled()
    box.press("Shift+Enter")
    expect(anna.get_by_text("1 of 2")).to_be_visible()
    anna.get_by_text("Filter", exact=True).click()
    anna.get_by_label("By").select_option("Bob")
    expect(hits(anna)).to_have_count(1)
    expect(hits(anna).first).to_contain_text("and apples for me")
    anna.get_by_label("With a file").check()
    expect(anna.get_by_text("No message says that.")).to_be_visible()
    anna.get_by_role("button", name="Clear filters").click()
    expect(hits(anna)).to_have_count(2)
    box.press("Escape")
    expect(box).to_have_value("")
    box.press("Escape")
    expect(box).to_be_hidden()
    expect(anna.get_by_role("button", name="Search this conversation")).to_be_focused()


def test_what_was_said_is_found_by_its_day(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    phone(name="bob").join("Bob")
    begin(anna, "Bob")
    say(anna, "apples")
    sent(anna, "apples")
    anna.get_by_role("button", name="Search this conversation").click()
    anna.get_by_text("Filter", exact=True).click()
    since, until = anna.get_by_label("Since"), anna.get_by_label("Until")
    since.fill("2020-01-01")
    expect(hits(anna)).to_have_count(1)
    expect(hits(anna).first).to_contain_text("apples")
    until.fill("2020-12-31")
    expect(hits(anna)).to_have_count(0)
    since.fill("")
    expect(anna.get_by_text("No message says that.")).to_be_visible()
    today = anna.evaluate("new Date().toLocaleDateString('sv')")  # as a field has it
    until.fill(today)
    expect(hits(anna)).to_have_count(1)
    since.fill(today)
    expect(hits(anna)).to_have_count(1)
    expect(anna.get_by_text("1 found")).to_be_visible()


def test_without_a_connection_it_says_so_and_asks_again_when_there_is_one(
    phone: PickUp, open_server: RunningServer
) -> None:
    anna = phone(name="anna")
    page = anna.join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(bob, "Anna")
    say(bob, "a green apple")
    expect(conversation(page, "Bob")).to_contain_text("a green apple")  # what is not sent yet is not found
    look_for(page, "green")
    expect(hits(page)).to_have_count(1)
    anna.go_offline()
    expect(page.get_by_text("No connection.")).to_be_visible()
    look_for(page, "apple")
    expect(page.get_by_text("there is no connection to it just now")).to_be_visible()
    anna.go_online()
    expect(hits(page)).to_have_count(1)


def test_a_poll_is_found_by_its_options_and_shown_as_one(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    ask(anna, "Lunch on Friday?", "Soup", "Crème brûlée", "Salad")
    begin(bob, "Anna")
    expect(bubble(bob, "Lunch on Friday?")).to_be_visible()
    bob.get_by_role("button", name="Back").click()
    look_for(bob, "brulee")
    expect(hits(bob)).to_have_count(1)
    expect(hits(bob).first).to_contain_text("Poll: Lunch on Friday?")
    expect(hits(bob).first).to_contain_text("Soup · Crème brûlée · Salad")
    expect(bob.locator("mark")).to_have_text("brûlée")
    assert violations(bob) == []
    hits(bob).first.click()
    expect(option(bob, "Crème brûlée, 0 votes")).to_be_in_viewport()
    look_for(anna, "friday")
    expect(hits(anna).first).to_contain_text("Poll: Lunch on Friday?")
    expect(anna.locator("mark")).to_have_text("Friday")
