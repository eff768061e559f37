"""People are called by name into the call of a room that goes on, by who leads it and by who is only in it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.calling import answer, joined
from tests.browser.looks import button
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import does, live
from tests.browser.test_gathering_leading import begin, call
from tests.browser.test_rooms import card, enter, make_room

PickUp = Callable[..., Phone]


def calls(page: Page, name: str, others: int, hint: str) -> None:
    """Calls somebody, of so many that can be called, into the call in the garden."""
    call(page, "Garden").get_by_role("button", name="People in the call").click()
    button(page.get_by_role("group", name="In the call"), "Add people").click()
    sheet = page.get_by_role("dialog", name="Add people")
    expect(sheet).to_contain_text(hint)
    expect(sheet.get_by_role("checkbox")).to_have_count(others)
    sheet.get_by_role("checkbox", name=name).check()
    assert violations(page) == []
    button(sheet, "Call").click()
    expect(sheet).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_text(f"Calling {name}…")).to_be_visible()


def test_who_leads_brings_in_anybody_and_who_is_there_calls_the_others(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben, cleo = [joined(phone, name) for name in ("Ana", "Ben", "Cleo")]
    make_room(ana, "Garden", "Ben")
    begin(ana, "Garden")
    calls(ana, "Cleo", 2, "Their devices ring. Who is not in the room yet comes into it and stays.")
    expect(cleo.get_by_role("dialog", name="Incoming call")).to_contain_text("Ana calls you into a call that is on")
    expect(ben.get_by_role("dialog", name="Incoming call")).to_have_count(0)
    answer(cleo)
    live(cleo)
    expect(ana.get_by_text("Calling Cleo…")).to_have_count(0)
    calls(cleo, "Ben", 1, "Their devices ring.")
    expect(ana.get_by_text("Calling Ben…")).to_be_visible()
    expect(ben.get_by_role("dialog", name="Incoming call")).to_contain_text("Cleo calls you into a call that is on")
    answer(ben)
    live(ben)
    call(ben, "Garden").get_by_role("button", name="People in the call").click()
    expect(button(ben.get_by_role("group", name="In the call"), "Add people")).to_have_count(0)
    for page in (ana, cleo, ben):
        does(page, "leave")


def test_who_was_called_by_name_and_did_not_come_finds_a_missed_call(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = [joined(phone, name) for name in ("Ana", "Ben")]
    make_room(ana, "Garden", "Ben")
    begin(ana, "Garden")
    calls(ana, "Ben", 1, "Their devices ring.")
    expect(ben.get_by_role("dialog", name="Incoming call")).to_be_visible()
    does(ana, "leave")
    expect(ben.get_by_role("dialog", name="Incoming call")).to_have_count(0)
    enter(ben, "Garden")
    missed = ben.locator("p.notice", has_text="Missed call")
    expect(missed).to_be_visible()
    button(missed, "Call again").click()
    live(ben)
    expect(button(missed, "Call again")).to_have_count(0)
    does(ben, "leave")
    expect(ana.locator("p.notice", has_text="The call is over")).to_have_count(2)
    expect(ana.locator("p.notice", has_text="Missed call")).to_have_count(0)


def test_who_came_into_the_room_after_it_rang_has_missed_nothing(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben, cleo = [joined(phone, name) for name in ("Ana", "Ben", "Cleo")]
    make_room(ana, "Garden", "Ben")
    button(ana, "Voice call").click()
    ana.get_by_role("button", name="Ring everybody").click()
    expect(ben.get_by_role("dialog", name="Incoming call")).to_be_visible()
    does(ana, "leave")
    card(ana, "Garden")
    button(ana, "Add people").click()
    ana.get_by_role("dialog").get_by_role("checkbox", name="Cleo").check()
    button(ana.get_by_role("dialog"), "Add 1 person").click()
    for page, words in ((ben, "Missed call"), (cleo, "The call is over")):
        enter(page, "Garden")
        expect(page.locator("p.notice", has_text=words)).to_be_visible()
    expect(button(cleo, "Call again")).to_have_count(0)
