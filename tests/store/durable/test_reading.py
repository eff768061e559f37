"""The questions put to SQLite: answered by an index, and as the store in memory answers them."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.durable import Batch, reading
from store.durable.committing import Committing
from store.durable.memory import Memory
from store.durable.schema import connect
from tests.store.durable.alike import batches, committed, compare, remembered
from tests.store.durable.rows import BEN, ROOM


def plan(path: Path, ask: str, *values: str | int) -> str:
    link = connect(path)
    lines = [line[3] for line in link.execute(f"explain query plan {ask}", values)]
    link.close()
    return "; ".join(lines)


@pytest.fixture
def created(path: Path) -> Path:
    committing = Committing(path, lambda: 0)
    committing.start()
    committing.close()
    return path


def test_no_question_walks_a_whole_table(created: Path) -> None:
    seen: list[str] = []
    link = connect(created)
    link.set_trace_callback(seen.append)
    reading.answers(link, [("d", "n")])
    reading.after(link, ROOM, 0, 10, 10)
    reading.entries_before(link, ROOM, 9, 10)
    reading.entries_after(link, ROOM, 9, 10)
    reading.answers_before(link, (ROOM, 1), 9, 10)
    reading.answers_after(link, (ROOM, 1), 9, 10)
    reading.rows(link, [(ROOM, 1)])
    reading.aimed_at(link, [(ROOM, 1)], ["message.edited", "message.deleted"])
    reading.kept(link, "standing", ["a"])
    reading.kept_under(link, "standing", "a", "", 9)
    reading.unread(link, ROOM, 0, BEN, 100)
    link.close()
    assert len(seen) == 11
    plans = [plan(created, ask) for ask in seen]
    assert not [said for said in plans if any(f"SCAN {table}" in said for table in ("log", "answers", "shelves"))]
    assert all("SEARCH" in said for said in plans)
    assert not [said for said in plans[:7] if "TEMP B-TREE" in said]


def test_unread_is_counted_in_an_index_alone(created: Path) -> None:
    said = plan(created, reading.UNREAD, ROOM, 0, 9, BEN, 9, 100)
    assert "COVERING INDEX log_entry (conversation=? AND seq>? AND seq<?)" in said
    assert "COVERING INDEX log_target (conversation=? AND target=? AND name=? AND seq<?)" in said


@settings(max_examples=60)
@given(st.lists(batches, max_size=12), st.integers(1, 5), st.integers(0, 20))
def test_both_stores_answer_alike_whatever_was_committed(history: list[Batch], limit: int, max_bytes: int) -> None:
    async def live(folder: Path) -> None:
        on_disk, memory = Committing(folder / "parley.db", lambda: 0), Memory()
        on_disk.start()
        await memory.start()
        for batch in history:
            assert committed(on_disk, batch) == await remembered(memory, batch)
        assert on_disk._link is not None
        await compare(on_disk._link, reading, memory, limit, max_bytes)
        on_disk.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder)))
