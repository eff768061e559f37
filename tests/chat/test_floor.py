"""What people in a call show each other: to those in it alone, and at once to whoever comes in."""

from protocol.group_calls import (
    CallCheered,
    CallDeclined,
    CallKnocked,
    CallSilenced,
    CheerCall,
    DeclineCall,
    DeferRight,
    FloorChanged,
    KnockCall,
    RightDeferred,
    SetFloor,
    SilenceCall,
)
from protocol.shapes import Floor
from tests.chat.meeting import Meeting
from tests.neighbours import House, Phone, lived, refusal_of, settles

HAND = Floor(muted=True, hand=1_700_000_000_000)


async def shows(meeting: Meeting, phone: Phone, floor: Floor) -> None:
    await phone.asks(meeting.asks(SetFloor, floor=floor))
    await settles()


@lived
async def test_how_somebody_takes_part_is_told_to_those_in_the_call_alone(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await shows(meeting, meeting.cleo, HAND)
    assert meeting.anna.of(FloorChanged)[-1].floors == {meeting.cleo.device: HAND}
    assert meeting.dora.of(FloorChanged) == []


@lived
async def test_who_comes_in_learns_how_everybody_takes_part(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await shows(meeting, meeting.anna, Floor(camera=True))
    await meeting.comes(meeting.cleo)
    await shows(meeting, meeting.cleo, HAND)
    await meeting.comes(meeting.dora)
    await settles()
    assert meeting.dora.of(FloorChanged)[-1].floors == {
        meeting.anna.device: Floor(camera=True),
        meeting.cleo.device: HAND,
    }


@lived
async def test_what_was_shown_ends_with_the_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await shows(meeting, meeting.cleo, HAND)
    await shows(meeting, meeting.anna, HAND)
    await meeting.goes(meeting.cleo)
    assert house.store.floors.get((meeting.room, meeting.call)) == {meeting.anna.device: HAND}
    await meeting.closes(meeting.anna)
    assert house.store.floors.keys() == []


@lived
async def test_what_is_shown_in_another_call_stays(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await shows(meeting, meeting.anna, HAND)
    other = Meeting(house)
    other.room = await meeting.cleo.makes_room("Garden")
    await other.opens(meeting.cleo)
    await shows(other, meeting.cleo, HAND)
    await other.closes(meeting.cleo)
    assert house.store.floors.keys() == [(meeting.room, meeting.call)]


@lived
async def test_nothing_of_a_call_is_told_in_another_room_where_somebody_gives_one_the_same_id(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await shows(meeting, meeting.anna, HAND)
    other = Meeting(house)
    other.room, other.call = await meeting.cleo.makes_room("Garden"), meeting.call
    await other.opens(meeting.cleo)
    await settles()
    assert meeting.cleo.of(FloorChanged)[-1].floors == {}
    await other.closes(meeting.cleo)
    assert house.store.floors.get((meeting.room, meeting.call)) == {meeting.anna.device: HAND}


@lived
async def test_who_comes_again_has_no_hand_up(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await shows(meeting, meeting.anna, HAND)
    await meeting.comes(meeting.anna)
    assert house.store.floors.keys() == []


@lived
async def test_nobody_outside_the_call_shows_anything_in_it(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    for command in (meeting.asks(SetFloor, floor=HAND), meeting.asks(CheerCall, emoji="👏")):
        assert await refusal_of(meeting.dora.asks(command)) == "call-over"
    assert house.store.floors.keys() == []


@lived
async def test_everybody_in_the_call_sees_who_cheers(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    await meeting.cleo.asks(meeting.asks(CheerCall, emoji="👏"))
    await settles()
    for phone in (meeting.anna, meeting.cleo):
        (cheered,) = phone.of(CallCheered)
        assert (cheered.person, cheered.emoji) == (meeting.cleo.person, "👏")
    assert meeting.dora.of(CallCheered) == []
    assert await refusal_of(meeting.cleo.asks(meeting.asks(CheerCall, emoji="<b>"))) == "bad-field"


@lived
async def test_a_leader_asks_one_or_all_to_be_quiet(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    for phone in (meeting.ben, meeting.cleo, meeting.dora):
        await meeting.comes(phone)
    await meeting.ben.asks(meeting.asks(SilenceCall, person=meeting.cleo.person))
    await settles()
    assert [one.person for one in meeting.cleo.of(CallSilenced)] == [meeting.ben.person]
    assert meeting.dora.of(CallSilenced) == []
    await meeting.anna.asks(meeting.asks(SilenceCall))
    await settles()
    heard = {phone.person: len(phone.of(CallSilenced)) for phone in (meeting.anna, meeting.ben, meeting.dora)}
    assert heard == {meeting.anna.person: 0, meeting.ben.person: 1, meeting.dora.person: 1}
    assert await refusal_of(meeting.cleo.asks(meeting.asks(SilenceCall))) == "not-allowed"


@lived
async def test_who_knocks_is_heard_by_the_leaders_in_the_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.ben)
    await meeting.comes(meeting.cleo)
    await meeting.changes(meeting.ben, lobby=True)
    await meeting.dora.asks(meeting.asks(KnockCall))
    await settles()
    assert [one.person for one in meeting.ben.of(CallKnocked)] == [meeting.dora.person]
    assert meeting.cleo.of(CallKnocked) == []
    assert meeting.anna.of(CallKnocked) == [], "she leads the room and is not in its call"


@lived
async def test_who_knocks_where_nobody_can_open_is_told_so(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.cleo)
    await meeting.changes(meeting.anna, lobby=True)
    assert await refusal_of(meeting.dora.asks(meeting.asks(KnockCall))) == "not-connected"


@lived
async def test_nobody_knocks_at_an_open_door_nor_at_a_locked_one(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    assert await refusal_of(meeting.dora.asks(meeting.asks(KnockCall))) == "not-allowed"
    await meeting.changes(meeting.anna, lobby=True)
    await meeting.grants(meeting.anna, meeting.dora)
    assert await refusal_of(meeting.dora.asks(meeting.asks(KnockCall))) == "not-allowed", "she is let in already"
    await meeting.changes(meeting.anna, locked=True)
    assert await refusal_of(meeting.cleo.asks(meeting.asks(KnockCall))) == "call-closed"
    assert meeting.anna.of(CallKnocked) == []


@lived
async def test_who_asks_for_a_right_is_seen_by_all_and_put_off_by_a_leader(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    for phone in (meeting.ben, meeting.cleo, meeting.dora):
        await meeting.comes(phone)
    await shows(meeting, meeting.cleo, Floor(muted=True, asks=["speak"]))
    assert meeting.ben.of(FloorChanged)[-1].floors[meeting.cleo.device].asks == ["speak"]
    not_now = meeting.asks(DeferRight, person=meeting.cleo.person, right="speak")
    assert await refusal_of(meeting.dora.asks(not_now)) == "not-allowed"
    await meeting.ben.asks(not_now)
    await settles()
    (deferred,) = meeting.cleo.of(RightDeferred)
    assert (deferred.person, deferred.right) == (meeting.ben.person, "speak")
    assert meeting.dora.of(RightDeferred) == []


@lived
async def test_who_was_put_out_need_not_knock(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.puts_out(meeting.anna, meeting.dora)
    assert await refusal_of(meeting.dora.asks(meeting.asks(KnockCall))) == "call-closed"


@lived
async def test_ones_own_devices_stop_ringing_and_nobody_elses(house: House) -> None:
    meeting = await Meeting(house).begin()
    tablet = await house.adds_device(meeting.cleo)
    await meeting.opens(meeting.anna, ring=True)
    await meeting.cleo.asks(meeting.asks(DeclineCall))
    await settles()
    assert [one.call for one in tablet.of(CallDeclined)] == [meeting.call]
    assert meeting.dora.of(CallDeclined) == []
