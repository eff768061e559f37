"""The machine's clock jumps by a year, ahead or back, while people talk: what is shown is odd, and nothing is lost."""

import asyncio
from pathlib import Path

import pytest

from chat.visibility import direct
from protocol.answers import FoundMessages, Written
from protocol.commands import DeleteMessage, EditMessage, FindMessages, PickUpCall, RingCall, SendMessage, SetMarks
from protocol.events import CallEnded, CallRang, MessageSent
from protocol.shapes import Mark
from store import Who
from store.durable.sqlite import Sqlite
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, settles

YEAR = 365 * 24 * 3600 * 1000  # ms
jumps = pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["ahead", "back"])


async def two(house: House) -> tuple[Phone, Phone, str]:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    return anna, ben, direct(anna.person, ben.person)


@jumps
@lived
async def test_what_is_said_keeps_its_order_and_a_phone_that_was_away_gets_it_all(house: House, jump: int) -> None:
    anna, ben, place = await two(house)
    await anna.says("before", ben)
    ben.disconnect()
    house.set_back -= jump
    for text in ("in between", "and on"):
        await anna.says(text, ben)
    house.set_back += jump
    await anna.says("after", ben)
    ben.connect()
    await ben.resumes(epoch=house.store.epoch, heads={place: 2})
    missed = [event for event in await pull_all(ben, place, 2) if isinstance(event, MessageSent)]
    assert [event.text for event in missed] == ["in between", "and on", "after"]
    assert [event.seq for event in await pull_all(ben, place)] == [1, 2, 3, 4, 5]
    assert (await ben.opens(place)).row.unread == 4


@jumps
@lived
async def test_what_was_said_before_can_still_be_spoken_about(house: House, jump: int) -> None:
    anna, ben, place = await two(house)
    await anna.says("before", ben)
    await anna.says("a slip", ben)
    house.set_back -= jump
    await anna.asks(EditMessage(nonce=nonce(), conversation=place, target=2, text="before the jump"))
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=place, target=3))
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=3)]))
    found = await ben.asks(FindMessages(text="the jump"), FoundMessages)
    assert [hit.seq for hit in found.hits] == [2]
    assert (await ben.opens(place)).row.unread == 0


@jumps
@lived
async def test_a_message_sent_again_is_still_the_same_one(house: House, jump: int) -> None:
    anna, ben, place = await two(house)
    once = SendMessage(nonce=nonce(), conversation=place, text="once")
    first = await anna.asks(once, Written)
    house.set_back -= jump
    assert await anna.asks(once, Written) == first
    assert [event.text for event in ben.of(MessageSent)] == ["once"]


@jumps
@lived
async def test_a_ring_ends_in_its_time(house: House, jump: int) -> None:
    anna, ben, place = await two(house)
    await anna.says("hello", ben)
    call = {"conversation": place, "call": house.new_id("c")}
    await anna.asks(RingCall(nonce=nonce(), video=True, **call))
    house.set_back -= jump
    await passes(46)
    assert [event.reason for event in ben.of(CallEnded)] == ["missed"]


@jumps
@lived
async def test_a_call_that_is_on_goes_on_and_its_length_is_never_below_nothing(house: House, jump: int) -> None:
    anna, ben, place = await two(house)
    await anna.says("hello", ben)
    call = {"conversation": place, "call": house.new_id("c")}
    await anna.asks(RingCall(nonce=nonce(), video=True, **call))
    await ben.asks(PickUpCall(nonce=nonce(), **call))
    house.set_back -= jump
    await passes(120)
    assert len(anna.of(CallRang)) == 1
    assert anna.of(CallEnded) == []


@jumps
def test_a_house_whose_clock_jumped_starts_again_and_goes_on(jump: int, tmp_path: Path) -> None:
    now = 10 * YEAR

    class Told(House):
        def clock(self) -> int:
            return now

    async def lives(first: bool) -> list[str]:
        nonlocal now
        house = await Told(Sqlite(tmp_path / "parley.db", lambda: now)).start()
        try:
            if first:
                anna, ben, _ = await two(house)
            else:
                anna, ben = (Phone(house, who) for who in people)
            people[:] = [anna.who, ben.who]
            await anna.says("before" if first else "later", ben)
            now += jump
            await anna.says("jumped", ben)
            await settles()
            return [e.text for e in await pull_all(ben, direct(anna.person, ben.person)) if isinstance(e, MessageSent)]
        finally:
            await house.close()

    people: list[Who] = []
    assert asyncio.run(lives(first=True)) == ["before", "jumped"]
    now -= jump
    assert asyncio.run(lives(first=False)) == ["before", "jumped", "later", "jumped"]
