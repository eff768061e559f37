"""Looks for those whom nobody knows: few however many ask, and each sees what was there when it was asked."""

import asyncio

from store.nodes.looks import APART_SECONDS, Looks
from tests.neighbours import lived, passes, settles


class Log:
    """What is looked at, and when."""

    def __init__(self) -> None:
        self.looked: list[float] = []
        self.is_there = True
        self.held: asyncio.Event | None = None
        self.looks = Looks(self.look, lambda: self.is_there)

    async def look(self) -> None:
        self.looked.append(asyncio.get_running_loop().time())
        if self.held is not None:
            await self.held.wait()

    def ask(self) -> "asyncio.Task[None]":
        return asyncio.create_task(self.looks.look())


@lived
async def test_the_first_looks_at_once_and_all_others_of_a_second_share_the_next() -> None:
    log = Log()
    await log.looks.look()
    asked = [log.ask() for _ in range(100)]
    await asyncio.gather(*asked)
    assert len(log.looked) == 2
    assert log.looked[1] - log.looked[0] >= APART_SECONDS


@lived
async def test_who_comes_while_one_is_under_way_is_not_content_with_that_one() -> None:
    log = Log()
    log.held = asyncio.Event()
    first = log.ask()
    await settles()
    second = log.ask()
    await passes(APART_SECONDS)
    await settles()
    assert (len(log.looked), second.done()) == (2, False)
    log.held.set()
    await asyncio.gather(first, second)


@lived
async def test_nobody_waits_for_a_log_that_is_known_to_be_away() -> None:
    log = Log()
    await log.looks.look()
    waits = log.ask()
    await settles()
    log.is_there = False
    await log.looks.look()
    await waits
    assert len(log.looked) == 1


@lived
async def test_an_end_lets_everybody_go_and_leaves_nothing_behind() -> None:
    log = Log()
    await log.looks.look()
    waits = log.ask()
    await settles()
    await log.looks.close()
    await waits
    assert len(log.looked) == 1


@lived
async def test_who_gives_up_waiting_keeps_nobody_else_from_it() -> None:
    log = Log()
    await log.looks.look()
    gone, stays = log.ask(), log.ask()
    await settles()
    gone.cancel()
    await stays
    assert len(log.looked) == 2
