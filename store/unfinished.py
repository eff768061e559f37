"""Uploads that are not complete, on disk: `uploads/<id>.part` and a small `<id>.json` beside it.

A voice message may have an `<id>.made` too, which takes the place of its part when it is whole.

Everything that touches the disk here blocks: it is called from worker threads. The JSON is written last when an upload
begins and removed first when it ends, so what has no JSON is a leftover of a crash.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from protocol.records import Record, from_json, replaced, to_json
from store.blobs import make_directory, sync_directory, write_synced
from store.filetypes import found_type
from store.parts import TRIAL, Part
from store.receiving import Receiving
from store.traces import erase
from store.voices import playable_name

PART, MADE = BYTES = (".part", ".made")

log = logging.getLogger(__name__)


class Unfinished(Record, frozen=True, kw_only=True):
    """The JSON beside a part. `sha256` is filled in once the bytes are all there; `at` is when it began, in ms.

    `voice` is a recording of somebody speaking, to be made playable everywhere, and `made` once it is. Where something
    else became of what was uploaded, `size` and `sha256` are of that, and `came` is how many bytes were uploaded.
    """

    id: str
    uploader: str
    name: str
    size: int
    at: int
    sha256: str = ""
    voice: bool = False
    made: bool = False
    came: int = 0


@dataclass(eq=False)
class Upload:
    """An unfinished upload in memory. `touched` is when it was last continued, in ms; `last` the last request to it."""

    row: Unfinished
    part: Part
    touched: int
    last: Receiving | None = None
    settling: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def whole(self) -> bool:
        """All bytes are there; what is left is ours to do."""
        return bool(self.row.sha256) or self.part.size == self.row.size

    @property
    def adding(self) -> Receiving | None:
        """The request that adds to it right now."""
        return None if self.last is None or self.last.closed else self.last


class UnfinishedUploads:
    """The directory they are in. `room` says how many bytes may still be written."""

    def __init__(self, directory: Path, room: Callable[[], int]) -> None:
        self._directory = directory
        self._room = room

    def find(self) -> dict[str, Upload]:
        """What was left when the server went, by id. Raises OSError."""
        make_directory(self._directory)
        found = {}
        for path in sorted(self._directory.glob("*.json")):
            upload = self._read(path)
            if upload is not None:
                found[upload.row.id] = upload
        for path in self._directory.iterdir():
            if path.suffix in {".new", TRIAL} or (path.suffix in BYTES and not _belongs(path, found)):
                path.unlink()
        return found

    def make(self, row: Unfinished) -> Upload:
        """A new one, with nothing in it yet. Raises OSError."""
        upload = Upload(row, self._part(row), row.at)
        upload.part.make()
        write_synced(self._beside(row.id), to_json(row))
        return upload

    def remove(self, upload: Upload) -> None:
        """Leave nothing of it here."""
        self._beside(upload.row.id).unlink(missing_ok=True)
        for ending in (*BYTES, TRIAL):
            self._bytes(upload.row.id, ending).unlink(missing_ok=True)
        sync_directory(self._directory)

    def seal(self, upload: Upload, stopping: threading.Event) -> None:
        """Erase what a photo or film tells of where it was taken, and write into the JSON what the bytes are then.

        Raises OSError, or Stopped when `stopping` is set.
        """
        row, part = upload.row, upload.part
        erased = erase(part.path, found_type(part.path))
        if erased.changed:
            part.forget_hash()
        sha256 = part.sha256(stopping, erased.size)
        came = row.came or (row.size if erased.size < row.size else 0)
        row = replaced(row, sha256=sha256, size=erased.size, came=came)
        write_synced(self._beside(row.id), to_json(row))
        upload.row = row

    def cut(self, upload: Upload) -> None:
        """What is sealed and not moved yet ends where the seal says. Raises OSError."""
        if upload.part.path.exists():
            upload.part.cut(upload.row.size)

    def beside(self, upload: Upload) -> Path:
        """Where a voice message that plays everywhere may be written."""
        return self._bytes(upload.row.id, MADE)

    def swap(self, upload: Upload) -> None:
        """What was written there is what was uploaded, from now on. Not on disk until it is sealed. Raises OSError."""
        made = Part(self.beside(upload), self._room)
        size = made.sync()
        name = playable_name(upload.row.name)
        upload.row = replaced(upload.row, made=True, came=upload.row.size, size=size, name=name)
        upload.part = made

    def _read(self, path: Path) -> Upload | None:
        try:
            row = from_json(path.read_bytes(), Unfinished)
        except ValueError:
            row = None
        if row is None or row.id != path.stem:
            log.warning("%s is not an upload of ours and is left alone", path.name)
            return None
        part = self._part(row)
        if part.path.exists():
            part.recover()
            return Upload(row, part, max(row.at, int(part.path.stat().st_mtime * 1000)))
        if row.sha256:  # its bytes were moved, the rest was not done
            return Upload(row, part, row.at)
        path.unlink()
        return None

    def _part(self, row: Unfinished) -> Part:
        return Part(self._bytes(row.id, MADE if row.made else PART), self._room)

    def _bytes(self, upload: str, ending: str) -> Path:
        return self._directory / f"{upload}{ending}"

    def _beside(self, upload: str) -> Path:
        return self._directory / f"{upload}.json"


def _belongs(path: Path, found: dict[str, Upload]) -> bool:
    """Whether these are bytes of an upload that goes on; what was being made is made again."""
    upload = found.get(path.stem)
    return upload is not None and (path.suffix == PART or upload.row.made)
