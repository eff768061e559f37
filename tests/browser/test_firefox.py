"""Firefox with Chromium: another engine, the same conversation."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.firefox import Firefox
from tests.browser.people import begin, bubble, join_with_firefox, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]


def test_firefox_and_chromium_write_to_each_other(firefox: Firefox, phone: PickUp, server: RunningServer) -> None:
    bob = phone(name="bob").join("Bob")
    tab = join_with_firefox(firefox, server, "Anna")
    tab.fill("textbox", "Message", "from the fox")
    tab.click("button", "Send")
    begin(bob, "Anna")
    expect(bubble(bob, "from the fox")).to_be_visible()
    say(bob, "from the other one")
    tab.wait_for("document.body.innerText.includes('from the other one')")
    expect(bubble(bob, "from the other one").get_by_role("img", name="Read")).to_be_visible()
    assert firefox.complaints() == []
