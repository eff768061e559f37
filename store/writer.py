"""The one way in: what is asked becomes true here, on disk first, then told.

While one commit runs, the next batch gathers. A batch looks up its nonces, runs the rules one after another, each on
what the one before left, and commits all of it in one transaction. Then, in this order: the shelves, the hot tails, the
sockets, the answers, the bus. A newcomer's first mistake is to touch a shelf anywhere else.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from protocol.answers import Written
from protocol.codec import pack_event
from protocol.commands import Writes
from protocol.errors import Refusal
from protocol.events import ConversationCreated, Logged
from protocol.records import from_json, replaced, to_json
from store.drafts import Draft, Shelves, View
from store.durable import Batch, Durable, LogRow, NotRead, NotSaved, Unknown
from store.sockets import Connection

MAX_BATCH = 500  # commands in one transaction
MAX_WAITING = 20_000  # commands; more are told to slow down

log = logging.getLogger("parley.writer")

NOT_SAVED = "That could not be saved just now. Nothing was changed; please try again."
RESTARTED = "The server is being restarted; please try again in a moment."


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks: a person, the device they ask from, and the connection it came by, where there is one."""

    person: str
    device: str
    connection: Connection | None = field(default=None, compare=False)


class Rules(Protocol):
    """What decides; the registry of chat/dispatch.py."""

    def decide(self, command: Writes, who: Who, view: View) -> Sequence[Logged]:
        """The events that follow, without numbers. Raises Refusal."""
        ...

    def fold(self, event: Logged, draft: Draft) -> None:
        """Keep of an event what must be decided on later."""
        ...


@dataclass(slots=True)
class _Asked:
    command: Writes
    who: Who
    answer: asyncio.Future[Written]

    @property
    def key(self) -> tuple[str, str]:
        return self.who.device, self.command.nonce


@dataclass(slots=True)
class _Kept:
    """A shelf row that no decision made: a mark, a last seen, an upload. Last write wins."""

    change: tuple[str, str, bytes | None]
    apply: Callable[[], None]
    saved: asyncio.Future[None]


@dataclass(slots=True)
class _Decided:
    """What a batch has come to. A refusal waits for the commit too: it may stand on what is not true before."""

    draft: Draft
    kept: list[_Kept]
    events: list[tuple[Logged, bytes]] = field(default_factory=list)
    rows: list[LogRow] = field(default_factory=list)
    answers: dict[tuple[str, str], Written] = field(default_factory=dict)
    outcomes: list[tuple[_Asked, Written | Refusal]] = field(default_factory=list)

    def batch(self) -> Batch:
        """What the disk must learn."""
        return Batch(
            rows=self.rows,
            shelves=self.draft.changes() + [item.change for item in self.kept],
            answers=[(device, nonce, to_json(answer)) for (device, nonce), answer in self.answers.items()],
        )


class Writer:
    """Group commit over one durable log. `tell` hears what has just become true, in order."""

    def __init__(
        self,
        durable: Durable,
        shelves: Shelves,
        rules: Rules,
        tell: Callable[[list[tuple[Logged, bytes]], list[LogRow]], None],
        clock: Callable[[], int],
    ) -> None:
        self._durable = durable
        self._shelves = shelves
        self._rules = rules
        self._tell = tell
        self._clock = clock
        self._waiting: list[_Asked | _Kept] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._closed = False
        self._unsure: _Decided | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write. To be called on the loop."""
        self._task = asyncio.create_task(self._run(), name="writer")

    def submit(self, command: Writes, who: Who) -> asyncio.Future[Written]:
        """Ask for something; the future holds the answer, or the Refusal, once it is on disk and told."""
        answer: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        if self._closing:
            answer.set_exception(Refusal("not-saved", RESTARTED))
        elif len(self._waiting) >= MAX_WAITING:
            answer.set_exception(Refusal("slow-down", "The server has more to write than it can; please try again."))
        else:
            self._enqueue(_Asked(command, who, answer))
        return answer

    def keep(self, table: str, key: str, row: bytes | None, apply: Callable[[], None]) -> asyncio.Future[None]:
        """Write a shelf row no decision stands on; `apply` makes it true in memory once it is on disk."""
        saved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._closed:
            saved.set_exception(Refusal("not-saved", RESTARTED))
        else:
            self._enqueue(_Kept((table, key, row), apply, saved))
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

    def _enqueue(self, item: "_Asked | _Kept") -> None:
        self._waiting.append(item)
        self._wake.set()

    async def _run(self) -> None:
        while self._waiting or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            await self._write_waiting()

    async def _write_waiting(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            await self._write(batch)

    async def _write(self, batch: "list[_Asked | _Kept]") -> None:
        asked = [item for item in batch if isinstance(item, _Asked)]
        kept = [item for item in batch if isinstance(item, _Kept)]
        try:
            await self._learn_outcome()
            decided = self._decide(asked, kept, await self._known(asked))
            await self._commit(decided)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing came true and everybody must be told
            self._fail(batch, error)
        else:
            self._come_true(decided)

    def _come_true(self, decided: _Decided) -> None:
        decided.draft.settle()
        for item in decided.kept:
            item.apply()
        try:
            self._tell(decided.events, decided.rows)
        except Exception:  # it is true and on disk: who did not hear pulls it, and the writer goes on
            log.exception("telling %d events", len(decided.events))
        for asked, outcome in decided.outcomes:
            if isinstance(outcome, Refusal):
                _refuse(asked.answer, outcome)
            else:
                _settle(asked.answer, outcome)
        for item in decided.kept:
            _settle(item.saved, None)

    async def _known(self, asked: list[_Asked]) -> dict[tuple[str, str], Written]:
        if not asked:
            return {}
        found = await self._durable.answers([item.key for item in asked])
        return {key: from_json(raw, Written) for key, raw in found.items()}

    def _decide(self, asked: list[_Asked], kept: list[_Kept], known: dict[tuple[str, str], Written]) -> _Decided:
        decided = _Decided(Draft(self._shelves), kept)
        for item in asked:
            outcome: Written | Refusal
            try:
                earlier = known.get(item.key) or decided.answers.get(item.key)
                outcome = self._decide_one(item, decided) if earlier is None else earlier
            except Refusal as refusal:
                outcome = refusal
            except Exception:  # noqa: BLE001 - a bug of ours is told under an id and spoils nobody else's command
                outcome = internal(f"rule of {item.command.name}")
            decided.outcomes.append((item, outcome))
        return decided

    def _decide_one(self, item: _Asked, decided: _Decided) -> Written:
        now = self._clock()
        draft = Draft(decided.draft)
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
        decided.rows += [_log_row(event, frame) for event, frame in events]
        decided.answers[item.key] = written
        return written

    async def _commit(self, decided: _Decided) -> None:
        batch = decided.batch()
        if not (batch.rows or batch.shelves):
            return
        self._unsure = decided
        try:
            await self._durable.commit(batch)
        except Unknown:
            if not await self._became_true(decided):
                raise
        except NotSaved:
            self._unsure = None
            raise
        self._unsure = None

    async def _learn_outcome(self) -> None:
        """Before anything new: what became of the commit we lost sight of. Raises NotRead while nobody can tell."""
        if (unsure := self._unsure) is not None:
            became_true = await self._became_true(unsure)
            self._unsure = None
            if became_true:
                self._come_true(unsure)

    async def _became_true(self, decided: _Decided) -> bool:
        """A commit is there whole or not at all, so one of its nonces tells. Shelf rows alone are written again."""
        keys = list(decided.answers)[:1]
        return bool(keys) and bool(await self._durable.answers(keys))

    def _fail(self, batch: "list[_Asked | _Kept]", error: Exception) -> None:
        if isinstance(error, NotSaved | NotRead):
            log.error("not saved: %s (%d commands)", error, len(batch))
            refusal = Refusal("not-saved", NOT_SAVED)
        else:
            refusal = internal("writer")
        for item in batch:
            _refuse(item.answer if isinstance(item, _Asked) else item.saved, refusal)


def internal(where: str) -> Refusal:
    """A bug of ours: logged with its traceback under a short id, which is all that is told. Call it while handling."""
    short = uuid4().hex[:8]
    log.exception("internal %s in %s", short, where)
    return Refusal("internal", f"Something went wrong on the server (id {short}). Please try again.")


def _advance(draft: Draft, event: Logged) -> None:
    row = draft.conversations.get(event.conversation)
    if row is None:
        raise RuntimeError(f"expected {event.conversation} to begin with conversation.created, got {event.name}")
    line = {"line": event.seq, "line_at": event.at} if event.is_line else {}
    draft.conversations.put(replaced(row, head=event.seq, **line))


def _log_row(event: Logged, frame: bytes) -> LogRow:
    return LogRow(
        conversation=event.conversation,
        seq=event.seq,
        name=event.name,
        target=getattr(event, "target", None),
        author=event.author,
        text=getattr(event, "text", ""),
        frame=frame,
    )


def _settle(future: asyncio.Future[Written] | asyncio.Future[None], result: Written | None) -> None:
    if not future.done():
        future.set_result(result)  # type: ignore[arg-type]


def _refuse(future: asyncio.Future[Written] | asyncio.Future[None], refusal: Refusal) -> None:
    if not future.done():
        future.set_exception(refusal)
