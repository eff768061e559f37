"""Pinned messages: a bar that goes to them, a list of all, and letting them go."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.firefox import until
from tests.browser.people import begin, bubble, menu_of, say
from tests.browser.phones import PERMISSIONS, Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier

PickUp = Callable[..., Phone]


def copied(page: Page, start: str) -> str | None:
    """What lies in the clipboard, once it begins like this."""
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text if text.startswith(start) else None


def test_pins_are_seen_by_both_gone_to_and_let_go(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 700, name="anna").join("Anna")
    bob = phone(360, 640, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    begin(bob, "Anna")
    say(anna, "the door *code* is 42")
    for line in range(12):
        say(anna, f"line {line}\n\n\nand more")
    say(anna, "bins go out on Tuesday")
    expect(bubble(bob, "bins")).to_be_visible()
    menu_of(bob, "the door").get_by_role("menuitem", name="Pin").click()
    bar = anna.get_by_role("region", name="Pinned messages")
    expect(bar).to_contain_text("the door code is 42")
    menu_of(anna, "bins").get_by_role("menuitem", name="Pin").click()
    expect(bar).to_contain_text("Pinned message 1 of 2")
    expect(bar).to_contain_text("bins go out")
    has_no_barrier(anna, "pinned")
    bar.get_by_role("button", name="Pinned message 1 of 2").click()
    bar.get_by_role("button", name="Pinned message 2 of 2").click()
    expect(bubble(anna, "the door")).to_be_in_viewport()
    hers = bob.get_by_role("region", name="Pinned messages")
    hers.get_by_role("button", name="All pinned messages").click()
    every = bob.get_by_role("dialog", name="Pinned messages")
    expect(every.get_by_role("listitem")).to_have_count(2)
    has_no_barrier(bob, "all pinned, dark")
    every.get_by_role("listitem").filter(has_text="bins").get_by_role("button", name="Unpin").click()
    expect(every.get_by_role("listitem")).to_have_count(1)
    every.get_by_role("listitem").get_by_role("button", name="the door").click()
    expect(bubble(bob, "the door")).to_be_in_viewport()
    anna.context.grant_permissions([*PERMISSIONS, "clipboard-read", "clipboard-write"], origin=open_server.origin)
    menu_of(anna, "the door").get_by_role("menuitem", name="Copy link to message").click()
    say(anna, until(lambda: copied(anna, open_server.origin), "the link"))
    expect(bubble(anna, "the door")).not_to_be_in_viewport()
    bubble(anna, open_server.origin).get_by_role("link").click()
    expect(bubble(anna, "the door")).to_be_in_viewport()
    menu_of(anna, "the door").get_by_role("menuitem", name="Unpin").click()
    expect(hers).to_be_hidden()
    expect(bar).to_be_hidden()
