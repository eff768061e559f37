"""A call of a room that rings also rings the devices that are away, and no longer than it must."""

import json
from typing import Any

from protocol.group_calls import CloseCall, DeclineCall, JoinCall, OpenCall
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
            row = Subscription(device=phone.device, person=phone.person, endpoint="https://a", p256dh="k", auth="s")
            await self.house.store.keep("subscriptions", row)
            phone.disconnect()
        self.call = self.house.new_id("c")
        return self

    async def opens(self, *, ring: bool = True) -> None:
        await self.anna.asks(OpenCall(nonce=nonce(), conversation=self.room, call=self.call, video=True, ring=ring))
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
    await room.anna.asks(CloseCall(nonce=nonce(), conversation=room.room, call=room.call))
    await settles()
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


@lived
async def test_a_ring_goes_when_the_call_is_over(house: House) -> None:
    room = await Room(house).begin()
    await room.opens()
    await room.anna.asks(CloseCall(nonce=nonce(), conversation=room.room, call=room.call))
    await settles()
    assert room.kinds(room.ben) == ["ring", "over"]


@lived
async def test_what_rang_long_ago_needs_no_end(house: House) -> None:
    room = await Room(house).begin()
    await room.opens()
    await passes(60)
    await room.anna.asks(CloseCall(nonce=nonce(), conversation=room.room, call=room.call))
    await settles()
    assert room.kinds(room.ben) == ["ring"]
