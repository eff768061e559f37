"""Key files: closed to others, whole or not at all."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from trust import FolderNotWritable, KeyUnreadable
from trust.keys import SECRET, new_key, packed_key, read_key, write_whole

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


def test_a_key_comes_back_as_it_was_written(tmp_path: Path) -> None:
    key = new_key()
    write_whole(tmp_path / "a.key", packed_key(key), SECRET)
    assert read_key(tmp_path / "a.key", "").private_numbers() == key.private_numbers()


@posix
def test_a_key_left_open_to_others_is_closed_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(packed_key(new_key()))
    path.chmod(0o644)
    read_key(path, "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
def test_a_secret_is_closed_whatever_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_whole(tmp_path / "a.key", b"secret", SECRET)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600


def test_a_key_with_a_passphrase_is_named_as_that(tmp_path: Path) -> None:
    locked = new_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    )
    (tmp_path / "a.key").write_bytes(locked)
    with pytest.raises(KeyUnreadable, match=r"locked with a passphrase\. Do this\."):
        read_key(tmp_path / "a.key", "Do this.")


def test_a_key_of_another_kind_is_not_ours(tmp_path: Path) -> None:
    other = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "a.key").write_bytes(other)
    with pytest.raises(KeyUnreadable, match="not a key Parley made"):
        read_key(tmp_path / "a.key", "")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FolderNotWritable, match="no space left on device"):
        write_whole(tmp_path / "a", b"new", SECRET)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"
