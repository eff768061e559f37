"""The durable port: where what is acknowledged is kept. Two shapes, a log and shelves, behind one small Protocol.

`memory`, `sqlite` and `postgres` stand behind it, and one contract test runs over all. A newcomer's first mistake is to
treat every `NotSaved` alike: after `Unknown` the rows may be there, so answers are looked up before anybody is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

NEWEST = 2**53 - 1  # above every seq

Place = tuple[str, int]
"""A conversation and a seq."""


class CannotStart(Exception):
    """The store cannot be opened: one sentence for people, with the next step."""


class Damaged(CannotStart):
    """The database is not ours or is damaged. It is left as it is; nothing empty is put in its place."""


class NotYet(CannotStart):
    """What it is kept in cannot be reached, or is held by another: a start may succeed later."""


class NotSaved(Exception):
    """Nothing of the batch was kept, for sure. The text is the reason, for people."""


class Unknown(NotSaved):
    """The commit itself failed: the batch was kept whole or not at all, and only reading tells which."""


class Doubled(NotSaved):
    """A row or an answer of the batch is there already: two writers gave one number twice."""


class NotRead(Exception):
    """What was asked could not be read. The text is the reason, for people."""


class Apart(NotSaved, NotRead):
    """Of a shared log: what stands there does not go on from what this node has, and never will again."""


class Behind(NotSaved):
    """Of a shared log: so much was committed meanwhile that it is to be read first, without the turn."""


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
    `number` and `id` are those of the commit, where a log is shared.
    """

    rows: list[LogRow] = field(default_factory=list)
    shelves: list[tuple[str, str, bytes | None]] = field(default_factory=list)
    answers: list[tuple[str, str, bytes]] = field(default_factory=list)
    rewrites: list[LogRow] = field(default_factory=list)
    number: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """One that a node made in a shared log: its number, its random id, and what became true by it.

    `shelves` are as in a batch, without those of cold tables. A row that was written again since is as it is now.
    """

    number: int
    id: str
    rows: Sequence[LogRow] = ()
    rewrites: Sequence[LogRow] = ()
    shelves: Sequence[tuple[str, str, bytes | None]] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands at the start: all shelf rows as (table, key, JSON), in order.

    `epoch` is this store's random id. `newest_at` is the latest clock at which it was written (ms since the epoch, to
    within a minute, 0 for never): by it a machine without a clock chip knows that now is later. `number` and `id` are
    those of the newest commit, where the log is shared.
    """

    epoch: str
    shelves: list[tuple[str, str, bytes]]
    newest_at: int
    number: int = 0
    id: str = ""


class Durable(Protocol):
    """Every read sees all that was committed before it. Reads raise NotRead, writes NotSaved."""

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        """Opens or creates; the `cold` tables are not loaded. Raises CannotStart (or Damaged), holding nothing open."""

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        """The kept answers of those (device, nonce) that have one."""

    async def commit(self, batch: Batch) -> None:
        """Keeps all of it or nothing; on return it survives a power cut. Raises NotSaved, Doubled, or Unknown."""

    async def after(self, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        """The rows above `after`, oldest first: at most `limit`, their frames at most `max_bytes`, but always one."""

    async def entries_before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        """The newest `limit` rows below `before` that have no target, oldest first."""

    async def entries_after(self, conversation: str, after: int, limit: int) -> list[LogRow]:
        """The oldest `limit` rows above `after` that have no target, oldest first."""

    async def answers_before(self, place: Place, before: int, limit: int) -> list[LogRow]:
        """The newest `limit` messages below `before` in the thread of that message, oldest first."""

    async def answers_after(self, place: Place, after: int, limit: int) -> list[LogRow]:
        """The oldest `limit` messages above `after` in the thread of that message, oldest first."""

    async def rows(self, places: Sequence[Place]) -> dict[Place, LogRow]:
        """Those of these rows that are there."""

    async def aimed_at(
        self, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
    ) -> dict[Place, list[LogRow]]:
        """For each place that has any: the rows of these names whose `target` it is, oldest first.

        Of each at most `limit`, and none that does not come after `after`.
        """

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        """How many standing messages of others lie above `after`, none above `through`, counted up to `limit`.

        What was said in a thread has a target and is not counted.
        """

    async def kept(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Those rows of a shelf under these keys that are there."""

    async def kept_under(self, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        """The rows of a shelf whose keys begin with `prefix` and come after `after`, in order of key."""

    async def check(self) -> None:
        """Raises NotSaved with the reason when a commit would not be kept now."""

    async def close(self) -> None:
        """Finishes what is being written and lets go of everything. A second time does nothing."""


class Shared(Durable, Protocol):
    """One that several nodes write to, one after another. Its commits are numbered 1, 2, 3… over the whole house.

    A batch is committed between `enter` and the end of `commit`; in between no other node commits.
    """

    async def enter(self, after: int, commit_id: str) -> list[Commit]:
        """Waits for its turn, and answers what others committed after that commit: all of it.

        Raises NotSaved: Behind where `commits` would not answer all of it at once, and Apart.
        """

    async def leave(self) -> None:
        """Lets the next one have its turn, with nothing committed. Never fails; without a turn it does nothing."""

    async def commits(self, after: int, commit_id: str) -> list[Commit]:
        """The next that were committed after that commit, of which there may be more; none where there is none.

        Raises NotRead, and Apart when that commit is not there (any more).
        """
