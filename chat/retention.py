"""Retention: messages that are older than the host keeps them are taken back by the server, a few at a time.

It is the deletion of chat/editing.py, said by nobody, so phones know what to do with it; what was put under a message
and voted goes blank after it. A newcomer's first mistake is to trust `at`, which a clock that was wrong may have given:
a message is old when all before it are, and one from the future is as old as what was said after it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chat.dispatch import SERVER, rule
from chat.editing import gone
from chat.ids import new_nonce
from chat.messages import SPOKEN_IN
from chat.targets import standing_message
from chat.visibility import size
from protocol.codec import read_event
from protocol.commands import ExpireMessages
from protocol.errors import Refusal
from protocol.events import Logged, MessageSent, ReactionChanged, VoteChanged
from protocol.shapes import MAX_EXPIRED
from store import Store, View, Who
from store.blanking import blanked
from store.cold import place_key
from store.durable import LogRow, NotRead
from store.rows import Retained

DAY = 24 * 3600 * 1000  # ms
PAGE = 200  # rows of a log looked at together
TOLD_AT_ONCE = 10_000  # messages times people: 25 to 400 people took 42 ms of the loop (2026-11-26, two busy cores)
SAID_ABOUT = (ReactionChanged.name, VoteChanged.name)
SAID_AT_ONCE = 200  # rows of what was said about messages in one transaction
REST_SECONDS = 0.05  # after each transaction, for everybody else
MOST_AWAY_DAYS = 7  # that a server may have been off before it believes how late it is; for less than that it waits
JUMP_SECONDS = 3600.0  # by which a clock may go wrong before it is not believed

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rhythm:
    """When it looks: soon after the start, when the phones are back, then every day; sooner where something failed."""

    first_seconds: float = 300.0
    day_seconds: float = DAY / 1000
    again_seconds: float = 3600.0


def uptime() -> float:
    """Seconds by a clock that nobody sets, and that goes on while the machine sleeps, as a laptop does every night."""
    if hasattr(time, "clock_gettime"):
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))  # macOS has only the second
    return time.monotonic()  # on Windows it counts sleep


@rule(ExpireMessages)
def expire_messages(command: ExpireMessages, who: Who, view: View) -> list[Logged]:
    """Whoever said it, pinned or not. Which are old enough, `Retention` knows."""
    found = (standing_message(view, command.conversation, target) for target in dict.fromkeys(command.targets))
    events: list[Logged] = [gone(message) for message in found if message]
    if not events:
        raise Refusal("stands-already", "Nothing of these messages stands any more.", field="targets")
    return events


class Retention:
    """Takes away what is older than so many days; with 0 nothing ever. `uptime` answers seconds."""

    def __init__(
        self, store: Store, days: int, rhythm: Rhythm | None = None, uptime: Callable[[], float] = uptime
    ) -> None:
        self._store = store
        self._days = days
        self._rhythm = rhythm or Rhythm()
        self._uptime = uptime
        self._base, self._begun = store.newest_at or store.clock(), uptime()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, unless messages are kept for ever. To be called on the loop."""
        if self._days:
            self._task = asyncio.create_task(self._look_after(), name="retention")

    async def close(self) -> None:
        """Stop between two transactions. The next start goes on from there."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def sweep(self) -> int:
        """Take away what is old by now, and say how many messages. Raises Refusal `not-saved` or NotRead at the end.

        What one conversation refuses keeps no other from its turn.
        """
        taken, failed = 0, None
        if (days := (self._store.clock() - self._now()) // DAY) > 0:
            log.warning("the clock is days=%d later than expected: what is old only by these stays until a start", days)
        for row in self._store.shelves.conversations:
            if row.kind in SPOKEN_IN:
                try:
                    taken += await self._pass_through(row.id)
                except (Refusal, NotRead) as error:
                    failed = error
                await asyncio.sleep(0)  # others have their turn
        if failed:
            raise failed
        return taken

    async def _pass_through(self, conversation: str) -> int:
        """From where the last look ended; how far this one came is kept, so that the next begins there."""
        known, taken = self._store.shelves.retained.get(conversation), 0
        now = self._now()
        before = now - self._days * DAY
        upto = known.upto if known else 0
        while rows := await self._next_old(conversation, upto, before, now):
            said = [(row.seq, event) for row in rows if isinstance(event := read_event(row.frame), MessageSent)]
            for some in _parts(said, self._at_once(conversation)):
                taken += await self._take_back(conversation, [seq for seq, event in some if not event.deleted])
                await self._erase(Retained(conversation=conversation, upto=upto), [seq for seq, _ in some])
            upto = rows[-1].seq
            await self._store.keep("retained", Retained(conversation=conversation, upto=upto))
        return taken

    async def _next_old(self, conversation: str, upto: int, before: int, now: int) -> list[LogRow]:
        """Rows that are old, at most a page; none where what comes next is young. The future is looked through."""
        first = page = await self._store.timeline.after(conversation, upto, PAGE)
        while True:
            old, is_young = _old(page, before, now)
            if old:
                return old if page is first else first
            if is_young or len(page) < PAGE:
                return []
            page = await self._store.timeline.after(conversation, page[-1].seq, PAGE)

    def _at_once(self, conversation: str) -> int:
        """How many messages go in one transaction: each is told to everybody who is there."""
        view = self._store.view()
        row = view.conversation(conversation)
        return max(1, min(MAX_EXPIRED, TOLD_AT_ONCE // max(1, size(view, row) if row else 1)))

    async def _take_back(self, conversation: str, targets: list[int]) -> int:
        if not targets:
            return 0
        command = ExpireMessages(nonce=new_nonce(), conversation=conversation, targets=targets)
        try:
            await self._store.write(command, SERVER)
        except Refusal as refusal:
            if refusal.code != "stands-already":  # somebody took them back meanwhile
                raise
        await asyncio.sleep(REST_SECONDS)
        return len(targets)

    async def _erase(self, known: Retained, seqs: list[int]) -> None:
        """What people put under these messages and chose. By now nobody adds to it; it may be more than they are."""
        place, store = known.conversation, self._store
        for seq in seqs:
            after = 0
            while some := await store.timeline.aimed_after(place, seq, SAID_ABOUT, after, SAID_AT_ONCE):
                after = some[-1].seq
                blank = [one for row in some if (one := blanked(row)) != row]
                if blank:
                    await self._forget_stances(place, seq)
                    await store.keep("retained", known, rewrites=blank)
                    await asyncio.sleep(REST_SECONDS)

    async def _forget_stances(self, conversation: str, seq: int) -> None:
        """What each person held of this message. Before the rows: a look that was cut finds those again."""
        under = f"{place_key(conversation, seq)}|"
        while found := await self._store.durable.kept_under("stances", under, "", SAID_AT_ONCE):
            await asyncio.gather(*(self._store.forget("stances", key) for key, _ in found))

    async def _look_after(self) -> None:
        seconds = self._rhythm.first_seconds
        while True:
            ahead = self._ahead()
            await asyncio.sleep(seconds)
            seconds = self._rhythm.again_seconds
            if abs(self._ahead() - ahead) > JUMP_SECONDS:
                log.warning("the clock has jumped, so no old messages are taken away for now")
                continue
            if not self._store.leads:
                continue
            try:
                taken = await self.sweep()
                seconds = self._rhythm.day_seconds
                log.info("messages=%d taken away, older than days=%d", taken, self._days)
            except (Refusal, NotRead) as error:
                log.warning("old messages cannot be taken away yet: %s", error)
            except Exception:  # a mistake of ours must not end the habit
                log.exception("taking old messages away failed")

    def _now(self) -> int:
        """By the clock, in ms, but never much later than the newest commit of the last run and the time since then.

        A machine that begins in a year to come would take everything away.
        """
        ran = int((self._uptime() - self._begun) * 1000)
        spare = max(1, min(MOST_AWAY_DAYS, self._days // 2)) * DAY
        return min(self._store.clock(), self._base + ran + spare)

    def _ahead(self) -> float:
        """How far the clock is before the machine's uptime, in seconds: this stays, unless somebody sets the clock."""
        return self._store.clock() / 1000 - self._uptime()


def _old(rows: list[LogRow], before: int, now: int) -> tuple[list[LogRow], bool]:
    """The rows up to the last old one before the first that is young, and whether one is young.

    What a wrong clock gave takes nothing along that is young: from the future is as old as what was said after it.
    """
    old = 0
    for place, row in enumerate(rows, start=1):
        event = read_event(row.frame)
        if not isinstance(event, Logged) or event.at > now:
            continue
        if event.at >= before:
            return rows[:old], True
        old = place
    return rows[:old], False


def _parts(whole: Sequence[T], length: int) -> Iterator[Sequence[T]]:
    return (whole[start : start + length] for start in range(0, len(whole), length))
