"""Whose a backup is, in a folder that two houses share."""

from pathlib import Path

import pytest

from store.backups.making import Source, make_backup
from store.backups.marks import marks_in, marks_of, of_house
from store.backups.restoring import restore
from tests.store.backups.houses import NOON, lives, sends_two_files, source_in
from tests.store.backups.test_kept import plant


@pytest.fixture
def source(tmp_path: Path) -> Source:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    return source


def test_a_house_knows_its_own_by_either_mark(source: Source, tmp_path: Path) -> None:
    kept = make_backup(source, tmp_path / "stick", NOON)
    marks = marks_of(source.data)
    assert marks == marks_in(kept.manifest())
    assert len(marks) == 2
    restore(kept, source.data, None, NOON)
    assert len(marks & marks_of(source.data)) == 1, "its epoch is another one"
    source.database.write_bytes(b"\xff" * 10_000)
    assert len(marks & marks_of(source.data)) == 1


@pytest.mark.parametrize("left", [None, b"", b"\xff" * 10_000])
def test_where_nothing_tells_whose_it_is_nothing_is_made_up(tmp_path: Path, left: bytes | None) -> None:
    if left is not None:
        (tmp_path / "parley.db").write_bytes(left)
    assert marks_of(tmp_path) == set()
    assert (tmp_path / "parley.db").exists() == (left is not None)


def test_its_own_come_newest_first_and_others_not_at_all(tmp_path: Path) -> None:
    before = plant(tmp_path, 1, epoch="before")
    plant(tmp_path, 2, path="name", epoch="another")
    restored = plant(tmp_path, 3, epoch="restored")
    (plant(tmp_path, 4, epoch="restored") / "manifest.json").write_text("{")
    newest = plant(tmp_path, 5, path="name", epoch="restored")
    assert [kept.path for kept in of_house({"restored"}, tmp_path)] == [newest, restored, before]
    assert list(of_house(set(), tmp_path)) == list(of_house({"a third"}, tmp_path)) == []
