"""The schema in PostgreSQL: created whole, recognised, held by one server, and not on a server that forgets."""

import logging
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from store.durable import Batch, CannotStart
from store.durable.postgres import schema
from store.durable.postgres.committing import Committing
from tests.postgres import Server, running
from tests.store.durable.rows import said

Open = Callable[[str], Committing]


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as link:
        found = link.execute(question.encode())
        return found.fetchall() if found.description else []


def test_a_second_server_on_the_database_is_refused_in_one_sentence(url: str, open_on: Open, tmp_path: Path) -> None:
    first = open_on(url)
    second = Committing(url, tmp_path / "second", lambda: 0)
    (tmp_path / "second").mkdir()
    with pytest.raises(CannotStart, match="without --bus one PostgreSQL database serves one server") as told:
        second.start()
    assert "\n" not in str(told.value)
    first.close()
    second.start()
    second.close()


def test_another_database_of_the_same_postgresql_has_its_own_server(
    server: Server, open_on: Open, tmp_path: Path
) -> None:
    open_on(server.database())
    (tmp_path / "second").mkdir()
    second = Committing(server.database(), tmp_path / "second", lambda: 0)
    second.start()
    second.close()


def test_a_postgresql_that_does_not_wait_for_its_disk_is_refused(open_on: Open) -> None:
    with running("fsync=off") as careless, pytest.raises(CannotStart, match="fsync off"):
        open_on(careless.database())


def test_commits_wait_for_the_disk_where_the_server_would_not(
    server: Server, url: str, open_on: Open, caplog: pytest.LogCaptureFixture
) -> None:
    name = url.rpartition("/")[2]
    server.execute(f"alter database {name} set synchronous_commit = off")
    with caplog.at_level(logging.WARNING):
        store = open_on(url)
    assert "synchronous_commit off" in caplog.text
    link = store.link._connection
    assert link is not None
    assert schema.setting(link, "synchronous_commit") == "on"


def test_a_database_in_another_encoding_is_refused(server: Server, open_on: Open) -> None:
    server.execute("create database latin encoding 'LATIN1' template template0")
    with pytest.raises(CannotStart, match="not in UTF8"):
        open_on(server.url("latin"))


def test_a_schema_of_another_program_is_left_alone(url: str, open_on: Open) -> None:
    ask(url, "create schema parley")
    ask(url, "create table parley.theirs (it text)")
    with pytest.raises(CannotStart, match="another program's"):
        open_on(url)
    assert ask(url, "select table_name from information_schema.tables where table_schema = 'parley'") == [("theirs",)]


def test_an_empty_schema_made_beforehand_is_used(url: str, open_on: Open) -> None:
    ask(url, "create schema parley")
    open_on(url).commit(Batch(rows=[said(1)]))


def test_a_database_of_a_newer_version_is_left_alone(url: str, open_on: Open) -> None:
    open_on(url).close()
    ask(url, "update parley.meta set value = '99' where key = 'version'")
    with pytest.raises(CannotStart, match="newer Parley"):
        open_on(url)


def test_what_cannot_be_opened_is_one_sentence_without_the_password(server: Server, open_on: Open) -> None:
    host = f"127.0.0.1:{server.port}"
    for address, said_of_it in (
        (f"postgresql://parley:swordfish@{host}/nothing", "nothing"),
        (f"postgresql://nobody:swordfish@{host}/postgres", "nobody"),
        ("postgresql://parley:swordfish@127.0.0.1:1/postgres", "cannot be reached"),
        ("postgresql://parley:swordfish@[broken/postgres", "Expected: --store postgresql://"),
    ):
        with pytest.raises(CannotStart, match=said_of_it) as told:
            open_on(address)
        assert "swordfish" not in str(told.value)
        assert "\n" not in str(told.value)
