"""A file that is looked at here and there, and overwritten in place; it never grows or shrinks."""

import os
import re
from typing import BinaryIO

PIECE = 256 * 1024  # bytes read or blanked at once
NEAR = 64  # bytes looked through first: mostly it stands right there
CHANGE = 1024  # bytes that a stretch to be erased counts for, beside its own
STEP = 64  # bytes that a look somewhere counts for
SPARE = 64 * 1024 * 1024  # bytes of work that any file is worth


class TooMuch(Exception):
    """A file that names the same stretch again and again, to keep us busy."""


class Canvas:
    """`changed` says whether any byte is another one now; what is blank already is not written again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)
        self.changed = False
        self._left = 4 * self.size + SPARE

    def spend(self, work: int = STEP) -> None:
        """So many bytes' worth of work. Raises TooMuch when that is more than the file is worth."""
        self._left -= work
        if self._left < 0:
            raise TooMuch

    def read(self, at: int, length: int) -> bytes:
        """Bytes from there, fewer at the end of the file, none behind it: a file may name places no system has."""
        if at >= self.size:
            return b""
        self._file.seek(at)
        return self._file.read(max(0, length))

    def put(self, at: int, content: bytes) -> None:
        """Overwrite; what would lie beyond the end is left out."""
        content = content[: max(0, self.size - at)]
        if self.read(at, len(content)) != content:
            self._file.seek(at)
            self._file.write(content)
            self.changed = True

    def blank(self, first: int, last: int) -> None:
        """Zeros from `first` until before `last`."""
        last = min(last, self.size)
        self.spend(CHANGE + max(0, last - first))
        while first < last:
            length = min(PIECE, last - first)
            self.put(first, bytes(length))
            first += length

    def find(self, pattern: "re.Pattern[bytes]", at: int) -> int:
        """Where the pattern, of at most two bytes, stands next; -1 if nowhere."""
        length = NEAR
        while piece := self.read(at, length):
            self.spend()
            if match := pattern.search(piece):
                return at + match.start()
            if len(piece) < length:
                break
            at += len(piece) - 1
            length = min(8 * length, PIECE)
        return -1

    def sync(self) -> None:
        """Bring what was changed to disk."""
        if self.changed:
            os.fsync(self._file.fileno())


class Window(Canvas):
    """A stretch of a canvas, as if it were a file of its own. Its work counts for the whole."""

    def __init__(self, whole: Canvas, first: int, length: int) -> None:
        self._whole = whole
        self._first = first
        self.size = max(0, min(length, whole.size - first))

    def spend(self, work: int = STEP) -> None:
        """So many bytes' worth of work. Raises TooMuch when that is more than the whole is worth."""
        self._whole.spend(work)

    def read(self, at: int, length: int) -> bytes:
        """Bytes from there, fewer at the end of the stretch."""
        return self._whole.read(self._first + at, min(length, self.size - at))

    def put(self, at: int, content: bytes) -> None:
        """Overwrite; what would lie beyond the end is left out."""
        self._whole.put(self._first + at, content[: max(0, self.size - at)])
