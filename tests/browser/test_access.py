"""Every screen as assistive technology meets it: axe finds nothing, and the keyboard alone is enough."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.firefox import until
from tests.browser.people import begin, bubble
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def has_no_barrier(page: Page, screen: str) -> None:
    """Nothing moves any more, and axe finds nothing."""
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    assert axe.violations(page) == [], screen


@pytest.mark.parametrize(("width", "height", "dark"), [(360, 740, False), (1280, 800, True)], ids=["phone", "desktop"])
def test_the_first_in_a_house_meets_no_barrier(
    phone: PickUp, server: RunningServer, width: int, height: int, dark: bool
) -> None:
    """All other screens are in the catalogue: test_screens.py."""
    page = phone(width, height, dark=dark, name="anna").join("Anna")
    expect(page.get_by_role("button", name="Invite people").first).to_be_visible()
    has_no_barrier(page, "nobody else")


def test_the_keyboard_alone_is_enough_to_join_and_write(phone: PickUp, server: RunningServer) -> None:
    bob = phone(name="bob").join("Bob")
    page = phone(1280, 800, name="anna").open(f"/#invite={server.invitation}")
    expect(page.get_by_role("textbox", name="Your name")).to_be_focused()
    page.keyboard.type("Anna")
    page.keyboard.press("Enter")
    link = page.get_by_role("list", name="People").get_by_role("link").filter(has_text="Bob")
    expect(link).to_be_visible()
    for _ in range(20):
        if link.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    page.keyboard.type("no mouse")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("was needed")
    page.keyboard.press("Enter")
    begin(bob, "Anna")
    expect(bubble(bob, "no mouse")).to_contain_text("was needed")


def test_a_mouse_that_rests_on_a_button_without_words_learns_what_it_does(phone: PickUp, server: RunningServer) -> None:
    phone(name="bob").join("Bob")
    page = phone(1280, 800, name="anna").join("Anna")
    begin(page, "Bob")
    attach = page.get_by_role("button", name="Attach a file")

    def told() -> str | None:
        page.mouse.move(0, 0)
        attach.hover()
        return attach.get_attribute("title")

    until(lambda: told() == "Attach a file", "the tip")
    poll = page.get_by_role("button", name="New poll")
    poll.hover()
    expect(poll).to_have_attribute("title", "New poll")  # as it says itself
