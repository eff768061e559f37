"""The bytes of complete files, each in one place named by its SHA-256, so that equal files share one copy.

Everything here blocks: it is called from worker threads. A blob is whole and on disk before its name exists.
"""

import math
import os
import re
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PIECE = 256 * 1024  # bytes read or hashed at once

ASIDE = ".aside"  # of bytes that go unless somebody took them at that very moment

_HASH = re.compile("[0-9a-f]{64}")


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

    def preview(self, sha256: str) -> Path:
        """Where the large picture is, or will be, of bytes that a browser cannot show itself."""
        return self._thumbnails / sha256[:2] / f"{sha256}.large.webp"

    def take(self, part: Path, sha256: str) -> Path:
        """Move a synced file to its place; if its bytes are there already, that copy stays and `part` goes.

        Taking again what was taken before a crash changes nothing. Raises OSError, and `part` stays where it was.
        """
        place = self.path(sha256)
        make_directory(place.parent)
        if not part.exists() and place.exists():
            os.utime(place)
            return place
        if place.exists() and place.stat().st_size == part.stat().st_size and _touch(place):
            part.unlink()
        else:
            part.replace(place)
        sync_directory(place.parent)
        sync_directory(part.parent)
        return place

    def age_seconds(self, sha256: str) -> float:
        """How long ago these bytes were taken last; of none, without end. Raises OSError."""
        try:
            return time.time() - self.path(sha256).stat().st_mtime
        except FileNotFoundError:
            return math.inf

    def move_aside(self, sha256: str) -> None:
        """Take these bytes, and what was made of them, from their names: who takes them now makes them anew.

        The bytes go first, so that what somebody makes of new ones is not moved without anybody seeing it.
        """
        for path in (self.path(sha256), *self._thumbnails.glob(f"{sha256[:2]}/{sha256}*.webp")):
            with suppress(FileNotFoundError):
                path.replace(path.with_name(path.name + ASIDE))

    def age_aside(self, sha256: str) -> float:
        """How long ago bytes that were moved aside were taken last: no time if there are such bytes again.

        It is asked of the open file, as disks that are shared may remember for some seconds how an older one was.
        """
        if self.path(sha256).exists():
            return 0.0
        try:
            with self.path(sha256 + ASIDE).open("rb") as file:
                return time.time() - os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return math.inf

    def put_back(self, sha256: str) -> None:
        """Give what was moved aside its names again."""
        for path in self._aside(sha256):
            with suppress(FileNotFoundError):
                path.replace(path.with_name(path.name.removesuffix(ASIDE)))

    def remove_aside(self, sha256: str) -> None:
        """Leave nothing of what was moved aside; the bytes go last."""
        for path in self._aside(sha256):
            path.unlink(missing_ok=True)

    def aside(self) -> set[str]:
        """The hashes of what was moved aside and left there by a crash."""
        names = (path.name for folder in (self._files, self._thumbnails) for path in folder.glob(f"??/*{ASIDE}"))
        return {name[:64] for name in names if _HASH.fullmatch(name[:64])}

    def _aside(self, sha256: str) -> list[Path]:
        folders = self._thumbnails, self._files
        return [path for folder in folders for path in folder.glob(f"{sha256[:2]}/{sha256}*{ASIDE}")]

    def stored(self) -> set[str]:
        """The hashes of all bytes there are, and of small pictures whose bytes are gone."""
        names = (path.name[:64] for folder in (self._files, self._thumbnails) for path in folder.glob("??/*"))
        return {name for name in names if _HASH.fullmatch(name)}  # what somebody else put here is left alone

    def remove(self, sha256: str) -> None:
        """Leave nothing of these bytes. The bytes go last, so that what was made of them never outlives a crash."""
        for path in (*self._thumbnails.glob(f"{sha256[:2]}/{sha256}*"), self.path(sha256)):
            path.unlink(missing_ok=True)


def _touch(place: Path) -> bool:
    """Taken now, for whoever asks its age. False where it was removed at this very moment."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


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


def _make_once(path: Path, content: bytes, mode: int) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_first(path: Path, content: bytes, mode: int = 0o666) -> None:
    """The same, unless there is one by then, which stays: of servers that begin at once, one is the first.

    Where the disk knows no links, a cut in the middle leaves less than all of it. Raises OSError.
    """
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.first")
    write_synced(beside, content, mode)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # some disks that servers share know no links, and all know how to make a name once
        _make_once(path, content, mode)
    finally:
        beside.unlink(missing_ok=True)
    sync_directory(path.parent)
