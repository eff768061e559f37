"""Three people in a call of a room, through the forwarding unit, in real browsers with fake cameras."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.calling import KEEP_CONNECTIONS, joined
from tests.browser.firefox import Tab, until
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]

ROOM = "room.reveryoneaaaaa"
DOWN = "ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET|ERR_SSL|WebSocket|Failed to fetch"
DO = """async ([name, given]) => {
    const { doing } = await import("/state/gathering.js");
    await doing[name](...given);
}"""
FRAMES = """async () => {
    const { gathering } = await import("/state/gathering.js");
    const open = window.connections.filter((one) => one.connectionState !== "closed");
    const reports = await Promise.all(open.map((one) => one.getStats()));
    const found = reports.flatMap((report) => [...report.values()])
        .filter((one) => one.type === "inbound-rtp" && one.kind === "video");
    return found.map((one) => one.framesDecoded ?? 0);
}"""
VIEW = """async () => {
    const { gathering } = await import("/state/gathering.js");
    const now = gathering.value;
    return now && { phase: now.phase, words: now.words, may: now.may, seats: now.seats.map((one) => ({
        mine: one.mine, camera: Boolean(one.camera), screen: Boolean(one.screen), sound: Boolean(one.sound),
        floor: one.floor, speaking: one.speaking })) };
}"""

SCREEN = """async () => {
    const { gathering } = await import("/state/gathering.js");
    const [track] = gathering.value.seats.flatMap((one) => one.screen?.getVideoTracks() ?? []);
    const open = window.connections.filter((one) => one.connectionState !== "closed");
    const reports = await Promise.all(open.map((one) => one.getStats()));
    const found = reports.flatMap((report) => [...report.values()])
        .find((one) => one.type === "inbound-rtp" && one.trackIdentifier === track?.id);
    return [found?.frameWidth ?? 0, found?.framesDecoded ?? 0];
}"""

PRIORITIES = """window.connections.at(-1).getTransceivers()
    .filter(({ mid }) => ["1", "2"].includes(mid))
    .map(({ sender }) => sender.getParameters().encodings.at(-1).priority)"""


def does(page: Page | Tab, name: str, *given: Any) -> None:
    page.evaluate(DO, [name, list(given)])


def view(page: Page | Tab) -> Any:
    return page.evaluate(VIEW)


def screen(page: Page) -> tuple[int, int]:
    """Of somebody's screen that comes: how wide it is, and how many pictures of it were decoded."""
    width, frames = page.evaluate(SCREEN)
    return width, frames


def sees_screen(page: Page) -> None:
    """Somebody's screen has a width, and more and more of it is decoded."""
    until(lambda: screen(page)[0] > 0, "a screen that has a width")
    _, before = screen(page)
    until(lambda: screen(page)[1] > before, "more and more of it")


def sees(page: Page, people: int) -> bool:
    """Whether pictures of so many others are decoded."""
    frames = page.evaluate(FRAMES)
    return sum(1 for one in frames if one > 5) >= people


def shows(page: Page, people: int) -> bool:
    """Whether the pictures of so many others are drawn, not their faces on a colour."""
    seats = view(page)["seats"]
    drawn = page.locator(".seat:not([data-dark])").count()
    return sum(1 for one in seats if one["camera"] and not one["mine"]) == people and drawn >= people


def test_a_room_rings_one_answers_one_comes_late_and_all_see_each_other(
    open_server: RunningServer, phone: PickUp
) -> None:
    pages = [joined(phone, name, 1280, 800) for name in ("Ana", "Ben", "Cleo")]
    ana, ben, cleo = pages
    make_room(ana, "Garden", "Ben", "Cleo")
    ana.get_by_role("button", name="Video call").click()
    ana.get_by_role("button", name="Ring everybody").click()
    expect(ana.get_by_text("Calling Ben and Cleo…")).to_be_visible()
    ring = ben.get_by_role("dialog", name="Incoming call")
    expect(ring).to_contain_text("Garden")
    expect(ring).to_contain_text("Ana calls everybody here, with video")
    ring.get_by_role("button", name="Accept", exact=True).click()
    expect(ana.get_by_text("Calling Cleo…")).to_be_visible()
    cleo.get_by_role("dialog", name="Incoming call").get_by_role("button", name="Answer with a message").click()
    expect(cleo.get_by_role("dialog")).to_have_count(0)
    expect(cleo.get_by_role("region", name="A call is on")).to_contain_text("2 in the call")
    cleo.get_by_role("button", name="Join with camera").first.click()
    live(*pages)
    for page in pages:
        call = page.get_by_role("dialog", name="Call in Garden")
        expect(call.get_by_role("list", name="People in the call").get_by_role("listitem")).to_have_count(3)
        until(lambda page=page: sees(page, 2), "two others in pictures")
        until(lambda page=page: shows(page, 2), "and they are shown")
    ana.get_by_role("button", name="Leave the call").click()
    expect(ana.get_by_role("dialog", name="Call in Garden")).to_contain_text("You left the call.")
    expect(cleo.get_by_role("list", name="People in the call").get_by_role("listitem")).to_have_count(2)


def seat(page: Page | Tab, mine: bool) -> Any:
    """The first seat that is one's own, or is not, once there is one: a page hears of others a moment later."""

    def found() -> Any:
        return next((one for one in (view(page) or {"seats": []})["seats"] if one["mine"] is mine), None)

    return until(found, "a seat")


def live(*pages: Page | Tab) -> None:
    for page in pages:
        until(lambda page=page: (view(page) or {}).get("phase") == "live", "a live call")


def test_who_leads_mutes_and_puts_out_and_the_last_ends_it(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben, cleo = [joined(phone, name) for name in ("Ana", "Ben", "Cleo")]
    does(ana, "start", ROOM, {"video": False})
    does(ben, "start", ROOM, {"video": True})
    live(ana, ben)
    until(lambda: seat(ana, False)["camera"], "Ben's picture")
    does(ben, "raise", True)
    until(lambda: seat(ana, False)["floor"]["hand"] > 0, "Ben's hand")
    does(ana, "silence", "")
    until(lambda: seat(ben, True)["floor"]["muted"], "Ben is muted")
    until(lambda: seat(ana, False)["floor"]["muted"], "Ana sees it")
    does(ana, "change", {"rights": ["speak"]})
    until(lambda: not seat(ben, True)["floor"]["camera"], "Ben's camera goes off")
    until(lambda: not seat(ana, False)["camera"], "and nothing comes of it")
    does(ana, "change", {"rights": ["speak", "show", "share", "write"]})
    until(lambda: view(ben)["may"]["show"], "Ben may show himself")
    does(ben, "turnCamera", True)
    until(lambda: seat(ana, False)["camera"], "and comes again")
    does(ben, "share", True)
    until(lambda: seat(ana, False)["screen"], "Ben's screen beside his picture")
    sees_screen(ana)
    assert ben.evaluate(PRIORITIES) == ["low", "medium"], "the screen gets more of the line than the camera"
    does(ana, "change", {"lobby": True})
    does(cleo, "start", ROOM, {"video": False})
    until(lambda: view(cleo)["phase"] == "lobby", "Cleo waits")
    person = cleo.evaluate("async () => (await import('/state/session.js')).session.value.me")
    does(ana, "admit", person, True)
    live(cleo)
    until(lambda: len(view(cleo)["seats"]) == 3, "three are in")
    for page in (ana, cleo):
        sees_screen(page)  # who comes late, too
    does(ana, "putOut", person)
    until(lambda: view(cleo)["phase"] == "ended", "Cleo is out")
    does(ben, "leave")
    until(lambda: len(view(ana)["seats"]) == 1, "Ana is alone")
    does(ana, "leave")
    until(lambda: view(ana)["phase"] == "ended", "and ends it")


def test_a_call_outlives_the_server_and_a_reload(open_server: RunningServer, phone: PickUp) -> None:
    devices = [phone(name=name) for name in ("Ana", "Ben")]
    for device in devices:
        device.context.add_init_script(KEEP_CONNECTIONS)
    pages = [device.join(name) for device, name in zip(devices, ("Ana", "Ben"), strict=True)]
    ben = pages[1]
    for page in pages:
        does(page, "start", ROOM, {"video": True})
    for page in pages:
        until(lambda page=page: sees(page, 1), "the other")
    ben.reload()
    until(lambda: (view(ben) or {}).get("phase") == "live", "Ben is back")
    until(lambda: sees(ben, 1) and shows(ben, 1), "and sees Ana")
    for device in devices:
        device.expect_complaints(DOWN)
    open_server.kill()
    open_server.start()
    for page in pages:
        until(lambda page=page: sees_anew(page), "the other, over another connection")


def sees_anew(page: Page) -> bool:
    """Whether pictures come over the newest connection."""
    frames = page.evaluate(FRAMES)
    return any(one > 5 for one in frames) and view(page)["phase"] == "live"


def test_everybody_is_back_at_once_when_the_units_process_is_killed(
    start_server: Callable[..., RunningServer], phone: PickUp
) -> None:
    server = start_server("--open", "--calls-process")
    pages = [joined(phone, name, server=server) for name in ("Ana", "Ben")]
    for page in pages:
        does(page, "start", ROOM, {"video": True})
    for page in pages:
        until(lambda page=page: sees(page, 1), "the other")
    assert server.process
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text("utf-8").split()
    (unit,) = [int(one) for one in children if b"calls.process" in Path(f"/proc/{one}/cmdline").read_bytes()]
    connections = [page.evaluate("window.connections.length") for page in pages]
    os.kill(unit, signal.SIGKILL)
    for page, before in zip(pages, connections, strict=True):
        until(lambda page=page, before=before: page.evaluate("window.connections.length") > before, "a new connection")
        until(lambda page=page: sees_anew(page), "the other again")
