"""Backups beside one another: which there are, in which order, which go."""

import errno
import os
from pathlib import Path

import pytest

from store.backups import kept as keeping
from store.backups.kept import (
    BackupError,
    Entry,
    Manifest,
    find_backups,
    folder_name,
    one_backup,
    write_manifest,
)
from tests.store.disk import sha256

YEAR = 365 * 24 * 3600 * 1000  # ms
NOON = 1_700_000_000_000  # ms


def plant(folder: Path, number: int, at: int = NOON, path: str = "secret", epoch: str = "e") -> Path:
    """A backup of one file."""
    place = folder / folder_name(number, at)
    (place / path).parent.mkdir(parents=True)
    (place / path).write_bytes(b"one")
    entries = [Entry(path=path, size=3, sha256=sha256(b"one"))]
    write_manifest(place, Manifest(format=1, number=number, at=at, epoch=epoch, entries=entries, lacking=[]))
    return place


def test_they_are_ordered_by_number_whatever_the_clock_said(tmp_path: Path) -> None:
    now, ahead, behind = plant(tmp_path, 1), plant(tmp_path, 2, NOON + YEAR), plant(tmp_path, 3, 0)
    assert [kept.path for kept in find_backups(tmp_path)] == [now, ahead, behind]
    assert one_backup(tmp_path).path == behind


def test_a_folder_without_a_manifest_or_with_a_name_of_its_own_is_none(tmp_path: Path) -> None:
    (tmp_path / folder_name(1, NOON)).mkdir()
    plant(tmp_path, 2).rename(tmp_path / "holiday")
    assert find_backups(tmp_path) == find_backups(tmp_path / "nowhere") == []
    with pytest.raises(BackupError, match="no backup"):
        one_backup(tmp_path / "nowhere")
    assert one_backup(tmp_path / "holiday").path == tmp_path / "holiday"  # but by its own name it can be asked for


def test_a_file_that_is_not_what_was_put_there_is_named(tmp_path: Path) -> None:
    place = plant(tmp_path, 1)
    kept = one_backup(place)
    kept.check()
    (place / "secret").write_bytes(b"two")
    with pytest.raises(BackupError, match="secret is not what was put there"):
        kept.check()
    (place / "secret").unlink()
    with pytest.raises(BackupError, match="secret"):
        kept.check()


def fails(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file that is read then."""

    def refuses(place: Path) -> str:
        raise OSError(code, os.strerror(code), str(place))

    monkeypatch.setattr(keeping, "hash_of", refuses)


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EIO, errno.EBADMSG])
def test_what_a_disk_does_not_give_back_is_spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    kept = one_backup(plant(tmp_path, 1, path="files/ab/abcd"))
    fails(code, monkeypatch)
    assert kept.find_spoilt(kept.manifest()) == ["files/ab/abcd"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EACCES, r"abcd may not be read\. Run this as root"),
        (errno.ETIMEDOUT, rf"abcd: {os.strerror(errno.ETIMEDOUT)}\. Try again"),
        (errno.EMFILE, rf"abcd: {os.strerror(errno.EMFILE)}\. Try again"),
    ],
)
def test_one_that_could_not_be_read_now_is_not_called_spoilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    kept = one_backup(plant(tmp_path, 1, path="files/ab/abcd"))
    fails(code, monkeypatch)
    with pytest.raises(BackupError, match=said):
        kept.find_spoilt(kept.manifest())


@pytest.mark.parametrize("path", ["../secret", "/secret", "a/../../b", "c:secret", "..\\secret"])
def test_a_manifest_that_leads_outside_is_refused(tmp_path: Path, path: str) -> None:
    place = tmp_path / folder_name(1, NOON)
    place.mkdir()
    entries = [Entry(path=path, size=3, sha256=sha256(b"one"))]
    write_manifest(place, Manifest(format=1, number=1, at=NOON, epoch="e", entries=entries, lacking=[]))
    with pytest.raises(BackupError, match="outside"):
        one_backup(place).manifest()


@pytest.mark.parametrize(
    "text", ["", "{}", '{"format": 2, "number": 1, "at": 1, "epoch": "", "entries": [], "lacking": []}']
)
def test_a_manifest_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    place = plant(tmp_path, 1)
    (place / "manifest.json").write_text(text)
    with pytest.raises(BackupError, match="00001"):
        one_backup(place).manifest()
