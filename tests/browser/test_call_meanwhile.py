"""What calls while two are in a call: the one who hears that they are busy, and a room that rings."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.calling import answer, joined
from tests.browser.firefox import until
from tests.browser.looks import button, flaws
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import live, view
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]


def test_who_called_during_a_call_is_called_back_instead(open_server: RunningServer, phone: PickUp) -> None:
    ana = joined(phone, "Ana", 360, 740)
    ben, cleo = [joined(phone, name, 1280, 800) for name in ("Ben", "Cleo")]
    begin(ben, "Ana")
    button(ben, "Voice call").click()
    answer(ana)
    expect(ana.locator(".call-clock")).to_be_visible()

    begin(cleo, "Ana")
    button(cleo, "Voice call").click()
    expect(ana.get_by_text("Cleo called during this call.")).to_be_visible()
    assert flaws(ana) == []
    button(ana, "Minimise").click()
    back = button(ana, "End and call back, Cleo")
    expect(back).to_be_visible()
    assert flaws(ana) == []
    assert violations(ana) == []
    back.press("Enter")
    expect(ben.get_by_text("Call ended")).to_be_visible()  # first of all: the end of a call stays for 5 s only
    answer(cleo)
    for page in (ana, cleo):
        expect(page.locator(".call-clock")).to_be_visible()
    expect(ana.get_by_role("dialog", name="Call with Cleo")).to_be_visible()
    expect(ana.get_by_text("Cleo called during this call.")).to_have_count(0)


def test_who_called_during_the_call_of_a_room_is_called_back_instead(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben, cleo = [joined(phone, name, 1280, 800) for name in ("Ana", "Ben", "Cleo")]
    make_room(ben, "Garden", "Ana")
    button(ben, "Voice call").click()
    ben.get_by_role("button", name="Ring everybody").click()
    answer(ana)
    live(ana)

    begin(cleo, "Ana")
    button(cleo, "Voice call").click()
    button(ana, "Leave and call back, Cleo").click()
    answer(cleo)
    for page in (ana, cleo):
        expect(page.locator(".call-clock")).to_be_visible()
    expect(ana.get_by_role("dialog")).to_have_count(1)  # the end of the room's call is not shown beside it
    until(lambda: len(view(ben)["seats"]) == 1, "Ana has left the room's call")


def test_who_calls_during_a_call_is_named_and_a_room_that_rings_may_be_joined_instead(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana = joined(phone, "Ana", 360, 740)
    ben, cleo = [joined(phone, name, 1280, 800) for name in ("Ben", "Cleo")]
    begin(ben, "Ana")
    button(ben, "Voice call").click()
    answer(ana)
    expect(ana.locator(".call-clock")).to_be_visible()

    begin(cleo, "Ana")
    button(cleo, "Voice call").click()
    button(cleo, "Close").click()  # first of all: the end of a call stays for 5 s only
    expect(ana.get_by_text("Cleo called during this call.")).to_be_visible()
    expect(ben.get_by_text("Cleo called during this call.")).to_have_count(0)

    make_room(cleo, "Garden", "Ana")
    button(cleo, "Voice call").click()
    cleo.get_by_role("button", name="Ring everybody").click()
    rings = ana.get_by_text("Cleo calls everybody in Garden")
    expect(rings).to_be_visible()
    expect(ana.get_by_role("dialog", name="Incoming call")).to_have_count(0)
    assert flaws(ana) == []
    button(ana, "Minimise").click()
    expect(button(ana, "Back to the call")).to_be_visible()
    expect(rings).to_be_visible()
    assert flaws(ana) == []
    assert violations(ana) == []
    button(ana, "Leave and join").click()
    expect(ben.get_by_text("Call ended")).to_be_visible()  # before anything else, for the same reason
    live(ana)
    until(lambda: len(view(ana)["seats"]) == 2, "Ana is with Cleo")
    expect(ana.get_by_text("Call ended")).to_have_count(0)
