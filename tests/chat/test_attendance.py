"""Attendance: the table of a call for who leads its room, while it goes on and after."""

import pytest

from protocol.answers import Attendance
from protocol.codec import pack_event, unpack
from protocol.group_calls import CallClosed, ReadAttendance
from protocol.shapes import MAX_PULL
from tests.chat.meeting import Meeting
from tests.neighbours import House, Phone, lived, passes, pull_all, refusal_of


async def reads(meeting: Meeting, phone: Phone, seq: int = 0) -> Attendance:
    return await phone.asks(meeting.asks(ReadAttendance, seq=seq), Attendance)


async def a_lesson(house: House) -> Meeting:
    """Anna teaches. Cleo comes late, goes and comes back; Dora stays for the beginning."""
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await passes(1)
    await meeting.comes(meeting.dora)
    await passes(60)
    await meeting.comes(meeting.cleo)
    await passes(60)
    await meeting.goes(meeting.dora)
    await meeting.goes(meeting.cleo)
    await passes(120)
    await meeting.comes(meeting.cleo)
    await passes(30)
    return meeting


def minutes(meeting: Meeting, table: Attendance) -> list[tuple[str, float]]:
    names = {phone.person: name for name in ("anna", "cleo", "dora") for phone in [getattr(meeting, name)]}
    return [(names[one.person], round(one.seconds / 60, 1)) for one in table.attended]


@lived
async def test_while_it_goes_on_the_table_counts_up_to_now(house: House) -> None:
    meeting = await a_lesson(house)
    table = await reads(meeting, meeting.ben)
    assert minutes(meeting, table) == [("anna", 4.5), ("dora", 2.0), ("cleo", 1.5)]
    assert table.present == [meeting.anna.person, meeting.cleo.person]
    assert {one.name for one in table.people} == {"Anna", "Cleo", "Dora"}
    assert table.seconds == pytest.approx(270, abs=1)
    dora = table.attended[1]
    assert dora.last - dora.first == pytest.approx(120_000, abs=1000)


@lived
async def test_the_table_of_a_call_that_is_over_is_found_by_its_end(house: House) -> None:
    meeting = await a_lesson(house)
    live = await reads(meeting, meeting.anna)
    await meeting.closes(meeting.anna)
    (end,) = [one for one in await pull_all(meeting.anna, meeting.room) if isinstance(one, CallClosed)]
    await passes(600)
    table = await reads(meeting, meeting.ben, end.seq)
    assert minutes(meeting, table) == minutes(meeting, live)
    assert table.present == []
    assert (table.at, table.seconds) == (pytest.approx(live.at, abs=1000), pytest.approx(live.seconds, abs=1))


@lived
async def test_only_leaders_read_it(house: House) -> None:
    meeting = await a_lesson(house)
    stranger = await house.joins("Eve")
    assert await refusal_of(reads(meeting, meeting.cleo)) == "not-allowed"
    assert await refusal_of(reads(meeting, stranger)) == "not-found"


@lived
async def test_what_is_no_end_of_that_call_is_refused(house: House) -> None:
    meeting = await a_lesson(house)
    said = await meeting.anna.says_in(meeting.room, "hello")
    assert await refusal_of(reads(meeting, meeting.anna, said.seq)) == "not-found"
    assert await refusal_of(reads(meeting, meeting.anna, 5000)) == "not-found"
    await meeting.closes(meeting.anna)
    assert await refusal_of(reads(meeting, meeting.anna)) == "call-over"
    (end,) = [one for one in await pull_all(meeting.anna, meeting.room) if isinstance(one, CallClosed)]
    meeting.call = house.new_id("c")
    assert await refusal_of(reads(meeting, meeting.anna, end.seq)) == "not-found"


@lived
async def test_the_end_of_a_call_tells_who_was_there_and_nobodys_times(house: House) -> None:
    meeting = await a_lesson(house)
    await meeting.closes(meeting.anna)
    (end,) = meeting.cleo.of(CallClosed)
    assert end.people == [meeting.anna.person, meeting.dora.person, meeting.cleo.person]
    ((_, _, body),) = unpack(pack_event(end))
    logged = {"conversation", "seq", "author", "at"}
    known = logged | {"call", "began", "video", "ring", "seconds", "people", "called", "barred", "opened"}
    assert set(body) <= known


@lived
async def test_the_table_is_whole_where_much_was_written_during_the_call(house: House) -> None:
    meeting = await a_lesson(house)
    live = await reads(meeting, meeting.anna)
    for number in range(2 * MAX_PULL + 1):
        await meeting.anna.says_in(meeting.room, f"line {number}")
    await meeting.closes(meeting.anna)
    (end,) = meeting.anna.of(CallClosed)
    assert minutes(meeting, await reads(meeting, meeting.ben, end.seq)) == minutes(meeting, live)
