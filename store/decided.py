"""A batch on its way: what was asked for, the rows that go with it, and what all of it has come to.

A newcomer's first mistake is to answer before the commit: a refusal, too, may stand on what is not true yet.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from protocol.answers import Written
from protocol.commands import Writes
from protocol.errors import Refusal
from protocol.events import Logged, MessageEdited
from protocol.records import to_json
from store.blanking import blanked
from store.drafts import Draft
from store.durable import Batch, LogRow
from store.sockets import Connection


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks: a person, the device they ask from, and the connection it came by, where there is one."""

    person: str
    device: str
    connection: Connection | None = field(default=None, compare=False)


Condition = Callable[[Draft], bool]


def always(draft: Draft) -> bool:
    """The condition of a row that is written whatever else is decided."""
    return True


@dataclass(slots=True)
class Asked:
    """A command, and who waits for its answer."""

    command: Writes
    who: Who
    answer: asyncio.Future[Written]

    @property
    def key(self) -> tuple[str, str]:
        """Under which its answer is kept for ever."""
        return self.who.device, self.command.nonce


@dataclass(slots=True)
class Kept:
    """A shelf row that no decision made: a mark, which grows; a last seen or an upload, where the last write wins.

    `change` and `only_if` are asked when its batch is decided: so a mark never falls behind, and a file is not removed
    beside the message that sends it. `rewrites` are rows of a log that go blank with it: what was said about a message
    that is gone.
    """

    change: Callable[[], tuple[str, str, bytes | None]]
    apply: Callable[[], None]
    saved: asyncio.Future[None]
    only_if: Condition = always
    rewrites: Sequence[LogRow] = ()


@dataclass(slots=True)
class Decided:
    """What a batch has come to. A refusal waits for the commit too: it may stand on what is not true before."""

    draft: Draft
    kept: list[Kept] = field(default_factory=list)
    left: list[Kept] = field(default_factory=list)
    events: list[tuple[Logged, bytes]] = field(default_factory=list)
    rows: list[LogRow] = field(default_factory=list)
    rewrites: list[LogRow] = field(default_factory=list)
    answers: dict[tuple[str, str], Written] = field(default_factory=dict)
    committed: Batch = field(default_factory=Batch)
    outcomes: list[tuple[Asked, Written | Refusal]] = field(default_factory=list)

    def batch(self) -> Batch:
        """What the disk must learn."""
        return Batch(
            rows=self.rows,
            shelves=self.draft.changes() + [item.change() for item in self.kept],
            answers=[(device, nonce, to_json(answer)) for (device, nonce), answer in self.answers.items()],
            rewrites=self.rewrites,
        )

    def blank(self) -> None:
        """Take the words out of what was deleted: of the message, and of its edits, those of this batch too."""
        recalled, blanks = self.draft.recalled, self.draft.blanks
        for place in blanks:
            self.rewrites += map(blanked, [recalled.events[place], *recalled.edits.get(place, ())])
        for at, row in enumerate(self.rows if blanks else ()):
            if row.name == MessageEdited.name and (row.conversation, row.target) in blanks:
                self.rows[at] = blanked(row)
