"""Somebody who goes on talking while something is done to the server, and how long they wait for each answer."""

import asyncio
import time

from scripts.faults.phone import Phone

PAUSE_SECONDS = 0.05


class Bystander:
    """Says something twenty times a second on a phone that is connected, for as long as the `async with` lasts.

    One at a time, as a phone does: while an answer does not come, nothing more is said.
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
        while not self._over:
            began = time.perf_counter()
            self._phone.writes("by the way")
            await self._phone.sends()
            self.waited.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE_SECONDS)
