"""Calls of rooms: who may begin one and come in, who is in it, what they may do, and who was there."""

import pytest

from chat.group_calls import MAX_ATTENDEES, MAX_RINGING
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE
from protocol.commands import ChangeRoom, LeaveRoom, RemoveMember, RingCall
from protocol.events import CallEnded
from protocol.group_calls import CallClosed, CallJoined, CallLeft, CallOpened, JoinCall, OpenCall
from protocol.records import replaced
from protocol.shapes import Attendee
from tests.chat.meeting import Meeting
from tests.chat.rooming import leaves, removes
from tests.chat.test_attendance import reads
from tests.neighbours import House, lived, nonce, passes, pull_all, refusal_of, settles

# -- coming and going


@lived
async def test_who_begins_a_call_is_in_it_and_everybody_in_the_room_sees_it(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo, ring=True)
    await settles()
    assert meeting.there == [meeting.cleo.device]
    (opened,) = meeting.dora.of(CallOpened)
    assert (opened.author, opened.call, opened.video, opened.ring) == (meeting.cleo.person, meeting.call, True, True)
    (row,) = [row for row in (await meeting.dora.resumes()).rows if row.conversation == meeting.room]
    assert row.group_call is not None
    assert [one.person for one in row.group_call.attendees] == [meeting.cleo.person]


@lived
async def test_who_would_begin_a_second_call_comes_into_the_first(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    other = OpenCall(nonce=nonce(), conversation=meeting.room, call=house.new_id("c"), video=False)
    await meeting.ben.asks(other)
    assert meeting.there == [meeting.anna.device, meeting.ben.device]
    assert meeting.on is not None
    assert meeting.on.call.call == meeting.call


@lived
async def test_the_last_to_go_closes_it_and_who_was_there_stands_in_the_log(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await passes(60)
    await meeting.comes(meeting.ben)
    await passes(30)
    await meeting.goes(meeting.anna)
    await passes(10)
    await meeting.goes(meeting.ben)
    assert meeting.on is None
    closed = [one for one in await pull_all(meeting.dora, meeting.room) if isinstance(one, CallClosed)]
    (closing,) = closed
    assert (closing.began, closing.video) == (meeting.anna.person, True)
    assert closing.people == [meeting.anna.person, meeting.ben.person]
    attended = (await reads(meeting, meeting.anna, closing.seq)).attended
    assert [one.person for one in attended] == closing.people
    assert [one.seconds for one in attended] == pytest.approx([90, 40], abs=1)
    assert closing.seconds == pytest.approx(100, abs=1)


@lived
async def test_who_comes_twice_was_there_for_both(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    for seconds in (10, 20):
        await meeting.comes(meeting.cleo)
        await passes(seconds)
        await meeting.goes(meeting.cleo)
        await passes(5)
    await meeting.closes(meeting.anna)
    (closing,) = [one for one in await pull_all(meeting.dora, meeting.room) if isinstance(one, CallClosed)]
    attended = (await reads(meeting, meeting.anna, closing.seq)).attended
    (cleo,) = [one for one in attended if one.person == meeting.cleo.person]
    assert cleo.seconds == pytest.approx(30, abs=1)
    assert cleo.last - cleo.first == pytest.approx(35_000, abs=1000)


@lived
async def test_another_device_of_a_person_takes_the_call_over(house: House) -> None:
    meeting = await Meeting(house).begin()
    tablet = await house.adds_device(meeting.cleo)
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await meeting.comes(tablet)
    assert meeting.there == [meeting.anna.device, tablet.device]
    assert await refusal_of(meeting.goes(meeting.cleo)) == "call-over"
    assert meeting.there == [meeting.anna.device, tablet.device]


@lived
async def test_coming_again_is_no_second_coming(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    assert meeting.on is not None
    before = meeting.on.call.attendees
    await passes(5)
    await meeting.comes(meeting.anna)
    assert meeting.on.call.attendees == before


@lived
async def test_one_is_in_one_call_at_a_time(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo)
    garden = await meeting.anna.makes_room("Garden", meeting.cleo)
    other = OpenCall(nonce=nonce(), conversation=garden, call=house.new_id("c"), video=False)
    assert await refusal_of(meeting.cleo.asks(other)) == "in-a-call"
    ring = ringing(house, meeting.cleo.person, meeting.dora.person)
    assert await refusal_of(meeting.cleo.asks(ring)) == "in-a-call"
    await meeting.dora.asks(ringing(house, meeting.dora.person, meeting.cleo.person))
    (ended,) = meeting.dora.of(CallEnded)
    assert ended.reason == "busy"


@lived
async def test_who_is_called_does_not_come_into_another_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.dora.asks(ringing(house, meeting.dora.person, meeting.cleo.person))
    assert await refusal_of(meeting.comes(meeting.cleo)) == "in-a-call"


@lived
async def test_a_call_of_a_room_is_not_for_two(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = ringing(house, anna.person, ben.person).conversation
    command = OpenCall(nonce=nonce(), conversation=place, call=house.new_id("c"), video=True)
    assert await refusal_of(anna.asks(command)) == "not-allowed"


@lived
async def test_a_call_that_is_over_takes_nobody(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.goes(meeting.anna)
    assert await refusal_of(meeting.comes(meeting.ben)) == "call-over"
    assert await refusal_of(meeting.goes(meeting.anna)) == "call-over"


@lived
async def test_a_call_has_an_end_of_places(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    on = meeting.on
    assert on is not None
    crowd = [Attendee(person=house.new_id("p"), device=house.new_id("d"), at=0) for _ in range(MAX_ATTENDEES - 1)]
    house.store.shelves.gatherings.put(replaced(on, call=replaced(on.call, attendees=[*on.call.attendees, *crowd])))
    assert await refusal_of(meeting.comes(meeting.ben)) == "too-many"
    await meeting.comes(meeting.anna)


@lived
async def test_a_large_room_does_not_ring(house: House) -> None:
    meeting = await Meeting(house).begin()
    row = house.store.view().conversation(meeting.room)
    assert row is not None
    house.store.shelves.conversations.put(replaced(row, size=MAX_RINGING + 1))
    assert await refusal_of(meeting.opens(meeting.anna, ring=True)) == "too-many"
    await meeting.opens(meeting.anna)


@lived
async def test_in_a_room_of_announcements_its_leaders_begin_calls(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.anna.asks(ChangeRoom(nonce=nonce(), conversation=meeting.room, announcements=True))
    assert await refusal_of(meeting.opens(meeting.cleo)) == "not-allowed"
    await meeting.opens(meeting.ben)
    await meeting.comes(meeting.cleo)


# -- leaving the room


@lived
async def test_who_leaves_the_room_leaves_its_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await meeting.cleo.asks(leaves(meeting.room))
    assert meeting.there == [meeting.anna.device]
    assert [one.person for one in meeting.anna.of(CallLeft)] == [meeting.cleo.person]


@lived
async def test_who_is_removed_from_the_room_is_out_of_its_call_and_hears_no_more_of_it(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await meeting.anna.asks(removes(meeting.room, meeting.cleo))
    await settles()
    heard = len(meeting.cleo.heard)
    await meeting.comes(meeting.dora)
    await settles()
    assert meeting.cleo.device not in meeting.there
    assert len(meeting.cleo.heard) == heard
    assert await refusal_of(meeting.comes(meeting.cleo)) == "not-found"


@lived
async def test_the_call_of_the_only_one_in_it_closes_when_they_are_removed(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo)
    await meeting.anna.asks(RemoveMember(nonce=nonce(), conversation=meeting.room, person=meeting.cleo.person))
    assert meeting.on is None
    assert len(meeting.anna.of(CallClosed)) == 1


@lived
async def test_the_last_in_the_room_takes_its_call_along(house: House) -> None:
    anna = await house.joins("Anna")
    room = await anna.makes_room("Alone")
    await anna.asks(OpenCall(nonce=nonce(), conversation=room, call=house.new_id("c"), video=False))
    await anna.asks(LeaveRoom(nonce=nonce(), conversation=room))
    assert house.store.view().gathering(room) is None


# -- who may what


@lived
async def test_who_began_it_or_leads_the_room_may_end_it_for_all(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo)
    await meeting.comes(meeting.dora)
    assert await refusal_of(meeting.closes(meeting.dora)) == "not-allowed"
    await meeting.closes(meeting.cleo)
    meeting.call = house.new_id("c")
    await meeting.opens(meeting.cleo)
    await meeting.closes(meeting.ben)
    assert meeting.on is None


@lived
async def test_a_locked_call_takes_only_who_is_in_it_and_who_leads(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await meeting.changes(meeting.anna, locked=True)
    assert await refusal_of(meeting.comes(meeting.dora)) == "call-closed"
    tablet = await house.adds_device(meeting.cleo)
    await meeting.comes(tablet)
    await meeting.comes(meeting.ben)
    await meeting.changes(meeting.anna, locked=False)
    await meeting.comes(meeting.dora)


@lived
async def test_a_lobby_holds_who_was_not_let_in(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.changes(meeting.anna, lobby=True)
    assert await refusal_of(meeting.comes(meeting.dora)) == "call-lobby"
    assert await refusal_of(meeting.grants(meeting.cleo, meeting.dora)) == "not-allowed"
    await meeting.grants(meeting.ben, meeting.dora)
    await meeting.comes(meeting.dora)
    await meeting.goes(meeting.dora)
    await meeting.comes(meeting.dora)


@lived
async def test_who_was_put_out_does_not_come_back_until_let_in(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.dora)
    await meeting.puts_out(meeting.ben, meeting.dora)
    assert meeting.there == [meeting.anna.device]
    assert await refusal_of(meeting.comes(meeting.dora)) == "call-closed"
    await meeting.grants(meeting.ben, meeting.dora)
    await meeting.comes(meeting.dora)


@lived
async def test_a_moderator_who_was_put_out_neither_comes_back_nor_lets_themselves_in(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.ben)
    await meeting.puts_out(meeting.anna, meeting.ben)
    assert await refusal_of(meeting.comes(meeting.ben)) == "call-closed"
    assert await refusal_of(meeting.grants(meeting.ben, meeting.ben)) == "call-closed"
    assert meeting.there == [meeting.anna.device]
    await meeting.grants(meeting.anna, meeting.ben)
    await meeting.comes(meeting.ben)


@lived
async def test_who_knocks_can_be_turned_away(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.changes(meeting.anna, lobby=True)
    await meeting.puts_out(meeting.anna, meeting.dora)
    assert await refusal_of(meeting.comes(meeting.dora)) == "call-closed"
    assert meeting.there == [meeting.anna.device]


@lived
async def test_nobody_puts_out_who_stands_above_them(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.ben)
    for who, other in ((meeting.ben, meeting.anna), (meeting.cleo, meeting.ben), (meeting.ben, meeting.ben)):
        assert await refusal_of(meeting.puts_out(who, other)) == "not-allowed"
    assert len(meeting.there) == 2


@lived
async def test_only_leaders_change_what_holds_for_all(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo)
    assert await refusal_of(meeting.changes(meeting.cleo, locked=True)) == "not-allowed"
    assert await refusal_of(meeting.changes(meeting.anna, locked=False)) == "not-allowed", "it is so already"
    assert await refusal_of(meeting.changes(meeting.anna, rights=["write", "share", "show", "speak"])) == "not-allowed"


@lived
async def test_what_is_said_of_another_call_changes_nothing(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    meeting.call = house.new_id("c")
    assert await refusal_of(meeting.comes(meeting.ben)) == "call-over"
    assert await refusal_of(meeting.changes(meeting.anna, locked=True)) == "call-over"
    assert await refusal_of(meeting.puts_out(meeting.anna, meeting.ben)) == "call-over"


@lived
async def test_as_many_as_a_call_holds_may_come_at_once(house: House) -> None:
    anna = await house.joins("Anna")
    others = [await house.joins(f"Guest {number}") for number in range(MAX_ATTENDEES - 1)]
    room = await anna.makes_room("Hall", *others)
    call = house.new_id("c")
    await anna.asks(OpenCall(nonce=nonce(), conversation=room, call=call, video=False))
    coming = [phone.sends(JoinCall(nonce=nonce(), conversation=room, call=call)) for phone in others]
    for one in coming:
        await one
    on = house.store.view().gathering(room)
    assert on is not None
    assert {one.device for one in on.call.attendees} == {phone.device for phone in [anna, *others]}
    assert len(anna.of(CallJoined)) == MAX_ATTENDEES


def ringing(house: House, person: str, other: str) -> RingCall:
    low, high = sorted((person, other))
    return RingCall(nonce=nonce(), conversation=f"direct.{low}.{high}", call=house.new_id("c"), video=False)


@lived
async def test_who_is_in_the_call_of_a_large_room_is_named_with_it(house: House) -> None:
    await ensure_everyone(house.store)
    phones = [await house.joins(name) for name in ("Host", "Ben")]
    newcomer = await house.joins("Zoe")
    call = house.new_id("c")
    await phones[1].asks(OpenCall(nonce=nonce(), conversation=EVERYONE, call=call, video=False))
    rows = await newcomer.resumes()
    (row,) = [row for row in rows.rows if row.conversation == EVERYONE]
    assert row.members == []
    assert row.group_call is not None
    assert [one.person for one in row.group_call.attendees] == [phones[1].person]
    assert phones[1].person in [card.id for card in rows.people]
    assert phones[1].person in [card.id for card in (await newcomer.opens(EVERYONE)).people]
