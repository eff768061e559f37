"""A call of a room that rings also rings the devices that are away, and no longer than it must."""

import json
from typing import Any

import pytest

from protocol.commands import AddMembers, BlockPerson, ChangeRoom, SetStatus
from protocol.group_calls import CloseCall, DeclineCall, GrantCall, JoinCall, OpenCall, RemoveAttendee, SummonPeople
from store.push import Outcome, Parcel
from store.push.post import Post
from store.rows import Subscription
from tests.neighbours import House, Phone, lived, nonce, passes, settles


class Room:
    """Anna calls a room with Ben and Cleo, who are away; what is pushed to them is in `got`."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.got: list[tuple[str, dict[str, Any]]] = []
        gone = house.store.post.gone

        async def send(parcel: Parcel) -> Outcome:
            self.got.append((parcel.subscription.person, json.loads(parcel.payload)))
            return Outcome("sent", 201)

        house.store.post = Post("the key", send, house.clock)
        house.store.post.gone = gone

    async def begin(self) -> "Room":
        self.anna, self.ben, self.cleo = [await self.house.joins(name) for name in ("Anna", "Ben", "Cleo")]
        self.room = await self.anna.makes_room("Garden", self.ben, self.cleo)
        for phone in (self.ben, self.cleo):
            await self.is_away(phone)
        self.call = self.house.new_id("c")
        return self

    async def is_away(self, phone: Phone) -> None:
        row = Subscription(device=phone.device, person=phone.person, endpoint="https://a", p256dh="k", auth="s")
        await self.house.store.keep("subscriptions", row)
        phone.disconnect()

    async def opens(self, *, ring: bool = True) -> None:
        await self.anna.asks(OpenCall(nonce=nonce(), conversation=self.room, call=self.call, video=True, ring=ring))
        await settles()

    async def closes(self) -> None:
        await self.anna.asks(CloseCall(nonce=nonce(), conversation=self.room, call=self.call))
        await settles()

    def kinds(self, phone: Phone) -> list[str]:
        return [words["kind"] for person, words in self.got if person == phone.person]


@lived
async def test_everybody_s_devices_that_are_away_ring(house: House) -> None:
    room = await Room(house).begin()
    await room.opens()
    assert (room.kinds(room.ben), room.kinds(room.cleo), room.kinds(room.anna)) == (["ring"], ["ring"], [])
    _, words = room.got[0]
    assert (words["call"], words["conversation"], words["video"]) == (room.call, room.room, True)


@lived
async def test_a_call_that_is_opened_quietly_calls_nobody(house: House) -> None:
    room = await Room(house).begin()
    await room.opens(ring=False)
    await room.closes()
    assert room.got == []


@lived
async def test_who_joins_or_declines_on_one_device_is_called_no_longer_on_the_others(house: House) -> None:
    room = await Room(house).begin()
    tablets = [await house.adds_device(phone) for phone in (room.ben, room.cleo)]
    await room.opens()
    about = {"conversation": room.room, "call": room.call}
    await tablets[0].asks(JoinCall(nonce=nonce(), **about))
    await tablets[1].asks(DeclineCall(**about))
    await settles()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "over"], ["ring", "over"])


@pytest.mark.parametrize("seconds", [1, 3600])
@lived
async def test_who_was_rung_and_did_not_come_has_missed_it_however_long_it_was(house: House, seconds: int) -> None:
    room = await Room(house).begin()
    tablet = await house.adds_device(room.cleo)
    await room.opens()
    await tablet.asks(JoinCall(nonce=nonce(), conversation=room.room, call=room.call))
    await passes(seconds)
    await room.closes()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "missed"], ["ring", "over"])
    _, words = room.got[-1]
    assert (words["kind"], words["title"], words["conversation"]) == ("missed", "Garden", room.room)


@pytest.mark.parametrize("history", ["start", "joining"])
@lived
async def test_who_said_no_or_came_into_the_room_later_has_missed_nothing(house: House, history: str) -> None:
    room = await Room(house).begin()
    tablet = await house.adds_device(room.ben)
    if history == "joining":
        await room.anna.asks(ChangeRoom(nonce=nonce(), conversation=room.room, history="joining"))
    await room.opens()
    await tablet.asks(DeclineCall(conversation=room.room, call=room.call))
    dora = await house.joins("Dora")
    await room.is_away(dora)
    await room.anna.asks(AddMembers(nonce=nonce(), conversation=room.room, members=[dora.person]))
    await room.closes()
    assert (room.kinds(room.ben), room.kinds(dora)) == (["ring", "over"], [])


@lived
async def test_who_is_busy_learns_of_it_without_a_sound(house: House) -> None:
    room = await Room(house).begin()
    await house.does(SetStatus(status="busy", until=0), room.ben.who)
    await room.opens()
    await room.closes()
    told = [(person, words["kind"], words["quiet"]) for person, words in room.got]
    ben, cleo = room.ben.person, room.cleo.person
    assert sorted(told) == sorted((one, kind, one == ben) for one in (ben, cleo) for kind in ("ring", "missed"))


@lived
async def test_who_began_it_and_who_blocked_them_have_missed_nothing(house: House) -> None:
    room = await Room(house).begin()
    tablet = await house.adds_device(room.ben)
    await tablet.asks(BlockPerson(nonce=nonce(), person=room.anna.person))
    await room.opens()
    other = await house.adds_device(room.anna)
    await room.is_away(other)
    await room.closes()
    assert (room.kinds(room.anna), room.kinds(room.ben), room.kinds(room.cleo)) == ([], [], ["ring", "missed"])


@lived
async def test_who_is_turned_away_has_missed_nothing_unless_they_are_let_in_again(house: House) -> None:
    room = await Room(house).begin()
    await room.opens()
    about = {"conversation": room.room, "call": room.call}
    for phone in (room.ben, room.cleo):
        await room.anna.asks(RemoveAttendee(nonce=nonce(), **about, person=phone.person))
    await room.anna.asks(GrantCall(nonce=nonce(), **about, person=room.cleo.person))
    await room.closes()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "over"], ["ring", "missed"])


@lived
async def test_who_blocks_the_caller_after_being_called_by_name_rings_no_more_and_missed_nothing(house: House) -> None:
    room = await Room(house).begin()
    tablet = await house.adds_device(room.ben)
    await room.opens(ring=False)
    people = [room.ben.person, room.cleo.person]
    await room.anna.asks(SummonPeople(nonce=nonce(), conversation=room.room, call=room.call, people=people))
    await tablet.asks(BlockPerson(nonce=nonce(), person=room.anna.person))
    await room.closes()
    assert (room.kinds(room.ben), room.kinds(room.cleo)) == (["ring", "over"], ["ring", "missed"])


@lived
async def test_the_ring_of_who_is_called_by_another_than_whom_they_blocked_ends_with_the_call(house: House) -> None:
    room = await Room(house).begin()
    tablet = await house.adds_device(room.ben)
    await tablet.asks(BlockPerson(nonce=nonce(), person=room.anna.person))
    await room.opens()
    about = {"conversation": room.room, "call": room.call}
    caller = await house.adds_device(room.cleo)
    await caller.asks(JoinCall(nonce=nonce(), **about))
    await caller.asks(SummonPeople(nonce=nonce(), **about, people=[room.ben.person]))
    await room.closes()
    assert room.kinds(room.ben) == ["ring", "over"]
