"""A PostgreSQL of our own: it keeps what it has over a stop and a crash, is frozen and thaws, and never root's."""

import os
from pathlib import Path

import psycopg
import pytest

from scripts.faults import postgres
from scripts.faults.postgres import Server
from tests.postgres import require_programs, running


def rows(url: str) -> int:
    with psycopg.connect(url) as link:
        return len(link.execute("select 1 from kept").fetchall())


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_what_it_has_is_there_when_it_is_started_again(how: str) -> None:
    with running() as server:
        url = server.database()
        server.execute("create table kept as select 1", url.rpartition("/")[2])
        server.stop(how)
        with pytest.raises(psycopg.OperationalError):
            rows(url)
        server.start()
        assert rows(url) == 1


def test_a_frozen_one_answers_when_it_thaws() -> None:
    with running() as server:
        with server.frozen(), pytest.raises(psycopg.OperationalError):
            psycopg.connect(server.url("postgres"), connect_timeout=2)
        assert server.execute("select 1") == [(1,)]


def test_nothing_of_it_stays() -> None:
    with running() as server:
        folder: Path = server._folder
        assert (folder / "data" / "postmaster.pid").exists()
        assert (folder / "data").stat().st_uid != 0
    assert not folder.exists()


def test_a_program_that_fails_says_why() -> None:
    with running() as server, pytest.raises(RuntimeError, match="does not exist"):
        server.program("pg_dump", server.url("nothing"))


def test_where_ci_looks_a_missing_postgresql_is_no_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path)
    monkeypatch.setattr(os, "environ", {"PATH": str(tmp_path), "CI": "1"})
    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        require_programs()
    monkeypatch.setattr(os, "environ", {"PATH": str(tmp_path)})
    with pytest.raises(pytest.skip.Exception, match="apt-get install postgresql"):
        require_programs()


def test_it_listens_on_this_machine_only() -> None:
    with running() as server:
        assert isinstance(server, Server)
        assert server.execute("show listen_addresses") == [("127.0.0.1",)]
