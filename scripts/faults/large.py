"""A large database with a damaged page: it starts, the damage is found while people write, and the last backup offered.

A newcomer's first mistake is to damage a page that the start itself reads: then it is `damaged`, and refused; or one
that is written to: then people are told `not-saved`, as they must be.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from chat.visibility import EVERYONE
from scripts.faults.damaged import OFFER, PAGE, backs_up, typed_in
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown, each_time
from scripts.faults.victim import PATIENCE_SECONDS, UNLIMITED, Victim, victim
from store.durable.schema import CHECKED_WHOLE
from store.wholeness import DAMAGED

MESSAGES = 200
MARKED = 20  # of them, so that it lies on a page to which nothing is added any more
MARK = "what the damaged page holds"
FILLING = 1024 * 1024  # bytes of an answer that was kept, of which as many are put in as make the file large


def run(*, long: bool) -> list[Shown]:
    """Five times, once in the quick part."""
    return asyncio.run(_damage(5 if long else 1))


async def _damage(times: int) -> list[Shown]:
    seen = Counter[str]()
    with victim(*UNLIMITED) as server:
        phone = Phone(server, server.join("Anna"), EVERYONE)
        for _ in range(times):
            await _once(server, phone, seen)
        broke = "Traceback" in server.said()
    return figures(seen, times, broke=broke)


async def _once(server: Victim, phone: Phone, seen: Counter[str]) -> None:
    words = [MARK if number == MARKED else "x" * 200 for number in range(MESSAGES)]
    saved = await phone.says_all(*words)
    server.leave()
    fill(server.data / "parley.db")
    await asyncio.to_thread(server.start)
    backs_up(server)
    server.leave()
    harm(server.data / "parley.db")
    told = len(server.said())
    await asyncio.to_thread(server.start)
    seen["starts"] += server.health() is not None
    seen["found"] += await _until(lambda: DAMAGED in ((server.health() or {}).get("checks") or {}).values())
    async with phone.connected():
        phone.writes("after the damage")
        await phone.sends()
        seen["goes on"] += not phone.outbox
    seen["offered"] += await _until(lambda: OFFER in server.said()[told:])  # a backup is read whole before
    _, _, command = server.said()[told:].partition(OFFER)
    server.leave()
    seen["worked"] += bool(await asyncio.to_thread(typed_in, command.partition("\n")[0], server.folder))
    await asyncio.to_thread(server.start)
    seen["lives"] += await phone.says_all() == saved


def fill(database: Path) -> None:
    """So many kept answers that the file is too large to be looked through at its start."""
    missing = CHECKED_WHOLE + FILLING - database.stat().st_size
    with closing(sqlite3.connect(database)) as link, link:
        for number in range(max(0, missing) // FILLING + 1):
            link.execute("insert or ignore into answers values ('nobody', ?, zeroblob(?))", (str(number), FILLING))
    with closing(sqlite3.connect(database)) as link:
        link.execute("pragma wal_checkpoint(truncate)")


def harm(database: Path) -> None:
    """Overwrites the page of the log that holds the newest of our marks. Raises ValueError without one."""
    with database.open("rb+") as file:
        at = file.read().rindex(MARK.encode()) // PAGE * PAGE
        file.seek(at)
        file.write(b"\xff" * PAGE)


async def _until(holds: Callable[[], bool]) -> bool:
    """Whether it came to hold in time."""
    for _ in range(int(PATIENCE_SECONDS)):
        if await asyncio.to_thread(holds):
            return True
        await asyncio.sleep(1)
    return False


def figures(seen: Counter[str], times: int, *, broke: bool) -> list[Shown]:
    """What must hold, beside what was."""
    fault = f"a page of a database above {CHECKED_WHOLE // 2**20} MiB overwritten, {times} times"
    musts = {
        "starts": "it starts",
        "found": "/health says so soon after",
        "goes on": "people write on meanwhile",
        "offered": "the log offers the last good backup",
        "worked": "what is offered works as it stands, once the server is stopped",
        "lives": "all that was said before the backup is there",
    }
    return each_time(fault, musts, seen, times, broke=broke)
