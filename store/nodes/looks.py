"""Looks: into what other nodes wrote, for those whom nobody knows here. Anybody may ask, so what it costs has a bound.

A newcomer's first mistake is to share a look that is under way: it may have read before that was written which one
looks for.
"""

import asyncio
from collections.abc import Awaitable, Callable

APART_SECONDS = 1.0  # between two looks; who comes meanwhile waits for the next one, with all others


class Looks:
    """At most one begins each second, however many wait. `may` says whether there is anything to be seen now."""

    def __init__(self, look: Callable[[], Awaitable[object]], may: Callable[[], bool]) -> None:
        self._look = look
        self._may = may
        self._next: asyncio.Task[None] | None = None  # has not begun to look
        self._tasks: set[asyncio.Task[None]] = set()
        self._free_at = 0.0

    async def look(self) -> None:
        """When this is done, all is true here that was written when it was asked, as far as it can be seen."""
        if not self._may():
            return
        if self._next is None:
            self._next = asyncio.create_task(self._take_turn(), name="looks")
            self._tasks.add(self._next)
            self._next.add_done_callback(self._tasks.discard)
        await asyncio.wait([self._next])

    async def close(self) -> None:
        """Nobody waits any more."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_turn(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await asyncio.sleep(max(0.0, self._free_at - loop.time()))
        finally:
            self._next = None
        self._free_at = loop.time() + APART_SECONDS
        if self._may():
            await self._look()
