"""The index's file is ours, of this store and of today's shape, or it is made anew."""

import sqlite3
from pathlib import Path

import pytest

from store.search import schema
from store.search.folding import VERSION
from store.search.schema import discard, open_reader, open_writer


def epoch_of(path: Path) -> str:
    link = sqlite3.connect(path)
    (epoch,) = link.execute("select value from meta where key = 'epoch'").fetchone()
    link.close()
    return str(epoch)


def opened(path: Path, epoch: str = "one") -> int:
    """How many conversations an index that was just opened knows; it learns of one more."""
    link = open_writer(path, epoch)
    (count,) = link.execute("select count(*) from places").fetchone()
    link.execute("insert into places (conversation, upto) values (?, 0)", (f"room.{count}",))
    link.close()
    return int(count)


def test_an_index_is_kept_over_a_restart(tmp_path: Path) -> None:
    assert [opened(tmp_path / "search.db") for _ in range(3)] == [0, 1, 2]


def test_only_the_server_s_own_account_may_read_it(tmp_path: Path) -> None:
    opened(tmp_path / "search.db")
    assert (tmp_path / "search.db").stat().st_mode & 0o777 == 0o600


def test_an_index_of_another_store_or_shape_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "search.db"
    assert (opened(path), opened(path, "two"), opened(path, "two")) == (0, 0, 1)
    assert epoch_of(path) == "two"
    monkeypatch.setattr(schema, "SHAPE", "2 another folding")
    assert opened(path, "two") == 0


def test_an_index_from_before_options_were_in_it_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "search.db"
    with monkeypatch.context() as before:
        before.setattr(schema, "SHAPE", f"1 {VERSION}")
        assert (opened(path), opened(path)) == (0, 1)
    assert (opened(path), opened(path)) == (0, 1)


@pytest.mark.parametrize("bytes_in_it", [b"", b"no database at all" * 400, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_file_that_is_no_good_is_made_anew(tmp_path: Path, bytes_in_it: bytes) -> None:
    path = tmp_path / "search.db"
    path.write_bytes(bytes_in_it)
    assert (opened(path), opened(path)) == (0, 1)


def test_another_program_s_database_in_its_place_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    link = sqlite3.connect(path)
    link.execute("create table meta (something integer)")
    link.close()
    assert opened(path) == 0


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    opened(tmp_path / "search.db")
    link = open_reader(tmp_path / "search.db")
    with pytest.raises(sqlite3.OperationalError):
        link.execute("delete from places")
    link.close()


def test_without_a_path_it_is_in_memory(tmp_path: Path) -> None:
    link = open_writer(None, "one")
    assert link.execute("select value from meta where key = 'epoch'").fetchone() == ("one",)
    link.close()
    discard(None)


def test_discarding_leaves_nothing(tmp_path: Path) -> None:
    link = open_writer(tmp_path / "search.db", "one")
    discard(tmp_path / "search.db")
    link.close()
    assert [one.name for one in tmp_path.iterdir() if not one.name.endswith("-shm")] == []
