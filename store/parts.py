"""The bytes of one upload that is not whole yet: a file that only grows, and its SHA-256 as it does.

Everything here blocks: it is called from worker threads, for one part by one at a time. What counts as arrived is what
`sync` brought to disk; after a restart the file itself says how much that is.
"""

import errno
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from store.blobs import PIECE, sync_directory, write_synced

TRIAL = ".trial"  # ending of the note beside a part while a piece is on trial
CHECKSUMS = {
    "sha1": 20,
    "sha256": 32,
}  # what a piece's checksum may be made with, and its bytes; tus asks for the first


class Stopped(Exception):
    """The server leaves before this was done; it is done after the next start."""


@dataclass
class _Trial:
    """Where a part stood before a piece that may have to go again, and the piece's own digest."""

    size: int
    sha256: "hashlib._Hash"
    hashed: int
    digest: "hashlib._Hash"
    noted: bool = False


class Part:
    """`path` grows by `append`; `size` is how much of it is synced. `room` says how many bytes may still be written."""

    def __init__(self, path: Path, room: Callable[[], int]) -> None:
        self.path = path
        self.size = 0
        self._room = room
        self._sha256 = hashlib.sha256()
        self._hashed = 0  # bytes from the front that are in _sha256; fewer than `size` after a restart
        self._trial: _Trial | None = None

    def make(self) -> None:
        """An empty file, to be synced together with its directory by whoever makes it."""
        self.path.touch(exist_ok=False)

    def append(self, pieces: Sequence[bytes]) -> None:
        """Write at the end. Raises OSError when the disk is full or fails; what was written before that stays."""
        if self._room() <= 0:
            raise OSError(errno.ENOSPC, "no room left above the margin")
        if self._trial is not None and not self._trial.noted:
            write_synced(self._note, str(self._trial.size).encode())
            self._trial.noted = True
        with self.path.open("ab", buffering=0) as file:
            at = file.tell()
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    written = file.write(rest)
                    if self._trial is not None:
                        self._trial.digest.update(rest[:written])
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

    def try_piece(self, algorithm: str) -> None:
        """What is appended from now on is on trial until `judge`; `algorithm` is one of CHECKSUMS."""
        digest = hashlib.new(algorithm, usedforsecurity=False)
        self._trial = _Trial(self.size, self._sha256.copy(), self._hashed, digest)

    def judge(self, checksum: bytes) -> bool:
        """Whether what is on trial has this checksum. If not, all of it is taken off again, on disk too."""
        trial, self._trial = self._trial, None
        assert trial is not None
        fits = trial.digest.digest() == checksum
        if not fits:
            self._cut(trial.size)
            self.size, self._sha256, self._hashed = trial.size, trial.sha256, trial.hashed
        if trial.noted:
            self._forget_trial()
        return fits

    def recover(self) -> None:
        """After a restart: what was still on trial goes, the rest counts."""
        if self._note.exists():
            self._cut(int(self._note.read_bytes()))
            self._forget_trial()
        self.sync()

    @property
    def _note(self) -> Path:
        """Beside the part while a piece is on trial: how long the part was before, should the power go meanwhile."""
        return self.path.with_suffix(TRIAL)

    def _forget_trial(self) -> None:
        self._note.unlink(missing_ok=True)
        sync_directory(self.path.parent)

    def _cut(self, size: int) -> None:
        with self.path.open("r+b", buffering=0) as file:
            file.truncate(size)
            os.fsync(file.fileno())

    def forget_hash(self) -> None:
        """Its bytes are others now."""
        self._sha256, self._hashed = hashlib.sha256(), 0

    def cut(self, size: int) -> None:
        """No longer than this, on disk when it returns."""
        if self.path.stat().st_size > size:
            self._cut(size)

    def sha256(self, stopping: threading.Event, size: int = 1 << 62) -> str:
        """The hash of it, up to `size`, reading only what was not hashed on the way.

        Raises Stopped when `stopping` is set.
        """
        if self._hashed > size:
            self.forget_hash()
        with self.path.open("rb", buffering=0) as file:
            file.seek(self._hashed)
            while piece := file.read(min(PIECE, size - self._hashed)):
                if stopping.is_set():
                    raise Stopped
                self._sha256.update(piece)
                self._hashed += len(piece)
        return self._sha256.hexdigest()
