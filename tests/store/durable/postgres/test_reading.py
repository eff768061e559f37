"""The questions put to PostgreSQL: answered by an index, and as the store in memory answers them."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st

from store.durable import Batch
from store.durable.memory import Memory
from store.durable.postgres import reading, schema
from store.durable.postgres.committing import Committing
from store.durable.postgres.link import Connection
from tests.postgres import Server
from tests.store.durable.alike import batches, committed, compare, remembered
from tests.store.durable.rows import BEN, OTHER, ROOM, deleted, said


class Planned:
    """A connection that answers each question, and keeps how PostgreSQL went about it."""

    def __init__(self, link: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._link = link
        self.plans: list[str] = []

    def execute(self, ask: bytes, values: list[Any], **how: Any) -> psycopg.Cursor[tuple[Any, ...]]:
        lines = self._link.execute(b"explain " + ask, values).fetchall()
        self.plans.append("\n".join(line for (line,) in lines))
        return self._link.execute(ask, values, **how)


def test_no_question_walks_a_whole_table(url: str, open_on: Callable[[str], Committing]) -> None:
    store = open_on(url)
    messages = [said(seq, conversation=place) for place in (ROOM, OTHER) for seq in range(1, 3001)]
    store.commit(
        Batch(
            rows=[*messages, *(deleted(3000 + seq, seq) for seq in range(1, 500))],
            answers=[(f"d{n}", "n", b"kept") for n in range(3000)],
            shelves=[("standing", f"k{n:04}", b"{}") for n in range(3000)],
        )
    )
    with psycopg.connect(url, autocommit=True) as link:
        schema.enter(link)
        link.execute("analyze")
        planned = Planned(link)
        asked = cast("Connection", planned)
        reading.answers(asked, [("d1", "n")])
        reading.after(asked, ROOM, 0, 10, 10)
        reading.entries_before(asked, ROOM, 9, 10)
        reading.entries_after(asked, ROOM, 9, 10)
        reading.answers_before(asked, (ROOM, 1), 9, 10)
        reading.answers_after(asked, (ROOM, 1), 9, 10)
        reading.rows(asked, [(ROOM, 1)])
        reading.aimed_at(asked, [(ROOM, 1)], ["message.edited", "message.deleted"])
        reading.kept(asked, "standing", ["k0001"])
        reading.kept_under(asked, "standing", "k1", "", 9)
        reading.unread(asked, ROOM, 0, BEN, 100)
    assert len(planned.plans) == 11
    assert [plan for plan in planned.plans if "Seq Scan" in plan] == []
    assert all("Index" in plan for plan in planned.plans)
    assert "Sort" not in "".join(planned.plans[:4])
    assert "Join" not in planned.plans[-1]


@settings(max_examples=15)
@given(history=st.lists(batches, max_size=12), limit=st.integers(1, 5), max_bytes=st.integers(0, 20))
def test_both_stores_answer_alike_whatever_was_committed(
    server: Server, history: list[Batch], limit: int, max_bytes: int
) -> None:
    async def live(folder: Path) -> None:
        there, memory = Committing(server.url("alike"), folder, lambda: 0), Memory()
        there.start()
        await memory.start()
        for batch in history:
            assert committed(there, batch) == await remembered(memory, batch)
        link = there.link._connection
        assert link is not None
        await compare(link, reading, memory, limit, max_bytes)
        there.close()

    if not server.execute("select 1 from pg_database where datname = 'alike'"):
        server.execute("create database alike")
    server.execute("drop schema if exists parley cascade", "alike")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder)))
