"""Search: an index beside the store that follows its logs, on threads of its own.

It is derived, so losing it is never fatal: what is missing, or all of it, is read from the logs again, in the
background. A newcomer's first mistake is to wait for it: a message is sent when it is on disk, found a moment later.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from store.durable import NotRead
from store.search.changes import Deleted
from store.search.finding import Found, Hit, Place, Question, find
from store.search.following import Read, merged
from store.search.index import Step
from store.search.opened import AtOnce, Closed, Opened
from store.search.schema import discard
from store.timers import Timers

__all__ = ["Found", "Hit", "NotReady", "Place", "Question", "Search"]

READERS = 2  # threads; a question takes milliseconds, so two serve a house
BATCH = 250  # rows in one transaction, so that the loop is held up for few ms while it catches up
TIDY_SECONDS = 600.0  # until deleted words leave the file, gathered: a drawer is written anew for them
GATHER_SECONDS = 0.3  # after what was indexed, for what is said meanwhile: a batch of many costs a tenth for each
AGAIN_SECONDS = 30.0  # until the next try, when the disk was full or a reader in the way

T = TypeVar("T")
log = logging.getLogger("parley.search")


class NotReady(Exception):
    """There is no index now; it is being made anew."""


class Search:
    """An index in a file at `path`, or in memory. `at_once` takes no threads: all is done on the loop, for tests."""

    def __init__(self, path: Path | None, *, tidy_seconds: float = TIDY_SECONDS, at_once: bool = False) -> None:
        self._path = path
        self._tidy_seconds = tidy_seconds
        self._gather_seconds = 0.0 if at_once else GATHER_SECONDS
        self._writer: Executor = AtOnce() if at_once else ThreadPoolExecutor(1, thread_name_prefix="search-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="search-reader") if path else self._writer
        self._opened: Opened | None = None
        self._made: Opened | None = None  # the same, once its thread has it, so that it is closed whatever happens
        self._upto: dict[str, int] = {}  # how far each log is in the index
        self._ahead: dict[str, int] = {}  # where the logs end that are further on
        self._late = True
        self._broken = False
        self._must_tidy = False
        self._closing = False
        self._wake = asyncio.Event()
        self._timers = Timers()
        self._following: asyncio.Task[None] | None = None

    def start(self, read: Read, heads: Iterable[tuple[str, int]], epoch: str) -> None:
        """Begin to follow the logs of this store, which end here now. Nobody waits for it."""
        self._read, self._epoch, self._heads = read, epoch, dict(heads)
        self._wake.set()
        self._following = asyncio.create_task(self._follow(), name="search")

    def told(self, conversation: str, seq: int) -> None:
        """A log goes up to here now."""
        self._heads[conversation] = self._ahead[conversation] = seq
        self._wake.set()

    def is_ready(self) -> bool:
        """Whether everything said is in the index, or will be in a moment."""
        return self._opened is not None and not self._late

    async def find(self, question: Question) -> Found:
        """The newest messages that answer. Raises NotReady while there is no index."""
        opened = self._opened
        if opened is None or self._closing:
            raise NotReady
        try:
            return await self._on(self._readers, lambda: opened.read(lambda link: find(link, question)))
        except Closed:
            raise NotReady from None
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            log.warning("the index cannot be read and is made anew: %s", error)
            self._broken = True
            self._wake.set()
            raise NotReady from error

    async def close(self) -> None:
        """Let go of the file. What is not in it yet, the next start catches up with."""
        self._closing, self._opened = True, None
        self._timers.close()
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait([self._following])
        await self._on(self._writer, self._let_go)  # what is being written is behind it then
        self._writer.shutdown(wait=False)
        self._readers.shutdown(wait=False)

    # -- following ----------------------------------------------------------------------------------------------------

    async def _follow(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._catch_up()
                await asyncio.sleep(self._gather_seconds)
            except (sqlite3.Error, NotRead, OSError) as error:
                log.warning("the index is behind and tries again: %s", error)
                self._broken = self._broken or _is_damage(error)
                self._timers.soon("again", 0 if self._broken else AGAIN_SECONDS, self._wake.set)
            except Exception:
                log.exception("the index is behind and tries again")
                self._timers.soon("again", AGAIN_SECONDS, self._wake.set)

    async def _catch_up(self) -> None:
        opened = await self._open()
        while self._ahead:
            self._late = sum(self._ahead[one] - self._upto.get(one, 0) for one in self._ahead) > BATCH
            behind = {one: self._upto.get(one, 0) for one in self._ahead}
            async for steps in merged(self._read, behind, BATCH):
                await self._on(self._writer, partial(opened.index.apply, steps))
                self._applied(steps)
            if all(self._upto.get(one, 0) == upto for one, upto in behind.items()):
                raise NotRead("The logs end before where they should.")
        self._late = False
        if self._must_tidy:
            self._must_tidy = not await self._on(self._writer, opened.index.tidy)
            if self._must_tidy:
                self._tidy_later(AGAIN_SECONDS)

    async def _open(self) -> Opened:
        """The index as it was left, unless it is no good or knows what this store does not."""
        if self._opened is not None and not self._broken:
            return self._opened
        broken, self._opened, self._late = self._opened, None, True
        if broken is not None:
            await self._on(self._writer, broken.discard)
        opened, heads, is_tidy = await self._on(self._writer, self._open_file)
        if any(seq > self._heads.get(one, 0) for one, seq in heads.items()):
            await self._on(self._writer, opened.discard)
            opened, heads, is_tidy = await self._on(self._writer, self._open_file)
        self._upto, self._broken, self._opened = heads, False, opened
        self._ahead = {one: seq for one, seq in self._heads.items() if seq > heads.get(one, 0)}
        if not is_tidy:
            self._tidy_later(self._tidy_seconds)
        return opened

    def _open_file(self) -> tuple[Opened, dict[str, int], bool]:
        """The index, how far each log is in it, and whether it is tidy; a damaged one makes place for an empty one."""
        try:
            self._made = Opened(self._path, self._epoch, READERS)
            return self._made, self._made.index.heads(), self._made.index.is_tidy()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._let_go()
            discard(self._path)
            self._made = Opened(self._path, self._epoch, READERS)
            return self._made, {}, True

    def _let_go(self) -> None:
        if self._made is not None:
            self._made.close()

    def _applied(self, steps: Sequence[Step]) -> None:
        for conversation, seq, _ in steps:
            self._upto[conversation] = seq
            if self._ahead.get(conversation, seq + 1) <= seq:
                del self._ahead[conversation]
        if any(isinstance(change, Deleted) for _, _, change in steps):
            self._tidy_later(self._tidy_seconds)

    def _tidy_later(self, seconds: float) -> None:
        self._timers.soon("tidy", seconds, self._tidy)

    def _tidy(self) -> None:
        self._must_tidy = True
        self._wake.set()

    async def _on(self, threads: Executor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work)


def _is_damage(error: Exception) -> bool:
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
