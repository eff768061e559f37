"""The writing connection to PostgreSQL: its promises when the database is stopped, full, busy, or the wire is cut."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest

from scripts.faults.wire import Wire
from store.durable import Batch, Doubled, LogRow, NotSaved, Unknown
from store.durable.postgres import committing, link, reading
from store.durable.postgres.committing import Committing
from tests.postgres import Server
from tests.store.durable.rows import PLENTY, ROOM, said

Open = Callable[[str], Committing]
SECOND = Batch(rows=[said(2)], answers=[("d1", "n2", b"kept")])


@pytest.fixture
def store(url: str, open_on: Open) -> Committing:
    """The writing side of a started store, one message in it."""
    store = open_on(url)
    store.commit(Batch(rows=[said(1)]))
    return store


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    """What a store may be connected through."""
    wire = Wire(server.port)
    yield wire
    wire.close()


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    """What another connection is answered."""
    with psycopg.connect(url, autocommit=True) as link:
        found = link.execute(question.encode())
        return found.fetchall() if found.description else []


def seqs(url: str) -> list[object]:
    """What another connection sees."""
    return [seq for (seq,) in ask(url, "select seq from parley.log order by seq")]


def over(wire: Wire, url: str) -> str:
    """The same database, through the wire."""
    return f"postgresql://parley@127.0.0.1:{wire.port}/{url.rpartition('/')[2]}"


def met(condition: Callable[[], object]) -> None:
    """Waits until it is so, and not for ever."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "this has not come to be so"


def holders(url: str) -> list[int]:
    """The server processes of the connections that hold the database."""
    found = ask(
        url,
        "select pid from pg_locks where locktype = 'advisory' and granted "
        "and database = (select oid from pg_database where datname = current_database()) order by pid",
    )
    return [int(str(pid)) for (pid,) in found]


def slow_commits(url: str, seconds: float) -> None:
    """From now on a COMMIT with new messages takes this long, as one that waits for its disk."""
    ask(
        url,
        f"create function parley.wait() returns trigger language plpgsql as "
        f"$$ begin perform pg_sleep({seconds}); return null; end $$;"
        f"create constraint trigger slow after insert on parley.log deferrable initially deferred "
        f"for each row execute function parley.wait()",
    )


def test_a_database_that_was_started_again_is_met_without_a_word(own: Server, open_on: Open) -> None:
    url = own.database()
    store = open_on(url)
    store.commit(Batch(rows=[said(1)]))
    own.stop("immediate")
    own.start()
    store.commit(SECOND)
    assert seqs(url) == [1, 2]


def test_while_it_is_stopped_nothing_is_saved_and_health_tells(
    own: Server, open_on: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    url = own.database()
    store = open_on(url)
    store.commit(Batch(rows=[said(1)]))
    own.stop()
    for _ in range(2):
        with pytest.raises(NotSaved, match="cannot be reached") as told:
            store.commit(SECOND)
        assert not isinstance(told.value, Unknown)
        with pytest.raises(NotSaved, match="cannot be reached") as at_health:
            store.check()
        assert str(own.port) not in str(at_health.value), "anybody may read it"
    assert [str(own.port) in line.getMessage() for line in caplog.records if line.levelname == "WARNING"] == [True]
    own.start()
    store.check()
    store.commit(SECOND)
    assert seqs(url) == [1, 2]


def test_people_who_wait_are_answered_and_not_queued_behind_the_next_try(
    own: Server, open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 600.0)
    store = open_on(own.database())
    own.stop()
    with pytest.raises(NotSaved, match="cannot be reached"):
        store.commit(SECOND)
    own.start()
    with pytest.raises(NotSaved, match="cannot be reached"):
        store.commit(SECOND)
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    store.commit(SECOND)


def test_a_commit_whose_answer_was_lost_is_found(wire: Wire, url: str, open_on: Open) -> None:
    store = open_on(over(wire, url))
    wire.cut_at(b"commit\0", lambda: met(lambda: seqs(url) == [2]))
    with pytest.raises(Unknown):
        store.commit(SECOND)
    store.settle()
    assert store.link.do(lambda link: reading.answers(link, [("d1", "n2")])) == {("d1", "n2"): b"kept"}


def test_a_commit_that_never_ended_is_not_there_and_never_will_be(wire: Wire, url: str, open_on: Open) -> None:
    store = open_on(over(wire, url))
    slow_commits(url, 600)
    (before,) = holders(url)
    wire.cut_at(b"commit\0", lambda: None)
    with pytest.raises(Unknown):
        store.commit(SECOND)
    store.settle()
    assert holders(url) != [before]
    assert seqs(url) == []
    ask(url, "drop trigger slow on parley.log")
    store.commit(SECOND)
    assert seqs(url) == [2]


def test_an_older_copy_that_was_put_back_meanwhile_is_not_written_to(url: str, open_on: Open) -> None:
    store = open_on(url)
    store.commit(Batch(rows=[said(1)]))
    ask(url, "delete from parley.log; update parley.meta set value = '0' where key = 'written'")
    for pid in holders(url):
        ask(url, f"select pg_terminate_backend({pid})")
    with pytest.raises(NotSaved, match="older copy"):
        store.commit(SECOND)
    assert seqs(url) == []


def test_while_the_lost_connection_may_still_commit_nobody_claims_to_know(
    wire: Wire, url: str, open_on: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    store = open_on(over(wire, url))
    slow_commits(url, 600)
    (before,) = holders(url)
    wire.cut_at(b"commit\0", lambda: os.kill(before, signal.SIGSTOP))
    try:
        with pytest.raises(Unknown):
            store.commit(SECOND)
        with pytest.raises(NotSaved, match="still busy"):
            store.settle()
        assert store.unsure
        with pytest.raises(NotSaved, match="still busy"):
            store.commit(SECOND)
    finally:
        os.kill(before, signal.SIGCONT)
    store.settle()
    assert seqs(url) == []


def test_a_wire_that_is_cut_before_the_commit_costs_nothing(wire: Wire, url: str, open_on: Open) -> None:
    store = open_on(over(wire, url))
    store.commit(Batch(rows=[said(1)]))
    wire.cut_at(b"begin\0", lambda: None)
    store.commit(SECOND)
    assert seqs(url) == [1, 2]


def test_a_database_that_somebody_else_has_written_meanwhile_is_theirs(
    wire: Wire, url: str, open_on: Open, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "AGAIN_SECONDS", 0.0)
    store = open_on(over(wire, url))
    store.link.close()
    folder = tmp_path_factory.mktemp("other")
    other = Committing(url, folder, lambda: 0)
    (folder / "postgresql.house").write_text(str(ask(url, "select value from parley.meta where key = 'house'")[0][0]))
    other.start()
    with pytest.raises(NotSaved, match="Another Parley is running"):
        store.commit(SECOND)
    other.commit(Batch(rows=[said(1)]))
    other.close()
    with pytest.raises(NotSaved, match="has written to this database meanwhile"):
        store.commit(SECOND)
    assert seqs(url) == [1]


@contextmanager
def full(url: str) -> Iterator[None]:
    """Every new message is refused as by a disk that is full."""
    ask(
        url,
        "create function parley.full() returns trigger language plpgsql as "
        "$$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;"
        "create trigger full_disk before insert on parley.log for each row execute function parley.full()",
    )
    yield
    ask(url, "drop trigger full_disk on parley.log")


def test_a_full_disk_is_said_and_leaves_nothing(url: str, store: Committing) -> None:
    with full(url), pytest.raises(NotSaved, match=r"disk of PostgreSQL is full") as told:
        store.commit(SECOND)
    assert not isinstance(told.value, Unknown)
    assert seqs(url) == [1]
    store.commit(SECOND)
    assert seqs(url) == [1, 2]


def test_a_value_that_cannot_be_stored_is_a_bug_and_spoils_nothing(store: Committing, url: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        store.commit(Batch(rows=[said(2), said(3, text="\ud83d")]))
    with pytest.raises(psycopg.DataError):
        store.commit(Batch(rows=[said(2), said(2**70)]))
    with pytest.raises(psycopg.DataError):
        store.commit(Batch(shelves=[("people", "a\0b", b"{}")]))
    with pytest.raises(psycopg.IntegrityError):
        store.commit(Batch(rows=[said(2), LogRow(ROOM, 3, "message.sent", None, "a", "b", None)]))  # type: ignore[arg-type]
    with pytest.raises(Doubled):
        store.commit(Batch(rows=[said(2), said(1)]))
    assert seqs(url) == [1]
    store.commit(SECOND)
    assert seqs(url) == [1, 2]


def test_a_text_is_kept_as_it_was_typed(store: Committing) -> None:
    typed = said(2, text="before\0after 👪 \\x41 %s ' --")
    store.commit(Batch(rows=[typed]))
    assert store.link.do(lambda link: reading.after(link, ROOM, 1, 9, PLENTY)) == [typed]


def test_health_tries_a_commit_when_none_was_lately(
    store: Committing, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = "select 1 from parley.meta where key = 'checked_at'"
    store.check()
    assert ask(url, noted) == []
    monkeypatch.setattr(committing, "PROVEN_SECONDS", -1.0)
    store.check()
    assert ask(url, noted) == [(1,)]


def test_the_newest_clock_is_known_at_the_next_start(url: str, open_on: Open) -> None:
    store = open_on(url)
    store.commit(Batch(rows=[said(1)]))
    store.close()
    again = open_on(url)
    assert again._newest_at >= 1_700_000_000_000


def test_a_killed_server_s_successor_is_let_in(url: str, open_on: Open) -> None:
    first = open_on(url)
    (holder,) = holders(url)
    plug = first.link._plug
    assert plug is not None
    with suppress(OSError):
        plug.shutdown(2)  # as the system does for a process that is no more
    assert first._held is not None
    first._held.close()
    open_on(url).commit(Batch(rows=[said(1)]))
    assert holder not in holders(url)
