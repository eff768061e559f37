"""The embedded store: one SQLite file, one thread that writes, two that read beside it.

The loop only hands work over and waits. A newcomer's first mistake is to cancel a commit and believe it did not happen:
the thread goes on, so whoever is cancelled while committing knows as little as after `Unknown`.
"""

import asyncio
import logging
import queue
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from store.durable import NEWEST, Batch, CannotStart, Loaded, LogRow, NotRead, NotSaved, reading
from store.durable.committing import Committing, reason
from store.durable.schema import open_reader

READERS = 2  # threads; a page takes well under a millisecond, so two serve a house
CHECKPOINT_SECONDS = 3600.0  # deleted text is out of the file and its WAL after this at the latest
AGAIN_SECONDS = 60.0  # until the next try when somebody was reading

T = TypeVar("T")
log = logging.getLogger("parley.store")


class Sqlite:
    """A `Durable` in one file at `path`. `clock` answers ms since the epoch."""

    def __init__(self, path: Path, clock: Callable[[], int], *, checkpoint_seconds: float = CHECKPOINT_SECONDS) -> None:
        self._path = path
        self._checkpoint_seconds = checkpoint_seconds
        self._committing = Committing(path, clock)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()  # readers' connections not in use
        self._timer: asyncio.TimerHandle | None = None
        self._checkpointing: asyncio.Task[None] | None = None

    async def start(self) -> Loaded:
        loaded = await self._on(self._writer, self._start)
        self._checkpoint_in(self._checkpoint_seconds)
        return loaded

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        return await self._read(lambda link: reading.answers(link, keys))

    async def commit(self, batch: Batch) -> None:
        await self._on(self._writer, lambda: self._committing.commit(batch))

    async def after(self, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        return await self._read(lambda link: reading.after(link, conversation, after, limit, max_bytes))

    async def before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        return await self._read(lambda link: reading.before(link, conversation, before, limit))

    async def row(self, conversation: str, seq: int) -> LogRow | None:
        return await self._read(lambda link: reading.row(link, conversation, seq))

    async def aimed_at(self, conversation: str, targets: Sequence[int]) -> list[LogRow]:
        return await self._read(lambda link: reading.aimed_at(link, conversation, targets))

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        return await self._read(lambda link: reading.unread(link, conversation, after, reader, limit, through))

    async def check(self) -> None:
        await self._on(self._writer, self._committing.check)

    async def checkpoint(self) -> None:
        """Empties the WAL into the file, so that rewritten text is in neither. Raises NotSaved when it could not."""
        await self._on(self._writer, self._committing.checkpoint)

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._checkpointing is not None:
            await asyncio.wait([self._checkpointing])
        try:
            await self._on(self._writer, self._close)
        except NotSaved:
            return  # closed before
        self._writer.shutdown(wait=False)

    async def _on(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            waiting = asyncio.get_running_loop().run_in_executor(threads, work)
        except RuntimeError:  # these threads were shut down
            raise NotSaved("The store is closed.") from None
        return await waiting

    async def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await self._on(self._readers, lambda: self._with_reader(read))
        except NotSaved as error:
            raise NotRead(str(error)) from None

    def _with_reader(self, read: Callable[[sqlite3.Connection], T]) -> T:
        link = self._idle.get()
        try:
            return read(link)
        except sqlite3.DatabaseError as error:
            raise NotRead(reason(error)) from error
        finally:
            self._idle.put(link)

    def _start(self) -> Loaded:
        loaded = self._committing.start()
        try:
            for _ in range(READERS):
                self._idle.put(open_reader(self._path))
        except sqlite3.Error as error:
            self._close()
            raise CannotStart(f"{self._path} cannot be read. {reason(error)}") from error
        return loaded

    def _close(self) -> None:
        """Lets every read end that was asked for, then closes the readers, then the writer."""
        self._readers.shutdown(wait=True)
        while not self._idle.empty():
            self._idle.get().close()
        self._committing.close()

    def _checkpoint_in(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._begin_checkpoint)

    def _begin_checkpoint(self) -> None:
        self._checkpointing = asyncio.get_running_loop().create_task(self._checkpoint_and_again())

    async def _checkpoint_and_again(self) -> None:
        again = self._checkpoint_seconds
        try:
            await self.checkpoint()
        except NotSaved as error:
            log.warning("checkpoint put off: %s", error)
            again = min(again, AGAIN_SECONDS)
        self._checkpoint_in(again)
