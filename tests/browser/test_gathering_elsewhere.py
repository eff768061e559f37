"""More than one call, and more than one place for it: another room rings, and the call is open in another tab."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.calling import joined
from tests.browser.firefox import until
from tests.browser.looks import button
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import ROOM, does, live, view
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]


def test_a_room_that_rings_during_a_call_waits_and_may_be_joined_instead(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana"), joined(phone, "Ben", 1280, 800)
    does(ana, "start", ROOM, {"video": False})
    live(ana)
    make_room(ben, "Garden", "Ana")
    button(ben, "Voice call").click()
    ben.get_by_role("button", name="Ring everybody").click()
    expect(ana.get_by_text("Ben calls everybody in Garden")).to_be_visible()
    expect(ana.get_by_role("dialog", name="Incoming call")).to_have_count(0)
    button(ana, "Leave and join").click()
    live(ana)
    until(lambda: len(view(ana)["seats"]) == 2, "Ana is with Ben")
    expect(ana.get_by_role("dialog", name="Call in Garden")).to_be_visible()


def test_a_call_stays_in_its_tab_and_another_takes_it_up_once_that_is_closed(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana = joined(phone, "Ana")
    does(ana, "start", ROOM, {"video": False})
    live(ana)
    other = ana.context.new_page()
    other.goto(f"{open_server.origin}/#/people")
    expect(other.get_by_text("Your call in Everyone is still open.")).to_be_visible()
    button(other, "Return to the call").click()
    expect(other.get_by_text("This call is open in another tab of this browser.")).to_be_visible()
    assert view(ana)["phase"] == "live"
    button(other, "Close").click()
    ana.close()
    button(other, "Return to the call").click()
    live(other)
