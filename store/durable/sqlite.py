"""The embedded store: one SQLite file, one thread that writes, two that read beside it (`asking`).

A newcomer's first mistake is to read on a connection of their own while the WAL is to be emptied: it waits for readers.
"""

import asyncio
import logging
import queue
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from store.durable import Batch, CannotStart, Loaded, NotRead, NotSaved, reading
from store.durable.asking import READERS, Asking
from store.durable.committing import Committing, reason
from store.durable.schema import open_reader

CHECKPOINT_SECONDS = 3600.0  # deleted text is out of the file and its WAL after this at the latest
AGAIN_SECONDS = 60.0  # until the next try when somebody was reading

T = TypeVar("T")
log = logging.getLogger("parley.store")


class Sqlite(Asking[sqlite3.Connection]):
    """A `Durable` in one file at `path`. `clock` answers ms since the epoch."""

    def __init__(self, path: Path, clock: Callable[[], int], *, checkpoint_seconds: float = CHECKPOINT_SECONDS) -> None:
        super().__init__(reading)
        self._path = path
        self._checkpoint_seconds = checkpoint_seconds
        self._committing = Committing(path, clock)
        self._idle: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()  # readers' connections not in use
        self._timer: asyncio.TimerHandle | None = None
        self._checkpointing: asyncio.Task[None] | None = None

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        loaded = await self._on(self._writer, lambda: self._start(cold))
        self._checkpoint_in(self._checkpoint_seconds)
        return loaded

    async def commit(self, batch: Batch) -> None:
        await self._on(self._writer, lambda: self._committing.commit(batch))

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

    def _with_reader(self, read: Callable[[sqlite3.Connection], T]) -> T:
        link = self._idle.get()
        try:
            return read(link)
        except sqlite3.DatabaseError as error:
            raise NotRead(reason(error)) from error
        finally:
            self._idle.put(link)

    def _start(self, cold: Sequence[str]) -> Loaded:
        loaded = self._committing.start(cold)
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
