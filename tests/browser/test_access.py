"""Every screen as assistive technology meets it: axe finds nothing, and the keyboard alone is enough."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.people import begin, bubble, photo, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def has_no_barrier(page: Page, screen: str) -> None:
    """Nothing moves any more, and axe finds nothing."""
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    assert axe.violations(page) == [], screen


@pytest.mark.parametrize(("width", "height", "dark"), [(360, 740, False), (1280, 800, True)], ids=["phone", "desktop"])
def test_no_screen_has_a_barrier(
    phone: PickUp, server: RunningServer, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    hers = phone(width, height, dark=dark, name="anna")
    page = hers.open("/")
    expect(page.get_by_text("You need an invitation")).to_be_visible()
    has_no_barrier(page, "no invitation")
    hers.open(f"/#invite={server.invitation}")
    page.reload()
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    has_no_barrier(page, "join")
    hers.join("Anna")
    has_no_barrier(page, "nobody else")
    page.get_by_role("button", name="Invite people").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    has_no_barrier(page, "invite")
    page.keyboard.press("Escape")
    bob = phone(name="bob").join("Bob")
    begin(bob, "Anna")
    with bob.expect_file_chooser() as chooser:
        bob.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(photo(tmp_path))
    say(bob, "look, https://example.org")
    page.get_by_role("list", name="Conversations").get_by_text("Bob").wait_for()
    has_no_barrier(page, "chats")
    begin(page, "Bob")
    expect(bubble(page, "look")).to_be_visible()
    say(page, "👋")
    has_no_barrier(page, "conversation")
    page.get_by_role("button", name="Photo holiday.png").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    has_no_barrier(page, "viewer")
    page.keyboard.press("Escape")
    for screen, path in {"people": "/#/people", "settings": "/#/settings", "profile": "/#/profile"}.items():
        page.goto(f"{server.origin}{path}")
        expect(page.get_by_role("heading").first).to_be_visible()
        has_no_barrier(page, screen)


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
