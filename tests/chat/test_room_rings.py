"""How often one person may make a room ring."""

from chat.room_rings import MAX_RINGS, WINDOW
from protocol.group_calls import CallOpened, LeaveCall, OpenCall
from tests.chat.meeting import Meeting
from tests.chat.test_adding import adding
from tests.chat.test_relaying import Talk
from tests.neighbours import House, lived, nonce, passes, refusal_of


async def rings(meeting: Meeting, times: int) -> None:
    for _ in range(times):
        meeting.call = meeting.house.new_id("c")
        await meeting.opens(meeting.cleo, ring=True)
        await meeting.goes(meeting.cleo)


@lived
async def test_who_makes_a_room_ring_again_and_again_has_to_wait(house: House) -> None:
    meeting = await Meeting(house).begin()
    await rings(meeting, MAX_RINGS)
    assert await refusal_of(rings(meeting, 1)) == "too-many"
    await passes(WINDOW / 1000)
    await rings(meeting, 1)


@lived
async def test_what_does_not_ring_is_not_counted_nor_refused(house: House) -> None:
    meeting = await Meeting(house).begin()
    await rings(meeting, MAX_RINGS)
    meeting.call = house.new_id("c")
    await meeting.opens(meeting.cleo)
    await meeting.goes(meeting.cleo)
    meeting.call = house.new_id("c")
    await meeting.opens(meeting.dora, ring=True)
    assert [one.author for one in meeting.anna.of(CallOpened)][-1] == meeting.dora.person


@lived
async def test_a_ring_that_is_sent_again_is_the_same_ring(house: House) -> None:
    meeting = await Meeting(house).begin()
    await rings(meeting, MAX_RINGS - 1)
    call = house.new_id("c")
    command = OpenCall(nonce=nonce(), conversation=meeting.room, call=call, video=True, ring=True)
    first = await meeting.cleo.asks(command)
    assert await meeting.cleo.asks(command) == first


@lived
async def test_who_gives_each_call_the_same_id_has_to_wait_as_well(house: House) -> None:
    meeting = await Meeting(house).begin()
    for _ in range(MAX_RINGS):
        await meeting.opens(meeting.cleo, ring=True)
        await meeting.goes(meeting.cleo)
    assert await refusal_of(meeting.opens(meeting.cleo, ring=True)) == "too-many"


@lived
async def test_a_call_that_is_on_is_joined_whatever_rang_before(house: House) -> None:
    meeting = await Meeting(house).begin()
    await rings(meeting, MAX_RINGS)
    await meeting.opens(meeting.dora)
    await meeting.opens(meeting.cleo, ring=True)
    assert meeting.there == [meeting.dora.device, meeting.cleo.device]


@lived
async def test_taking_people_into_a_call_again_and_again_has_to_wait(house: House) -> None:
    talk = await Talk(house).begin()
    for _ in range(MAX_RINGS):
        command = adding(talk, talk.cleo)
        added = await talk.anna.asks(command)
        assert await talk.anna.asks(command) == added, "sent again it is the same ring"
        for phone in (talk.ben, talk.anna):
            await phone.asks(LeaveCall(nonce=nonce(), conversation=added["conversation"], call=talk.call))
        await talk.rings()
    assert await refusal_of(talk.anna.asks(adding(talk, talk.cleo))) == "too-many"
    await passes(WINDOW / 1000)
    await talk.anna.asks(adding(talk, talk.cleo))
