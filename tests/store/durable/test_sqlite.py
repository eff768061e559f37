"""The asynchronous side of the SQLite store: threads, restarts, and the hourly checkpoint."""

import asyncio
import sqlite3 as library
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from store.durable import Batch, CannotStart, Loaded, NotRead, NotSaved
from store.durable.sqlite import Sqlite
from tests.store.durable.rows import BEN, PLENTY, ROOM, said, ticking

pytestmark = pytest.mark.gen_test


async def until(condition: Callable[[], bool]) -> None:
    """Lets the loop turn until it holds; the test's own time limit ends a wait for what never comes."""
    while not condition():  # noqa: ASYNC110 - what is waited for happens in a file and has no event
        await asyncio.sleep(0.001)


def log_beside(path: Path) -> int:
    """Bytes in the WAL."""
    return path.with_name("parley.db-wal").stat().st_size


def ruin(path: Path) -> None:
    """Overwrites every page but the first."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def another(path: Path, *, checkpoint_seconds: float = 3600.0) -> Sqlite:
    return Sqlite(path, partial(next, ticking()), checkpoint_seconds=checkpoint_seconds)


async def test_a_restart_keeps_everything(sqlite: Sqlite, path: Path) -> None:
    rows = [said(seq, text="grüße") for seq in range(1, 301)]
    await sqlite.commit(Batch(rows=rows, shelves=[("people", "a", b"{}")], answers=[("d1", "n1", b"kept")]))
    await sqlite.close()
    again = another(path)
    loaded = await again.start()
    assert isinstance(loaded, Loaded)
    assert loaded.shelves == [("people", "a", b"{}")]
    assert await again.after(ROOM, 0, 1000, PLENTY) == rows
    assert await again.answers([("d1", "n1")]) == {("d1", "n1"): b"kept"}
    assert await again.unread(ROOM, 250, BEN, 100) == 50
    await again.close()


async def test_the_loop_and_the_readers_go_on_while_a_commit_waits(sqlite: Sqlite, path: Path) -> None:
    await sqlite.commit(Batch(rows=[said(1)]))
    other = library.connect(path, isolation_level=None)
    other.execute("begin immediate")
    waiting = asyncio.ensure_future(sqlite.commit(Batch(rows=[said(2)])))
    for _ in range(20):
        assert (await sqlite.rows([(ROOM, 1)])).get((ROOM, 1)) == said(1)
        assert (await sqlite.rows([(ROOM, 2)])).get((ROOM, 2)) is None
    assert not waiting.done()
    other.execute("rollback")
    other.close()
    await waiting
    assert (await sqlite.rows([(ROOM, 2)])).get((ROOM, 2)) == said(2)


async def test_closing_lets_what_was_asked_for_end(sqlite: Sqlite, path: Path) -> None:
    async def write(seq: int) -> int | None:
        try:
            await sqlite.commit(Batch(rows=[said(seq)]))
        except NotSaved:
            return None
        return seq

    async def read() -> int:
        try:
            return len(await sqlite.after(ROOM, 0, 10, PLENTY))
        except NotRead:
            return 0

    writes = [asyncio.ensure_future(write(seq)) for seq in range(1, 51)]
    reads = [asyncio.ensure_future(read()) for _ in range(50)]
    await asyncio.sleep(0)
    await sqlite.close()
    await asyncio.gather(*reads)
    kept = [seq for seq in await asyncio.gather(*writes) if seq is not None]
    assert len(kept) == 50
    again = another(path)
    await again.start()
    assert [row.seq for row in await again.after(ROOM, 0, 100, PLENTY)] == kept
    await again.close()


async def test_a_damaged_page_met_while_running_is_said(sqlite: Sqlite, path: Path) -> None:
    await sqlite.commit(Batch(rows=[said(seq, frame=b"x" * 1000) for seq in range(1, 50)]))
    await sqlite.checkpoint()
    ruin(path)
    with pytest.raises(NotRead, match="damaged"):
        await sqlite.after(ROOM, 0, 100, PLENTY)


async def test_the_log_beside_the_file_is_emptied_from_time_to_time(path: Path) -> None:
    store = another(path, checkpoint_seconds=0.01)
    await store.start()
    for seq in (1, 2):
        await store.commit(Batch(rows=[said(seq)]))
        await until(lambda: log_beside(path) == 0)
    await store.close()


async def test_a_reader_in_the_way_only_puts_the_checkpoint_off(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = another(path, checkpoint_seconds=0.01)
    await store.start()
    reader = library.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from log").fetchall()
    await store.commit(Batch(rows=[said(1)]))
    await until(lambda: "checkpoint put off" in caplog.text)
    reader.close()
    await until(lambda: log_beside(path) == 0)
    await store.close()


async def test_a_start_that_fails_holds_nothing(sqlite: Sqlite, path: Path) -> None:
    second = another(path)
    with pytest.raises(CannotStart):
        await second.start()
    await second.close()
    await sqlite.close()
    third = another(path)
    await third.start()
    await third.close()
