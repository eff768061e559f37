"""The bytes of complete files: one place each, whole before it has a name."""

import math
import os
from pathlib import Path

import pytest

from store.blobs import Blobs, Reader, make_directory, sync_directory, write_first, write_synced

ONE, TWO = "ab" + "1" * 62, "ab" + "2" * 62


def part(folder: Path, content: bytes, name: str = "a.part") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_bytes_have_one_place_named_by_their_hash(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert blobs.take(part(tmp_path, b"one"), ONE) == tmp_path / "files" / "ab" / ONE
    assert blobs.take(part(tmp_path, b"two"), TWO).read_bytes() == b"two"
    assert blobs.path(ONE).read_bytes() == b"one"
    assert not (tmp_path / "a.part").exists()


def test_equal_bytes_are_kept_once(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    first = blobs.take(part(tmp_path, b"one"), ONE).stat().st_ino
    assert blobs.take(part(tmp_path, b"one"), ONE).stat().st_ino == first
    assert not (tmp_path / "a.part").exists()


def test_taking_again_after_a_crash_changes_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    gone = part(tmp_path, b"one")
    blobs.take(gone, ONE)
    assert blobs.take(gone, ONE).read_bytes() == b"one"


def test_taking_what_never_was_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Blobs(tmp_path).take(tmp_path / "never", ONE)


def test_a_copy_that_is_not_whole_is_replaced(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    blobs.take(part(tmp_path, b"on"), ONE)
    assert blobs.take(part(tmp_path, b"one"), ONE).read_bytes() == b"one"


def test_the_name_is_synced_before_it_is_relied_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("store.blobs.sync_directory", synced.append)
    place = Blobs(tmp_path).take(part(tmp_path, b"one"), ONE)
    assert place.parent in synced
    assert tmp_path in synced


def test_a_stretch_is_read_and_no_more(tmp_path: Path) -> None:
    reader = Reader(part(tmp_path, b"0123456789"), 3, 4)
    assert (reader.read(), reader.read()) == (b"3456", b"")
    reader.close()


def test_a_small_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_synced(path, b"old")

    def broken(_: int) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="the disk is gone"):
        write_synced(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


def test_directories_are_made_with_those_above_them(tmp_path: Path) -> None:
    make_directory(tmp_path / "a" / "b" / "c")
    make_directory(tmp_path / "a" / "b" / "c")
    sync_directory(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder's own rights")
def test_nobody_else_on_the_machine_reads_files_even_in_a_data_folder_open_to_all(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    place = Blobs(tmp_path).take(part(tmp_path, b"one"), ONE)
    assert [folder.stat().st_mode & 0o077 for folder in (place.parent, place.parent.parent)] == [0, 0]


def test_the_age_of_bytes_counts_from_when_they_were_taken_last(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert blobs.age_seconds(ONE) == math.inf
    place = blobs.take(part(tmp_path, b"one"), ONE)
    os.utime(place, (0, 0))
    assert blobs.age_seconds(ONE) > 3600
    blobs.take(part(tmp_path, b"one"), ONE)
    assert blobs.age_seconds(ONE) < 3600


def test_of_two_first_words_the_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    write_first(path, b"one", 0o600)
    write_first(path, b"two", 0o600)
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_of_servers_that_begin_at_once_one_is_the_first_where_the_disk_knows_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("links are not supported")

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "secret"
    write_first(path, b"one", 0o600)
    write_first(path, b"two", 0o600)
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_what_is_moved_aside_is_put_back_or_goes_and_who_takes_it_meanwhile_has_it(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    place = blobs.take(part(tmp_path, b"one"), ONE)
    os.utime(place, (1, 1))
    small = blobs.thumbnail(ONE)
    small.parent.mkdir(parents=True)
    small.write_bytes(b"small")
    blobs.move_aside(ONE)
    assert (place.exists(), small.exists(), blobs.aside(), blobs.stored()) == (False, False, {ONE}, {ONE})
    assert blobs.age_aside(ONE) > 3600
    blobs.put_back(ONE)
    assert (place.read_bytes(), small.read_bytes(), blobs.aside()) == (b"one", b"small", set())
    blobs.move_aside(ONE)
    blobs.take(part(tmp_path, b"one"), ONE)
    assert blobs.age_aside(ONE) == 0
    blobs.remove_aside(ONE)
    assert (place.read_bytes(), small.exists(), blobs.aside()) == (b"one", False, set())
    assert blobs.age_aside(TWO) == math.inf


def test_bytes_that_go_while_they_are_taken_are_there_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = Blobs(tmp_path)
    place = blobs.take(part(tmp_path, b"one"), ONE)
    touch = os.utime

    def late(path: Path) -> None:
        blobs.move_aside(ONE)
        touch(path)

    monkeypatch.setattr(os, "utime", late)
    assert blobs.take(part(tmp_path, b"one"), ONE) == place
    assert place.read_bytes() == b"one"
