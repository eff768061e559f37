"""The one way in: what is asked becomes true here, on disk first, then told.

While one commit runs, the next batch gathers. A batch looks up its nonces, runs the rules one after another, each on
what the one before left, and commits all of it in one transaction. Then, in this order: the shelves, the hot tails, the
sockets, the answers, the bus. A newcomer's first mistake is to touch a shelf anywhere else.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from protocol.answers import Written
from protocol.codec import pack_event
from protocol.commands import Writes
from protocol.errors import Refusal
from protocol.events import ConversationCreated, Logged, MessageEdited, MessageSent
from protocol.records import from_json, replaced
from store.blanking import log_row
from store.cold import Recalled, place_key, stance_key
from store.decided import Asked, Condition, Decided, Kept, Who, always
from store.drafts import Draft, Shelves, View
from store.durable import Durable, LogRow, NotRead, NotSaved, Unknown
from store.nodes.following import Following
from store.tally import Tally

MAX_BATCH = 500  # commands in one transaction
MAX_WAITING = 20_000  # commands; more are told to slow down

log = logging.getLogger("parley.writer")

NOT_SAVED = "That could not be saved just now. Nothing was changed; please try again."
NOT_READ = "That could not be read just now. Please try again in a moment."
RESTARTED = "The server is being restarted; please try again in a moment."


class Rules(Protocol):
    """What decides; the registry of chat/dispatch.py."""

    def decide(self, command: Writes, who: Who, view: View) -> Sequence[Logged]:
        """The events that follow, without numbers. Raises Refusal."""
        ...

    def fold(self, event: Logged, draft: Draft) -> None:
        """Keep of an event what must be decided on later."""
        ...


@dataclass(slots=True)
class Figures:
    """What the writer has done since the start: commands by how they ended, events, and how long commits took."""

    done: int = 0
    refused: int = 0
    not_saved: int = 0
    events: int = 0
    commits: Tally = field(default_factory=Tally)


class Writer:
    """Group commit over one durable log. `tell` hears what has just become true, in order."""

    def __init__(
        self,
        durable: Durable,
        shelves: Shelves,
        rules: Rules,
        tell: Callable[[list[tuple[Logged, bytes]], list[LogRow], list[LogRow]], None],
        clock: Callable[[], int],
        following: Following | None = None,
    ) -> None:
        self._durable = durable
        self._following = following
        self._shelves = shelves
        self._rules = rules
        self._tell = tell
        self._clock = clock
        self._waiting: list[Asked | Kept] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._closed = False
        self._unsure: Decided | None = None
        self.figures = Figures()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write. To be called on the loop."""
        if self._following is not None:
            self._following.met_ours = self._wake.set
        self._task = asyncio.create_task(self._run(), name="writer")

    def submit(self, command: Writes, who: Who) -> asyncio.Future[Written]:
        """Ask for something; the future holds the answer, or the Refusal, once it is on disk and told."""
        answer: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        if self._closing:
            answer.set_exception(Refusal("not-saved", RESTARTED))
        elif len(self._waiting) >= MAX_WAITING:
            answer.set_exception(Refusal("slow-down", "The server has more to write than it can; please try again."))
        else:
            self._enqueue(Asked(command, who, answer))
        return answer

    def keep(
        self,
        change: Callable[[], tuple[str, str, bytes | None]],
        apply: Callable[[], None],
        only_if: Condition = always,
        rewrites: Sequence[LogRow] = (),
    ) -> asyncio.Future[None]:
        """Write a shelf row no decision stands on; `apply` makes it true in memory once it is on disk."""
        saved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._closed:
            saved.set_exception(Refusal("not-saved", RESTARTED))
        else:
            self._enqueue(Kept(change, apply, saved, only_if, rewrites))
        return saved

    async def close(self, last: Callable[[], None]) -> None:
        """Write what waits, then what `last` still keeps, and stop; what comes later is refused."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await self._task
        last()
        self._closed = True
        await self._write_waiting()

    def _enqueue(self, item: "Asked | Kept") -> None:
        self._waiting.append(item)
        self._wake.set()

    async def _run(self) -> None:
        while self._waiting or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            if self._unsure is not None:
                with suppress(NotRead, NotSaved):
                    await self._learn_outcome()
            await self._write_waiting()

    async def _write_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            await self._write(batch)

    async def _write(self, batch: "list[Asked | Kept]") -> None:
        asked = [item for item in batch if isinstance(item, Asked)]
        kept = [item for item in batch if isinstance(item, Kept)]
        try:
            await self._learn_outcome()
            await self._enter()
            known = await self._known(asked)
            await self._recall(asked)
            decided = self._decide(asked, kept, known)
            await self._commit(decided)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing came true and everybody must be told
            self._fail(batch, error)
            await self._leave()
        else:
            self._come_true(decided)

    @property
    def waiting(self) -> int:
        """How many are to be written."""
        return len(self._waiting)

    def _come_true(self, decided: Decided) -> None:
        """Who waits for an answer goes on in the next turn of the loop, and before the outboxes that telling fills are
        flushed: what somebody is told and what they are answered leave as one frame, in this order.
        """
        decided.draft.settle()
        for item in decided.kept:
            item.apply()
        for asked, outcome in decided.outcomes:
            if isinstance(outcome, Refusal):
                self.figures.refused += 1
                _refuse(asked.answer, outcome)
            else:
                self.figures.done += 1
                _settle(asked.answer, outcome)
        for item in decided.kept:
            _settle(item.saved, None)
        for item in decided.left:
            _refuse(item.saved, Refusal("in-use", "Something else needs it by now."))
        try:
            self._tell(decided.events, decided.rows, decided.rewrites)
        except Exception:  # it is true and on disk: who did not hear pulls it, and the writer goes on
            log.exception("telling %d events", len(decided.events))
        if self._following is not None and decided.committed.number:
            self._following.made(decided.committed)

    async def _known(self, asked: list[Asked]) -> dict[tuple[str, str], Written]:
        if not asked:
            return {}
        found = await self._durable.answers([item.key for item in asked])
        return {key: from_json(raw, Written) for key, raw in found.items()}

    async def _recall(self, asked: list[Asked]) -> None:
        """Read what the batch's commands are about, for rules look at nothing but memory."""
        shelves = self._shelves
        about = [(*place, item.who.person) for item in asked for place in item.command.places()]
        shelves.recalled = Recalled()
        if not about:
            return
        places = list(dict.fromkeys((conversation, seq) for conversation, seq, _ in about))
        shelves.recalled.events = await self._durable.rows(places)
        shelves.recalled.edits = await self._durable.aimed_at(places, [MessageEdited.name])
        shelves.standing.recall(await self._durable.kept("standing", [place_key(*place) for place in places]))
        shelves.stances.recall(await self._durable.kept("stances", [stance_key(*one) for one in dict.fromkeys(about)]))

    def _decide(self, asked: list[Asked], kept: list[Kept], known: dict[tuple[str, str], Written]) -> Decided:
        decided = Decided(Draft(self._shelves))
        one = Draft(decided.draft)  # of the command that is being decided, one after another
        for item in asked:
            outcome: Written | Refusal
            try:
                earlier = known.get(item.key) or decided.answers.get(item.key)
                outcome = self._decide_one(item, decided, one) if earlier is None else earlier
            except Refusal as refusal:
                outcome = refusal
            except Exception:  # noqa: BLE001 - a bug of ours is told under an id and spoils nobody else's command
                outcome = internal(f"rule of {item.command.name}")
            decided.outcomes.append((item, outcome))
        for row in kept:
            (decided.kept if row.only_if(decided.draft) else decided.left).append(row)
        decided.blank()
        for row in decided.kept:
            decided.rewrites += row.rewrites
        return decided

    def _decide_one(self, item: Asked, decided: Decided, draft: Draft) -> Written:
        now = self._clock()
        draft.forget()
        events: list[tuple[Logged, bytes]] = []
        for event in self._rules.decide(item.command, item.who, View(draft, now)):
            row = draft.conversations.get(event.conversation)
            seq = row.head + 1 if row else 1
            numbered = replaced(event, seq=seq, at=now, author=event.author or item.who.person)
            self._rules.fold(numbered, draft)
            _advance(draft, numbered)
            events.append((numbered, pack_event(numbered)))
        if not events:
            raise RuntimeError(f"expected the rule of {item.command.name} to yield an event or refuse, got nothing")
        meant = next((event for event, _ in events if not isinstance(event, ConversationCreated)), events[0][0])
        written = Written(conversation=meant.conversation, seq=meant.seq, at=now)
        draft.settle()
        decided.events += events
        decided.rows += [log_row(event, frame) for event, frame in events]
        decided.answers[item.key] = written
        return written

    async def _commit(self, decided: Decided) -> None:
        batch = decided.batch()
        if not (batch.rows or batch.shelves):
            await self._leave()
            return
        if self._following is not None:
            batch.id = uuid4().hex
            batch.number = self._following.begin(batch.id)
        decided.committed = batch
        self._unsure, began = decided, time.perf_counter()
        try:
            await self._durable.commit(batch)
        except Unknown:
            if not await self._became_true(decided):
                raise
        except NotSaved:
            self._sure(is_true=False)
            raise
        self._sure(is_true=True)
        self.figures.commits.add(time.perf_counter() - began)
        self.figures.events += len(batch.rows)

    async def _enter(self) -> None:
        """Where several nodes write: have the turn, on what the others left. Raises NotSaved."""
        if self._following is not None:
            await self._following.enter()

    async def _leave(self) -> None:
        if self._following is not None:
            await self._following.leave()

    async def _learn_outcome(self) -> None:
        """Before anything new: what became of the commit we lost sight of. Raises NotRead while nobody can tell."""
        if (unsure := self._unsure) is not None:
            became_true = await self._became_true(unsure)
            self._sure(is_true=became_true)
            if became_true:
                self._come_true(unsure)

    def _sure(self, *, is_true: bool) -> None:
        self._unsure = None
        if self._following is not None:
            self._following.end(is_true=is_true)

    async def _became_true(self, decided: Decided) -> bool:
        """A commit is there whole or not at all, so one of its nonces tells. Shelf rows alone are written again."""
        if self._following is not None:
            return await self._following.has_ours()
        keys = list(decided.answers)[:1]
        return bool(keys) and bool(await self._durable.answers(keys))

    def _fail(self, batch: "list[Asked | Kept]", error: Exception) -> None:
        if isinstance(error, NotSaved | NotRead):
            self.figures.not_saved += len(batch)
            log.error("not saved: %s (%d commands)", error, len(batch))
            refusal = Refusal("not-saved", NOT_SAVED)
        else:
            refusal = internal("writer")
        for item in batch:
            _refuse(item.answer if isinstance(item, Asked) else item.saved, refusal)


def internal(where: str) -> Refusal:
    """A bug of ours: logged with its traceback under a short id, which is all that is told. Call it while handling."""
    short = uuid4().hex[:8]
    log.exception("internal %s in %s", short, where)
    return Refusal("internal", f"Something went wrong on the server (id {short}). Please try again.")


def unread(error: NotRead) -> Refusal:
    """The disk or the database does not answer: no bug of ours, so no trace, and the reason is for the host."""
    log.error("not read: %s", error)
    return Refusal("not-read", NOT_READ)


def _advance(draft: Draft, event: Logged) -> None:
    row = draft.conversations.get(event.conversation)
    if row is None:
        raise RuntimeError(f"expected {event.conversation} to begin with conversation.created, got {event.name}")
    is_line = event.is_line and not (isinstance(event, MessageSent) and event.target)
    line = {"line": event.seq, "line_at": event.at, "line_edit": 0} if is_line else {}
    draft.conversations.put(replaced(row, head=event.seq, **line))


def _settle(future: asyncio.Future[Written] | asyncio.Future[None], result: Written | None) -> None:
    if not future.done():
        future.set_result(result)  # type: ignore[arg-type]


def _refuse(future: asyncio.Future[Written] | asyncio.Future[None], refusal: Refusal) -> None:
    if not future.done():
        future.set_exception(refusal)
