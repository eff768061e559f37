"""The threads of a `Durable` over a database, and its reading half: each question goes to a reader's thread.

The loop only hands work over and waits. A newcomer's first mistake is to cancel a commit and believe it did not happen:
the thread goes on, so whoever is cancelled while committing knows as little as after `Unknown`.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

from store.durable import NEWEST, Apart, LogRow, NotRead, NotSaved, Place

READERS = 2  # threads; a page takes well under a millisecond, so two serve a house

T = TypeVar("T")
L = TypeVar("L")
Link = TypeVar("Link", contravariant=True)


class Questions(Protocol[Link]):
    """What a database's `reading` module answers, given a connection; see `Durable` for what each means."""

    def answers(self, link: Link, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]: ...

    def after(self, link: Link, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]: ...

    def entries_before(self, link: Link, conversation: str, before: int, limit: int) -> list[LogRow]: ...

    def entries_after(self, link: Link, conversation: str, after: int, limit: int) -> list[LogRow]: ...

    def answers_before(self, link: Link, place: Place, before: int, limit: int) -> list[LogRow]: ...

    def answers_after(self, link: Link, place: Place, after: int, limit: int) -> list[LogRow]: ...

    def rows(self, link: Link, places: Sequence[Place]) -> dict[Place, LogRow]: ...

    def aimed_at(
        self, link: Link, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
    ) -> dict[Place, list[LogRow]]: ...

    def kept(self, link: Link, table: str, keys: Sequence[str]) -> dict[str, bytes]: ...

    def kept_under(self, link: Link, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]: ...

    def unread(
        self, link: Link, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST
    ) -> int: ...


class Asking(ABC, Generic[L]):
    """One thread that writes, `READERS` that read beside it, and every question of the port."""

    def __init__(self, questions: Questions[L]) -> None:
        self._questions = questions
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    @abstractmethod
    def _with_reader(self, read: Callable[[L], T]) -> T:
        """What it answers of a connection that is free. Called on a reader's thread; raises NotRead."""

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        return await self._read(lambda link: self._questions.answers(link, keys))

    async def after(self, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        return await self._read(lambda link: self._questions.after(link, conversation, after, limit, max_bytes))

    async def entries_before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        return await self._read(lambda link: self._questions.entries_before(link, conversation, before, limit))

    async def entries_after(self, conversation: str, after: int, limit: int) -> list[LogRow]:
        return await self._read(lambda link: self._questions.entries_after(link, conversation, after, limit))

    async def answers_before(self, place: Place, before: int, limit: int) -> list[LogRow]:
        return await self._read(lambda link: self._questions.answers_before(link, place, before, limit))

    async def answers_after(self, place: Place, after: int, limit: int) -> list[LogRow]:
        return await self._read(lambda link: self._questions.answers_after(link, place, after, limit))

    async def rows(self, places: Sequence[Place]) -> dict[Place, LogRow]:
        return await self._read(lambda link: self._questions.rows(link, places))

    async def aimed_at(
        self, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
    ) -> dict[Place, list[LogRow]]:
        return await self._read(lambda link: self._questions.aimed_at(link, places, names, after, limit))

    async def kept(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        return await self._read(lambda link: self._questions.kept(link, table, keys))

    async def kept_under(self, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        return await self._read(lambda link: self._questions.kept_under(link, table, prefix, after, limit))

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        return await self._read(lambda link: self._questions.unread(link, conversation, after, reader, limit, through))

    async def _on(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            waiting = asyncio.get_running_loop().run_in_executor(threads, work)
        except RuntimeError:  # these threads were shut down
            raise NotSaved("The store is closed.") from None
        return await waiting

    async def _read(self, read: Callable[[L], T]) -> T:
        try:
            return await self._on(self._readers, lambda: self._with_reader(read))
        except Apart:
            raise
        except NotSaved as error:
            raise NotRead(str(error)) from None
