"""A house whose database has the shape of the first version: today's server takes it up, also when it is killed at it.

It is made by laying the rows of a house of today into the first shape; houses that were written by an old server are in
the tests (tests/store/samples). A newcomer's first mistake is to try the last step only: people skip versions.
"""

import asyncio
import os
import random
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults import postgres
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown, each_time
from scripts.faults.victim import UNLIMITED, Victim
from store.durable import schema
from store.durable.postgres import schema as postgres_schema

LONGEST_SECONDS = 3.0  # of a start that is killed
MESSAGES = 30


class Shape(Protocol):
    """A store whose database can be taken back to its first shape."""

    name: str

    def take_back(self) -> None:
        """To the shape of the first step, with the rows it has."""

    def version(self) -> int:
        """How many steps have run."""

    def newest(self) -> int:
        """How many there are."""


class OfSqlite:
    """The file in the server's folder."""

    name = "SQLite"

    def __init__(self, data: Path) -> None:
        self._path = data / "parley.db"

    def take_back(self) -> None:
        """The rows in a new file of the first shape, in place of this one."""
        new = self._path.with_name("first.db")
        with closing(sqlite3.connect(new, isolation_level=None)) as link:
            link.executescript(f"{schema.STEPS[0]} attach '{self._path}' as today;")
            for table in ("meta", "shelves", "answers", "log"):
                link.execute(f"insert into {table} select * from today.{table}")
            link.execute("detach today")
            link.execute(f"pragma application_id = {schema.APPLICATION}")
            link.execute("pragma user_version = 1")
        for path in self._path.parent.glob("parley.db-*"):
            path.unlink()
        os.replace(new, self._path)

    def version(self) -> int:
        """As the file says."""
        with closing(sqlite3.connect(self._path)) as link:
            return int(link.execute("pragma user_version").fetchone()[0])

    def newest(self) -> int:
        """Of today's."""
        return len(schema.STEPS)


class OfPostgres:
    """The schema in a database."""

    name = "PostgreSQL"

    def __init__(self, server: postgres.Server, database: str) -> None:
        self._server = server
        self._database = database

    def take_back(self) -> None:
        """The rows in tables of the first shape, in place of these."""
        tables = ("meta", "shelves", "answers", "log")
        moves = "".join(f"insert into {table} select * from today.{table};" for table in tables)
        self._ask(
            "begin; alter schema parley rename to today; create schema parley; set search_path = parley;"
            "create table meta (key text primary key, value text not null);"
            f"{postgres_schema.STEPS[0]} {moves} update meta set value = '1' where key = 'version';"
            "drop schema today cascade; commit;"
        )

    def version(self) -> int:
        """As its notes say."""
        return int(str(self._ask("select value from parley.meta where key = 'version'")[0][0]))

    def newest(self) -> int:
        """Of today's."""
        return len(postgres_schema.STEPS)

    def _ask(self, question: str) -> list[tuple[object, ...]]:
        return self._server.execute(question, self._database)


def run(*, long: bool) -> list[Shown]:
    """Each store twenty times, each time killed at it five times; once, and killed once, in the quick part."""
    times, kills = (20, 5) if long else (1, 1)
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    shown = []
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        server = Victim(Path(name), "--backups", "0", *UNLIMITED)
        shown += asyncio.run(_upgrade(server, OfSqlite(server.data), times, kills))
    with TemporaryDirectory(prefix="faults-", dir=kept) as name, postgres.running() as database:
        url = database.database()
        server = Victim(Path(name), "--store", url, *UNLIMITED)
        shape = OfPostgres(database, url.rpartition("/")[2])
        shown += asyncio.run(_upgrade(server, shape, times, kills))
    return shown


async def _upgrade(server: Victim, shape: Shape, times: int, kills: int) -> list[Shown]:
    chance, seen = random.Random(5), Counter[str]()
    try:
        await asyncio.to_thread(server.start)
        phone = Phone(server, server.join("Anna"), EVERYONE)
        await _says(phone, MESSAGES)
        for _ in range(times):
            before, last = list(phone.log), phone.writes(f"once {len(phone.acked)}")
            async with phone.connected():
                await phone.sends()
            before.append(phone.log[-1])
            server.leave()
            shape.take_back()
            for _ in range(kills):
                _begin_and_kill(server, chance.uniform(0.3, LONGEST_SECONDS))
            await asyncio.to_thread(server.start)
            seen["version"] += shape.version() == shape.newest() > 1
            seq = phone.acked[last.nonce]
            phone.outbox.append(last)  # as a phone that did not hear the answer
            log = await _says(phone, 1)
            seen["same"] += log[: len(before)] == before
            seen["once"] += phone.acked[last.nonce] == seq and len(log) == len(before) + 1
    finally:
        server.kill()
    return figures(shape.name, seen, times, kills, broke="Traceback" in server.said())


async def _says(phone: Phone, messages: int) -> list[object]:
    """So much more; the whole log then, from the beginning."""
    phone.log.clear()
    async with phone.connected():
        await phone.sends()
        for _ in range(messages):
            phone.writes(f"message {len(phone.acked)}")
            await phone.sends()
        await phone.catches_up()
    return list(phone.log)


def _begin_and_kill(server: Victim, seconds: float) -> None:
    """A start that is killed after so long, wherever it is by then."""
    with server.log.open("ab") as log:
        process = subprocess.Popen(server.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()


def figures(store: str, seen: Counter[str], times: int, kills: int, *, broke: bool) -> list[Shown]:
    """What must hold, beside what was."""
    fault = f"{store} of the first shape is taken up {times} times, killed at it {kills} times each"
    musts = {
        "version": "it has today's shape then",
        "same": "the whole log is as it was",
        "once": "what was answered before is answered alike, and people write on",
    }
    return each_time(fault, musts, seen, times, broke=broke)
