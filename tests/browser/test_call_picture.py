"""A room's call in a window of its own, which the browser opens over all other programs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.firefox import until
from tests.browser.gatherings import asked, fake, gather
from tests.browser.looks import button
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]

# The seat whose camera lies in the window: -1 for none, null while there is no window
WHO = """async () => {
  const { gathering } = await import("/state/gathering.js");
  const { pictureInPictureElement: shown } = document;
  return shown && gathering.value.seats.findIndex(({ camera }) => camera && camera === shown.srcObject);
}"""


def lies(page: Page, at: int | None) -> None:
    """Waits until the window shows the camera of this seat; None: there is no window."""
    until(lambda: page.evaluate(WHO) == at, f"the window shows {at}")


def drawn_apart(page: Page, heights: dict[str, int]) -> None:
    """Waits until the last that was said of the window is how tall this is drawn in it."""
    until(lambda: asked(page, "showApart")[-1:] == [[heights]], f"in the window: {heights}")


def test_the_window_follows_who_speaks_and_stays_while_the_call_is_small(
    open_server: RunningServer, phone: PickUp
) -> None:
    page = phone(1280, 800, name="ada").join("Ada")
    make_room(page, "Garden")
    gather(page, 12)
    button(page, "More").click()
    assert violations(page) == []
    drawn_apart(page, {})
    button(page, "Picture in picture").click()
    lies(page, 1)
    drawn_apart(page, {"d1 camera": 360})
    fake(page, "seat(10, {speaking: true})")  # who is on the second page
    lies(page, 10)
    drawn_apart(page, {"d10 camera": 360})
    fake(page, "seat(10, {speaking: false, camera: null, floor: {camera: false}})")
    lies(page, 1)
    button(page, "Minimise").click()
    expect(button(page, "Back to the call")).to_be_visible()
    lies(page, 1)
    button(page, "Back to the call").click()
    button(page, "More").click()
    button(page, "Picture in picture").click()
    lies(page, None)
    drawn_apart(page, {})
    button(page, "More").click()
    button(page, "Picture in picture").click()
    lies(page, 1)
    fake(page, "set({phase: 'ended', reason: 'closed'})")
    lies(page, None)


def test_where_nobody_is_seen_there_is_no_window_to_open(open_server: RunningServer, phone: PickUp) -> None:
    page = phone(360, 740, name="ada").join("Ada")
    make_room(page, "Garden")
    gather(page, 2)
    button(page, "More").click()
    expect(button(page, "Picture in picture")).to_be_visible()
    fake(page, "seat(1, {camera: null, floor: {camera: false}})")
    expect(button(page, "Picture in picture")).to_have_count(0)
    expect(button(page, "Statistics")).to_be_visible()
