"""Which store is made of what was said, and that PostgreSQL's library is needed by nobody who did not choose it."""

import subprocess
import sys
from pathlib import Path

import pytest

from store.durable import CannotStart
from store.durable.choosing import choose
from store.durable.memory import Memory
from store.durable.postgres import Postgres
from store.durable.postgres.shared import SharedPostgres
from store.durable.sqlite import Sqlite
from tests.house.tree import ROOT


@pytest.mark.parametrize(
    ("said", "kind"), [("memory", Memory), ("sqlite", Sqlite), ("postgresql://anna@localhost/house", Postgres)]
)
def test_each_store_has_its_word(said: str, kind: type, tmp_path: Path) -> None:
    assert type(choose(said, tmp_path, lambda: 0)) is kind


def test_a_folder_of_its_own_makes_it_one_that_is_shared(tmp_path: Path) -> None:
    assert type(choose("postgresql://anna@localhost/house", tmp_path, lambda: 0, tmp_path)) is SharedPostgres


def test_without_its_library_a_database_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "store.durable.postgres", None)
    with pytest.raises(CannotStart, match="needs psycopg"):
        choose("postgresql://anna@localhost/house", tmp_path, lambda: 0)
    assert isinstance(choose("sqlite", tmp_path, lambda: 0), Sqlite)


def test_the_library_is_loaded_for_nobody_else() -> None:
    ask = "import sys, server; sys.exit('psycopg' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask], cwd=ROOT, check=False).returncode == 0
