"""Who is in a call and is not there: dropped after a while, kept over a reload, a lost line and a restart."""

from chat.attending import AWAY_SECONDS, follow_attendees
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE
from protocol.commands import ChangeRoom, RevokeDevice
from protocol.group_calls import CallClosed, CallLeft, JoinCall, OpenCall
from tests.chat.meeting import Meeting
from tests.neighbours import House, lived, nonce, passes, settles


@lived
async def test_a_device_that_stays_away_is_dropped(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    meeting.cleo.disconnect()
    await passes(AWAY_SECONDS - 1)
    assert meeting.cleo.device in meeting.there
    await passes(2)
    assert meeting.there == [meeting.anna.device]
    (left,) = meeting.anna.of(CallLeft)
    assert (left.person, left.removed) == (meeting.cleo.person, False)


@lived
async def test_a_device_that_is_back_in_time_stays(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    meeting.cleo.disconnect()
    await passes(AWAY_SECONDS - 5)
    meeting.cleo.connect()
    await passes(AWAY_SECONDS * 2)
    assert meeting.cleo.device in meeting.there


@lived
async def test_a_call_that_everybody_lost_is_closed(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    meeting.anna.disconnect()
    meeting.cleo.disconnect()
    await passes(AWAY_SECONDS + 1)
    assert meeting.on is None
    assert len(meeting.dora.of(CallClosed)) == 1


@lived
async def test_one_whose_other_device_took_over_is_not_dropped_with_the_first(house: House) -> None:
    meeting = await Meeting(house).begin()
    tablet = await house.adds_device(meeting.cleo)
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    meeting.cleo.disconnect()
    await meeting.comes(tablet)
    await passes(AWAY_SECONDS * 2)
    assert meeting.there == [meeting.anna.device, tablet.device]


@lived
async def test_a_line_that_broke_before_its_coming_was_written_is_waited_for_too(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    meeting.cleo.sends(meeting.asks(JoinCall))
    meeting.cleo.disconnect()
    await settles()
    assert meeting.cleo.device in meeting.there
    await passes(AWAY_SECONDS + 1)
    assert meeting.there == [meeting.anna.device]


@lived
async def test_a_signed_out_device_is_in_no_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    tablet = await house.adds_device(meeting.cleo)
    await meeting.opens(meeting.anna)
    await meeting.comes(tablet)
    await meeting.cleo.asks(RevokeDevice(nonce=nonce(), device=tablet.device))
    await settles()
    assert meeting.there == [meeting.anna.device]


@lived
async def test_a_restarted_server_waits_for_those_who_were_in_a_call(house: House) -> None:
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    meeting.anna.disconnect()
    meeting.cleo.disconnect()
    house.store.timers.cancel(f"attending:{meeting.anna.device}")
    house.store.timers.cancel(f"attending:{meeting.cleo.device}")
    follow_attendees(house.store)
    meeting.anna.connect()
    await passes(AWAY_SECONDS + 1)
    assert meeting.there == [meeting.anna.device]


@lived
async def test_the_call_of_the_whole_house_ends_when_its_room_is_turned_off(house: House) -> None:
    await ensure_everyone(house.store)
    host, ben = await house.joins("Host"), await house.joins("Ben")
    call = house.new_id("c")
    await ben.asks(OpenCall(nonce=nonce(), conversation=EVERYONE, call=call, video=False))
    await host.asks(JoinCall(nonce=nonce(), conversation=EVERYONE, call=call))
    await host.asks(ChangeRoom(nonce=nonce(), conversation=EVERYONE, closed=True))
    await settles()
    assert house.store.view().gathering(EVERYONE) is None
