"""A node's store on a shared PostgreSQL, past its threads: apart from the others it says so, and its check with it."""

import asyncio
from functools import partial
from pathlib import Path

import psycopg
import pytest

from store.durable import Batch, NotRead, NotSaved
from store.durable.postgres.shared import SharedPostgres
from tests.store.durable.rows import ticking

pytestmark = pytest.mark.gen_test(timeout=60)


async def test_one_that_is_apart_from_the_others_keeps_no_promise(url: str, tmp_path: Path) -> None:
    node = SharedPostgres(url, tmp_path, partial(next, ticking()), tmp_path)
    begun = await node.start()
    await node.check()
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("delete from parley.commits")
    with pytest.raises(NotRead, match="away too long"):
        await node.commits(begun.number, begun.id)
    with pytest.raises(NotSaved, match="away too long"):
        await node.check()
    with pytest.raises(NotSaved, match="away too long"):
        await node.enter(begun.number, begun.id)
    await node.close()


async def test_who_has_the_turn_waits_for_no_reader(url: str, tmp_path: Path) -> None:
    node = SharedPostgres(url, tmp_path, partial(next, ticking()), tmp_path)
    begun = await node.start()
    readers = [node._idle.get(), node._idle.get()]
    await node.enter(begun.number, begun.id)
    assert await node.answers([("device", "nonce")]) == {}
    assert await node.rows([("room", 1)]) == {}
    for reader in readers:
        node._idle.put(reader)
    asking = asyncio.create_task(node.rows([("room", 1)]))
    assert await asking == {}, "others read beside it"
    batch = Batch(shelves=[("people", "p", b"{}")], number=begun.number + 1, id="ours")
    await node.commit(batch)
    assert await node.kept("people", ["p"]) == {"p": b"{}"}
    assert [commit.id for commit in await node.commits(begun.number, begun.id)] == ["ours"]
    await node.close()
