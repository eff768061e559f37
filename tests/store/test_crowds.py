"""A crowd is told in turns of the loop, and nobody waits behind it for ever, nor for long."""

import asyncio

from store.sockets import AT_ONCE, Sockets
from tests.neighbours import lived, settles
from tests.store.test_sockets import connected


@lived
async def test_a_crowd_hears_in_turns_between_which_others_have_theirs() -> None:
    sockets = Sockets()
    lines = [connected(sockets, f"person {number}") for number in range(2 * AT_ONCE + 2)]
    wires = [wire for _, wire in lines]
    told: list[int] = []
    sockets.tell(b"first", sockets.people())
    sockets.tell(b"second", ["person 0", "person 1000"])
    for _ in range(4):
        await asyncio.sleep(0)
        told.append(sum(len(wire.frames) for wire in wires))
        sockets.remove(lines[-1][0])
    assert told == [AT_ONCE, 2 * AT_ONCE, 2 * AT_ONCE + 1, 2 * AT_ONCE + 1], "who goes meanwhile is passed over"
    assert wires[0].frames == wires[1000].frames == [b"firstsecond"]


@lived
async def test_an_answer_does_not_wait_behind_a_crowd() -> None:
    sockets = Sockets()
    lines = [connected(sockets, f"person {number}") for number in range(4 * AT_ONCE)]
    sockets.tell(b"to all ", sockets.people())
    await asyncio.sleep(0)
    (last, wire), (_, other) = lines[-1], lines[-2]
    sockets.send(last, b"to one")
    await asyncio.sleep(0)
    assert wire.frames == [b"to all to one"], "in order, though sooner"
    assert not other.frames
    await settles()
    assert sum(len(wire.frames) for _, wire in lines) == len(lines), "each once"


@lived
async def test_who_has_waited_is_flushed_however_many_are_told_anew() -> None:
    sockets = Sockets()
    lines = [connected(sockets, f"person {number}") for number in range(3 * AT_ONCE)]
    for turn in range(5):
        sockets.tell(b"%d" % turn, [f"person {number}" for number in range(2 * AT_ONCE)])
        sockets.tell(b"last", [f"person {number}" for number in range(2 * AT_ONCE, 3 * AT_ONCE)] if not turn else [])
        await asyncio.sleep(0)
    assert all(wire.frames for _, wire in lines)
