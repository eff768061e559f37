"""A connection to PostgreSQL: opened again when it was lost, cut when the database stands still."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from store.durable.postgres import link as link_module
from store.durable.postgres.link import Away, Connection, Link, known, place_of, reason
from tests.postgres import Server


@pytest.fixture
def link(server: Server) -> Iterator[Link]:
    one = Link(server.url("postgres"), lambda _connection: None)
    yield one
    one.close()


def number(connection: Connection) -> int:
    return connection.info.backend_pid


def asked(connection: Connection) -> int:
    connection.execute("select 1")
    return number(connection)


def test_one_connection_serves_until_it_is_lost(link: Link, server: Server) -> None:
    first = link.do(asked)
    assert link.do(asked) == first
    server.execute(f"select pg_terminate_backend({first})")
    assert link.do(asked) != first


def test_an_error_that_is_none_of_the_connection_s_is_not_tried_again(link: Link) -> None:
    tries = []

    def work(connection: Connection) -> None:
        tries.append(number(connection))
        connection.execute("begin")
        connection.execute("select 1 / 0")

    with pytest.raises(psycopg.DataError):
        link.do(work)
    assert len(tries) == 1
    assert link.do(asked) == tries[0]


def test_what_cannot_be_made_ready_is_let_go(server: Server) -> None:
    opened: list[Connection] = []

    def refuse(connection: Connection) -> None:
        opened.append(connection)
        raise Away("Not now.")

    one = Link(server.url("postgres"), refuse)
    with pytest.raises(Away, match="Not now"):
        one.do(asked)
    assert opened[0].closed
    with pytest.raises(Away, match="Not now"):
        one.do(asked)
    assert len(opened) == 1, "not tried again at once"


def cut_when_stuck(link: Link, ended: threading.Event) -> None:
    while not ended.wait(0.01):
        link.cut_if_stuck()


def test_a_frozen_database_is_not_waited_for(link: Link, own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(link_module, "CONNECT_SECONDS", 2)
    one = Link(own.url("postgres"), lambda _connection: None)
    one.do(asked)
    ended = threading.Event()
    watch = threading.Thread(target=cut_when_stuck, args=(one, ended))
    watch.start()
    try:
        with own.frozen():
            began = time.monotonic()
            with pytest.raises(psycopg.OperationalError) as told:
                one.do(asked)
            assert "lost" in reason(told.value)
            with pytest.raises(Away, match="cannot be reached"):
                one.do(asked)
            assert time.monotonic() - began < 10
        one.close()
        one.do(asked)
    finally:
        ended.set()
        watch.join()
        one.close()


def test_a_connection_that_works_is_not_cut(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    first = link.do(asked)
    monkeypatch.setattr(link_module, "PATIENCE_SECONDS", -1.0)
    link.cut_if_stuck()
    assert link.do(asked) == first


def test_a_database_is_named_without_its_password() -> None:
    assert place_of("postgresql://anna:swordfish@db.example/house") == "house at db.example"
    assert place_of("postgresql:///house") == "house at this machine"
    assert place_of("postgresql://anna@db.example") == "anna at db.example"
    assert "swordfish" not in place_of("postgresql://anna:swordfish@[broken/house")


def test_a_transaction_that_stood_still_is_no_mistake_of_ours() -> None:
    assert "stood still" in (known(psycopg.errors.IdleInTransactionSessionTimeout("terminating connection")) or "")
