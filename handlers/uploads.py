"""Files over HTTP: they come by tus and go with ranges.

HEAD means two things on one URL: with `Tus-Resumable` it asks how far an upload has come, without it what a download
would be. What somebody may not see is refused exactly like what does not exist.
"""

import asyncio
import logging
from contextlib import aclosing
from http import HTTPStatus

from tornado.iostream import StreamClosedError

from chat.ids import new_id
from chat.visibility import may_see_file
from handlers.base import Base
from handlers.door import Door
from handlers.downloads import SAFE_HEADERS, Stretch, Unsatisfiable, asked_stretch, content_type, disposition, matches
from handlers.tus import Files, Tus, has_body, number, read_metadata, write_metadata
from protocol.errors import Refusal
from store import Store
from store.rows import File

STALLED_SECONDS = 600.0  # a film that is paused reads nothing for a while; one that is forgotten is hung up
NO_FILE = "There is no such file, or you may not see it."

log = logging.getLogger(__name__)


class NewUpload(Tus):
    """`/api/files`: begin an upload."""

    async def begin(self) -> None:
        """Make a place for it, and take what comes along."""
        if self.request.method != "POST":
            return
        who = self.require_who()
        self.door.commands.take(who.device, "Uploading")
        headers = self.request.headers
        if "Upload-Defer-Length" in headers:
            raise Refusal("bad-field", "Expected the length to be known at the start.", field="Upload-Length")
        size = number(headers, "Upload-Length")
        metadata = read_metadata(headers.get("Upload-Metadata", ""))
        self.quotas.require_room(who.person, size)
        self.id = new_id("f", 26)
        await self.uploads.create(self.id, who.person, size, metadata.get("filename", ""), voice="voice" in metadata)
        if has_body(headers) and size:
            self.receive(self.id, 0)

    def get(self) -> None:
        """How much of the disk one's own files take, of how much."""
        usage = self.quotas.usage(self.require_who().person)
        self.answer({"used": usage.used, "quota": usage.quota, "room": usage.room})

    async def post(self) -> None:
        """Created; with what came along, `Upload-Offset` says how much of it is on disk."""
        self.require_taken()
        if self.receiving is not None:
            self.set_header("Upload-Offset", await self.uploads.finish(self.id, self.receiving))
        self.set_header("Location", f"/api/files/{self.id}")
        self.say_when_it_goes(self.id)
        self.set_status(HTTPStatus.CREATED)


class OneFile(Tus):
    """`/api/files/<id>`: go on with an upload, or have the file."""

    async def begin(self) -> None:
        """Let the body of a PATCH go where the upload stands."""
        if self.request.method == "PATCH":
            self.door.commands.take(self.require_who().device, "Uploading")
            self.receive(self.path_args[0], number(self.request.headers, "Upload-Offset"))

    async def patch(self, file: str) -> None:
        """More of it is on disk. When that was the last, the file is complete and can be sent."""
        self.require_taken()
        assert self.receiving is not None
        self.set_header("Upload-Offset", await self.uploads.finish(file, self.receiving))
        self.say_when_it_goes(file)
        self.set_status(HTTPStatus.NO_CONTENT)

    async def delete(self, file: str) -> None:
        """Cancel an upload, or take back a file that was never sent."""
        self.require_taken()
        person = self.require_who().person
        if self.store.view().file(file) is None:
            await self.uploads.end(file, person)
        else:
            await self.leftovers.discard(file, person)
        self.set_status(HTTPStatus.NO_CONTENT)

    async def head(self, file: str) -> None:
        """How far an upload has come, or the headers of a download."""
        if "Tus-Resumable" in self.request.headers:
            await self._head_upload(file)
        else:
            self._say_what(visible_file(self, file))

    async def get(self, file: str) -> None:
        """The file, or the stretch of it that was asked for."""
        row = visible_file(self, file)
        self._say_what(row)
        if matches(self.request.headers.get("If-None-Match", ""), _tag(row)):
            self.set_status(HTTPStatus.NOT_MODIFIED)
            self.clear_header("Content-Length")
            return
        try:
            stretch = self._stretch(row)
        except Unsatisfiable:
            self.set_status(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.set_header("Content-Range", f"bytes */{row.size}")
            self.set_header("Content-Length", "0")
            return
        await self._send(row, stretch)

    async def _head_upload(self, file: str) -> None:
        who = self.require_who()
        standing = await self.uploads.look(file, who.person)
        if standing is None:
            row = self.store.view().file(file)
            if row is None or row.uploader != who.person:
                raise Refusal("not-found", NO_FILE)
            size = row.came or row.size  # a program asks how much of its own it has brought
            name, offset = row.name, size
        else:
            name, size, offset = standing.name, standing.size, standing.offset
        self.set_header("Upload-Offset", offset)
        self.set_header("Upload-Length", size)
        self.say_when_it_goes(file)
        self.set_header("Upload-Metadata", write_metadata(filename=name))
        self.set_header("Cache-Control", "no-store")

    def _say_what(self, row: File) -> None:
        for name, value in SAFE_HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Type", content_type(row.type))
        self.set_header("Content-Disposition", disposition(row.name, row.type))
        self.set_header("Content-Length", row.size)
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("Etag", _tag(row))

    def _stretch(self, row: File) -> Stretch:
        """What to send, and the status and headers that say so. Raises Unsatisfiable."""
        headers = self.request.headers
        same = headers.get("If-Range", _tag(row)) == _tag(row)
        stretch = asked_stretch(headers.get("Range", ""), row.size) if same else None
        if stretch is None:
            return Stretch(0, row.size)
        self.set_status(HTTPStatus.PARTIAL_CONTENT)
        self.set_header("Content-Range", f"bytes {stretch.first}-{stretch.first + stretch.length - 1}/{row.size}")
        self.set_header("Content-Length", stretch.length)
        return stretch

    async def _send(self, row: File, stretch: Stretch) -> None:
        """Piece by piece, each read when the one before has left. What is cut short is hung up, not ended.

        Who is signed out meanwhile gets no more of it.
        """
        left = stretch.length
        try:
            pieces = await self.uploads.read(self.uploads.blobs.path(row.sha256), stretch.first, stretch.length)
        except OSError as error:
            raise _lost(row, error) from error
        async with aclosing(pieces):
            async for piece in pieces:
                self.write(piece)
                left -= len(piece)
                try:
                    await asyncio.wait_for(self.flush(), STALLED_SECONDS)
                except (StreamClosedError, TimeoutError):
                    break
                if not left or self.is_signed_out():
                    break
        if left:
            self.hang_up()


class Thumbnail(Base):
    """`/api/files/<id>/thumbnail` and `/preview`: a picture of the file, for whoever may have the file."""

    def initialize(self, store: Store, door: Door, files: Files | None = None) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        assert files is not None
        self.uploads = files.uploads

    async def get(self, file: str, which: str) -> None:
        """WebP: at most 512 pixels a side, and 2048 of what browsers cannot show themselves."""
        row = visible_file(self, file)
        is_small = which == "thumbnail"
        if not (row.thumbnail if is_small else row.preview):
            raise Refusal("not-found", NO_FILE)
        for name, value in SAFE_HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Type", "image/webp")
        self.set_header("Etag", f'"{which}-{row.sha256}"')
        if self.check_etag_header():
            self.set_status(HTTPStatus.NOT_MODIFIED)
            return
        try:
            of_it = self.uploads.thumbnail if is_small else self.uploads.preview
            self.write(await of_it(row.sha256))
        except OSError as error:
            raise _lost(row, error) from error

    head = get


def visible_file(handler: Base, file: str) -> File:
    """The file, if this person may see it. Raises Refusal `signed-out`, or `not-found` for both other reasons."""
    who = handler.require_who()
    row = handler.store.view().file(file)
    if row is None or not row.complete or not may_see_file(handler.store, who.person, file):
        raise Refusal("not-found", NO_FILE)
    return row


def _tag(row: File) -> str:
    return f'"{row.sha256}"'


def _lost(row: File, error: OSError) -> Refusal:
    log.error("the bytes of %s cannot be read: %s", row.id, error)
    return Refusal("not-found", "The bytes of this file are missing on the server. The host may have a backup.")
