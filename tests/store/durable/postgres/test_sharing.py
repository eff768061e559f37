"""Nodes on one PostgreSQL: apart from who has it alone, a fence behind each lost commit, and never on an old copy."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import psycopg
import pytest
from tornado.ioloop import IOLoop

from scripts.faults.wire import Wire
from store.durable import Batch, CannotStart, NotRead, NotSaved, Unknown
from store.durable.postgres import Postgres, link, reading, schema, sharing
from store.durable.postgres.shared import SharedPostgres
from tests.postgres import Server
from tests.store.durable.postgres.test_committing import ask, over, slow_commits
from tests.store.durable.rows import PLENTY, ROOM, said, ticking
from tests.store.durable.shared import Writing

pytestmark = pytest.mark.gen_test(timeout=60)
Begin = Callable[[str], "asyncio.Future[Writing]"]


@pytest.fixture
def begin(tmp_path: Path, io_loop: IOLoop) -> Iterator[Begin]:
    """Starts another node on a database; all are closed at the end."""
    opened: list[SharedPostgres] = []

    async def start(url: str) -> Writing:
        own = tmp_path / f"node {len(opened)}"
        own.mkdir()
        opened.append(SharedPostgres(url, tmp_path, partial(next, ticking()), own))
        return await Writing(opened[-1]).start()

    async def close() -> None:
        for one in opened:
            await one.close()

    yield lambda url: asyncio.ensure_future(start(url))
    io_loop.run_sync(close)


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """What a node may be connected through."""
    wire = Wire(server.port)
    yield wire
    wire.close()


async def seqs(node: Writing) -> list[int]:
    return [row.seq for row in await node.durable.after(ROOM, 0, 1000, PLENTY)]


async def test_who_shares_and_who_has_it_alone_refuse_each_other_in_one_sentence(
    url: str, begin: Begin, tmp_path: Path
) -> None:
    alone_folder = tmp_path / "alone"
    alone_folder.mkdir()
    node = await begin(url)
    alone = Postgres(url, alone_folder, partial(next, ticking()))
    with pytest.raises(CannotStart, match="without --bus one PostgreSQL database serves one server") as told:
        await alone.start()
    assert "\n" not in str(told.value)
    await node.durable.close()
    alone = Postgres(url, tmp_path, partial(next, ticking()))
    await alone.start()
    with pytest.raises(CannotStart, match="A Parley without --bus is running on it") as told:
        await begin(url)
    assert "\n" not in str(told.value)
    await alone.close()


async def test_nodes_that_begin_at_once_on_an_empty_database_make_one_house(url: str, begin: Begin) -> None:
    nodes = await asyncio.gather(*(begin(url) for _ in range(3)))
    for node in nodes:
        await node.hears()
    assert {(node.number, node.id) for node in nodes} == {(3, max(nodes, key=lambda one: one.number).id)}
    assert len(ask(url, "select value from parley.meta where key = 'epoch'")) == 1


async def test_a_node_whose_files_would_lie_elsewhere_is_refused(url: str, begin: Begin, tmp_path: Path) -> None:
    await begin(url)
    own, elsewhere = tmp_path / "own", tmp_path / "elsewhere"
    own.mkdir()
    elsewhere.mkdir()
    with pytest.raises(CannotStart, match="same --data"):
        await SharedPostgres(url, elsewhere, partial(next, ticking()), own).start()
    assert list(elsewhere.iterdir()) == []


async def test_two_nodes_with_one_folder_of_their_own_are_refused(url: str, begin: Begin, tmp_path: Path) -> None:
    await begin(url)
    with pytest.raises(CannotStart, match="Another Parley is running on"):
        await SharedPostgres(url, tmp_path, partial(next, ticking()), tmp_path / "node 0").start()


async def test_a_node_that_is_cut_off_in_its_turn_holds_up_nobody(
    server: Server,
    url: str,
    begin: Begin,
    wire: Wire,
) -> None:
    lost, other = await begin(over(wire, url)), await begin(url)
    await lost.enters()
    wire.cut()
    await other.writes(Batch(rows=[said(1)]))
    with pytest.raises(NotSaved):
        await lost.commits(Batch(rows=[said(2)]))
    assert await seqs(other) == [1]


async def test_the_turn_of_a_node_that_stands_still_is_taken_from_it(
    url: str, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr(schema, "IDLE_SECONDS", 1)
        still = await begin(url)
    other = await begin(url)
    await still.enters()
    await other.writes(Batch(rows=[said(1)]))
    with pytest.raises(NotSaved) as told:
        await still.commits(Batch(rows=[said(1)]))
    assert not isinstance(told.value, Unknown)
    await still.hears()
    await still.writes(Batch(rows=[said(2)]))
    assert await seqs(other) == [1, 2]


LONG_AT_IT = """select now() - state_change > interval '1.2 seconds' from pg_stat_activity
    where datname = current_database() and state = 'idle in transaction'"""


async def test_a_node_may_be_long_at_what_it_read_at_its_start(
    url: str, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.shelves

    def slowly(link: psycopg.Connection[tuple[object, ...]], cold: Sequence[str]) -> list[tuple[str, str, bytes]]:
        found = read(link, cold)
        link.execute("select 1")
        while not all(
            over for (over,) in ask(url, LONG_AT_IT)
        ):  # as with millions of rows, which are in this process by then
            pass
        return found

    monkeypatch.setattr(schema, "IDLE_SECONDS", 1)
    monkeypatch.setattr(reading, "shelves", slowly)
    node = await begin(url)
    await node.writes(Batch(rows=[said(1)]))
    assert await seqs(node) == [1]


async def test_a_turn_that_does_not_come_is_not_saved_and_not_waited_for_for_ever(
    url: str, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "TURN_SECONDS", 1)
    one, other = await begin(url), await begin(url)
    await one.enters()
    with pytest.raises(NotSaved, match="has not finished writing"):
        await other.enters()
    await one.durable.leave()
    await other.writes(Batch(rows=[said(1)]))


async def test_behind_a_lost_commit_nobody_reads_before_it_has_ended(
    url: str,
    begin: Begin,
    wire: Wire,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    lost, other = await begin(over(wire, url)), await begin(url)
    slow_commits(url, 1)
    await lost.enters()
    batch = Batch(rows=[said(1)], number=lost.number + 1, id="lost")
    committing = asyncio.ensure_future(lost.durable.commit(batch))
    under_way = "select 1 from pg_stat_activity where state = 'active' and query = 'commit'"
    while not await asyncio.to_thread(ask, url, under_way):
        pass
    wire.cut()
    with pytest.raises(Unknown):
        await committing
    is_kept = any(one.id == "lost" for one in await lost.durable.commits(lost.number, lost.id))
    assert await seqs(other) == ([1] if is_kept else [])


async def test_an_older_copy_that_was_put_back_is_followed_by_nobody(url: str, begin: Begin) -> None:
    node = await begin(url)
    await node.writes(Batch(rows=[said(1)]))
    ask(url, f"delete from parley.commits where number = {node.number}")
    with pytest.raises(NotRead, match="older copy"):
        await node.hears()
    with pytest.raises(NotSaved, match="older copy"):
        await node.enters()


async def test_a_node_that_was_away_while_another_had_it_alone_writes_no_more(
    url: str, begin: Begin, tmp_path: Path
) -> None:
    node = await begin(url)
    ask(url, "update parley.meta set value = 'another' where key = 'tenure'")
    with psycopg.connect(url, autocommit=True) as killer:
        killer.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    with pytest.raises(NotSaved, match="for itself meanwhile"):
        await node.enters()


async def test_old_commits_go_and_the_newest_stay(url: str, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "KEPT_COMMITS", 5)
    monkeypatch.setattr(sharing, "PRUNE_EVERY", 10)
    node = await begin(url)
    for seq in range(1, 7):
        await node.writes(Batch(rows=[said(seq)]))
    ask(url, "update parley.commits set at = now() - interval '2 hours'")
    for seq in range(7, 13):
        await node.writes(Batch(rows=[said(seq)]))
    assert [number for (number,) in ask(url, "select number from parley.commits order by number")] == list(range(6, 14))


async def test_who_begins_reads_as_of_its_number_while_others_have_the_turn(
    url: str, begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = await begin(url)
    await one.writes(Batch(shelves=[("people", "before", b"{}")]))
    read, had_turn = reading.shelves, list[bool]()

    def shelves(connection: link.Connection, cold: Sequence[str]) -> list[tuple[str, str, bytes]]:
        with psycopg.connect(url, autocommit=True) as other:
            found = other.execute("select pg_try_advisory_lock(%s)", (schema.TURN,)).fetchone()
            had_turn.append(bool(found and found[0]))
            other.execute("insert into parley.shelves values ('people', 'meanwhile', '{}')")
        return read(connection, cold)

    monkeypatch.setattr(reading, "shelves", shelves)
    own = tmp_path / "late"
    own.mkdir()
    late = SharedPostgres(url, tmp_path, partial(next, ticking()), own)
    loaded = await late.start()
    assert had_turn == [True]
    assert [key for _, key, _ in loaded.shelves] == ["before"]
    assert await late.commits(loaded.number, loaded.id) == []
    await late.close()
