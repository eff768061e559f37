"""The store in a PostgreSQL database that several nodes share, each in its turn.

A newcomer's first mistake is to commit without having entered: nobody knows then what the others wrote.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from store.durable import Apart, Batch, Commit, NotRead, NotSaved
from store.durable.postgres import Postgres
from store.durable.postgres.following import commits_apart
from store.durable.postgres.link import Connection
from store.durable.postgres.sharing import Sharing

T = TypeVar("T")


class SharedPostgres(Postgres):
    """A `Shared` in the database at `url`, beside the files in `folder`, which all nodes share. `own` is this one's."""

    def __init__(self, url: str, folder: Path, clock: Callable[[], int], own: Path) -> None:
        super().__init__(url, folder, clock)
        self._committing: Sharing = Sharing(url, folder, clock, own)
        self._apart = ""  # why this node is apart from the others, for good
        self._holder: asyncio.Task[object] | None = None  # who has the turn

    async def enter(self, after: int, commit_id: str) -> list[Commit]:
        try:
            found = await self._on(self._writer, lambda: self._committing.enter(after, commit_id))
        except Apart as error:
            self._apart = str(error)
            raise

        self._holder = asyncio.current_task()
        return found

    async def commit(self, batch: Batch) -> None:
        self._holder = None
        await super().commit(batch)

    async def leave(self) -> None:
        self._holder = None
        await self._on(self._writer, self._committing.leave)

    async def commits(self, after: int, commit_id: str) -> list[Commit]:
        try:
            return await self._read(partial(commits_apart, after=after, commit_id=commit_id))
        except Apart as error:
            self._apart = str(error)
            raise

    async def check(self) -> None:
        if self._apart:
            raise NotSaved(self._apart)
        await super().check()

    async def _read(self, read: Callable[[Connection], T]) -> T:
        """Who has the turn reads where it writes: the whole house waits for it, and it for no reader."""
        if self._holder is None or asyncio.current_task() is not self._holder:
            return await super()._read(read)
        try:
            return await self._on(self._writer, lambda: self._committing.read(read))
        except Apart:
            raise
        except NotSaved as error:
            raise NotRead(str(error)) from None
