"""Calling people by name into the call of a room that goes on."""

import asyncio

import pytest

from chat import summoning
from chat.ringing import RING_SECONDS
from chat.room_rings import MAX_RINGS
from protocol.commands import BlockPerson, RemoveMember
from protocol.events import MemberJoined
from protocol.group_calls import (
    CallClosed,
    ChangeCall,
    CloseCall,
    DeclineCall,
    PeopleSummoned,
    RemoveAttendee,
    SummonPeople,
)
from tests.chat.meeting import Meeting
from tests.chat.test_pushing_rings import Room
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


async def opened(house: House, *people: str) -> Meeting:
    """A call that Anna opened quietly, and in which these are, too."""
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    for name in people:
        await meeting.comes(getattr(meeting, name))
    return meeting


async def summons(meeting: Meeting, phone: Phone, *people: Phone) -> None:
    await phone.asks(meeting.asks(SummonPeople, people=[one.person for one in people]))


def called(meeting: Meeting) -> list[tuple[str, str]]:
    """Who is noted as called, and by whom."""
    return [(one.person, one.by) for one in meeting.on.call.called] if meeting.on else []


@lived
async def test_whoever_is_in_it_may_call_others_of_the_room(house: House) -> None:
    meeting = await opened(house, "cleo")
    await summons(meeting, meeting.cleo, meeting.dora)
    (event,) = meeting.dora.of(PeopleSummoned)
    assert (event.people, event.author) == ([meeting.dora.person], meeting.cleo.person)
    assert called(meeting) == [(meeting.dora.person, meeting.cleo.person)]


@lived
async def test_who_is_not_in_it_calls_nobody(house: House) -> None:
    meeting = await opened(house)
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "call-over"
    assert meeting.dora.of(PeopleSummoned) == []


@lived
async def test_who_leads_brings_in_somebody_who_is_not_in_the_room(house: House) -> None:
    meeting = await opened(house)
    eve = await house.joins("Eve")
    await summons(meeting, meeting.anna, eve)
    assert [one.room for one in eve.of(MemberJoined) if one.room] == [meeting.room]
    assert eve.of(PeopleSummoned)[-1].people == [eve.person]
    await meeting.comes(eve)
    assert eve.device in meeting.there


@lived
async def test_who_does_not_lead_brings_in_nobody(house: House) -> None:
    meeting = await opened(house, "cleo")
    eve = await house.joins("Eve")
    assert await refusal_of(summons(meeting, meeting.cleo, eve)) == "not-allowed"
    assert eve.of(MemberJoined) == []


@lived
async def test_who_is_called_by_who_leads_comes_through_the_lobby_and_the_lock(house: House) -> None:
    meeting = await opened(house, "cleo")
    await meeting.changes(meeting.anna, locked=True, lobby=True)
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "call-closed"
    await meeting.grants(meeting.anna, meeting.dora, rights=["share"], admitted=False)
    await summons(meeting, meeting.anna, meeting.dora)
    await meeting.comes(meeting.dora)
    assert meeting.dora.device in meeting.there
    assert meeting.on
    assert meeting.on.call.granted[meeting.dora.person] == ["share"]


@lived
async def test_nobody_is_called_twice_while_it_rings_nor_who_is_in_it(house: House) -> None:
    meeting = await opened(house, "cleo")
    await summons(meeting, meeting.anna, meeting.dora)
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "stands-already"
    assert await refusal_of(summons(meeting, meeting.anna, meeting.cleo)) == "stands-already"
    await passes(RING_SECONDS)
    await summons(meeting, meeting.cleo, meeting.dora)
    assert called(meeting) == [(meeting.dora.person, meeting.cleo.person)]


@lived
async def test_who_came_and_left_is_noted_no_longer(house: House) -> None:
    meeting = await opened(house)
    await summons(meeting, meeting.anna, meeting.dora)
    await meeting.comes(meeting.dora)
    await meeting.goes(meeting.dora)
    assert called(meeting) == []


@lived
async def test_who_blocked_somebody_is_not_called_by_them(house: House) -> None:
    meeting = await opened(house, "cleo")
    await meeting.dora.asks(BlockPerson(nonce=nonce(), person=meeting.cleo.person))
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "not-allowed"
    await summons(meeting, meeting.anna, meeting.dora)


@lived
async def test_who_is_in_another_call_is_not_called(house: House) -> None:
    meeting = await opened(house)
    garden = await meeting.dora.makes_room("Garden", meeting.cleo)
    other = Meeting(house)
    other.room = garden
    await other.opens(meeting.dora)
    assert await refusal_of(summons(meeting, meeting.anna, meeting.dora)) == "in-a-call"


@lived
async def test_it_counts_as_making_a_room_ring(house: House) -> None:
    meeting = await opened(house)
    for _ in range(MAX_RINGS):
        await summons(meeting, meeting.anna, meeting.dora)
        await passes(RING_SECONDS)
    for phone in (meeting.cleo, meeting.dora):  # who was called before is no exception
        assert await refusal_of(summons(meeting, meeting.anna, phone)) == "too-many"


@lived
async def test_who_was_put_out_is_called_in_again_by_who_leads_alone(house: House) -> None:
    meeting = await opened(house, "cleo", "dora")
    await meeting.anna.asks(meeting.asks(RemoveAttendee, person=meeting.dora.person))
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "call-closed"
    await summons(meeting, meeting.anna, meeting.dora)
    await meeting.comes(meeting.dora)
    assert meeting.dora.device in meeting.there


@lived
async def test_who_may_not_write_in_the_call_calls_nobody(house: House) -> None:
    meeting = await opened(house, "cleo")
    await meeting.anna.asks(meeting.asks(ChangeCall, rights=["speak"]))
    assert await refusal_of(summons(meeting, meeting.cleo, meeting.dora)) == "not-allowed"
    await summons(meeting, meeting.anna, meeting.dora)


@lived
async def test_many_summonses_in_one_moment_ring_for_so_many_and_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summoning, "MAX_RINGING", 1)
    meeting = await opened(house)
    both = (summons(meeting, meeting.anna, phone) for phone in (meeting.cleo, meeting.dora))
    refused = [error.code for error in await asyncio.gather(*both, return_exceptions=True) if error]
    assert refused == ["too-many"]


@lived
async def test_one_that_is_sent_again_is_the_same_ring(house: House) -> None:
    meeting = await opened(house)
    for _ in range(MAX_RINGS - 1):
        await summons(meeting, meeting.anna, meeting.dora)
        await passes(RING_SECONDS)
    command = meeting.asks(SummonPeople, people=[meeting.dora.person])
    assert await meeting.anna.asks(command) == await meeting.anna.asks(command)


@pytest.mark.parametrize("joins", [True, False])
@lived
async def test_devices_that_are_away_ring_until_one_answers_on_another(house: House, joins: bool) -> None:
    room = await Room(house).begin()
    await room.opens(ring=False)
    meeting = Meeting(house)
    meeting.room, meeting.call = room.room, room.call
    tablet = await house.adds_device(room.ben)
    await summons(meeting, room.anna, room.ben)
    await settles()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring"], [])
    if joins:
        await meeting.comes(tablet)
    else:
        await tablet.asks(DeclineCall(conversation=room.room, call=room.call))
    await settles()
    assert room.kinds(room.ben) == ["ring", "over"]


async def rung_then_closed(house: House, *, after: float) -> Room:
    """Ben was called by name, and the call was closed so many seconds later; Cleo was not called."""
    room = await Room(house).begin()
    await room.opens(ring=False)
    meeting = Meeting(house)
    meeting.room, meeting.call = room.room, room.call
    await passes(RING_SECONDS)  # the call's own beginning rings no longer
    await summons(meeting, room.anna, room.ben)
    await passes(after)
    await room.anna.asks(meeting.asks(CloseCall))
    await settles()
    return room


@pytest.mark.parametrize("after", [1, RING_SECONDS, 3600])
@lived
async def test_devices_that_are_away_are_told_at_its_end_that_they_missed_it(house: House, after: float) -> None:
    room = await rung_then_closed(house, after=after)
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "missed"], [])


@pytest.mark.parametrize("again", [False, True])
@lived
async def test_who_said_no_has_missed_nothing_unless_they_were_called_again(house: House, again: bool) -> None:
    room = await Room(house).begin()
    await room.opens(ring=False)
    meeting = Meeting(house)
    meeting.room, meeting.call = room.room, room.call
    tablet = await house.adds_device(room.ben)
    await summons(meeting, room.anna, room.ben)
    await tablet.asks(DeclineCall(conversation=room.room, call=room.call))
    await passes(RING_SECONDS)
    if again:
        await summons(meeting, room.anna, room.ben)
    await room.anna.asks(meeting.asks(CloseCall))
    await settles()
    assert room.kinds(room.ben) == ["ring", "over", *(["ring", "missed"] if again else [])]


@lived
async def test_who_came_on_another_device_or_left_the_room_has_missed_nothing(house: House) -> None:
    room = await Room(house).begin()
    await room.opens(ring=False)
    meeting = Meeting(house)
    meeting.room, meeting.call = room.room, room.call
    tablet = await house.adds_device(room.ben)
    await summons(meeting, room.anna, room.ben, room.cleo)
    await meeting.comes(tablet)
    await room.anna.asks(RemoveMember(nonce=nonce(), conversation=room.room, person=room.cleo.person))
    await room.anna.asks(meeting.asks(CloseCall))
    await settles()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "over"], ["ring", "over"])


@lived
async def test_whom_a_call_was_calling_stands_in_its_end_and_not_who_came(house: House) -> None:
    meeting = await opened(house)
    await summons(meeting, meeting.anna, meeting.cleo, meeting.dora)
    await meeting.comes(meeting.cleo)
    await meeting.anna.asks(meeting.asks(CloseCall))
    (closed,) = meeting.anna.of(CallClosed)
    assert closed.called == [meeting.dora.person]


@lived
async def test_so_does_whoever_was_called_long_before_whoever_was_called_since(house: House) -> None:
    meeting = await opened(house, "ben")
    await summons(meeting, meeting.anna, meeting.dora)
    await passes(RING_SECONDS + 1)
    await summons(meeting, meeting.anna, meeting.cleo)
    await passes(RING_SECONDS + 1)
    await meeting.anna.asks(meeting.asks(CloseCall))
    (closed,) = meeting.anna.of(CallClosed)
    assert closed.called == [meeting.dora.person, meeting.cleo.person]


@lived
async def test_no_more_of_them_stand_in_a_call_than_it_names_of_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summoning, "MAX_NAMED", 1)
    meeting = await opened(house)
    for phone in (meeting.cleo, meeting.dora):
        await summons(meeting, meeting.anna, phone)
    assert called(meeting) == [(meeting.dora.person, meeting.anna.person)]
