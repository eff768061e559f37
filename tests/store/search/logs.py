"""Logs to be searched, without a store around them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import msgpack

from protocol.answers import Reach
from store.durable import LogRow
from store.search import Found, Question, Search

A, B = "direct.a", "room.b"


class Logs:
    """A few conversations and what was said in them; the clock moves a second with each row."""

    def __init__(self) -> None:
        self.rows: dict[str, list[LogRow]] = {}
        self.at = 1_000_000
        self.search: Search | None = None

    def add(self, place: str, name: str, author: str, aim: int | None = None, **body: Any) -> int:
        """Another row; its seq."""
        rows = self.rows.setdefault(place, [])
        seq, self.at = len(rows) + 1, self.at + 1000
        told = {"conversation": place, "seq": seq, "author": author, "at": self.at, **body}
        if aim:
            told["target"] = aim
        frame = msgpack.packb([0, name, told])
        rows.append(LogRow(place, seq, name, aim, author, str(body.get("text", "")), frame))
        if self.search:
            self.search.told(place, seq)
        return seq

    def says(self, place: str, text: str, author: str = "anna", names: tuple[str, ...] = (), thread: int = 0) -> int:
        """A message."""
        files = [{"name": name} for name in names]
        return self.add(place, "message.sent", author, thread or None, text=text, files=files)

    def edits(self, place: str, target: int, text: str, author: str = "anna") -> int:
        """Other words for a message."""
        return self.add(place, "message.edited", author, target, text=text)

    def deletes(self, place: str, target: int, author: str = "anna") -> int:
        """A message goes: its words are blanked where they stood, as the store does it, and a row says so."""
        for at, row in enumerate(self.rows[place]):
            if row.seq == target or row.target == target:
                ((ref, name, body),) = [msgpack.unpackb(row.frame)]
                frame = msgpack.packb([ref, name, body | {"text": "", "files": []}])
                self.rows[place][at] = LogRow(place, row.seq, name, row.target, row.author, "", frame)
        return self.add(place, "message.deleted", author, target)

    async def read(self, place: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        """As the timeline does it."""
        return self.rows.get(place, [])[after : after + limit]

    def start(self, search: Search, epoch: str = "epoch") -> Search:
        """Let it follow these logs."""
        search.start(self.read, [(place, len(rows)) for place, rows in self.rows.items()], epoch)
        self.search = search
        return search

    @property
    def everything(self) -> dict[str, list[Reach]]:
        """The reach of somebody who may see all of it."""
        return {place: [Reach(first=1, last=len(rows))] for place, rows in self.rows.items()}

    async def found(self, text: str = "", **given: Any) -> list[tuple[str, int]]:
        """Where the hits of a question are, by default of somebody who may see everything."""
        return places(await self.asks(text, **given))

    async def asks(self, text: str = "", **given: Any) -> Found:
        """The whole answer, once all that was said is in the index."""
        assert self.search
        await caught_up(self.search)
        return await self.search.find(Question(**({"reaches": self.everything, "text": text} | given)))


def places(found: Found) -> list[tuple[str, int]]:
    """Conversation and seq of each hit."""
    return [(hit.conversation, hit.seq) for hit in found.hits]


async def caught_up(search: Search) -> None:
    """Everything that was told is in the index."""
    await until(lambda: search._opened is not None and not search._ahead and not search._broken)


async def until(met: Callable[[], bool]) -> None:
    """Returns when it is so."""
    while not met():  # noqa: ASYNC110 - what is waited for happens in code that signals nothing
        await asyncio.sleep(0.001)


def searched(test: Callable[..., Awaitable[None]]) -> Callable[[], None]:
    """Runs an async test with logs that are followed by an index in memory."""

    def run() -> None:
        async def with_logs() -> None:
            logs = Logs()
            logs.start(Search(None, at_once=True))
            try:
                await test(logs)
            finally:
                assert logs.search
                await logs.search.close()

        asyncio.run(with_logs())

    run.__name__ = test.__name__
    return run
