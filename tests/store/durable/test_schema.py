"""The SQLite file: created whole, recognised, held by one server, and never replaced when it is damaged."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.durable import Batch, CannotStart, Damaged, Loaded, schema
from store.durable.committing import Committing
from tests.store.durable.rows import said

NOW = 1_700_000_000_000


@pytest.fixture
def filled(path: Path) -> Path:
    """A store's file with something in every table, closed."""
    committing = Committing(path, lambda: NOW)
    committing.start()
    rows = [said(seq, text=f"message {seq}", frame=b"x" * 300) for seq in range(1, 200)]
    committing.commit(Batch(rows=rows, shelves=[("people", "a", b"{}")], answers=[("d1", "n1", b"kept")]))
    committing.close()
    return path


def open_and_close(path: Path) -> Loaded:
    committing = Committing(path, lambda: NOW)
    loaded = committing.start()
    committing.close()
    return loaded


def test_a_new_store_is_empty_and_has_an_epoch(path: Path) -> None:
    loaded = open_and_close(path)
    assert loaded.shelves == []
    assert loaded.epoch
    assert loaded.newest_at == 0


def test_two_stores_never_share_an_epoch(tmp_path: Path) -> None:
    assert open_and_close(tmp_path / "a.db").epoch != open_and_close(tmp_path / "b.db").epoch


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_on_the_machine_may_read_the_messages(path: Path) -> None:
    committing = Committing(path, lambda: NOW)
    committing.start()
    committing.commit(Batch(rows=[said(1)]))
    held = [path, path.with_name("parley.db-wal"), path.with_name("parley.db-shm")]
    assert [stat.S_IMODE(file.stat().st_mode) for file in held] == [0o600] * 3
    committing.close()


def test_a_creation_that_was_cut_short_is_begun_again(path: Path) -> None:
    path.with_name("parley.db.new").write_bytes(b"half a database")
    assert open_and_close(path).shelves == []
    assert not path.with_name("parley.db.new").exists()


def test_a_store_holds_together_after_it_is_closed(filled: Path) -> None:
    assert open_and_close(filled).shelves == [("people", "a", b"{}")]
    assert {file.name for file in filled.parent.iterdir()} == {"parley.db", "parley.db.lock"}


LENGTHS = [0, 1, 50, 100, 4095, 4096, 4097, 20_000]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_cut_short_is_called_damaged_and_left_alone(filled: Path, length: int) -> None:
    whole = filled.read_bytes()
    assert length < len(whole)
    filled.write_bytes(whole[:length])
    with pytest.raises(Damaged, match=r"parley\.db"):
        open_and_close(filled)
    assert filled.read_bytes() == whole[:length]
    filled.write_bytes(whole)
    assert open_and_close(filled).shelves == [("people", "a", b"{}")]


def test_a_file_with_any_page_blanked_is_called_damaged(filled: Path) -> None:
    whole = filled.read_bytes()
    for start in range(0, len(whole), 4096):
        filled.write_bytes(whole[:start] + bytes(4096) + whole[start + 4096 :])
        with pytest.raises(Damaged):
            open_and_close(filled)


@pytest.mark.parametrize("content", [b"dear diary, ", os.urandom(64)], ids=["text", "noise"])
def test_a_file_that_is_no_database_is_called_damaged_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content * 1000)
    with pytest.raises(Damaged, match=r"parley\.db"):
        open_and_close(path)
    assert path.read_bytes() == content * 1000


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("create table bookmarks (url text)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(Damaged, match="another program"):
        open_and_close(path)
    assert path.read_bytes() == before


def test_a_log_without_its_database_is_not_a_fresh_start(path: Path) -> None:
    path.with_name("parley.db-wal").write_bytes(b"what was written last")
    with pytest.raises(Damaged, match="gone"):
        open_and_close(path)
    assert not path.exists()


def test_a_file_of_a_newer_parley_is_left_alone(filled: Path) -> None:
    with sqlite3.connect(filled) as link:
        link.execute("pragma user_version = 999")
    link.close()
    with pytest.raises(CannotStart, match="newer Parley"):
        open_and_close(filled)


def test_an_older_file_goes_through_the_steps_it_lacks(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        schema, "STEPS", (*schema.STEPS, "create table added (a text); insert into added values ('b');")
    )
    assert open_and_close(filled).shelves == [("people", "a", b"{}")]
    open_and_close(filled)
    with sqlite3.connect(filled) as link:
        assert link.execute("select * from added").fetchall() == [("b",)]
        assert link.execute("pragma user_version").fetchone() == (len(schema.STEPS),)
    link.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(
            schema, "STEPS", (*schema.STEPS, "create table added (a text); insert into nowhere values (1);")
        )
        with pytest.raises(CannotStart):
            open_and_close(filled)
    assert open_and_close(filled).shelves == [("people", "a", b"{}")]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="folder"):
        open_and_close(tmp_path / "not there" / "parley.db")


def test_a_folder_in_place_of_the_file_is_said(path: Path) -> None:
    path.mkdir()
    with pytest.raises(CannotStart, match=r"parley\.db"):
        open_and_close(path)


def test_a_second_server_on_the_same_folder_is_refused(path: Path) -> None:
    first = Committing(path, lambda: NOW)
    first.start()
    with pytest.raises(CannotStart, match="Another Parley is running"):
        Committing(path, lambda: NOW).start()
    first.commit(Batch(rows=[said(1)]))
    first.close()


def test_two_servers_on_two_folders_do_not_meet(tmp_path: Path) -> None:
    first, second = (Committing(tmp_path / name, lambda: NOW) for name in ("a.db", "b.db"))
    first.start()
    second.start()
    first.close()
    second.close()


@pytest.fixture
def other_server(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the store."""
    command = [sys.executable, "-m", "tests.store.durable.committer", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept 1\n"
        yield process
        process.kill()


def test_a_store_is_free_again_when_its_server_was_killed(path: Path, other_server: subprocess.Popen[bytes]) -> None:
    with pytest.raises(CannotStart, match="Another Parley is running"):
        open_and_close(path)
    other_server.kill()
    other_server.wait()
    assert open_and_close(path).shelves


@pytest.fixture(params=["file", "folder"])
def may_not_write(request: pytest.FixtureRequest, filled: Path) -> Iterator[Path]:
    """A store of which the file, or its folder too, may only be read, and somebody who is not root."""
    if os.name == "nt":
        pytest.skip("Windows has no such permissions")
    folder, lock = filled.parent, filled.with_name("parley.db.lock")
    modes = {place: place.stat().st_mode for place in (filled, lock, *list(filled.parents)[:-2])}
    for place in list(filled.parents)[1:-2]:
        place.chmod(modes[place] | 0o011)
    filled.chmod(0o444)
    lock.chmod(0o666)
    folder.chmod(0o777 if request.param == "file" else 0o555)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield filled
    if was_root:
        os.seteuid(0)
    for place, mode in modes.items():
        place.chmod(mode)


def test_a_store_that_may_not_be_written_is_said_at_the_start(may_not_write: Path) -> None:
    with pytest.raises(CannotStart, match="cannot be written"):
        open_and_close(may_not_write)


@pytest.mark.parametrize(
    "left", ["files/ab/abcd", "backups/00001-2026-11-26T03-00/manifest.json", ".restoring/name", "search.db"]
)
def test_a_house_that_was_lived_in_is_never_begun_anew(path: Path, left: str) -> None:
    there = path.parent / left
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(b"somebody's")
    with pytest.raises(Damaged, match=r"scripts/restore\.py"):
        open_and_close(path)
    assert not path.exists()


def test_empty_folders_beside_it_are_no_house(path: Path) -> None:
    for name in ("files/ab", "backups", "uploads"):
        (path.parent / name).mkdir(parents=True)
    assert open_and_close(path).shelves == []
