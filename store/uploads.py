"""Uploads: from the first byte offered to a complete file that a message may carry.

A complete file is a row of the shelf `files`, and bytes in `Blobs`. A newcomer's first mistake is the order at the end:
hash into the JSON, move the bytes, keep the row, remove the JSON. Wherever that is cut, doing it again finishes it.
"""

import asyncio
import logging
import shutil
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from protocol.errors import Refusal
from store.blobs import Blobs, Reader
from store.darkroom import Darkroom
from store.durable import CannotStart
from store.filenames import clean_name
from store.filetypes import found_type
from store.parts import Stopped
from store.pictures import Pictures
from store.receiving import Checksum, Receiving, in_use, not_saved
from store.rows import File
from store.turns import Turns
from store.unfinished import Unfinished, UnfinishedUploads, Upload
from store.voices import Voices

THREADS = 4  # for reading and writing files, so that one slow disk call does not hold up all
SWEEP_SECONDS = 3600
NO_UPLOAD = "There is no such upload, or it is not yours."

T = TypeVar("T")
Keep = Callable[[str, File], Awaitable[None]]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """`margin` bytes of the disk stay free, or messages could no longer be saved."""

    margin: int = 256 * 1024 * 1024
    keep_days: int = 7  # an unfinished upload nobody continued is removed after that
    per_person: int = 100  # unfinished uploads at a time


@dataclass(frozen=True)
class Standing:
    """How far an unfinished upload has come, in bytes."""

    name: str
    size: int
    offset: int


class Uploads:
    """All uploads of this node. `keep` writes a row of a shelf; `free` says how many bytes are free where a path is.

    `unfinished` is the folder for what this node has not whole, where several share the directory.
    """

    def __init__(
        self,
        directory: Path,
        keep: Keep,
        clock: Callable[[], int],
        pictures: Pictures | None = None,
        settings: Settings | None = None,
        free: Callable[[Path], int] = lambda directory: shutil.disk_usage(directory).free,
        voices: Voices | None = None,
        unfinished: Path | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.blobs = Blobs(directory)
        self._directory = directory
        self._keep = keep
        self._clock = clock
        self._pictures = pictures or Pictures()
        self._darkroom = Darkroom()
        self._voices = voices or Voices()
        self._free = free
        self._disk = UnfinishedUploads(unfinished or directory / "uploads", self.room)
        self._unfinished: dict[str, Upload] = {}
        self._beginning: dict[str, Unfinished] = {}  # count from the first moment on: many begin at once
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="files")
        self.turns = Turns()  # by hash: bytes are not removed while an upload of the same ones becomes a file
        self.swept = asyncio.Event()  # the first look after the start is done
        self._stopping = threading.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Find what was unfinished when the server left, and begin to look after it. Raises CannotStart."""
        try:
            self._unfinished = await self._run(self._disk.find)
        except OSError as error:
            self._pool.shutdown(wait=False)
            raise CannotStart(f"{error.filename} cannot be used: {error.strerror}. Check it and its folder.") from error
        self._own(self._look_after())

    async def close(self) -> None:
        """Bring to disk what has arrived; what is not finished goes on after the next start."""
        self._stopping.set()
        for upload in list(self._unfinished.values()):
            if adding := upload.adding:
                await adding.stop()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pictures.close()
        self._voices.close()
        self._darkroom.close()

    def room(self) -> int:
        """Bytes that may still be uploaded."""
        return max(0, self._free(self._directory) - self.settings.margin)

    # -- while it is unfinished ---------------------------------------------------------------------------------------

    async def create(self, upload_id: str, uploader: str, size: int, name: str, voice: bool = False) -> None:
        """Begin an upload of `size` bytes; with `voice` it becomes what every phone plays.

        Raises Refusal when there is no room or too many are unfinished.
        """
        mine = len(self._rows_of(uploader))
        if mine >= self.settings.per_person:
            raise Refusal("too-many", f"{mine} uploads are unfinished. Finish or cancel some of them first.")
        if size > self.room():
            raise Refusal("too-big", "The server's disk has no room for this file. Ask the host to make room.")
        row = Unfinished(
            id=upload_id, uploader=uploader, name=clean_name(name), size=size, at=self._clock(), voice=voice
        )
        self._beginning[row.id] = row
        try:
            upload = self._unfinished[row.id] = await self._run(self._disk.make, row)
        except OSError as error:
            raise not_saved(error) from error
        finally:
            del self._beginning[row.id]
        if upload.whole:
            await self._settled(upload)

    async def look(self, upload_id: str, person: str) -> Standing | None:
        """How far this person's upload has come; None when they have none of that id, or it is complete.

        A request that still adds to it, perhaps over a connection that is long dead, is stopped first.
        """
        upload = self._mine(upload_id, person)
        if upload is None:
            return None
        if adding := upload.adding:
            await adding.stop()
        if upload.whole:
            await self._settled(upload)
            return None
        return Standing(upload.row.name, upload.row.size, upload.part.size)

    def receive(
        self,
        upload_id: str,
        person: str,
        offset: int,
        on_stop: Callable[[], None],
        checksum: Checksum | None = None,
    ) -> Receiving:
        """Take more bytes. Raises Refusal `not-found`, `in-use`, or `wrong-offset` when it stands elsewhere."""
        upload = self._mine(upload_id, person)
        if upload is None:
            raise Refusal("not-found", NO_UPLOAD)
        if upload.adding or upload.settling:
            raise in_use()
        if offset != upload.part.size:
            expected = f"This upload stands at {upload.part.size} bytes, not at {offset}."
            raise Refusal("wrong-offset", expected, field="Upload-Offset")
        upload.touched = self._clock()
        upload.last = Receiving(upload.part, upload.row.size, self._run, on_stop, checksum)
        return upload.last

    async def finish(self, upload_id: str, receiving: Receiving) -> int:
        """Bytes that are on disk now. When it is whole, the file is complete and kept before this returns.

        Raises Refusal `not-saved`; what has arrived is kept and the upload can go on.
        """
        offset = await receiving.finish()
        upload = self._unfinished.get(upload_id)
        if upload is not None and upload.whole:
            await self._settled(upload)
        return offset

    async def release(self, receiving: Receiving) -> None:
        """Nothing more will come: keep what came, and let the next request have the upload."""
        try:
            await receiving.close()
        except Refusal as refusal:
            log.info("an upload ended before it was whole: %s", refusal.code)

    def abandon(self, receiving: Receiving) -> None:
        """The connection is gone: release it, whoever waits for that or not."""
        if not receiving.closed:
            self._own(self.release(receiving))

    async def end(self, upload_id: str, person: str) -> None:
        """Cancel an unfinished upload and remove what came. Raises Refusal `not-found`, or `in-use` at its very end."""
        upload = self._mine(upload_id, person)
        if upload is None:
            raise Refusal("not-found", NO_UPLOAD)
        if adding := upload.adding:
            await adding.stop()
        if upload.settling:
            raise in_use()
        await self._remove(upload)

    def expires(self, upload_id: str) -> int:
        """When this unfinished upload goes if nobody continues it, in ms; 0 if there is none."""
        upload = self._unfinished.get(upload_id)
        return upload.touched + self.settings.keep_days * 24 * 3600 * 1000 if upload is not None else 0

    def waiting_bytes(self, person: str) -> int:
        """What this person's unfinished uploads will be, in bytes."""
        return sum(row.size for row in self._rows_of(person))

    async def sweep(self) -> None:
        """Remove unfinished uploads that nobody continued for `keep_days`."""
        now = self._clock()
        for upload in list(self._unfinished.values()):
            if self.expires(upload.row.id) < now and not upload.adding and not upload.whole:
                await self._remove(upload)

    # -- when it is complete ------------------------------------------------------------------------------------------

    async def thumbnail(self, sha256: str) -> bytes:
        """The small picture of these bytes. Raises OSError if there is none."""
        return await self._run(self.blobs.thumbnail(sha256).read_bytes)

    async def preview(self, sha256: str) -> bytes:
        """The large picture of bytes that a browser cannot show itself. Raises OSError if there is none."""
        return await self._run(self.blobs.preview(sha256).read_bytes)

    async def read(self, path: Path, first: int, length: int) -> AsyncGenerator[bytes, None]:
        """A stretch of a complete file, in pieces read off the loop; fewer of them when the server leaves.

        Raises OSError if it cannot be opened.
        """
        return self._pieces(await self._run(Reader, path, first, length))

    async def stored(self) -> set[str]:
        """The hashes of all bytes on this disk. Raises OSError."""
        return await self._run(self.blobs.stored)

    def is_coming(self, sha256: str) -> bool:
        """Whether an upload of these bytes is about to become a file."""
        return any(upload.row.sha256 == sha256 for upload in self._unfinished.values())

    async def age_seconds(self, sha256: str) -> float:
        """How long ago these bytes were taken last; of none, without end. Raises OSError."""
        return await self._run(lambda: self.blobs.age_seconds(sha256))

    async def remove_bytes(self, sha256: str) -> None:
        """Remove these bytes and what was made of them. For who has their turn and knows that no row names them."""
        await self._run(self.blobs.remove, sha256)

    async def move_aside(self, sha256: str) -> float:
        """Take these bytes from their name, where several servers share them; how many seconds ago they were taken."""
        await self._run(self.blobs.move_aside, sha256)
        return await self._run(self.blobs.age_aside, sha256)

    async def put_back(self, sha256: str) -> None:
        """They are needed after all."""
        await self._run(self.blobs.put_back, sha256)

    async def remove_aside(self, sha256: str) -> None:
        """They are not."""
        await self._run(self.blobs.remove_aside, sha256)

    async def aside(self) -> set[str]:
        """The hashes of what a crash left aside. Raises OSError."""
        return await self._run(self.blobs.aside)

    async def _pieces(self, reader: Reader) -> AsyncGenerator[bytes, None]:
        try:
            while not self._stopping.is_set() and (piece := await self._run(reader.read)):
                yield piece
        finally:
            reader.close()

    async def _settled(self, upload: Upload) -> None:
        """The upload has become a file. Whoever asks meanwhile waits for the same one."""
        if upload.settling is None:
            upload.settling = self._own(self._settle(upload))
        await asyncio.shield(upload.settling)

    async def _settle(self, upload: Upload) -> None:
        try:
            if not upload.row.sha256:
                if upload.row.voice and not upload.row.made:
                    await self._make_playable(upload)
                await self._run(self._disk.seal, upload, self._stopping)
            async with self.turns.of(upload.row.sha256):
                await self._keep("files", await self._become_file(upload))
            await self._remove(upload)
        except OSError as error:
            raise not_saved(error) from error
        except Stopped:
            raise Refusal("not-saved", "The server is being restarted; the file is completed after that.") from None
        finally:
            upload.settling = None

    async def _become_file(self, upload: Upload) -> File:
        row = upload.row
        await self._run(self._disk.cut, upload)
        place = await self._run(self.blobs.take, upload.part.path, row.sha256)
        media_type = await self._run(found_type, place)
        small, large = self.blobs.thumbnail(row.sha256), self.blobs.preview(row.sha256)
        picture = await self._pictures.look(place, media_type, small)
        developed = await self._darkroom.look(place, media_type, small, large)
        seen = picture or developed
        return File(
            id=row.id,
            uploader=row.uploader,
            name=row.name,
            size=row.size,
            type=media_type,
            sha256=row.sha256,
            width=seen.width if seen else 0,
            height=seen.height if seen else 0,
            thumbnail=seen is not None,
            seconds=developed.seconds if developed else 0,
            preview=developed is not None and developed.large,
            voice=row.voice,
            complete=True,
            at=row.at,
            came=row.came,
            done=self._clock(),
        )

    async def _make_playable(self, upload: Upload) -> None:
        """Where a recording cannot be, it stays as it came."""
        if await self._voices.make(upload.part.path, self._disk.beside(upload)):
            await self._run(self._disk.swap, upload)

    async def _remove(self, upload: Upload) -> None:
        self._unfinished.pop(upload.row.id, None)
        await self._run(self._disk.remove, upload)

    # -- what goes on by itself ---------------------------------------------------------------------------------------

    async def _look_after(self) -> None:
        """At the start and then every hour: finish what is whole, remove what was given up."""
        while True:
            for upload in [upload for upload in self._unfinished.values() if upload.whole and not upload.adding]:
                try:
                    await self._settled(upload)
                except Refusal as refusal:
                    log.warning("a whole upload cannot be completed yet: %s", refusal.code)
                except Exception:  # a mistake of ours over one file must not end what is done for all
                    log.exception("a whole upload cannot be completed")
            try:
                await self.sweep()
            except OSError as error:
                log.warning("unfinished uploads cannot be removed: %s", error)
            self.swept.set()
            await asyncio.sleep(SWEEP_SECONDS)

    def _rows_of(self, person: str) -> list[Unfinished]:
        rows = [*self._beginning.values(), *(upload.row for upload in self._unfinished.values())]
        return [row for row in rows if row.uploader == person]

    def _mine(self, upload_id: str, person: str) -> Upload | None:
        upload = self._unfinished.get(upload_id)
        return upload if upload is not None and upload.row.uploader == person else None

    def _run(self, work: Callable[..., T], *arguments: Any) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)

    def _own(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._disown)
        return task

    def _disown(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, Refusal):
            log.error("work on an upload failed", exc_info=error)
