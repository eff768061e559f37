"""Where messages go by age, people are told on the card of whom they write to; where they do not, nothing is said."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chat.visibility import EVERYONE
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier

SAID = "Messages are kept for 90 days, then they are deleted."


@pytest.mark.parametrize(("days", "times"), [("90", 1), ("0", 0)], ids=["for a while", "for ever"])
def test_people_are_told_for_how_long_messages_are_kept(
    days: str, times: int, phone: Callable[..., Phone], start_server: Callable[..., RunningServer]
) -> None:
    server = start_server("--open", "--keep-messages", days)
    phone(name="bob", server=server).join("Bob")
    anna = phone(360, 640, name="anna", server=server).join("Anna")
    anna.evaluate("place => { location.hash = place }", f"#/r/{EVERYONE}")
    expect(anna.get_by_role("heading", level=1, name="Everyone")).to_be_visible()
    expect(anna.get_by_text(SAID)).to_have_count(times)
    has_no_barrier(anna, "the card of a room")
    anna.evaluate("location.hash = '#/'")
    begin(anna, "Bob")
    anna.get_by_role("main").get_by_role("link").first.click()
    expect(anna.get_by_role("heading", level=1, name="Bob")).to_be_visible()
    expect(anna.get_by_text(SAID)).to_have_count(times)
