"""The contract of a log that several nodes share, over the one in memory for tests and over PostgreSQL."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.durable import Batch, Doubled, NotRead, NotSaved, Shared
from store.durable.postgres.shared import SharedPostgres
from tests.store.durable.rows import PLENTY, ROOM, said, ticking
from tests.store.durable.shared import Writing
from tests.store.nodes.commons import Commons, SharedMemory

pytestmark = pytest.mark.gen_test(timeout=60)
Begin = Callable[[], "asyncio.Future[Writing]"]


@pytest.fixture(params=["memory", "postgres"])
def begin(request: pytest.FixtureRequest, tmp_path: Path, io_loop: IOLoop) -> Iterator[Begin]:
    """Starts another node; all are closed at the end."""
    opened: list[Shared] = []
    commons, clock = Commons(), partial(next, ticking())
    url = request.getfixturevalue("url") if request.param == "postgres" else ""

    async def start() -> Writing:
        own = tmp_path / f"node {len(opened)}"
        own.mkdir()
        opened.append(SharedPostgres(url, tmp_path, clock, own) if url else SharedMemory(commons))
        return await Writing(opened[-1]).start()

    async def close() -> None:
        for one in opened:
            await one.close()

    yield lambda: asyncio.ensure_future(start())
    io_loop.run_sync(close)


async def test_what_one_commits_the_other_reads_whole_and_in_order(begin: Begin) -> None:
    one, other = await begin(), await begin()
    await one.hears()
    first = await one.writes(Batch(rows=[said(1)], shelves=[("people", "p1", b"{}"), ("standing", "s", b"{}")]))
    second = await one.writes(Batch(rows=[said(2), said(3)], shelves=[("people", "p1", None)]))
    heard = await other.hears()
    assert [(one.number, one.id) for one in heard] == [(first.number, first.id), (second.number, second.id)]
    assert [list(one.rows) for one in heard] == [[said(1)], [said(2), said(3)]]
    assert heard[-1].shelves == [("people", "p1", None)], "and nothing of a cold table"
    assert await other.hears() == []


async def test_they_take_turns_and_each_begins_where_the_one_before_ended(begin: Begin) -> None:
    nodes = [await begin() for _ in range(3)]

    async def write(node: Writing) -> None:
        for _ in range(10):
            await node.enters()
            rows = await node.durable.after(ROOM, 0, 1000, PLENTY)
            await node.commits(Batch(rows=[said(len(rows) + 1)]))

    await asyncio.gather(*map(write, nodes))
    rows = await nodes[0].durable.after(ROOM, 0, 1000, PLENTY)
    assert [row.seq for row in rows] == list(range(1, 31))


async def test_a_turn_that_is_given_up_leaves_nothing_and_is_the_next_ones(begin: Begin) -> None:
    one, other = await begin(), await begin()
    await one.enters()
    await one.durable.leave()
    await one.durable.leave()
    await other.writes(Batch(rows=[said(1)]))
    assert [list(commit.rows) for commit in await one.hears() if commit.rows] == [[said(1)]]


async def test_without_a_turn_nothing_is_written(begin: Begin) -> None:
    one = await begin()
    with pytest.raises(NotSaved):
        await one.commits(Batch(rows=[said(1)]))
    assert await one.durable.after(ROOM, 0, 10, PLENTY) == []


async def test_a_number_that_is_there_is_refused_and_the_turn_is_over(begin: Begin) -> None:
    one, other = await begin(), await begin()
    await one.writes(Batch(rows=[said(1)]))
    await one.enters()
    with pytest.raises(Doubled):
        await one.durable.commit(Batch(rows=[said(1)], number=one.number + 1, id="twice"))
    await other.writes(Batch(rows=[said(2)]))


async def test_what_was_deleted_since_is_told_to_nobody(begin: Begin) -> None:
    one, other = await begin(), await begin()
    await one.writes(Batch(rows=[said(1, text="secret")]))
    await one.writes(Batch(rewrites=[said(1, text="")]))
    heard = await other.hears()
    assert [row.text for commit in heard for row in (*commit.rows, *commit.rewrites)] == ["", ""]


async def test_who_begins_later_has_all_that_was_before(begin: Begin) -> None:
    one = await begin()
    await one.writes(Batch(rows=[said(1)], shelves=[("people", "p1", b"{}")]))
    other = await begin()
    assert await other.hears() == []
    await one.hears()
    assert (one.number, one.id) == (other.number, other.id)
    assert await other.durable.after(ROOM, 0, 10, PLENTY) == [said(1)]


async def test_reading_goes_on_while_somebody_has_the_turn(begin: Begin) -> None:
    one, other = await begin(), await begin()
    await one.enters()
    assert await other.durable.after(ROOM, 0, 10, PLENTY) == []
    assert await other.hears() == []
    await one.durable.check()
    await one.commits(Batch(rows=[said(1)]))


async def test_a_closed_one_neither_writes_nor_reads(begin: Begin) -> None:
    one = await begin()
    await one.durable.close()
    with pytest.raises(NotSaved):
        await one.enters()
    with pytest.raises(NotRead):
        await one.hears()
