"""The bytes of one upload that is not whole yet: a file that only grows, and its SHA-256 as it does.

Everything here blocks: it is called from worker threads, for one part by one at a time. What counts as arrived is what
`sync` brought to disk; after a restart the file itself says how much that is.
"""

import errno
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from store.blobs import PIECE


class Stopped(Exception):
    """The server leaves before this was done; it is done after the next start."""


class Part:
    """`path` grows by `append`; `size` is how much of it is synced. `room` says how many bytes may still be written."""

    def __init__(self, path: Path, room: Callable[[], int]) -> None:
        self.path = path
        self.size = 0
        self._room = room
        self._sha256 = hashlib.sha256()
        self._hashed = 0  # bytes from the front that are in _sha256; fewer than `size` after a restart

    def make(self) -> None:
        """An empty file, to be synced together with its directory by whoever makes it."""
        self.path.touch(exist_ok=False)

    def append(self, pieces: Sequence[bytes]) -> None:
        """Write at the end. Raises OSError when the disk is full or fails; what was written before that stays."""
        if self._room() <= 0:
            raise OSError(errno.ENOSPC, "no room left above the margin")
        with self.path.open("ab", buffering=0) as file:
            at = file.tell()
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    written = file.write(rest)
                    if at == self._hashed:
                        self._sha256.update(rest[:written])
                        self._hashed += written
                    at += written
                    rest = rest[written:]

    def sync(self) -> int:
        """Bring what was written to disk, and only then count it."""
        with self.path.open("ab", buffering=0) as file:
            os.fsync(file.fileno())
            self.size = os.fstat(file.fileno()).st_size
        return self.size

    def sha256(self, stopping: threading.Event) -> str:
        """The hash of all of it, reading only what was not hashed on the way. Raises Stopped when `stopping` is set."""
        with self.path.open("rb", buffering=0) as file:
            file.seek(self._hashed)
            while piece := file.read(PIECE):
                if stopping.is_set():
                    raise Stopped
                self._sha256.update(piece)
                self._hashed += len(piece)
        return self._sha256.hexdigest()
