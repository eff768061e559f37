"""Which backup is the newest when a house has had two folders for them."""

import shutil
from pathlib import Path

import pytest

from store.backups.kept import BackupError, one_backup
from store.backups.places import ELSEWHERE, WITHIN, is_of, newest_of, note_place
from tests.store.backups.test_kept import NOON, YEAR, plant


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Where the server keeps them since a while; what it made before is in the data folder."""
    folder = tmp_path / "stick"
    folder.mkdir()
    note_place(tmp_path, folder)
    return folder


def test_between_two_folders_the_time_counts_and_not_the_number(tmp_path: Path, elsewhere: Path) -> None:
    plant(tmp_path / WITHIN, 400)
    new = plant(elsewhere, 1, NOON + YEAR)
    assert newest_of(tmp_path).path == new
    newer = plant(tmp_path / WITHIN, 401, NOON + 2 * YEAR)  # by hand, before an upgrade
    assert newest_of(tmp_path).path == newer


def test_within_a_folder_the_number_counts_and_not_the_time(tmp_path: Path, elsewhere: Path) -> None:
    plant(elsewhere, 1, NOON + YEAR)
    last = plant(elsewhere, 2, NOON)
    assert newest_of(tmp_path).path == last


def test_those_of_this_house_go_before_newer_ones_of_another(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "secret").write_bytes(b"one")
    before = plant(tmp_path / WITHIN, 1)
    mine = plant(elsewhere, 1, NOON + 1)
    theirs = plant(elsewhere, 2, NOON + YEAR, path="name", epoch="another")
    assert newest_of(tmp_path).path == mine
    assert is_of(tmp_path, one_backup(mine))
    assert not is_of(tmp_path, one_backup(theirs))
    shutil.rmtree(mine)
    assert newest_of(tmp_path).path == before


def test_where_none_is_known_as_its_own_the_newest_is_taken(tmp_path: Path, elsewhere: Path) -> None:
    plant(elsewhere, 1)
    last = plant(elsewhere, 2, NOON + YEAR, epoch="another")
    assert newest_of(tmp_path).path == last
    (tmp_path / "secret").write_bytes(b"two")
    assert newest_of(tmp_path).path == last
    assert not is_of(tmp_path, one_backup(last))


def test_nothing_older_is_taken_where_the_newest_cannot_be_read(tmp_path: Path, elsewhere: Path) -> None:
    (tmp_path / "secret").write_bytes(b"one")
    plant(elsewhere, 1)
    (plant(elsewhere, 2) / "manifest.json").write_text("{")
    with pytest.raises(BackupError, match="00002"):
        newest_of(tmp_path)


def test_a_disk_that_is_not_there_is_named_and_nothing_older_taken(tmp_path: Path, elsewhere: Path) -> None:
    plant(tmp_path / WITHIN, 1)
    elsewhere.rmdir()
    with pytest.raises(BackupError, match=f"{elsewhere}, which is not there now"):
        newest_of(tmp_path)


def test_where_there_is_none_all_folders_are_named(tmp_path: Path, elsewhere: Path) -> None:
    with pytest.raises(BackupError, match=f"no backup in {tmp_path / WITHIN} or {elsewhere}."):
        newest_of(tmp_path)


def test_a_server_that_keeps_them_with_its_data_again_leaves_no_note(tmp_path: Path, elsewhere: Path) -> None:
    plant(elsewhere, 1)
    mine = plant(tmp_path / WITHIN, 1)
    note_place(tmp_path, tmp_path / WITHIN)
    assert not (tmp_path / ELSEWHERE).exists()
    assert newest_of(tmp_path).path == mine


def test_what_stands_there_already_is_not_written_again(tmp_path: Path, elsewhere: Path) -> None:
    """The disk may be full."""
    before = (tmp_path / ELSEWHERE).stat().st_ino
    note_place(tmp_path, elsewhere)
    assert (tmp_path / ELSEWHERE).stat().st_ino == before
    note_place(tmp_path, tmp_path / "another")
    assert (tmp_path / ELSEWHERE).read_text() == str(tmp_path / "another")


def test_a_note_that_cannot_be_read_is_said_until_it_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / ELSEWHERE).write_bytes(b"\xff")
    with pytest.raises(BackupError, match="Remove it"):
        newest_of(tmp_path)
    last = plant(tmp_path / "stick", 1)
    note_place(tmp_path, tmp_path / "stick")
    assert newest_of(tmp_path).path == last
    with pytest.raises(BackupError, match="could not be written"):
        note_place(tmp_path / "nowhere", tmp_path / "stick")
