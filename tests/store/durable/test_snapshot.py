"""A copy of the database: of one moment, whoever writes, and a store of its own when it is put to use."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store.durable import Batch, snapshot
from store.durable.committing import Committing
from store.durable.snapshot import CannotCopy, begin_anew, copy_database, epoch, require_whole, shelf
from tests.store.durable.rows import OTHER, ROOM, said

PROGRAM = [sys.executable, "-m", "tests.store.durable.committer"]


@pytest.fixture
def filled(path: Path) -> Path:
    """A store's file with something in it, more than one step of a copy, closed."""
    store = Committing(path, lambda: 1)
    store.start()
    rows = [said(seq, text=f"message {seq}", frame=b"x" * 3000) for seq in range(1, 800)]
    store.commit(Batch(rows=rows, shelves=[("people", "a", b"{}"), ("people", "b", b"[]")]))
    store.close()
    return path


def dump(path: Path) -> list[str]:
    """Everything in it, but what it says of itself."""
    link = sqlite3.connect(path)
    lines = [line for line in link.iterdump() if '"meta"' not in line]
    link.close()
    return lines


def numbers(path: Path, conversation: str) -> list[int]:
    link = sqlite3.connect(path)
    found = link.execute("select seq from log where conversation = ? order by seq", (conversation,)).fetchall()
    link.close()
    return [seq for (seq,) in found]


def test_a_copy_under_a_writer_is_of_one_moment_and_lacks_nothing_acknowledged(path: Path, tmp_path: Path) -> None:
    with subprocess.Popen([*PROGRAM, str(path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for number in range(5):
            lines = [writer.stdout.readline() for _ in range(200)]
            copy = tmp_path / f"{number}.db"
            copy_database(path, copy)
            require_whole(copy)
            there = numbers(copy, ROOM)
            assert there == numbers(copy, OTHER) == list(range(1, len(there) + 1))
            assert shelf(copy, "counts") == [b"%d" % len(there)]
            assert len(there) >= int(lines[-1].split()[1])
        writer.kill()


def test_a_copy_ends_though_every_step_meets_a_new_commit(filled: Path, tmp_path: Path) -> None:
    store = Committing(filled, lambda: 1)
    store.start()
    steps = iter(range(1, 10_000))

    def commits() -> None:
        store.commit(Batch(rows=[said(next(steps), conversation=OTHER)]))

    copy_database(filled, tmp_path / "copy.db", commits)
    store.close()
    assert next(steps) < 50
    assert numbers(tmp_path / "copy.db", OTHER) == []


def test_a_copy_can_be_given_up(filled: Path, tmp_path: Path) -> None:
    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_database(filled, tmp_path / "copy.db", leave)


def test_looking_through_it_can_be_given_up(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot, "STEPS_BETWEEN", 10)
    with pytest.raises(KeyboardInterrupt):
        require_whole(filled, leave)


def test_only_a_database_of_ours_is_copied(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("create table bookmarks (url text)")
    other.close()
    (tmp_path / "noise.db").write_bytes(b"dear diary" * 1000)
    with pytest.raises(CannotCopy, match="not a database of Parley"):
        copy_database(tmp_path / "other.db", tmp_path / "a.db")
    with pytest.raises(CannotCopy, match="damaged"):
        copy_database(tmp_path / "noise.db", tmp_path / "b.db")


def test_a_whole_copy_is_called_whole_and_leaves_nothing_beside_it(filled: Path) -> None:
    require_whole(filled)
    assert shelf(filled, "people") == [b"{}", b"[]"]
    assert {file.name for file in filled.parent.iterdir()} == {"parley.db", "parley.db.lock"}


def test_any_damaged_page_of_a_copy_is_found(filled: Path) -> None:
    whole = filled.read_bytes()
    for start in range(0, len(whole), 4096 * 37):
        filled.write_bytes(whole[:start] + b"\xff" * 4096 + whole[start + 4096 :])
        with pytest.raises(CannotCopy, match="damaged"):
            require_whole(filled)


def test_a_store_that_begins_anew_has_another_epoch_and_the_same_rows(filled: Path) -> None:
    before, rows = epoch(filled), dump(filled)
    new = begin_anew(filled)
    assert new != before
    assert epoch(filled) == new
    assert dump(filled) == rows
    store = Committing(filled, lambda: 1)
    assert store.start().epoch == new
    store.close()
