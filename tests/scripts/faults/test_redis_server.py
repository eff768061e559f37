"""A Redis of our own: it is met again where it was, and nothing of it stays."""

import os
from pathlib import Path

import pytest

from scripts.bench.house import is_open
from tests.redis import require_program, running


def test_it_is_met_again_where_it_was() -> None:
    with running() as server:
        assert is_open(server.port)
        server.stop()
        assert not is_open(server.port)
        server.start()
        assert is_open(server.port)


def test_what_does_not_run_is_not_frozen() -> None:
    with running() as server:
        server.stop()
        with pytest.raises(RuntimeError, match="does not run"), server.frozen():
            pytest.fail("who was frozen?")


def test_nothing_of_it_stays() -> None:
    with running() as server:
        pass
    assert not is_open(server.port)
    server.stop()


def test_where_ci_looks_a_missing_redis_is_no_silence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": str(tmp_path), "CI": "1"})
    with pytest.raises(pytest.fail.Exception, match="apt-get install redis-server"):
        require_program()
    monkeypatch.setattr(os, "environ", {"PATH": str(tmp_path)})
    with pytest.raises(pytest.skip.Exception, match="apt-get install redis-server"):
        require_program()
