"""Somebody who goes on talking while something is done to the server, and how long they wait for each answer.

A newcomer's first mistake is to wait for one answer before the next is asked for: a stall of three seconds is then one
slow answer among hundreds, and no percentile shows it.
"""

import asyncio
import time

from scripts.faults.phone import Phone

PAUSE_SECONDS = 0.05


class Bystander:
    """Says something twenty times a second on a phone that is connected, for as long as the `async with` lasts.

    Each when it is due, whether the one before was answered or not, and measured from then.
    """

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self.waited: list[float] = []  # seconds
        self._talking: asyncio.Task[None] | None = None
        self._over = False

    async def __aenter__(self) -> "Bystander":
        self._talking = asyncio.create_task(self._talk())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._over = True  # not cancelled: what was said is to be answered, and counts
        if self._talking is not None:
            await self._talking

    async def _talk(self) -> None:
        due = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            while not self._over:
                group.create_task(self._say(due))
                due += PAUSE_SECONDS
                await asyncio.sleep(due - time.perf_counter())

    async def _say(self, due: float) -> None:
        await self._phone.says("by the way")
        self.waited.append(time.perf_counter() - due)
