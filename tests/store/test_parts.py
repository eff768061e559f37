"""A part only grows, counts what is synced, and knows its hash whatever happened on the way."""

import errno
import hashlib
import threading
from pathlib import Path

import pytest

from store.parts import Part, Stopped

GO_ON = threading.Event()


def new(path: Path, room: int = 1 << 30) -> Part:
    return Part(path, lambda: room)


def test_a_part_grows_and_counts_what_is_synced(tmp_path: Path) -> None:
    part = new(tmp_path / "a.part")
    part.make()
    part.append([b"one", b"two"])
    assert part.size == 0
    assert part.sync() == part.size == 6
    part.append([b"three"])
    part.sync()
    assert part.path.read_bytes() == b"onetwothree"


def test_a_part_is_not_begun_twice(tmp_path: Path) -> None:
    new(tmp_path / "a.part").make()
    with pytest.raises(FileExistsError):
        new(tmp_path / "a.part").make()


def test_the_hash_is_of_all_of_it(tmp_path: Path) -> None:
    part = new(tmp_path / "a.part")
    part.make()
    part.append([b"one", b"two"])
    assert part.sha256(GO_ON) == hashlib.sha256(b"onetwo").hexdigest()


def test_the_hash_is_of_all_of_it_after_a_restart_too(tmp_path: Path) -> None:
    before = new(tmp_path / "a.part")
    before.make()
    before.append([b"one"])
    after = new(tmp_path / "a.part")
    after.append([b"two"])
    assert after.sha256(GO_ON) == hashlib.sha256(b"onetwo").hexdigest()


def test_what_was_hashed_on_the_way_is_not_read_again(tmp_path: Path) -> None:
    part = new(tmp_path / "a.part")
    part.make()
    part.append([b"one", b"two"])
    part.path.write_bytes(b"ONETWO")
    assert part.sha256(GO_ON) == hashlib.sha256(b"onetwo").hexdigest()


def test_hashing_stops_when_the_server_leaves(tmp_path: Path) -> None:
    part = new(tmp_path / "a.part")
    part.path.write_bytes(b"not hashed on the way")
    leaving = threading.Event()
    leaving.set()
    with pytest.raises(Stopped):
        part.sha256(leaving)
    assert part.sha256(GO_ON) == hashlib.sha256(b"not hashed on the way").hexdigest()


def test_a_part_leaves_the_last_of_the_disk_alone(tmp_path: Path) -> None:
    part = new(tmp_path / "a.part", room=0)
    part.make()
    with pytest.raises(OSError, match="margin") as caught:
        part.append([b"one"])
    assert caught.value.errno == errno.ENOSPC
    assert part.sync() == 0


def begun(path: Path) -> Part:
    """A part that holds "one"."""
    part = new(path)
    part.make()
    part.append([b"one"])
    part.sync()
    return part


def test_a_piece_whose_checksum_fits_stays(tmp_path: Path) -> None:
    part = begun(tmp_path / "a.part")
    part.try_piece("sha1")
    part.append([b"two", b"three"])
    part.sync()
    assert part.judge(hashlib.sha1(b"twothree", usedforsecurity=False).digest())
    assert (part.size, part.sha256(GO_ON)) == (11, hashlib.sha256(b"onetwothree").hexdigest())


def test_a_piece_whose_checksum_does_not_fit_is_as_if_it_had_never_come(tmp_path: Path) -> None:
    part = begun(tmp_path / "a.part")
    part.try_piece("sha256")
    part.append([b"tvo"])
    part.sync()
    assert not part.judge(hashlib.sha256(b"two").digest())
    assert (part.size, part.path.read_bytes()) == (3, b"one")
    part.append([b"two"])
    assert part.sha256(GO_ON) == hashlib.sha256(b"onetwo").hexdigest()


def test_what_was_on_trial_when_the_power_went_is_taken_off(tmp_path: Path) -> None:
    part = begun(tmp_path / "a.part")
    part.try_piece("sha1")
    part.append([b"two"])
    part.sync()
    after = new(tmp_path / "a.part")
    after.recover()
    assert (after.size, sorted(path.name for path in tmp_path.iterdir())) == (3, ["a.part"])


def test_what_was_judged_before_the_power_went_stays(tmp_path: Path) -> None:
    part = begun(tmp_path / "a.part")
    part.try_piece("sha1")
    part.append([b"two"])
    part.sync()
    part.judge(hashlib.sha1(b"two", usedforsecurity=False).digest())
    after = new(tmp_path / "a.part")
    after.recover()
    assert after.size == 6
