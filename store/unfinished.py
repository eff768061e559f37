"""Uploads that are not complete, on disk: `uploads/<id>.part` and a small `<id>.json` beside it.

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
from store.parts import Part
from store.receiving import Receiving

log = logging.getLogger(__name__)


class Unfinished(Record, frozen=True, kw_only=True):
    """The JSON beside a part. `sha256` is filled in once the bytes are all there; `at` is when it began, in ms."""

    id: str
    uploader: str
    name: str
    size: int
    at: int
    sha256: str = ""


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
            if path.suffix == ".new" or (path.suffix == ".part" and path.stem not in found):
                path.unlink()
        return found

    def make(self, row: Unfinished) -> Upload:
        """A new one, with nothing in it yet. Raises OSError."""
        upload = Upload(row, self._part(row.id), row.at)
        upload.part.make()
        write_synced(self._beside(row.id), to_json(row))
        return upload

    def remove(self, upload: Upload) -> None:
        """Leave nothing of it here."""
        self._beside(upload.row.id).unlink(missing_ok=True)
        upload.part.path.unlink(missing_ok=True)
        sync_directory(self._directory)

    def seal(self, upload: Upload, stopping: threading.Event) -> None:
        """Write into the JSON what the whole part's bytes are. Raises OSError, or Stopped when `stopping` is set."""
        row = replaced(upload.row, sha256=upload.part.sha256(stopping))
        write_synced(self._beside(row.id), to_json(row))
        upload.row = row

    def _read(self, path: Path) -> Upload | None:
        try:
            row = from_json(path.read_bytes(), Unfinished)
        except ValueError:
            row = None
        if row is None or row.id != path.stem:
            log.warning("%s is not an upload of ours and is left alone", path.name)
            return None
        part = self._part(row.id)
        if part.path.exists():
            part.sync()
            return Upload(row, part, max(row.at, int(part.path.stat().st_mtime * 1000)))
        if row.sha256:  # its bytes were moved, the rest was not done
            return Upload(row, part, row.at)
        path.unlink()
        return None

    def _part(self, upload: str) -> Part:
        return Part(self._directory / f"{upload}.part", self._room)

    def _beside(self, upload: str) -> Path:
        return self._directory / f"{upload}.json"
