"""Firefox in the app's own calls with Chromium: of two, from device to device, and of a room, through the unit."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.calling import KEEP_CONNECTIONS, answer, counted, wait_for_pictures, wait_for_voices
from tests.browser.firefox import Firefox, Tab, until
from tests.browser.people import begin, enter_with_firefox, join_with_firefox
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_call import call
from tests.browser.test_gathering import ROOM, does, live, view
from tests.browser.test_gathering_media import CAMERA, comes

PickUp = Callable[..., Phone]

SCRIPT = KEEP_CONNECTIONS + CAMERA.replace("WIDTH", "640")
# How many pictures went out of each layer, by its name
LAYERS = """async () => {
  const open = window.connections.filter((one) => one.connectionState === "connected");
  const reports = await Promise.all(open.map((one) => one.getStats()));
  const all = reports.flatMap((report) => [...report.values()]);
  const sent = all.filter((one) => one.type === "outbound-rtp" && one.rid);
  return Object.fromEntries(sent.map((one) => [one.rid, one.framesSent]));
}"""


def all_see_each_other(*pages: Page | Tab) -> None:
    """All are in the room's call, and cameras and microphones of all others come to each, and more and more of them."""
    live(*pages)
    for page in pages:
        for kind, figure in (("video", "framesDecoded"), ("audio", "packetsReceived")):
            come(page, kind, figure, len(pages) - 1)


def come(page: Page | Tab, kind: str, figure: str, others: int) -> None:
    """So many streams of this kind grow."""
    before = counted(page, kind, figure)

    def grown() -> int:
        return sum(count > before.get(stream, 0) for stream, count in counted(page, kind, figure).items())

    until(lambda: grown() == others, f"{figure} of {others} others")


def sends_two_layers(tab: Tab) -> None:
    """The camera goes out small and large, and more and more of both."""
    until(lambda: set(tab.evaluate(LAYERS)) == {"l", "h"}, "two layers")
    before = tab.evaluate(LAYERS)
    until(lambda: all(frames > before[rid] for rid, frames in tab.evaluate(LAYERS).items()), "more of both")


def ended(tab: Tab) -> None:
    """The call is over: that is said for some seconds, and then nothing of it is on the screen."""
    tab.wait_for("document.body.innerText.includes('Call ended') || !document.querySelector('dialog.call')")


def test_firefox_is_called_by_chromium_and_calls_back(
    open_server: RunningServer, firefox: Firefox, phone: PickUp
) -> None:
    ben = comes(phone, "Ben", 1280, 800)
    anna = join_with_firefox(firefox, open_server, "Anna", SCRIPT)
    begin(ben, "Anna")
    call(ben)
    anna.click("button", "Accept")
    wait_for_pictures(ben, anna)
    wait_for_voices(ben, anna)
    anna.click("button", "Mute")
    expect(ben.get_by_text("Anna is muted")).to_be_visible()
    ben.get_by_role("button", name="Mute", exact=True).click()
    anna.wait_for("document.body.innerText.includes('Ben is muted')")
    anna.click("button", "Turn camera off")
    expect(ben.locator("video.large")).to_have_count(0)
    anna.click("button", "Turn camera on")
    wait_for_pictures(ben)
    expect(ben.locator("video.large")).to_be_visible()
    ben.get_by_role("button", name="Turn camera off").click()
    anna.wait_for("!document.querySelector('video.large')")
    anna.click("button", "End call")
    expect(ben.get_by_text("Call ended")).to_be_visible()
    anna.click("button", "Voice call")
    answer(ben)
    wait_for_voices(ben, anna)
    anna.click("button", "Turn camera on")
    ben.get_by_role("button", name="Turn camera on").click()
    wait_for_pictures(ben, anna)
    ben.get_by_role("button", name="End call").click()
    ended(anna)
    assert firefox.complaints() == []


def test_firefox_is_in_a_rooms_call_leaves_and_is_loaded_again(
    start_server: Callable[..., RunningServer], firefox: Firefox, phone: PickUp
) -> None:
    server = start_server("--open", "--address", "0.0.0.0")  # Firefox sends nothing to loopback
    ana, ben = [comes(phone, name, 1280, 800, server=server) for name in ("Ana", "Ben")]
    fox = firefox.new_tab()
    fox.add_init_script(SCRIPT)
    enter_with_firefox(fox, server, "Fox")
    fox.evaluate(f"location.hash = '#/c/{ROOM}'")
    for page in (ana, ben):
        does(page, "start", ROOM, {"video": True})
    fox.click("button", "Join with camera")
    all_see_each_other(ana, ben, fox)
    sends_two_layers(fox)
    fox.click("button", "Leave the call")
    for page in (ana, ben):
        until(lambda page=page: len(view(page)["seats"]) == 2, "two are left")
    fox.click("button", "Join with camera")
    all_see_each_other(ana, ben, fox)
    fox.reload()
    all_see_each_other(ana, ben, fox)
    sends_two_layers(fox)
    assert firefox.complaints() == []
