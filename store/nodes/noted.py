"""Noted: rows that lie in memory only, at every node: who waits to be let in, what a code on a screen means.

Told when they change, and all that was noted here to a node that comes later. A newcomer's first mistake is to keep
here what must not be lost: a note that the bus loses is somewhere else for good.

The bus loses, doubles and reorders, and who tells all may not have heard the last of it. So each note has a version, of
two the newer one stays, and that a row went is a note as well, kept for as long as the row could come back.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from protocol.records import Record, from_json, to_json
from store.concurrent import ConcurrentDict
from store.rows import Fleeting

if TYPE_CHECKING:
    from store.nodes import Nodes

CLOCKS_MS = 60_000  # that the clocks of two nodes may be apart: what is over here may not be over there

log = logging.getLogger("parley.nodes")

R = TypeVar("R", bound=Fleeting)


class Note(Record, frozen=True, kw_only=True):
    """What is said of a key. `row` is JSON, None where it went; `until` is its end in ms, `by` the node that noted."""

    row: str | None
    until: int
    version: int
    by: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Kept(Generic[R]):
    row: R | None
    until: int
    version: int
    by: str
    known: bool
    """Whether the log says so, which every node follows by itself: then no word of another node's changes it."""

    @property
    def rank(self) -> tuple[bool, int, str]:
        return self.known, self.version, self.by


class Noted(Generic[R]):
    """One table of them, by key. A server that is alone has no nodes to tell."""

    def __init__(self, table: str, row_kind: type[R], nodes: "Nodes | None", clock: Callable[[], int]) -> None:
        self._table = table
        self._row_kind = row_kind
        self._nodes = nodes
        self._clock = clock
        self._kept: ConcurrentDict[str, _Kept[R]] = ConcurrentDict()
        self.turned: list[Callable[[str], None]] = []
        """Called with the key when it was put or popped, here or at another node, and not for what the log tells."""
        if nodes is not None:
            nodes.noted[table] = self._hear
            nodes.notes.append(self._say_ours)

    def __len__(self) -> int:
        return len(self.values())

    def get(self, key: str) -> R | None:
        """The row under this key."""
        kept = self._kept.get(key)
        return kept.row if kept else None

    def values(self) -> list[R]:
        """All rows of one moment."""
        return [row for _, row in self.items()]

    def items(self) -> list[tuple[str, R]]:
        """All keys and rows of one moment."""
        return [(key, kept.row) for key, kept in self._kept.items() if kept.row is not None]

    def put(self, key: str, row: R) -> None:
        """Note it here and at every node."""
        self._tell(key, self._keep(key, row, row.expires_at))
        self._turn(key)

    def put_here(self, key: str, row: R) -> None:
        """Note what every node comes to know by the log."""
        self._keep(key, row, row.expires_at, known=True)

    def pop(self, key: str) -> R | None:
        """Forget it here and at every node; answers it, or None."""
        row = self.get(key)
        if row is not None:
            self._tell(key, self._keep(key, None, row.expires_at))
            self._turn(key)
        return row

    def drop_here(self, key: str) -> None:
        """Forget what every node forgets by itself: by the log, or by its own clock, which may be another's no more."""
        self._kept.pop(key)

    def _keep(self, key: str, row: R | None, until: int, *, known: bool = False) -> _Kept[R]:
        """The newest of this key from now on. Versions begin at the time, so that a node which was started again, and
        knows of nothing before, is not behind it.
        """
        self._forget_gone()
        before, by = self._kept.get(key), self._nodes.id if self._nodes else ""
        known = known or (before is not None and before.known)
        version = max(before.version + 1, self._clock()) if before else self._clock()
        kept = _Kept(row, until, version, by, known)
        if row is None and self._nodes is None:
            self._kept.pop(key)
        else:
            self._kept.put(key, kept)
        return kept

    def _forget_gone(self) -> None:
        before = self._clock() - CLOCKS_MS
        for key, kept in self._kept.items():
            if kept.row is None and kept.until < before:
                self._kept.pop(key)

    def _tell(self, key: str, kept: _Kept[R]) -> None:
        if self._nodes is not None:
            self._nodes.note(self._table, key, _packed(kept))

    def _hear(self, key: str, raw: bytes | None) -> None:
        try:
            kept = self._read(raw or b"")
        except ValueError:
            log.warning("a note of %s that another node made cannot be read: is it of another version?", self._table)
            return
        before = self._kept.get(key)
        if kept.until >= self._clock() - CLOCKS_MS and (before is None or kept.rank > before.rank):
            self._kept.put(key, kept)
            self._turn(key)

    def _turn(self, key: str) -> None:
        for hook in self.turned:
            hook(key)

    def _read(self, raw: bytes) -> _Kept[R]:
        note = from_json(raw, Note)
        row = None if note.row is None else from_json(note.row.encode(), self._row_kind)
        return _Kept(row, note.until, note.version, note.by, note.known)

    def _say_ours(self) -> Iterator[tuple[str, str, bytes]]:
        """What was noted here, or at a node that is gone and cannot say it any more; also what went."""
        assert self._nodes is not None
        others = set(self._nodes.elsewhere.nodes())
        for key, kept in self._kept.items():
            if kept.by not in others:
                yield self._table, key, _packed(kept)


def _packed(kept: _Kept[R]) -> bytes:
    row = None if kept.row is None else to_json(kept.row).decode()
    return to_json(Note(row=row, until=kept.until, version=kept.version, by=kept.by, known=kept.known))
