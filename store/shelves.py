"""The shelves: small rows that decisions stand on, whole in memory, written through by the writer.

A shelf is read from anywhere and written only on the loop. What a rule decides changes it only when the commit has
succeeded: until then it lies in a `Layer` over it, and a layer may lie over a layer: a batch over the shelves, a
command over its batch. Refused, it is dropped, and nothing below ever knew of it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from protocol.records import Record, from_json, to_json
from store.concurrent import ConcurrentDict

R = TypeVar("R", bound=Record)
Index = Callable[[R], Iterable[str]]


class Rows(Protocol[R]):
    """What a shelf and a layer have in common."""

    table: str
    key: Callable[[R], str]
    indexes: dict[str, Index[R]]

    def get(self, key: str) -> R | None:
        """The row under this key."""
        ...

    def where(self, index: str, value: str) -> list[R]:
        """The rows that an index files under this value."""
        ...

    def put(self, row: R) -> None:
        """Set the row under its own key."""
        ...

    def drop(self, key: str) -> None:
        """Remove the row under this key, if there is one."""
        ...


class Shelf(Generic[R]):
    """One table: rows by key, and by whatever its indexes say of a row."""

    def __init__(
        self, table: str, row_kind: type[R], key: Callable[[R], str], indexes: dict[str, Index[R]] | None = None
    ) -> None:
        self.table = table
        self.row_kind = row_kind
        self.key = key
        self.indexes: dict[str, Index[R]] = indexes or {}
        self._rows: ConcurrentDict[str, R] = ConcurrentDict()
        self._filed: dict[str, dict[str, dict[str, None]]] = {name: {} for name in self.indexes}
        """Keys by the value they are filed under. Written on the loop alone; copied, in one atomic step, where read."""
        self.changed: list[Callable[[str], None]] = []
        """Called with the key of each row that was set or removed, and of each that is loaded."""

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        """Every row as it was when asked."""
        return iter(list(self._rows.values()))

    def get(self, key: str) -> R | None:
        """The row under this key."""
        return self._rows.get(key)

    def where(self, index: str, value: str) -> list[R]:
        """The rows that an index files under this value."""
        keys = self._filed[index].get(value)
        return [row for key in list(keys or ()) if (row := self._rows.get(key)) is not None]

    def put(self, row: R) -> None:
        """Set the row under its own key, and file it where it was not filed before."""
        key = self.key(row)
        old = self._rows.get(key)
        self._rows.put(key, row)
        for name, index in self.indexes.items():
            before, after = set(index(old) if old is not None else ()), set(index(row))
            for value in before - after:
                self._unfile(name, value, key)
            for value in after - before:
                self._filed[name].setdefault(value, {})[key] = None
        for hook in self.changed:
            hook(key)

    def drop(self, key: str) -> None:
        """Remove the row under this key, if there is one."""
        old = self._rows.pop(key)
        for name, index in self.indexes.items():
            for value in index(old) if old is not None else ():
                self._unfile(name, value, key)
        for hook in self.changed:
            hook(key)

    def load(self, raw: bytes) -> None:
        """Put a row as it came from disk."""
        self.put(from_json(raw, self.row_kind))

    def _unfile(self, name: str, value: str, key: str) -> None:
        filed = self._filed[name]
        filed[value].pop(key, None)
        if not filed[value]:
            del filed[value]


class Layer(Generic[R]):
    """Changes that lie over a shelf or another layer and have not come true yet."""

    def __init__(self, below: Rows[R]) -> None:
        self.table = below.table
        self.key = below.key
        self.indexes = below.indexes
        self._below = below
        self._changed: dict[str, R | None] = {}

    def get(self, key: str) -> R | None:
        """The row under this key, as it would be."""
        return self._changed[key] if key in self._changed else self._below.get(key)

    def where(self, index: str, value: str) -> list[R]:
        """The rows an index would file under this value."""
        kept = [row for row in self._below.where(index, value) if self.key(row) not in self._changed]
        return kept + [row for row in self._changed.values() if row is not None and value in self.indexes[index](row)]

    def put(self, row: R) -> None:
        """Lay a row over what is below."""
        self._changed[self.key(row)] = row

    def drop(self, key: str) -> None:
        """Lay an absence over what is below."""
        self._changed[key] = None

    def changes(self) -> list[tuple[str, str, bytes | None]]:
        """What the disk must learn: (table, key, JSON or None for gone)."""
        return [(self.table, key, None if row is None else to_json(row)) for key, row in self._changed.items()]

    def settle(self) -> None:
        """Make it true one layer down; nothing is left here."""
        if not self._changed:
            return
        for key, row in self._changed.items():
            if row is None:
                self._below.drop(key)
            else:
                self._below.put(row)
        self._changed = {}

    def forget(self) -> None:
        """Nothing was decided."""
        if self._changed:
            self._changed = {}
