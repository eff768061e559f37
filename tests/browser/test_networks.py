"""Somebody's network becomes another one in the middle of a call: at most they are told that it comes back.

No page is told of it (Firefox and Safari have no `navigator.connection`): that the packets stay away is all it sees.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import KEEP_CONNECTIONS, answer, wait_for_pictures, wait_for_voices
from tests.browser.firefox import until
from tests.browser.phones import Phone
from tests.browser.road import TO_UNIT, Road
from tests.browser.running import RunningServer
from tests.browser.test_call import call
from tests.browser.test_call_moving import in_call, is_through, met
from tests.browser.test_gathering import ROOM, does, live, view

Phones = Callable[..., Phone]

CONNECTIONS = "window.connections.length"
WAY = "window.connections[0].localDescription.sdp.match(/a=ice-ufrag:(\\S+)/)[1]"
IS_LOST = "window.connections.some(({ connectionState }) => connectionState === 'disconnected')"


def between_two(road: Road, phone: Phones) -> tuple[Page, Page]:
    """Ana and Ben in a call, from device to device."""
    ana, ben = met(road, phone)
    call(ana)
    answer(ben)
    wait_for_pictures(ana, ben)
    return ana, ben


def goes_on_between(ana: Page, ben: Page) -> None:
    """Both see and hear each other, and their call is the one it was."""
    wait_for_pictures(ana, ben)
    wait_for_voices(ana, ben)
    in_call(ana, "Ben")
    in_call(ben, "Ana")
    for page in (ana, ben):
        expect(page.get_by_role("dialog").get_by_text("Reconnecting…")).to_have_count(0)


def test_another_port_goes_unseen_in_a_call_between_two(open_server: RunningServer, phone: Phones, road: Road) -> None:
    pages = between_two(road, phone)
    road.readdress()
    goes_on_between(*pages)
    assert [page.evaluate(CONNECTIONS) for page in pages] == [1, 1]
    assert not any(is_through(page) for page in pages)


def test_a_network_that_is_left_ends_no_call_between_two(open_server: RunningServer, phone: Phones, road: Road) -> None:
    pages = between_two(road, phone)
    before = [page.evaluate(WAY) for page in pages]
    road.leave_network()
    until(lambda: any(page.evaluate(IS_LOST) for page in pages), "a connection that is lost")
    until(lambda: all(page.evaluate(WAY) != way for page, way in zip(pages, before, strict=True)), "a new way for both")
    goes_on_between(*pages)


def in_a_room(road: Road, phone: Phones) -> list[Page]:
    """Two in a room's call, who reach the unit by the road."""
    pages = []
    for name in ("Ana", "Ben"):
        device = phone(name=name)
        road.pave(device.context)
        for script in (TO_UNIT, KEEP_CONNECTIONS):
            device.context.add_init_script(script)
        pages.append(device.join(name))
    for page in pages:
        does(page, "start", ROOM, {"video": True})
    live(*pages)
    wait_for_pictures(*pages)
    return pages


def goes_on_in_the_room(*pages: Page) -> None:
    """All see and hear each other, over the connection that they had."""
    wait_for_pictures(*pages)
    wait_for_voices(*pages)
    live(*pages)
    assert [page.evaluate(CONNECTIONS) for page in pages] == [1 for _ in pages]


def test_another_port_goes_unseen_in_a_rooms_call(open_server: RunningServer, phone: Phones, road: Road) -> None:
    pages = in_a_room(road, phone)
    before = road.passed
    until(lambda: road.passed > before + 50, "packets on the road")
    road.readdress()
    goes_on_in_the_room(*pages)


def test_a_network_that_is_left_ends_no_rooms_call(open_server: RunningServer, phone: Phones, road: Road) -> None:
    pages = in_a_room(road, phone)
    road.leave_network()
    for page in pages:
        until(lambda page=page: view(page)["phase"] == "reconnecting", "the page knows")
    goes_on_in_the_room(*pages)
