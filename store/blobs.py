"""The bytes of complete files, each in one place named by its SHA-256, so that equal files share one copy.

Everything here blocks: it is called from worker threads. A blob is whole and on disk before its name exists.
"""

import os
import secrets
from pathlib import Path
from typing import BinaryIO

PIECE = 256 * 1024  # bytes read or hashed at once


class Blobs:
    """Two folders: `files/ab/abcd…` for bytes, `thumbnails/ab/abcd….webp` for what can be made again from them."""

    def __init__(self, directory: Path) -> None:
        self._files = directory / "files"
        self._thumbnails = directory / "thumbnails"

    def path(self, sha256: str) -> Path:
        """Where these bytes are, or will be."""
        return self._files / sha256[:2] / sha256

    def thumbnail(self, sha256: str) -> Path:
        """Where the small picture of these bytes is, or will be."""
        return self._thumbnails / sha256[:2] / f"{sha256}.webp"

    def take(self, part: Path, sha256: str) -> Path:
        """Move a synced file to its place; if its bytes are there already, that copy stays and `part` goes.

        Taking again what was taken before a crash changes nothing. Raises OSError, and `part` stays where it was.
        """
        place = self.path(sha256)
        make_directory(place.parent)
        if not part.exists() and place.exists():
            return place
        if place.exists() and place.stat().st_size == part.stat().st_size:
            part.unlink()
        else:
            part.replace(place)
        sync_directory(place.parent)
        sync_directory(part.parent)
        return place


class Reader:
    """A stretch of a file, read piece by piece; `first` and `length` are bytes."""

    def __init__(self, path: Path, first: int, length: int) -> None:
        self._file: BinaryIO = path.open("rb", buffering=0)
        self._file.seek(first)
        self._left = length

    def read(self) -> bytes:
        """The next piece, empty at the end."""
        piece = self._file.read(min(PIECE, self._left))
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def make_directory(directory: Path) -> None:
    """The directory and those above it, for their owner alone, on disk when this returns.

    They are so even in a data folder that others may look into, as one made by hand on a shared machine is.
    """
    if directory.is_dir():
        return
    make_directory(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)
    sync_directory(directory.parent)


def sync_directory(directory: Path) -> None:
    """Bring names that were made, moved or removed to disk. Windows has no such call and journals names itself."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_synced(path: Path, content: bytes, mode: int = 0o666) -> None:
    """A small file, whole or not at all; `mode` is its rights from the first moment, less the umask."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with open(beside, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)
