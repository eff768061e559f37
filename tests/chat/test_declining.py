"""A no to the call of a room is remembered for who said it, in that call, at every server, and not for ever."""

from chat.declining import NOTED_MS, has_declined
from protocol.group_calls import DeclineCall, SummonPeople
from tests.chat.meeting import Meeting
from tests.chat.test_forwarding_nodes import Two
from tests.neighbours import House, Phone, lived, passes, settles


def said_no(meeting: Meeting, phone: Phone) -> bool:
    return has_declined(phone.house.store, meeting.room, meeting.call, phone.person)


@lived
async def test_who_was_rung_and_says_no_has_declined_and_nobody_else_has(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna, ring=True)
    await meeting.cleo.asks(meeting.asks(DeclineCall))
    assert [said_no(meeting, one) for one in (meeting.cleo, meeting.dora)] == [True, False]


@lived
async def test_a_no_to_a_call_that_did_not_ring_is_not_kept(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.cleo.asks(meeting.asks(DeclineCall))
    assert not said_no(meeting, meeting.cleo)


@lived
async def test_who_is_called_by_name_after_it_is_asked_anew(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna, ring=True)
    for phone in (meeting.cleo, meeting.dora):
        await phone.asks(meeting.asks(DeclineCall))
    await meeting.anna.asks(meeting.asks(SummonPeople, people=[meeting.cleo.person]))
    assert [said_no(meeting, one) for one in (meeting.cleo, meeting.dora)] == [False, True]


@lived
async def test_after_a_day_it_is_forgotten_with_the_next_one(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna, ring=True)
    await meeting.cleo.asks(meeting.asks(DeclineCall))
    await passes(NOTED_MS / 1000)
    await meeting.dora.asks(meeting.asks(DeclineCall))
    assert [said_no(meeting, one) for one in (meeting.cleo, meeting.dora)] == [False, True]


@lived
async def test_the_end_of_another_call_forgets_no_one(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna, ring=True)
    await meeting.cleo.asks(meeting.asks(DeclineCall))
    other = Meeting(house)
    other.room = await meeting.ben.makes_room("Choir", meeting.dora)
    await other.opens(meeting.ben)
    await other.closes(meeting.ben)
    assert said_no(meeting, meeting.cleo)
    await meeting.closes(meeting.anna)
    assert house.store.declined.values() == []


@lived
async def test_another_server_knows_it_until_the_call_is_over_and_then_neither_does() -> None:
    two = await Two().begin()
    await two.meeting.closes(two.anna)
    two.meeting.call = two.here.new_id("c")
    await two.meeting.opens(two.anna, ring=True)
    await settles()
    await two.cleo.asks(two.meeting.asks(DeclineCall))
    await settles()
    assert has_declined(two.here.store, two.meeting.room, two.meeting.call, two.cleo.person)
    await two.meeting.closes(two.anna)
    await settles()
    assert [house.store.declined.values() for house in (two.here, two.there)] == [[], []]
    await two.end()
