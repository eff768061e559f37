"""The store over PostgreSQL: what reads do while the database is away, and when a commit was lost sight of."""

import asyncio
from pathlib import Path

import pytest

from scripts.faults.wire import Wire
from store.durable import Batch, NotRead, NotSaved, Unknown
from store.durable import postgres as postgres_module
from store.durable.postgres import Postgres, link
from tests.postgres import Server
from tests.store.durable.rows import PLENTY, ROOM, said

pytestmark = pytest.mark.gen_test


async def test_reads_go_on_when_the_database_is_back(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    store = Postgres(own.database(), tmp_path, lambda: 0)
    await store.start()
    await store.commit(Batch(rows=[said(1)]))
    assert await store.after(ROOM, 0, 9, PLENTY) == [said(1)]
    own.stop()
    with pytest.raises(NotRead, match="cannot be reached"):
        await store.after(ROOM, 0, 9, PLENTY)
    with pytest.raises(NotSaved, match="cannot be reached"):
        await store.check()
    own.start()
    assert await asyncio.gather(*(store.after(ROOM, 0, 9, PLENTY) for _ in range(4))) == [[said(1)]] * 4
    await store.check()
    await store.close()


async def test_a_read_after_an_unsure_commit_waits_until_it_is_known(server: Server, url: str, tmp_path: Path) -> None:
    wire = Wire(server.port)
    store = Postgres(url.replace(str(server.port), str(wire.port)), tmp_path, lambda: 0)
    await store.start()
    assert await store.answers([("d1", "n1")]) == {}
    wire.cut_at(b"commit\0", lambda: None)
    with pytest.raises(Unknown):
        await store.commit(Batch(rows=[said(1)], answers=[("d1", "n1", b"kept")]))
    found = await store.answers([("d1", "n1")])
    assert not store._committing.unsure
    assert (await store.after(ROOM, 0, 9, PLENTY) == [said(1)]) == bool(found)
    await store.close()
    wire.close()


async def test_a_frozen_database_answers_nothing_false_and_is_met_again(
    own: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(link, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(postgres_module, "LOOK_SECONDS", 0.05)
    store = Postgres(own.database(), tmp_path, lambda: 0)
    await store.start()
    await store.commit(Batch(rows=[said(1)]))
    await store.after(ROOM, 0, 9, PLENTY)
    with own.frozen():
        with pytest.raises(NotSaved):
            await store.commit(Batch(rows=[said(2)], answers=[("d1", "n2", b"kept")]))
        with pytest.raises(NotRead):
            await store.answers([("d1", "n2")])
    kept = await store.answers([("d1", "n2")])
    assert [row.seq for row in await store.after(ROOM, 0, 9, PLENTY)] == ([1, 2] if kept else [1])
    await store.close()
