"""Who is alone with an echo hears and sees themselves, a moment later."""

import asyncio

from calls.unit import echo_of
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import hall, of, payload
from tests.calls.waiting import on_loop, until


@on_loop
async def test_who_is_alone_with_an_echo_hears_and_sees_themselves_a_moment_later() -> None:
    async with hall() as here:
        ann = Client(here.unit, here.desk, "ann", {"0": Sending(101), "1": Sending(201, 301)})
        ann.call = here.unit.echo("ann")
        await until(lambda: ann.states)
        ann.send(packets.voice(101, 1))
        ann.send(packets.picture(201, 1, key=True))
        await until(lambda: here.open_downs(ann) == 2)
        begun = asyncio.get_running_loop().time()
        ann.send(packets.voice(101, 2))
        voice = here.peer(ann).ups["0"].ssrc
        await until(lambda: of(ann, voice))
        assert asyncio.get_running_loop().time() - begun > 0.9
        assert set(ann.offers[-1].tracks.values()) == {("ann", "microphone"), ("ann", "camera")}
        assert voice != 101
        assert payload(of(ann, voice)[0]) == payload(packets.voice(101, 2))


@on_loop
async def test_an_echo_is_never_past_its_pause() -> None:
    async with hall() as here:
        alone = Client(here.unit, here.desk, "p1", {"0": Sending(101)})
        here.unit.echo("p1")
        await until(lambda: alone.states)
        assert here.unit._calls[echo_of("p1")].peers["p1"].post is None
