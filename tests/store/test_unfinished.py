"""Unfinished uploads on disk: found again whatever was cut short."""

import hashlib
import logging
import threading
from pathlib import Path

import pytest

from protocol.records import replaced
from store.unfinished import Unfinished, UnfinishedUploads

ONE = "f" + "a" * 26
ROW = Unfinished(id=ONE, uploader="p" + "a" * 13, name="a.bin", size=10, at=1)


def uploads(folder: Path) -> UnfinishedUploads:
    return UnfinishedUploads(folder / "uploads", lambda: 1 << 30)


@pytest.fixture
def begun(tmp_path: Path) -> UnfinishedUploads:
    """A folder with one upload in it."""
    disk = uploads(tmp_path)
    disk.find()
    disk.make(ROW)
    return disk


def test_an_upload_is_found_again(begun: UnfinishedUploads, tmp_path: Path) -> None:
    (tmp_path / "uploads" / f"{ONE}.part").write_bytes(b"12345")
    found = uploads(tmp_path).find()[ONE]
    assert (found.row, found.part.size, found.whole) == (ROW, 5, False)
    assert found.touched > ROW.at


def test_an_upload_with_all_its_bytes_is_whole(begun: UnfinishedUploads, tmp_path: Path) -> None:
    (tmp_path / "uploads" / f"{ONE}.part").write_bytes(b"1234567890")
    assert uploads(tmp_path).find()[ONE].whole


def test_an_upload_whose_bytes_were_moved_is_whole(begun: UnfinishedUploads, tmp_path: Path) -> None:
    text = (tmp_path / "uploads" / f"{ONE}.json").read_text().replace('"sha256":""', '"sha256":"abc"')
    (tmp_path / "uploads" / f"{ONE}.json").write_text(text)
    (tmp_path / "uploads" / f"{ONE}.part").unlink()
    assert uploads(tmp_path).find()[ONE].whole


def test_an_upload_that_lost_its_bytes_is_forgotten(begun: UnfinishedUploads, tmp_path: Path) -> None:
    (tmp_path / "uploads" / f"{ONE}.part").unlink()
    assert uploads(tmp_path).find() == {}
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_removed_upload_leaves_nothing(begun: UnfinishedUploads, tmp_path: Path) -> None:
    begun.remove(uploads(tmp_path).find()[ONE])
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id":"../../x"}', '{"id":"' + ONE + '"}'])
def test_a_strange_file_is_named_and_left_alone(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "uploads").mkdir()
    strange = tmp_path / "uploads" / "strange.json"
    strange.write_text(text)
    with caplog.at_level(logging.WARNING):
        assert uploads(tmp_path).find() == {}
    assert strange.read_text() == text
    assert "strange.json" in caplog.text


def test_a_voice_message_that_was_made_playable_takes_the_place_of_what_came(tmp_path: Path) -> None:
    disk = uploads(tmp_path)
    disk.find()
    upload = disk.make(replaced(ROW, voice=True, name="a.webm"))
    upload.part.append([b"1234567890"])
    disk.beside(upload).write_bytes(b"made")
    disk.swap(upload)
    disk.seal(upload, threading.Event())
    found = uploads(tmp_path).find()[ONE]
    assert (found.row.name, found.row.size, found.row.came, found.row.made) == ("a.mp3", 4, 10, True)
    assert found.row.sha256 == hashlib.sha256(b"made").hexdigest()
    assert (found.part.path.read_bytes(), found.whole) == (b"made", True)
    disk.remove(found)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_was_being_made_when_the_server_went_is_made_again(tmp_path: Path) -> None:
    disk = uploads(tmp_path)
    disk.find()
    upload = disk.make(replaced(ROW, voice=True))
    upload.part.append([b"1234567890"])
    disk.beside(upload).write_bytes(b"half")
    found = uploads(tmp_path).find()[ONE]
    assert (found.row.made, found.part.path.read_bytes(), found.whole) == (False, b"1234567890", True)
    assert not disk.beside(upload).exists()
