"""Taken names, other devices, signing out, and the host's last word."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.firefox import until
from tests.browser.people import begin, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]
NOTE: Any = {"name": "salary.txt", "mimeType": "text/plain", "buffer": b"much"}
ALL_KEPT = """async () => {
    const done = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
    const found = [JSON.stringify(localStorage)];
    for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            found.push(await done(database.transaction(store).objectStore(store).getAll()));
        }
        database.close();
    }
    return JSON.stringify(found);
}"""

REMEMBER_WHAT_IT_SAID = """document.addEventListener("readystatechange", () => {
    const words = document.getElementById("not-arrived");
    const look = () => words.checkVisibility() && sessionStorage.setItem("said", words.innerText);
    new MutationObserver(look).observe(words, { attributes: true });
    look(); // it may have been said already
});"""


def test_without_an_invitation_one_is_told_how_to_get_one(phone: PickUp, server: RunningServer) -> None:
    page = phone().open("/")
    expect(page.get_by_text("You need an invitation")).to_be_visible()


@pytest.mark.parametrize(("part", "times"), [("views/app.js", 2), ("styles/base.css", 1)])
def test_a_page_of_which_a_part_was_lost_on_the_way_is_fetched_again(
    phone: PickUp, server: RunningServer, part: str, times: int
) -> None:
    hers = phone()
    hers.expect_complaints("ERR_FAILED")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if len(lost) < times:
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    hers.context.route(f"**/{part}", lose)
    hers.context.add_init_script(REMEMBER_WHAT_IT_SAID)
    page = hers.open(f"/#invite={server.invitation}")

    def forgotten() -> bool:
        try:
            said, tries = page.evaluate("['said', 'parley-arrival'].map((key) => sessionStorage.getItem(key))")
            return len(lost) == times and said is not None and tries is None
        except Error:  # it is just loaded again
            return False

    until(forgotten, "all of it, and that its tries are forgotten")
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    expect(page.get_by_text("A part of Parley was lost on the way here.")).to_be_hidden()
    assert page.evaluate("sessionStorage.getItem('said')").startswith("A part of Parley was lost on the way here.")


def test_an_invitation_survives_a_reload_and_not_a_sign_in(phone: PickUp, server: RunningServer) -> None:
    hers = phone()
    page = hers.open(f"/#invite={server.invitation}")
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    expect(page.get_by_text("You need an invitation")).to_be_hidden()
    page.get_by_role("textbox", name="Your name").fill("Anna")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("region", name="Chats")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_second_phone_is_let_in_by_the_first(phone: PickUp, server: RunningServer) -> None:
    first = phone(name="first").join("Anna")
    other = phone(name="second")
    other.expect_complaints("409")
    second = other.open(f"/#invite={server.invitation}")
    second.get_by_role("textbox", name="Your name").fill("anna")
    second.get_by_role("button", name="Join").click()
    second.get_by_role("button", name="That's me").click()
    asked = first.get_by_role("dialog")
    expect(asked).to_be_visible()
    code = re.compile(r"The code is( \d){4}")
    shown = re.sub(r"\D", "", second.get_by_text(code).inner_text())
    assert re.sub(r"\D", "", asked.get_by_text(code).inner_text()) == shown
    asked.get_by_role("button", name="Allow").click()
    expect(second.get_by_role("region", name="Chats")).to_be_visible()


def test_the_host_on_the_command_line_lets_in_who_has_no_other_phone(phone: PickUp, server: RunningServer) -> None:
    phone(name="lost").join("Anna").context.close()
    other = phone(name="new")
    other.expect_complaints("409")
    page = other.open(f"/#invite={server.invitation}")
    page.get_by_role("textbox", name="Your name").fill("Anna")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name="That's me").click()
    expect(page.get_by_text("Waiting for your other device")).to_be_visible()
    assert "let in as Anna" in server.ask("--allow", "Anna")
    expect(page.get_by_role("region", name="Chats")).to_be_visible()


def test_the_host_removes_a_person_and_all_their_devices_are_off(phone: PickUp, server: RunningServer) -> None:
    host, guest = phone(name="host").join("Anna"), phone(name="guest")
    guest.expect_complaints("401|WebSocket")
    bob = guest.join("Bob")
    begin(bob, "Anna")
    say(bob, "hello")
    host.get_by_role("link", name="People").click()
    begin(host, "Bob")
    host.get_by_role("link", name="Bob").click()
    host.get_by_role("button", name="Remove").click()
    host.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(bob.get_by_role("textbox", name="Message")).to_be_hidden()
    expect(bob.get_by_text(re.compile("You need an invitation|Your name")).first).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Sign out").last.click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()


def test_signing_out_forgets_everything_on_this_phone(phone: PickUp, server: RunningServer) -> None:
    phone(name="bob").join("Bob")
    hers = phone(name="anna")
    hers.expect_complaints("401|WebSocket")
    anna = hers.join("Anna")
    begin(anna, "Bob")
    say(anna, "for your eyes only")
    anna.get_by_role("button", name="Back").or_(anna.get_by_role("link", name="Back")).first.click()
    sign_out(anna)
    anna.reload()
    expect(anna.get_by_text("You need an invitation")).to_be_visible()
    left = anna.evaluate(ALL_KEPT)
    assert "for your eyes only" not in left


def test_who_comes_after_another_in_the_same_tab_finds_nothing_of_theirs(
    phone: PickUp, open_server: RunningServer
) -> None:
    shared = phone(1280, 800)
    shared.expect_complaints("401|WebSocket")
    page = shared.join("Anna")
    begin(page, "Everyone")
    say(page, "my salary")
    page.get_by_role("searchbox").fill("salary")
    expect(page.get_by_role("region", name="Chats").get_by_text("my salary").first).to_be_visible()
    page.locator(".composer input[type=file]").first.set_input_files([NOTE])
    expect(page.get_by_text("salary.txt")).to_be_visible()
    sign_out(page)
    page.get_by_role("textbox", name="Your name").fill("Carla")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Chats").click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    begin(page, "Everyone")
    expect(page.get_by_text("salary.txt")).to_be_hidden()
