"""Cold shelves: rows that would not fit into memory all together, read from disk only for what is being decided.

A rule's folds write them through layers as they do any shelf. Below the layers lies what the writer has just recalled
for this batch, and nothing else. A newcomer's first mistake is to read one outside a rule, where nothing was recalled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from protocol.records import Record, from_json
from store.durable import LogRow, Place
from store.rows import Stance, Standing
from store.shelves import Index

R = TypeVar("R", bound=Record)


def place_key(conversation: str, seq: int) -> str:
    """The key of what stands of a message; keys are in order of seq."""
    return f"{conversation}|{seq:016d}"


def stance_key(conversation: str, seq: int, person: str) -> str:
    """The key of what one person holds of a message."""
    return f"{place_key(conversation, seq)}|{person}"


class Cold(Generic[R]):
    """What was recalled of one table."""

    def __init__(self, table: str, row_kind: type[R], key: Callable[[R], str]) -> None:
        self.table = table
        self.row_kind = row_kind
        self.key = key
        self.indexes: dict[str, Index[R]] = {}
        self._rows: dict[str, R] = {}

    def recall(self, found: Mapping[str, bytes]) -> None:
        """Hold these rows, as they came from disk, in place of those before."""
        self._rows = {key: from_json(raw, self.row_kind) for key, raw in found.items()}

    def get(self, key: str) -> R | None:
        """The row under this key, if it was recalled and is there."""
        return self._rows.get(key)

    def where(self, index: str, value: str) -> list[R]:
        """Cold rows are found by their keys only."""
        raise LookupError(f"expected to be asked by key, got {index}={value}")

    def put(self, row: R) -> None:
        """For a layer that settles; the disk has it by then."""
        self._rows[self.key(row)] = row

    def drop(self, key: str) -> None:
        """For a layer that settles."""
        self._rows.pop(key, None)


@dataclass(slots=True)
class Recalled:
    """What the writer read for a batch beside its rows: earlier events, each with its edits, oldest first.

    `before` is noted by a fold, for who tells when all of the batch is true: of each answer the one before it in its
    thread, 0 for the first.
    """

    events: dict[Place, LogRow] = field(default_factory=dict)
    edits: dict[Place, list[LogRow]] = field(default_factory=dict)
    before: dict[Place, int] = field(default_factory=dict)


def cold_standing() -> Cold[Standing]:
    """What stands of messages."""
    return Cold("standing", Standing, lambda row: place_key(row.conversation, row.seq))


def cold_stances() -> Cold[Stance]:
    """What people hold of messages."""
    return Cold("stances", Stance, lambda row: stance_key(row.conversation, row.seq, row.person))
