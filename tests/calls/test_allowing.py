"""What a peer may not do does not reach the others, whatever it sends."""

import asyncio

import pytest

from calls import rtp
from calls.call import Spoke
from tests.calls import packets
from tests.calls.halls import hall, of
from tests.calls.waiting import on_loop, until


@on_loop
async def test_a_picture_that_is_not_allowed_reaches_nobody_and_the_voice_does() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        here.unit.allow(ann.call, ann.name, {"microphone"})
        bob.packets.clear()
        ann.send(packets.picture(201, 1))
        ann.send(packets.voice(101, 1))
        await until(lambda: of(bob, 101))
        assert 1 not in [rtp.Header(one).seq for one in of(bob, 201)]
        await here.allow(ann, "microphone", "camera")
        ann.send(packets.picture(201, 2, key=True))
        await until(lambda: rtp.Header(bob.packets[-1]).timestamp == 6000)


@on_loop
async def test_who_takes_back_that_they_want_a_track_gets_it_no_longer_whatever_is_allowed() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        bob.answers = lambda text: text.replace("a=recvonly", "a=inactive")
        here.unit.restart(bob.call, bob.name)
        await until(lambda: not here.peer(bob).agreed)
        assert here.open_downs(bob) == 0
        here.unit.allow(ann.call, ann.name, set())
        assert here.open_downs(bob) == 0


@on_loop
async def test_who_may_not_speak_never_has_the_floor() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        here.unit.allow(ann.call, ann.name, {"camera"})
        here.unit.allow(bob.call, bob.name, {"microphone"})
        seq = 0
        while Spoke(bob.call, bob.name) not in here.desk.events:
            seq += 1
            ann.send(packets.voice(101, seq, level=10))
            bob.send(packets.voice(102, seq, level=30))
            await asyncio.sleep(0.001)
            here.clock.ahead += 0.02
        assert Spoke(ann.call, ann.name) not in here.desk.events, "who is louder, but may not"


@on_loop
async def test_only_who_is_in_a_call_is_allowed_anything() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        assert here.unit.peers(ann.call) == [ann.name]
        assert here.unit.peers("another") == []
        with pytest.raises(KeyError):
            here.unit.allow(ann.call, "nobody", set())
