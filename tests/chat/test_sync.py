"""Following along: the list, the gap rule, and pages of both."""

from typing import Any

import pytest

from chat.sync import _cursor
from chat.visibility import DIRECTORY, direct, own
from protocol.answers import Done, Rows
from protocol.codec import read_event
from protocol.commands import ChangeProfile, ListConversations, Ping, SetMarks
from protocol.events import Logged
from protocol.shapes import MAX_PULL_BYTES, Mark
from store.durable import LogRow
from store.rows import Conversation
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, settles


async def all_rows(phone: Phone) -> list[Any]:
    """The list, page by page."""
    page = await phone.resumes()
    rows = list(page.rows)
    while page.before:
        page = await phone.asks(ListConversations(before=page.before), Rows)
        rows += page.rows
    return rows


@lived
async def test_the_list_has_one_s_conversations_newest_first_and_no_others(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await anna.says("first", ben)
    await passes(1)
    await cleo.says("second", anna)
    await ben.says("not Anna's", cleo)
    listed = await anna.resumes()
    with_ben, with_cleo = direct(anna.person, ben.person), direct(anna.person, cleo.person)
    assert [row.conversation for row in listed.rows] == [with_cleo, with_ben, own(anna.person)]
    assert {card.name for card in listed.people} == {"Anna", "Ben", "Cleo"}
    assert listed.before == ""


@lived
async def test_a_client_of_another_epoch_is_told_to_begin_afresh(house: House) -> None:
    anna = await house.joins("Anna")
    assert (await anna.resumes(epoch="another", heads={own(anna.person): 9})).fresh
    known = await anna.resumes(epoch=house.store.epoch)
    assert (known.fresh, known.epoch) == (False, house.store.epoch)


@lived
async def test_a_row_tells_marks_even_where_nothing_was_said(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.says("Hello", ben)
    place = direct(anna.person, ben.person)
    heads = {place: 2}
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=2)]))
    rows = {row.conversation: row for row in (await anna.resumes(epoch=house.store.epoch, heads=heads)).rows}
    assert {mark.person: mark.read for mark in rows[place].marks} == {anna.person: 2, ben.person: 2}


@lived
async def test_a_long_list_comes_in_pages_each_row_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.sync.MAX_ROWS", 4)
    anna = await house.joins("Anna")
    others = [await house.joins(f"Person {number}") for number in range(10)]
    for other in others:
        await other.says("Hello", anna)
    rows = await all_rows(anna)
    assert len(rows) == 11
    assert len({row.conversation for row in rows}) == 11


@lived
async def test_a_page_of_the_list_fits_a_frame_whatever_people_write(house: House) -> None:

    anna = await house.joins("Anna")
    for number in range(60):
        other = await house.joins(f"{number:x}" + "😀" * 30)
        await other.asks(ChangeProfile(nonce=nonce(), about="😀" * 200))
        await other.says("😀" * 4000, anna)
    before = len(anna.wire.frames)
    page = await anna.resumes()
    assert max(map(len, anna.wire.frames[before:])) <= 256 * 1024
    assert 0 < len(page.rows) < 61
    named = {card.id for card in page.people}
    assert named >= {person for row in page.rows for person in row.members}
    assert len(await all_rows(anna)) == 61


@lived
async def test_a_pull_gives_what_came_after_in_order_until_the_head(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for number in range(450):
        await anna.says(str(number), ben)
    place = direct(anna.person, ben.person)
    first = await ben.pulls(place)
    assert (first.first, first.last, first.more, first.head) == (1, 200, True, 451)
    assert [event.seq for event in await pull_all(ben, place)] == list(range(1, 452))
    last = await ben.pulls(place, 451)
    assert (last.frames, last.more, last.head) == ([], False, 451)


@lived
async def test_a_pull_is_short_where_messages_are_long(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for _ in range(20):
        await anna.says("😀" * 2000, ben)
    place = direct(anna.person, ben.person)
    page = await ben.pulls(place)
    assert sum(map(len, page.frames)) <= MAX_PULL_BYTES
    assert page.more
    assert len(await pull_all(ben, place)) == 21


@lived
async def test_what_is_pulled_is_byte_for_byte_what_was_heard(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    await anna.says("Hello", ben)
    await settles()
    frames = (await anna.pulls(place)).frames
    assert all(frame in ben.recording for frame in frames)


@lived
async def test_a_disk_that_is_ahead_of_what_was_told_covers_only_what_was_told(house: House) -> None:
    """A commit is on the disk a moment before it is true here; nobody must believe that they have it."""
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for number in range(3):
        await anna.says(str(number), ben)
    place = direct(anna.person, ben.person)
    house.store.timeline._tails.pop(place)
    ahead = LogRow(place, 5, "message.sent", None, anna.person, "", b"not told yet")
    house.store.durable._log[place].append(ahead)  # type: ignore[attr-defined]
    page = await ben.pulls(place, 2)
    assert (page.last, page.head, page.more, len(page.frames)) == (4, 4, False, 2)


@lived
async def test_the_directory_is_pulled_by_everybody(house: House) -> None:
    anna = await house.joins("Anna")
    await house.joins("Ben")
    assert [event.seq for event in await pull_all(anna, DIRECTORY)] == [1, 2, 3]


@lived
async def test_who_comes_back_catches_up_by_seq(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.says("heard", ben)
    await settles()
    place = direct(anna.person, ben.person)
    have = max(event.seq for event in ben.of(Logged) if event.conversation == place)
    ben.disconnect()
    await anna.says("missed", ben)
    ben.connect()
    row = next(row for row in (await ben.resumes(heads={place: have})).rows if row.conversation == place)
    assert (row.head, row.unread) == (3, 2)
    (frame,) = (await ben.pulls(place, have)).frames
    assert read_event(frame).text == "missed"  # type: ignore[attr-defined]


@lived
async def test_a_ping_is_answered(house: House) -> None:
    anna = await house.joins("Anna")
    assert await anna.asks(Ping(), Done) == Done()


@lived
async def test_any_cursor_is_a_place_in_the_list(house: House) -> None:
    anna = await house.joins("Anna")
    for cursor in ("", "0", "x" * 120, "9999999999999999 z"):
        assert isinstance(await anna.asks(ListConversations(before=cursor), Rows), Rows)


def test_a_cursor_compares_as_text_does() -> None:
    rows = [Conversation(id=name, kind="room", line_at=at) for at, name in ((9, "a"), (10, "b"), (10, "a"), (0, "z"))]
    assert [(row.line_at, row.id) for row in sorted(rows, key=_cursor)] == [(0, "z"), (9, "a"), (10, "a"), (10, "b")]
