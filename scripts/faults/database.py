"""A PostgreSQL that is stopped, crashes and freezes under writers: told, nothing false or lost, and back by itself.

A newcomer's first mistake is to count a refusal as a loss: who is told "not saved" keeps the message and its nonce.
"""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from chat.visibility import EVERYONE
from scripts.faults.kill import judge
from scripts.faults.phone import Phone, Refused
from scripts.faults.postgres import Server, running
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Victim, victim

WAYS = ("stopped", "crashed", "frozen")
LONGEST_SECONDS = 0.4  # of writing before it goes
BACK_SECONDS = 10.0
PATIENCE_SECONDS = 60.0  # for what must happen; then the row says that it did not
PAUSE_SECONDS = 0.05  # until a message that was refused is sent again


def run(*, long: bool) -> list[Shown]:
    """60 times under 20 writers; once each way under 4 in the quick part."""
    return asyncio.run(_lose(60, 20) if long else _lose(len(WAYS), 4))


async def _lose(times: int, writers: int) -> list[Shown]:
    chance = random.Random(5)
    with running() as database, victim(*UNLIMITED, "--store", database.database()) as server:
        phones = [Phone(server, server.join(f"Writer {number}"), EVERYONE) for number in range(writers)]
        seen = Seen()
        for number in range(times):
            await _once(server, database, phones, WAYS[number % len(WAYS)], chance.uniform(0.05, LONGEST_SECONDS), seen)
        reader = phones[0]
        reader.log.clear()
        async with reader.connected():
            await reader.catches_up()
        fault = f"PostgreSQL {', '.join(WAYS)} {times} times under {writers} writers"
        broke = "Traceback" in server.said()
        return [*seen.figures(fault, times, broke=broke), *judge(fault, times, phones, reader)]


async def _once(server: Victim, database: Server, phones: list[Phone], way: str, seconds: float, seen: "Seen") -> None:
    enough = asyncio.Event()
    seen.refused.clear()
    async with asyncio.TaskGroup() as writing:
        for phone in phones:
            writing.create_task(_write(phone, enough, seen))
        await asyncio.sleep(seconds)
        async with gone(database, way):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await seen.refused.wait()
            health = await asyncio.to_thread(server.health)
            seen.health.append("" if health is None else str(health["checks"]["store"]))
        began = time.monotonic()
        seen.saved.clear()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await seen.saved.wait()
        seen.back.append(time.monotonic() - began)
        enough.set()


@asynccontextmanager
async def gone(database: Server, way: str) -> AsyncIterator[None]:
    """It is away in one of these WAYS, and back afterwards."""
    if way == "frozen":
        with database.frozen():
            yield
        return
    await asyncio.to_thread(database.stop, "fast" if way == "stopped" else "immediate")
    yield
    await asyncio.to_thread(database.start)


async def _write(phone: Phone, enough: asyncio.Event, seen: "Seen") -> None:
    async with phone.connected():
        while phone.outbox or not enough.is_set():
            if not phone.outbox:
                phone.writes(f"{phone.guest.person} {len(phone.acked)}")
            try:
                await phone.sends()
                seen.saved.set()
            except Refused as refused:
                seen.refusals.append(str(refused))
                seen.refused.set()
                with suppress(TimeoutError):
                    await asyncio.wait_for(enough.wait(), PAUSE_SECONDS)


class Seen:
    """What was told while the database was away."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.health: list[str] = []
        self.back: list[float] = []
        self.refused, self.saved = asyncio.Event(), asyncio.Event()

    def figures(self, fault: str, times: int, *, broke: bool) -> list[Shown]:
        """What must hold, beside what was."""
        said, count = set(self.refusals), len(self.refusals)
        slowest = max(self.back, default=0.0)
        told = [one for one in self.health if "PostgreSQL" in one]
        return [
            Shown(
                fault,
                "a message is answered not-saved",
                f"{count} times {', '.join(sorted(said))}",
                said == {"not-saved"},
            ),
            Shown(fault, "/health says so", f"{len(told)} of {times}", len(told) == times),
            Shown(fault, "no traceback in its log", "some" if broke else "none", not broke),
            Shown(
                fault,
                f"messages are saved again within {BACK_SECONDS:.0f} s of its return",
                f"after {slowest:.1f} s at most",
                len(self.back) == times and slowest < BACK_SECONDS,
                timed=True,
            ),
        ]
