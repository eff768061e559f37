"""More people in a call between two: it goes on in a room, and nobody hangs up."""

from typing import Any

import pytest

from chat.forwarding import name_of
from chat.rooms import room_id
from chat.visibility import direct
from protocol.calls import AddToCall, MoveCall
from protocol.commands import BlockPerson, CreateRoom, PickUpCall, RingCall
from protocol.events import CallEnded, ConversationCreated
from protocol.group_calls import CallJoined, CallOpened, FloorChanged, JoinCall, OpenCall, SetFloor
from protocol.shapes import Floor
from store.rows import Gathering
from tests.chat.test_relaying import Talk
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


def adding(talk: Talk, *people: Phone, **given: Any) -> AddToCall:
    wanted = {"nonce": nonce(), "people": [one.person for one in people], "title": "Anna, Ben and Cleo"}
    return AddToCall(**(wanted | talk.where | given))


async def adds(talk: Talk, phone: Phone, *people: Phone) -> str:
    """The room in which the call goes on."""
    told = await phone.asks(adding(talk, *people))
    await settles()
    return str(told["conversation"])


def on_in(talk: Talk, room: str) -> Gathering:
    on = talk.house.store.view().gathering(room)
    assert on
    return on


@lived
async def test_the_call_goes_on_in_a_room_of_its_people_with_both_in_it(house: House) -> None:
    talk = await Talk(house).begin()
    room = await adds(talk, talk.ben, talk.cleo)
    on = on_in(talk, room).call
    assert (on.call, on.ring, on.video, on.began) == (talk.call, True, True, talk.ben.person)
    assert [(one.person, one.device) for one in on.attendees] == [
        (talk.anna.person, talk.anna.device),
        (talk.ben.person, talk.ben.device),
    ]
    created = talk.cleo.of(ConversationCreated)[-1]
    assert created.title == "Anna, Ben and Cleo"
    assert created.members == sorted([talk.anna.person, talk.ben.person, talk.cleo.person])
    assert talk.cleo.of(CallOpened)[-1].ring
    row = house.store.shelves.conversations.get(talk.where["conversation"])
    assert row
    assert row.call is None
    assert talk.unit.peers(name_of(room, talk.call)) == [talk.anna.device, talk.ben.device]


@lived
async def test_in_their_own_conversation_it_says_that_it_went_on(house: House) -> None:
    talk = await Talk(house).begin()
    await passes(65)
    await adds(talk, talk.anna, talk.cleo)
    ended = talk.ben.of(CallEnded)[-1]
    assert (ended.reason, ended.seconds) == ("continued", 65)
    assert talk.cleo.of(CallEnded) == []


@lived
async def test_who_hears_that_it_ended_has_heard_before_where_it_goes_on(house: House) -> None:
    talk = await Talk(house).begin()
    talk.ben.heard.clear()
    await adds(talk, talk.anna, talk.cleo)
    kinds = (ConversationCreated, CallOpened, CallJoined, CallEnded)
    names = [type(event) for event in talk.ben.heard if isinstance(event, kinds)]
    assert names == [ConversationCreated, CallOpened, CallJoined, CallJoined, CallEnded]


@lived
async def test_one_that_went_through_the_unit_is_there_once(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.anna.asks(MoveCall(**talk.where))
    await settles()
    room = await adds(talk, talk.anna, talk.cleo)
    assert talk.peers == []
    assert talk.unit.peers(name_of(room, talk.call)) == [talk.anna.device, talk.ben.device]
    await talk.cleo.asks(JoinCall(nonce=nonce(), conversation=room, call=talk.call))
    assert talk.unit.peers(name_of(room, talk.call)) == [talk.anna.device, talk.ben.device, talk.cleo.device]


@lived
async def test_how_one_takes_part_is_said_anew_in_the_room(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.moves(talk.anna)
    for phone in (talk.anna, talk.ben):
        await phone.asks(SetFloor(**talk.where, floor=Floor(camera=True)))
    room = await adds(talk, talk.anna, talk.cleo)
    await talk.anna.asks(SetFloor(conversation=room, call=talk.call, floor=Floor(muted=True)))
    await talk.cleo.asks(JoinCall(nonce=nonce(), conversation=room, call=talk.call))
    await settles()
    assert talk.cleo.of(FloorChanged)[-1].floors == {talk.anna.device: Floor(muted=True)}


@lived
async def test_those_who_have_a_room_of_their_own_get_no_other(house: House) -> None:
    talk = await Talk(house).begin()
    members = [talk.ben.person, talk.cleo.person]
    made = CreateRoom(nonce=nonce(), title="Garden", members=members)
    await talk.anna.asks(made)
    await talk.anna.asks(CreateRoom(nonce=nonce(), title="Found by all", members=members, public=True))
    await talk.anna.asks(CreateRoom(nonce=nonce(), title="Without Cleo", members=[talk.ben.person]))
    assert await adds(talk, talk.ben, talk.cleo) == room_id(talk.anna.who, made.nonce)


@lived
async def test_a_room_in_which_a_call_is_on_or_others_speak_is_left_alone(house: House) -> None:
    talk = await Talk(house).begin()
    people = {"members": [talk.ben.person, talk.cleo.person]}
    told = CreateRoom(nonce=nonce(), title="News", announcements=True, **people)
    await talk.anna.asks(told)
    room = await adds(talk, talk.ben, talk.cleo)
    assert room != room_id(talk.anna.who, told.nonce)
    assert on_in(talk, room)


@lived
async def test_several_at_once_are_all_called(house: House) -> None:
    talk = await Talk(house).begin()
    dora = await house.joins("Dora")
    room = await adds(talk, talk.anna, talk.cleo, dora)
    for phone in (talk.cleo, dora):
        await phone.asks(JoinCall(nonce=nonce(), conversation=room, call=talk.call))
    assert len(on_in(talk, room).call.attendees) == 4


@lived
async def test_only_the_two_devices_of_a_call_that_goes_on_add_somebody(house: House) -> None:
    talk = await Talk(house).begin()
    dora = await house.joins("Dora")
    assert await refusal_of(talk.laptop.asks(adding(talk, talk.cleo))) == "call-over"
    assert await refusal_of(talk.cleo.asks(adding(talk, dora))) == "not-found"
    assert await refusal_of(talk.anna.asks(adding(talk, talk.ben))) == "stands-already"
    assert await refusal_of(talk.anna.asks(adding(talk, talk.cleo, call=house.new_id("c")))) == "call-over"
    assert await refusal_of(talk.anna.asks(adding(talk, people=[house.new_id("p")]))) == "not-found"
    await adds(talk, talk.anna, talk.cleo)
    assert await refusal_of(talk.ben.asks(adding(talk, dora))) == "call-over"


@lived
async def test_who_is_blocked_or_in_another_call_is_not_added(house: House) -> None:
    talk = await Talk(house).begin()
    dora = await house.joins("Dora")
    await talk.cleo.asks(BlockPerson(nonce=nonce(), person=talk.anna.person))
    assert await refusal_of(talk.anna.asks(adding(talk, talk.cleo))) == "not-allowed"
    room = await dora.makes_room("Alone")
    await dora.asks(OpenCall(nonce=nonce(), conversation=room, call=house.new_id("c"), video=False))
    assert await refusal_of(talk.anna.asks(adding(talk, dora))) == "in-a-call"


@lived
async def test_nobody_is_taken_in_whom_the_other_one_blocked_or_who_blocked_them(house: House) -> None:
    talk = await Talk(house).begin()
    dora, emil = await house.joins("Dora"), await house.joins("Emil")
    await talk.ben.asks(BlockPerson(nonce=nonce(), person=talk.cleo.person))
    await dora.asks(BlockPerson(nonce=nonce(), person=talk.ben.person))
    for other in (talk.cleo, dora):
        assert await refusal_of(talk.anna.asks(adding(talk, other))) == "not-allowed"
        assert await refusal_of(talk.anna.asks(adding(talk, emil, other))) == "not-allowed"
    await adds(talk, talk.anna, emil)


@lived
async def test_a_call_that_nobody_answered_takes_in_nobody(house: House) -> None:
    talk = await Talk(house).begin()
    dora, emil = await house.joins("Dora"), await house.joins("Emil")
    where = {"conversation": direct(dora.person, emil.person), "call": house.new_id("c")}
    await dora.asks(RingCall(nonce=nonce(), video=False, **where))
    assert await refusal_of(dora.asks(adding(talk, talk.cleo, **where))) == "not-allowed"
    await emil.asks(PickUpCall(nonce=nonce(), **where))
    await dora.asks(adding(talk, talk.cleo, **where))


@lived
async def test_a_new_room_is_called_what_a_room_may_be_called(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.ben.asks(adding(talk, talk.cleo, title=" Anna   and Ben "))
    await settles()
    assert talk.cleo.of(ConversationCreated)[-1].title == "Anna and Ben"


@pytest.mark.parametrize("title", ["", " ", "a" * 1000, "Anna\u202eneB"])
@lived
async def test_a_new_room_has_a_title_that_can_be_read(title: str, house: House) -> None:
    talk = await Talk(house).begin()
    assert await refusal_of(talk.anna.asks(adding(talk, talk.cleo, title=title))) in ("bad-field", "bad-name")
