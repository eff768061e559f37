"""The durable port: where what is acknowledged is kept. Two shapes, a log and shelves, behind one small Protocol.

`memory` and `sqlite` stand behind it, and one contract test runs over both. A newcomer's first mistake is to treat
every `NotSaved` alike: after `Unknown` the rows may be there, so answers are looked up before anybody is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

NEWEST = 2**53 - 1  # above every seq


class CannotStart(Exception):
    """The store cannot be opened: one sentence for people, with the next step."""


class Damaged(CannotStart):
    """The database is not ours or is damaged. It is left as it is; nothing empty is put in its place."""


class NotSaved(Exception):
    """Nothing of the batch was kept, for sure. The text is the reason, for people."""


class Unknown(NotSaved):
    """The commit itself failed: the batch was kept whole or not at all, and only reading tells which."""


class Doubled(NotSaved):
    """A row or an answer of the batch is there already: two writers gave one number twice."""


class NotRead(Exception):
    """What was asked could not be read. The text is the reason, for people."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One event of a conversation's log. `frame` is its only encoding; `text` is for search; `target` is a seq."""

    conversation: str
    seq: int
    name: str
    target: int | None
    author: str
    text: str
    frame: bytes


@dataclass(slots=True)
class Batch:
    """What is to become true together.

    `rows` are new; `rewrites` take the place of rows that are there (a deleted message's text). `shelves` are
    (table, key, JSON, or None when the row goes); the last of the same key wins. `answers` are (device, nonce, packed).
    """

    rows: list[LogRow] = field(default_factory=list)
    shelves: list[tuple[str, str, bytes | None]] = field(default_factory=list)
    answers: list[tuple[str, str, bytes]] = field(default_factory=list)
    rewrites: list[LogRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands at the start: all shelf rows as (table, key, JSON), in order.

    `epoch` is this store's random id. `newest_at` is the latest clock at which it was written (ms since the epoch, to
    within a minute, 0 for never): by it a machine without a clock chip knows that now is later.
    """

    epoch: str
    shelves: list[tuple[str, str, bytes]]
    newest_at: int


class Durable(Protocol):
    """Every read sees all that was committed before it. Reads raise NotRead, writes NotSaved."""

    async def start(self) -> Loaded:
        """Opens or creates. Raises CannotStart (or Damaged) and then holds nothing open."""

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """The kept answers of those (device, nonce) that have one."""

    async def commit(self, batch: Batch) -> None:
        """Keeps all of it or nothing; on return it survives a power cut. Raises NotSaved, Doubled, or Unknown."""

    async def after(self, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        """The rows above `after`, oldest first: at most `limit`, their frames at most `max_bytes`, but always one."""

    async def before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        """The newest `limit` rows below `before`, oldest first."""

    async def row(self, conversation: str, seq: int) -> LogRow | None:
        """One row."""

    async def aimed_at(self, conversation: str, targets: Sequence[int]) -> list[LogRow]:
        """All rows whose `target` is one of these seqs, oldest first."""

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        """How many standing messages of others lie above `after`, none above `through`, counted up to `limit`."""

    async def check(self) -> None:
        """Raises NotSaved with the reason when a commit would not be kept now."""

    async def close(self) -> None:
        """Finishes what is being written and lets go of everything. A second time does nothing."""
