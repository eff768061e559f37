"""What is true: one front for the shelves, the timeline, the writer and the sockets of this node.

Reading is free; writing has one way in, `write` for what a rule must decide and `keep` for rows last write wins on.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol, cast

from protocol.answers import Written
from protocol.codec import read_event
from protocol.commands import Writes
from protocol.errors import BadFrame
from protocol.events import Logged
from protocol.group_calls import VideosChanged
from protocol.records import Record, from_json, to_json
from protocol.shapes import Floor
from store.bus import Bus
from store.concurrent import ConcurrentDict
from store.decided import Condition, Who, always
from store.drafts import Shelves, View
from store.durable import CannotStart, Commit, Durable, LogRow, NotRead, Shared
from store.forwarded import Forwarded
from store.media import Media, NoMedia
from store.nodes import Nodes
from store.nodes.looks import Looks
from store.nodes.noted import Noted
from store.push.away import Away
from store.push.post import Post
from store.rows import Alerted, Claim, Declined, Silenced, Subscription, grown
from store.search import Search
from store.shelves import Shelf
from store.sockets import Sockets
from store.timeline import Timeline
from store.timers import Timers
from store.turn import Turn
from store.writer import Rules, Writer

__all__ = ["Store", "View", "Who"]

log = logging.getLogger("parley.store")

KEEP_SECONDS = 1.0  # a mark may be this young when the power goes; the client says it again

Clock = Callable[[], int]


class Teller(Protocol):
    """What is called with each event that has become true; `ours` where it was decided here."""

    def __call__(self, event: Logged, frame: bytes, store: "Store", *, ours: bool = True) -> None: ...


class Store:
    """One node's picture of what is true, and the way to change it."""

    def __init__(
        self,
        durable: Durable | Shared,
        rules: Rules,
        tell: Teller,
        clock: Clock,
        bus: Bus | None = None,
        post: Post | None = None,
        search: Search | None = None,
    ) -> None:
        self.clock = clock
        self.durable = durable
        self.shelves = Shelves()
        self.timeline = Timeline(durable)
        self.search = search or Search(None, at_once=True)
        self.sockets = Sockets()
        self.away = Away(self.shelves.subscriptions, self.sockets)
        self.timers = Timers()
        self.nodes = None if bus is None else Nodes(bus, cast(Shared, durable), self.sockets, self._take_in)
        """The other servers of the house. One that is alone has none."""
        self.post = Post() if post is None else post  # an empty one has no length, and is one all the same
        self.post.gone = self._subscription_gone
        self.epoch = ""
        self.newest_at = 0
        self.claims = Noted("claims", Claim, self.nodes, clock)
        self.alerted = Noted("alerted", Alerted, self.nodes, clock)
        """By call and device."""
        self.declined = Noted("declined", Declined, self.nodes, clock)
        self.silenced = Noted("silenced", Silenced, self.nodes, clock)
        """Both by conversation, call and person."""
        self.media: Media = NoMedia()
        self.forwarded = Forwarded()
        self.turn = Turn()
        self.checks: dict[str, Callable[[], str]] = {}
        """What /health asks beside the disk's word, by name: each answers "ok" or a sentence for the host."""
        self.floors: ConcurrentDict[tuple[str, str], dict[str, Floor]] = ConcurrentDict()
        """By conversation and call, of the devices that are in it."""
        self.videos: ConcurrentDict[tuple[str, str], dict[str, VideosChanged]] = ConcurrentDict()
        """The same: which videos come from each, as the unit said last."""
        self.rung: ConcurrentDict[str, tuple[tuple[int, str], ...]] = ConcurrentDict()  # rings, by person: at, call
        self._looks = Looks(self.catch_up, self._is_followed)
        self._soon: dict[tuple[str, str], Record] = {}
        self._tell = tell
        following = self.nodes.following if self.nodes else None
        self._writer = Writer(durable, self.shelves, rules, self._told, clock, following)

    async def start(self) -> None:
        """Load the shelves and begin to write. Raises CannotStart with one sentence and the next step."""
        loaded = await self.durable.start(cold=[self.shelves.standing.table, self.shelves.stances.table])
        try:
            self.shelves.load(loaded.shelves)
        except ValueError as error:
            await self.durable.close()
            raise CannotStart(
                f"The data cannot be read by this version: {error}. Start the version that wrote it."
            ) from error
        self.epoch = loaded.epoch
        self.newest_at = loaded.newest_at
        if self.nodes is not None:
            self.nodes.start(loaded.epoch, loaded.number, loaded.id)
        self._writer.start()
        heads = ((row.id, row.head) for row in self.shelves.conversations)
        self.search.start(self.timeline.after, heads, self.epoch)

    async def close(self) -> None:
        """Finish what is being written and let go of the disk."""
        self.timers.close()
        await self.post.close()
        await self._looks.close()
        await self._writer.close(last=self._keep_gathered)
        if self.nodes is not None:
            await self.nodes.close()
        await self.search.close()
        await self.durable.close()

    def view(self) -> View:
        """What is true now, to read."""
        return View(self.shelves, self.clock())

    def write(self, command: Writes, who: Who) -> asyncio.Future[Written]:
        """Ask the writer; the future holds the answer once it is on disk and told, or the Refusal."""
        return self._writer.submit(command, who)

    @property
    def writing(self) -> Writer:
        """The writer, for who counts what it does."""
        return self._writer

    def keep(self, table: str, row: Record, rewrites: Sequence[LogRow] = ()) -> asyncio.Future[None]:
        """Write a row no rule decides on: an upload. True once it is on disk; raises Refusal `not-saved`.

        `rewrites` are rows of a log that go blank in the same transaction.
        """
        shelf = self._shelf(table)
        change = (table, shelf.key(row), to_json(row))
        return self._writer.keep(lambda: change, lambda: shelf.put(row), rewrites=rewrites)

    def forget(self, table: str, key: str, only_if: Condition = always) -> asyncio.Future[None]:
        """Remove such a row. Raises Refusal `in-use` if the condition is not met when the writer comes to it."""
        return self._writer.keep(lambda: (table, key, None), lambda: self._shelf(table).drop(key), only_if)

    async def catch_up(self) -> bool:
        """When this is done, all that was true at any node is true here. False while nobody can tell."""
        if self.nodes is not None:
            try:
                await self.nodes.following.caught_up()
            except NotRead:
                return False
        return True

    async def look_for_unknown(self) -> None:
        """Catch up for somebody whom nobody knows here: with all others who ask in the same second."""
        await self._looks.look()

    def _is_followed(self) -> bool:
        return self.nodes is not None and self.nodes.following.check() == "ok"

    @property
    def stale(self) -> str:
        """Why nobody may be told now what is true here: it may be long over. Empty while they may."""
        return self.nodes.following.stale() if self.nodes is not None else ""

    @property
    def leads(self) -> bool:
        """Whether this server does what one of the house must do: looking after what is old, or held by nothing."""
        return self.nodes is None or self.nodes.leads()

    def keep_soon(self, table: str, row: Record) -> None:
        """For marks and last seen: true in memory at once and on disk within a second, gathered."""
        shelf = self._shelf(table)
        shelf.put(row)
        self._soon[table, shelf.key(row)] = row
        self.timers.soon("keep", KEEP_SECONDS, self._keep_gathered)

    def _subscription_gone(self, dead: Subscription) -> None:
        """Its push service knows it no longer. One that the device made since then stays."""
        if self.shelves.subscriptions.get(dead.device) == dead:
            forgotten = self.forget("subscriptions", dead.device)
            forgotten.add_done_callback(
                lambda done: done.cancelled() or done.exception()
            )  # the next push finds it again

    def _shelf(self, table: str) -> Shelf[Any]:
        shelf: Shelf[Any] = getattr(self.shelves, table)
        return shelf

    def _keep_gathered(self) -> None:
        gathered, self._soon = self._soon, {}
        for (table, key), row in gathered.items():
            saved = self._writer.keep(
                partial(self._soon_change, table, key, row), partial(self._soon_true, table, key, row)
            )
            saved.add_done_callback(partial(self._again, table, key, row))

    def _soon_change(self, table: str, key: str, row: Record) -> tuple[str, str, bytes | None]:
        """What goes to the disk: never less than another node has written meanwhile."""
        return table, key, to_json(grown(table, self._shelf(table).get(key), row))

    def _soon_true(self, table: str, key: str, row: Record) -> None:
        """It is true here already, unless another node said otherwise; and a newer row may stand by now."""
        shelf = self._shelf(table)
        if (
            self.nodes is not None
            and (table, key) not in self._soon
            and (now := grown(table, shelf.get(key), row)) != shelf.get(key)
        ):
            shelf.put(now)

    def _again(self, table: str, key: str, row: Record, saved: asyncio.Future[None]) -> None:
        """What could not be kept is tried again, unless a newer row waits by now."""
        if not saved.cancelled() and saved.exception():  # the writer has said why in the log
            self._soon.setdefault((table, key), row)
            self.timers.soon("keep", KEEP_SECONDS, self._keep_gathered)

    def _told(self, events: list[tuple[Logged, bytes]], rows: list[LogRow], rewrites: list[LogRow]) -> None:
        self._remember(rows, rewrites)
        for event, frame in events:
            self._tell(event, frame, self)

    def _remember(self, rows: Sequence[LogRow], rewrites: Sequence[LogRow]) -> None:
        self.timeline.add(rows)
        self.timeline.rewrite(rewrites)
        for row in rows:
            self.search.told(row.conversation, row.seq)

    # -- what other nodes make true -----------------------------------------------------------------------------------

    def _take_in(self, commit: Commit) -> None:
        """Another node has committed this: it is as true here, but what is done once is done there.

        Raises whatever keeps a row from its place: what is decided here stands on all of them.
        """
        for table, key, raw in commit.shelves:
            try:
                self._put(table, key, raw)
            except ValueError:
                log.error("a row of %s that another node wrote cannot be read: is it of a newer version?", table)
                raise
        self._remember(commit.rows, commit.rewrites)
        for row in commit.rows:
            try:
                event = read_event(row.frame)
            except BadFrame:
                log.exception("an event that another node wrote cannot be read: is it of a newer version?")
                continue
            if isinstance(event, Logged):
                try:
                    self._tell(event, row.frame, self, ours=False)
                except Exception:  # it is true: who did not hear pulls it, and the rest of the commit is told
                    log.exception("telling an event of another node")

    def _put(self, table: str, key: str, raw: bytes | None) -> None:
        shelf = getattr(self.shelves, table, None)
        if not isinstance(shelf, Shelf):
            return  # a cold one, which is read from disk
        if raw is None:
            shelf.drop(key)
            return
        row = grown(table, shelf.get(key), from_json(raw, shelf.row_kind))
        waiting = self._soon.get((table, key))
        shelf.put(row if waiting is None else grown(table, row, waiting))
