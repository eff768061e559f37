"""Leading the call of a room: who may speak and write, who comes in, and who was there, as the people in it live it."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.calling import joined
from tests.browser.looks import button
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import live, seat, until
from tests.browser.test_rooms import enter, make_room

PickUp = Callable[..., Phone]


def begin(ana: Page, room: str = "Class") -> None:
    """A call without a camera, opened quietly in the room that is shown."""
    button(ana, "Voice call").click()
    ana.get_by_role("button", name="Open quietly").click()
    live(ana)
    expect(call(ana, room)).to_be_visible()


def comes(page: Page, room: str = "Class") -> None:
    """Into the call of that room."""
    enter(page, room)
    button(page.get_by_role("region", name="A call is on"), "Join").click()


def call(page: Page, room: str = "Class") -> Locator:
    return page.get_by_role("dialog", name=f"Call in {room}")


def switches(ana: Page, name: str, on: bool) -> None:
    """Something that holds for everybody."""
    button(call(ana), "More").click()
    switch = ana.get_by_role("switch", name=name, exact=True)
    switch.click()
    expect(switch).to_be_checked(checked=on)  # once the server says so: drawn meanwhile, it stands as it was
    ana.keyboard.press("Escape")


def table(path: str | Path) -> list[list[str]]:
    """A downloaded table as a spreadsheet reads it."""
    content = Path(path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def downloads(page: Page, sheet: Locator) -> tuple[str, list[list[str]]]:
    """The name of the file and what is in it."""
    with page.expect_download() as download:
        sheet.get_by_role("link", name="Download table").click()
    return download.value.suggested_filename, table(download.value.path())


def test_who_may_not_speak_asks_and_is_allowed(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = [joined(phone, name, 1280, 800) for name in ("Ana", "Ben")]
    make_room(ana, "Class", "Ben")
    begin(ana)
    comes(ben)
    live(ben)
    until(lambda: not seat(ana, False)["floor"]["muted"], "Ben's microphone is on")
    switches(ana, "speak", on=False)
    until(lambda: seat(ana, False)["floor"]["muted"], "Ben's microphone went off")
    expect(call(ben)).to_contain_text("You may not speak just now.")

    button(call(ben), "Ask to speak").click()
    expect(call(ben)).to_contain_text("You asked. Who leads the call can allow it.")
    note = call(ana).locator(".call-note", has_text="Ben asks to speak")
    note.get_by_role("button", name="Not now").click()
    expect(note).to_be_hidden()
    expect(call(ben)).to_contain_text("You may not speak just now.")

    button(call(ben), "Ask to speak").click()
    note.get_by_role("button", name="Allow").click()
    expect(note).to_be_hidden()
    expect(call(ben)).to_contain_text("You may speak now. Your microphone is still off.")
    assert seat(ana, False)["floor"]["muted"], "what is allowed is not turned on"
    button(call(ben), "Unmute").click()
    until(lambda: not seat(ana, False)["floor"]["muted"], "Ben speaks")

    button(call(ana), "People in the call, 2").click()
    panel = ana.get_by_role("group", name="In the call")
    panel.get_by_role("button", name="Options for Ben").click()
    panel.get_by_role("group", name="Ben may").get_by_role("switch", name="speak", exact=True).click()
    expect(button(call(ben), "Ask to speak")).to_be_visible()
    until(lambda: seat(ana, False)["floor"]["muted"], "and no longer")


def test_who_may_not_write_asks_and_writes(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = [joined(phone, name, 1280, 800) for name in ("Ana", "Ben")]
    make_room(ana, "Class", "Ben")
    begin(ana)
    comes(ben)
    live(ben)
    switches(ana, "write in the room", on=False)
    button(call(ben), "Minimise").click()
    expect(ben.get_by_text("While the call is on, only those write here who were allowed to.")).to_be_visible()
    expect(ben.get_by_role("textbox", name="Message")).to_have_count(0)
    button(ben, "Ask to write").click()
    button(call(ana), "People in the call, 2").click()
    asking = ana.get_by_role("list", name="Asking")
    expect(asking).to_contain_text("Ben asks to write")
    asking.get_by_role("button", name="Allow").click()
    expect(asking).to_have_count(0)
    ben.get_by_role("textbox", name="Message").fill("I have it")
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("log", name="Messages")).to_contain_text("I have it")
    button(call(ana), "Leave the call").click()
    expect(ana.get_by_role("log", name="Messages")).to_contain_text("I have it")


def test_who_was_there_is_a_table_to_take_along(open_server: RunningServer, phone: PickUp) -> None:
    ana, ben = [joined(phone, name, 1280, 800) for name in ("Ana", "=Ben")]
    make_room(ana, "Class", "=Ben")
    begin(ana)
    comes(ben)
    live(ben)
    button(call(ben), "People in the call, 2").click()
    expect(button(ben, "Attendance")).to_have_count(0)
    ben.keyboard.press("Escape")
    button(call(ben), "Leave the call").click()
    expect(call(ana).get_by_role("list", name="People in the call").get_by_role("listitem")).to_have_count(1)

    button(call(ana), "People in the call, 1").click()
    button(ana, "Attendance").click()
    sheet = ana.get_by_role("dialog", name="Attendance")
    rows = sheet.get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("Ana")
    expect(rows.nth(1)).to_contain_text("still here")
    expect(rows.nth(2)).to_contain_text("=Ben")
    name, lines = downloads(ana, sheet)
    assert re.fullmatch(r"Attendance Class \d{4}-\d\d-\d\d\.csv", name)
    assert lines[0] == ["Name", "First came", "Last left", "Minutes"]
    assert [line[0] for line in lines[1:]] == ["Ana", "'=Ben"]
    assert lines[1][2:] == ["still here", "1"]
    ana.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(call(ana)).to_be_visible()

    button(call(ana), "Leave the call").click()
    button(call(ana), "Close").click()
    until(lambda: " account=whole " in open_server.said(), "the account of the call in the log")
    over = ana.locator(".notice", has_text="The call is over")
    expect(ben.locator(".notice", has_text="The call is over")).to_be_visible()
    expect(ben.locator(".notice").get_by_role("button", name="Attendance")).to_have_count(0)
    button(over, "Attendance").click()
    expect(rows).to_have_count(3)
    _, after = downloads(ana, sheet)
    assert [line[0] for line in after] == ["Name", "Ana", "'=Ben"]
    stamp = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
    assert all(stamp.fullmatch(time) for line in after[1:] for time in line[1:3])
    assert after[2][1:3] == lines[2][1:3], "who had gone has the same times"


def test_who_comes_waits_is_let_in_or_turned_away_and_a_locked_call_takes_nobody(
    open_server: RunningServer, phone: PickUp
) -> None:
    ana, ben, cleo = [joined(phone, name, 1280, 800) for name in ("Ana", "Ben", "Cleo")]
    make_room(ana, "Class", "Ben", "Cleo")
    begin(ana)
    switches(ana, "Lobby Who wants in waits until somebody lets them in.", on=True)
    for page in (ben, cleo):
        comes(page)
        expect(call(page)).to_contain_text("Somebody in the call has to let you in.")
    call(ana).locator(".call-note", has_text="Ben wants to come in").get_by_role("button", name="Let in").click()
    live(ben)
    call(ana).locator(".call-note", has_text="Cleo wants to come in").get_by_role("button", name="Turn away").click()
    expect(call(cleo)).to_contain_text("You were not let in.")
    button(call(cleo), "Close").click()  # before anything else: the end of a call stays for 6 s only
    button(call(ben), "Leave the call").click()
    button(call(ben), "Close").click()
    switches(ana, "Lock the call Nobody else comes in.", on=True)
    bar = cleo.get_by_role("region", name="A call is on")
    expect(bar).to_contain_text("locked")
    expect(bar.get_by_role("button")).to_have_count(1)  # who is in it, and no way in
    expect(button(ben.get_by_role("region", name="A call is on"), "Join")).to_be_visible()  # he was let in once
