"""What is true: one front for the shelves, the timeline, the writer and the sockets of this node.

Reading is free; writing has one way in, `write` for what a rule must decide and `keep` for rows last write wins on.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from protocol.answers import Written
from protocol.commands import Writes
from protocol.events import Logged
from protocol.records import Record, to_json
from store.bus import Bus
from store.bus.local import LocalBus
from store.concurrent import ConcurrentDict
from store.drafts import Shelves, View
from store.durable import CannotStart, Durable, LogRow
from store.rows import Claim
from store.shelves import Shelf
from store.sockets import Sockets
from store.timeline import Timeline
from store.timers import Timers
from store.writer import Rules, Who, Writer

__all__ = ["Store", "View", "Who"]

KEEP_SECONDS = 1.0  # a mark may be this young when the power goes; the client says it again

Clock = Callable[[], int]
Teller = Callable[[Logged, bytes, "Store"], None]


class Store:
    """One node's picture of what is true, and the way to change it."""

    def __init__(self, durable: Durable, rules: Rules, tell: Teller, clock: Clock, bus: Bus | None = None) -> None:
        self.clock = clock
        self.durable = durable
        self.shelves = Shelves()
        self.timeline = Timeline(durable)
        self.sockets = Sockets()
        self.timers = Timers()
        self.bus: Bus = bus or LocalBus()
        self.epoch = ""
        self.newest_at = 0
        self.claims: ConcurrentDict[str, Claim] = ConcurrentDict()
        self._soon: dict[tuple[str, str], Record] = {}
        self._tell = tell
        self._writer = Writer(durable, self.shelves, rules, self._told, clock)

    async def start(self) -> None:
        """Load the shelves and begin to write. Raises CannotStart with one sentence and the next step."""
        loaded = await self.durable.start()
        try:
            self.shelves.load(loaded.shelves)
        except ValueError as error:
            await self.durable.close()
            raise CannotStart(
                f"The data cannot be read by this version: {error}. Start the version that wrote it."
            ) from error
        self.epoch = loaded.epoch
        self.newest_at = loaded.newest_at
        self._writer.start()

    async def close(self) -> None:
        """Finish what is being written and let go of the disk."""
        self.timers.close()
        await self._writer.close(last=self._keep_gathered)
        await self.durable.close()

    def view(self) -> View:
        """What is true now, to read."""
        return View(self.shelves, self.clock())

    def write(self, command: Writes, who: Who) -> asyncio.Future[Written]:
        """Ask the writer; the future holds the answer once it is on disk and told, or the Refusal."""
        return self._writer.submit(command, who)

    def keep(self, table: str, row: Record) -> asyncio.Future[None]:
        """Write a row no rule decides on: an upload. True once it is on disk; raises Refusal `not-saved`."""
        shelf = self._shelf(table)
        return self._writer.keep(table, shelf.key(row), to_json(row), lambda: shelf.put(row))

    def forget(self, table: str, key: str) -> asyncio.Future[None]:
        """Remove such a row."""
        return self._writer.keep(table, key, None, lambda: self._shelf(table).drop(key))

    def keep_soon(self, table: str, row: Record) -> None:
        """For marks and last seen: true in memory at once and on disk within a second, gathered."""
        shelf = self._shelf(table)
        shelf.put(row)
        self._soon[table, shelf.key(row)] = row
        self.timers.soon("keep", KEEP_SECONDS, self._keep_gathered)

    def _shelf(self, table: str) -> Shelf[Any]:
        shelf: Shelf[Any] = getattr(self.shelves, table)
        return shelf

    def _keep_gathered(self) -> None:
        """To the disk only: in memory a newer row may stand by the time it is there."""
        gathered, self._soon = self._soon, {}
        for (table, key), row in gathered.items():
            saved = self._writer.keep(table, key, to_json(row), lambda: None)
            saved.add_done_callback(partial(self._again, table, key, row))

    def _again(self, table: str, key: str, row: Record, saved: asyncio.Future[None]) -> None:
        """What could not be kept is tried again, unless a newer row waits by now."""
        if not saved.cancelled() and saved.exception():  # the writer has said why in the log
            self._soon.setdefault((table, key), row)
            self.timers.soon("keep", KEEP_SECONDS, self._keep_gathered)

    def _told(self, events: list[tuple[Logged, bytes]], rows: list[LogRow]) -> None:
        self.timeline.add(rows)
        for event, frame in events:
            self._tell(event, frame, self)
        self.bus.publish(rows)
