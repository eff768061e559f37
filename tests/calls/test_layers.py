"""A picture goes on in its small layer as soon as its sender leaves the large one out."""

import asyncio
from collections.abc import Callable

from calls import layers
from calls.layers import comes, coming, has_stalled, is_layered
from calls.rtcp import KeyFrameWanted
from calls.track import ALIVE_SECONDS
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import hall
from tests.calls.test_track import Stage, watching
from tests.calls.waiting import on_loop, until


def names(found: list[layers.Layer]) -> list[str]:
    return [one.name for one in found]


def test_a_layer_that_is_far_behind_the_other_does_not_come() -> None:
    stage = Stage("l", "h")
    stage.frame(0, 1, now=5)
    stage.frame(1, 1, now=5)
    stage.frame(0, 2, now=5 + layers.STALLED_SECONDS / 2)
    assert names(coming(stage.up, 5.3)) == ["l", "h"]
    stage.frame(0, 3, now=5 + layers.STALLED_SECONDS)
    assert names(coming(stage.up, 5.5)) == ["l"]
    stage.frame(1, 2, now=6)
    stage.frame(0, 4, now=6)
    assert names(coming(stage.up, 6)) == ["l", "h"]


def test_of_a_network_that_is_gone_for_a_moment_both_layers_are_waited_for() -> None:
    stage = Stage("l", "h")
    stage.frame(0, 1, now=5)
    stage.frame(1, 1, now=5)
    watching(stage, 1, now=5)
    assert names(coming(stage.up, 5 + ALIVE_SECONDS / 2)) == ["l", "h"]
    assert not has_stalled(stage.up, 5 + ALIVE_SECONDS / 2)
    assert comes(stage.up, 5 + ALIVE_SECONDS / 2)
    assert not comes(stage.up, 5 + ALIVE_SECONDS)
    assert not has_stalled(stage.up, 5 + ALIVE_SECONDS)


def test_only_who_gets_the_layer_that_was_left_out_has_to_get_another() -> None:
    stage = Stage("l", "h")
    stage.frame(0, 1, now=5)
    stage.frame(1, 1, now=5)
    watching(stage, 0, now=5)
    stage.frame(0, 2, now=6)
    assert not has_stalled(stage.up, 6)
    down, _ = watching(stage, 1, now=6)
    assert has_stalled(stage.up, 6)
    down.show(stage.layers[0], 6)
    assert not has_stalled(stage.up, 6)


def test_a_picture_in_one_layer_has_no_other() -> None:
    stage = Stage("")
    stage.frame(0, 1, now=5)
    watching(stage, now=5)
    assert not is_layered(stage.up)
    assert not has_stalled(stage.up, 5 + ALIVE_SECONDS / 2)


@on_loop
async def test_whoever_watches_the_large_picture_gets_the_small_one_when_it_is_left_out() -> None:
    async with hall() as here:
        ann = Client(here.unit, here.desk, "ann", {"1": Sending(layers=("l", "h"))})
        bob = await here.joined(2)
        await ann.join()
        seq = 0

        async def showing(met: Callable[[], object], *shown: str) -> None:
            """Frames of these layers until this holds; a key frame is one in ten."""
            nonlocal seq
            while not met():
                for name in shown:
                    ann.send(packets.picture({"l": 1001, "h": 1002}[name], seq, seq % 10 == 0, layer=name))
                seq += 1
                await asyncio.sleep(0.02)

        await showing(lambda: [one for one in here.peer(bob).downs.values() if one.layer], "l", "h")
        (down,) = here.peer(bob).downs.values()
        await showing(lambda: down.layer.name == "h", "l", "h")
        large = down.layer
        await showing(lambda: down.layer.name == "l", "l")
        assert large.is_alive(here.clock())  # long before it is taken for gone
        await until(lambda: KeyFrameWanted(1001) in ann.heard(KeyFrameWanted))
