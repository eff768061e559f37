"""Somebody who goes on talking while something is done to the server, and how long they wait for each answer."""

import asyncio
import time

from scripts.faults.phone import Phone

PAUSE_SECONDS = 0.05


class Bystander:
    """Says something twenty times a second on a phone that is connected, for as long as the `async with` lasts.

    What is late because the one before was not answered yet waits from the moment it was due: a server that stands
    still for a second is seen twenty times, not once.
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
        while not self._over:
            self._phone.writes("by the way")
            await self._phone.sends()
            self.waited.append(time.perf_counter() - due)
            due += PAUSE_SECONDS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
