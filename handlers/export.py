"""`GET /api/export`: one's conversations as an archive of pages and lines, streamed while it is read.

`?conversation=` is for one of them, `?files=1` adds the files, `?zone=Europe/Berlin` and `?language=de` are the time
and the language it is told in. Folders and lines are called the same in every language, for programs. What is cut short
(a line that breaks, a device that is signed out) is hung up, so that nobody takes half for the whole.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

from tornado.http1connection import HTTP1Connection
from tornado.iostream import StreamClosedError

from chat.export import Line, exported, lines, name_of, title_of
from chat.limits import Buckets, Rate
from chat.visibility import EVERYONE, may_see_file
from handlers.archive import Archive
from handlers.base import Base
from handlers.door import Door
from handlers.downloads import disposition
from handlers.readable import MAX_FILE, Reader, foot, head, html_line, json_line, listed, moment, safe_name
from handlers.words import Words, meant
from protocol.errors import Refusal
from protocol.events import MessageSent
from protocol.shapes import FileInfo
from store import Store
from store.rows import Conversation
from store.uploads import Uploads

RATE = Rate(burst=5, per_second=1 / 120)  # of one person
STALLED_SECONDS = 60.0
PER_PAGE = 2000  # messages in one page of a conversation; a browser shows so many at once
ARCHIVE = "application/zip"


class Gone(Exception):
    """Nobody is there any more to send it to."""


class Exports:
    """Who exports right now, and how often they may."""

    def __init__(self, store: Store) -> None:
        self.often = Buckets(RATE, store.clock)
        self.under_way: set[str] = set()


class Export(Base):
    """`/api/export`."""

    say: Words

    def initialize(  # type: ignore[override]
        self, store: Store, door: Door, uploads: Uploads, exports: Exports
    ) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        self._uploads = uploads
        self._exports = exports

    async def get(self) -> None:
        """The archive, from the first byte on while the rest is still being read."""
        who = self.require_who()
        chosen = self._chosen(who.person)
        zone, zone_name = read_zone(self.get_query_argument("zone", ""))
        self.say = meant(self.get_query_argument("language", ""), self.request.headers.get("Accept-Language", ""))
        if who.person in self._exports.under_way:
            raise Refusal("too-many", "An export of yours is being made already. Please wait until it is there.")
        self._exports.often.take(who.person, "An export")
        self._exports.under_way.add(who.person)
        try:
            now = datetime.now(zone)
            self.set_header("Content-Type", ARCHIVE)
            self.set_header("Content-Disposition", disposition(f"Parley {now:%Y-%m-%d}.zip", ARCHIVE))
            await self._write(Archive(self._send, now), chosen, zone, zone_name)
        except (Gone, StreamClosedError, TimeoutError):
            self._hang_up()
        except (
            Exception
        ):  # what cannot be read, or a bug of ours: told where it is logged, and never as a whole archive
            self._hang_up()
            raise
        finally:
            self._exports.under_way.discard(who.person)

    def _hang_up(self) -> None:
        cast(HTTP1Connection, self.request.connection).close()

    def _chosen(self, person: str) -> list[Conversation]:
        every = exported(self.store, person)
        wanted = self.get_query_argument("conversation", "")
        if not wanted:
            return every
        one = [row for row in every if row.id == wanted]
        if not one:
            raise Refusal("not-found", "There is no such conversation, or you are not in it.", field="conversation")
        return one

    async def _write(self, archive: Archive, chosen: list[Conversation], zone: tzinfo, zone_name: str) -> None:
        person = self.require_who().person
        say, titles = self.say, [self._title(row) for row in chosen]
        folders = [f"conversations/{at:03} {safe_name(title)}" for at, title in enumerate(titles, 1)]
        links = [(f"{folder}/messages.html", title) for folder, title in zip(folders, titles, strict=True)]
        await archive.begin("index.html")
        made = say("export.made", when=moment(datetime.now(zone), say), zone=zone_name)
        title = say("export.title", name=self._name(person))
        await archive.write(head(say, title, made, []) + listed(links) + foot(say, []))
        for row, title, folder in zip(chosen, titles, folders, strict=True):
            book = Book(self, archive, row, title, folder)
            await book.write(partial(self._reader, zone, zone_name))
        await archive.close()

    def _reader(self, zone: tzinfo, zone_name: str, place: "Book") -> Reader:
        who = self.require_who()
        return Reader(self.say, who.person, self._name, zone, zone_name, place.path, place.address)

    def _name(self, person: str) -> str:
        return name_of(self.store, person) or self.say("export.somebody")

    def _title(self, row: Conversation) -> str:
        title = title_of(self.store, row, self.require_who().person)
        if title or row.kind != "room":
            return title or self.say("export.somebody")
        return self.say("export.everyone") if row.id == EVERYONE else self.say("export.room")

    async def write_file(self, archive: Archive, name: str, file: str) -> None:
        """The bytes of a file, as it may be seen just now; one that is lost is left out."""
        row = self.store.view().file(file)
        if row is None:
            return
        await archive.begin(name, row.size, packed=False)
        with suppress(OSError):
            pieces = await self._uploads.read(self._uploads.blobs.path(row.sha256), 0, row.size)
            async with aclosing(pieces):
                async for piece in pieces:
                    await archive.write(piece)

    def may_have(self, file: FileInfo) -> bool:
        """Whether its bytes come along."""
        wanted = self.get_query_argument("files", "") == "1"
        return wanted and may_see_file(self.store, self.require_who().person, file.id)

    async def _send(self, ready: bytes) -> None:
        """On to who asked, as fast as they take it; the loop goes on meanwhile."""
        if self.is_signed_out():
            raise Gone
        self.write(ready)
        await asyncio.wait_for(self.flush(), STALLED_SECONDS)
        await asyncio.sleep(0)


class Book:
    """One conversation in the archive: its pages, its lines, its files."""

    def __init__(self, asked: Export, archive: Archive, row: Conversation, title: str, folder: str) -> None:
        self._asked = asked
        self._say = asked.say
        self._archive = archive
        self._row = row
        self._title = title
        self._folder = folder
        self._files: dict[str, str] = {}  # id -> its path within the folder, each once
        self._begins: list[int] = []  # the place in the log with which each page begins, as far as there are any

    async def write(self, reader_of: "Callable[[Book], Reader]") -> None:
        """All of it."""
        reader = reader_of(self)
        await self._write_pages(reader)
        await self._archive.begin(f"{self._folder}/messages.jsonl")
        async for page in self._lines():
            await self._archive.write("".join(json_line(line, reader) for line in page))
        for file, path in self._files.items():
            await self._asked.write_file(self._archive, f"{self._folder}/{path}", file)

    def path(self, message: MessageSent, at: int) -> str:
        """Where a message's file lies, seen from the pages; "" when it does not come along."""
        file = message.files[at]
        if file.id not in self._files and self._asked.may_have(file):
            self._files[file.id] = f"files/{len(self._files) + 1:04} {safe_name(file.name, MAX_FILE)}"
        return self._files.get(file.id, "")

    def address(self, seq: int) -> str:
        """Where an earlier message lies, seen from the page that is being written; "" before the first of all."""
        number = bisect_right(self._begins, seq)
        if number == 0:
            return ""
        return f"#m{seq}" if number == len(self._begins) else f"{page_name(number)}#m{seq}"

    async def _write_pages(self, reader: Reader) -> None:
        number = count = 1
        await self._archive.begin(f"{self._folder}/{page_name(1)}")
        await self._archive.write(self._head(1, reader))
        async for page in self._lines():
            if count > PER_PAGE:
                await self._archive.write(foot(self._say, [(page_name(number + 1), self._say("export.next"))]))
                number, count = number + 1, 1
                await self._archive.begin(f"{self._folder}/{page_name(number)}")
                await self._archive.write(self._head(number, reader))
            if len(self._begins) < number:
                self._begins.append(page[0].event.seq)
            count += len(page)
            await self._archive.write("".join(html_line(line, reader) for line in page))
        await self._archive.write(foot(self._say, []))

    def _head(self, number: int, reader: Reader) -> str:
        before = [(page_name(number - 1), self._say("export.previous"))] if number > 1 else []
        note = self._say("export.page", number=str(number), zone=reader.zone_name)
        return head(self._say, self._title, note, [("../../index.html", self._say("export.all")), *before])

    def _lines(self) -> AsyncIterator[list[Line]]:
        return lines(self._asked.store, self._asked.require_who(), self._row)


def page_name(number: int) -> str:
    """A page of a conversation, from 1."""
    return "messages.html" if number == 1 else f"messages-{number}.html"


def read_zone(name: str) -> tuple[tzinfo, str]:
    """The time zone of this name; UTC where it is unknown here."""
    if not 0 < len(name) <= 64:
        return UTC, "UTC"
    try:
        return ZoneInfo(name), name
    except (
        KeyError,
        OSError,
        ValueError,
    ):  # no such name, or one that leads elsewhere; some systems keep no zones at all
        return UTC, "UTC"
