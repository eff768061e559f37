"""The dot that says how a connection is: by the clock of a call between two, and on the pictures of a room's call."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.calling import answer, joined
from tests.browser.gatherings import fake, gather
from tests.browser.looks import button, flaws
from tests.browser.people import begin
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering_views import call, room, seats

PickUp = Callable[..., Phone]

# What the browser says of the way there and back, seconds; null for what it is
SLOW = """() => {
window.roundTrip = null;
const told = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = async function (...given) {
  const report = await told.apply(this, given);
  const slowed = (one) => one.type === "candidate-pair" && window.roundTrip !== null
    ? { ...one, currentRoundTripTime: window.roundTrip } : one;
  return new Map([...report].map(([id, one]) => [id, slowed(one)]));
};
}"""
GOOD = "The connection is good."
WEAK = "The connection is weak."
POOR = "The connection is poor. Turning the camera off may help."


def dot(page: Page, says: str) -> Locator:
    """The dot that says so."""
    return page.get_by_role("img", name=says, exact=True)


def shapes(marks: Locator) -> set[str]:
    """What is drawn into the ring of each."""
    return set(marks.locator("path").evaluate_all("(paths) => paths.map((one) => one.getAttribute('d') ?? '')"))


def test_a_call_between_two_says_beside_its_clock_how_the_connection_is(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben = joined(phone, "Ana", 360, 740), joined(phone, "Ben", 1280, 800)
    ana.evaluate(SLOW)
    begin(ben, "Ana")
    button(ben, "Voice call").click()
    answer(ana)
    expect(ana.locator(".call-clock")).to_be_visible()
    found = set()
    for round_trip, says in (("0.02", GOOD), ("0.4", WEAK), ("0.9", POOR)):
        ana.evaluate(f"window.roundTrip = {round_trip}")
        expect(dot(ana, says)).to_have_attribute("title", says)
        found |= shapes(dot(ana, says))
    assert len(found) == 3, "each can be told without its colour"
    assert flaws(ana) == []
    assert violations(ana) == []
    button(ana, "Minimise").click()
    expect(dot(ana, POOR)).to_be_visible()
    ana.evaluate("window.roundTrip = 0.02")
    expect(dot(ana, GOOD)).to_be_visible()
    assert flaws(ana) == []


def test_a_room_marks_whose_line_is_weak_and_how_ones_own_is(phone: PickUp, server: RunningServer) -> None:
    page = room(phone)
    gather(page, 4)
    marks = seats(page).locator(".line-mark")
    expect(marks).to_have_class([re.compile("good")])  # of the others nothing is known but that it is not weak
    fake(page, "seat(1, {floor: {line: 'fair'}})")
    fake(page, "seat(2, {floor: {line: 'poor'}})")
    expect(marks).to_have_class([re.compile(one) for one in ("good", "fair", "poor")])
    assert len(shapes(marks)) == 3
    for says in ("Anna’s connection is weak", "Ben’s connection is poor"):
        expect(call(page).get_by_role("button", name=says)).to_have_attribute("title", says)
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    expect(marks.nth(2)).to_be_visible()
    assert flaws(page) == []
    fake(page, "set({quality: 'fair', why: 'delay'})")
    expect(marks.first).to_have_class(re.compile("fair"))
