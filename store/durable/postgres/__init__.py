"""The store in a PostgreSQL database: one connection that writes and holds the database, two that read beside it.

For one server alone; `shared` is for several. A newcomer's first mistake is to read right after `Unknown`: every
question waits until the writing connection is there again, for until then the lost one may still be committing.
"""

import asyncio
import queue
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import psycopg

from store.durable import Apart, Batch, Loaded, NotRead, NotSaved
from store.durable.asking import READERS, Asking
from store.durable.postgres import reading
from store.durable.postgres.committing import Committing
from store.durable.postgres.link import Away, Connection, Link, Parted, reason
from store.durable.postgres.schema import enter_to_read

LOOK_SECONDS = 1.0  # between two looks for a connection that is stuck

T = TypeVar("T")


class Postgres(Asking[Connection]):
    """A `Durable` in the database at `url`, beside the data in `folder`. `clock` answers ms since the epoch."""

    def __init__(self, url: str, folder: Path, clock: Callable[[], int]) -> None:
        super().__init__(reading)
        self._committing = Committing(url, folder, clock)
        self._links = [Link(url, enter_to_read) for _ in range(READERS)]
        self._idle: queue.SimpleQueue[Link] = queue.SimpleQueue()  # readers' connections not in use
        self._looking: asyncio.TimerHandle | None = None
        self._checking: asyncio.Task[None] | None = None

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        loaded = await self._on(self._writer, lambda: self._committing.start(cold))
        for link in self._links:
            self._idle.put(link)
        self._look()
        return loaded

    async def commit(self, batch: Batch) -> None:
        await self._on(self._writer, lambda: self._committing.commit(batch))

    async def check(self) -> None:
        """One at a time, whoever asks: the thread is the one that writes."""
        if self._checking is None or self._checking.done():
            self._checking = asyncio.create_task(self._on(self._writer, self._committing.check))
        await asyncio.shield(self._checking)

    async def close(self) -> None:
        try:
            await self._on(self._writer, self._close)
        except NotSaved:
            return  # closed before
        finally:
            if self._looking is not None:
                self._looking.cancel()
        self._writer.shutdown(wait=False)

    async def _read(self, read: Callable[[Connection], T]) -> T:
        if self._committing.unsure:
            try:
                await self._on(self._writer, self._committing.settle)
            except NotSaved as error:
                raise NotRead(str(error)) from None
        return await super()._read(read)

    def _with_reader(self, read: Callable[[Connection], T]) -> T:
        link = self._idle.get()
        try:
            return link.do(read)
        except psycopg.Error as error:
            raise NotRead(reason(error)) from error
        except Parted as error:
            raise Apart(str(error)) from error
        except Away as error:
            raise NotRead(str(error)) from error
        finally:
            self._idle.put(link)

    def _close(self) -> None:
        """Lets every read end that was asked for, then closes the readers, then the writer."""
        self._readers.shutdown(wait=True)
        for link in self._links:
            link.close()
        self._committing.close()

    def _look(self) -> None:
        for link in (self._committing.link, *self._links):
            link.cut_if_stuck()
        self._looking = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)
