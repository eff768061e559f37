"""The concurrent-safe dict: read from the event loop and from worker threads at the same time.

Values are replaced, never mutated: whoever holds a value holds a picture of one moment. A newcomer's first mistake is
`put(key, changed(get(key)))`, which loses what another thread wrote in between; that is what `update` is for.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ConcurrentDict(Generic[K, V]):
    """A dict in which every call is one atomic step. A value is never None, so None means "not there"."""

    def __init__(self, items: Iterable[tuple[K, V]] = ()) -> None:
        self._values: dict[K, V] = dict(items)
        # Reentrant only so that a `change` which writes here meets a clear error below instead of a deadlock.
        self._lock = threading.RLock()
        self._changing = False

    def get(self, key: K) -> V | None:
        """The value now, or None. Takes no lock: one lookup in a dict is atomic."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        """Sets the value, whatever was there."""
        with self._lock:
            self._refuse_inside_a_change()
            self._values[key] = value

    def pop(self, key: K) -> V | None:
        """Takes the value out and answers it, or None."""
        with self._lock:
            self._refuse_inside_a_change()
            return self._values.pop(key, None)

    def update(self, key: K, change: Callable[[V | None], V]) -> V:
        """Replaces the value by `change(value)` and answers the new one; nobody writes in between.

        `change` gets None when nothing is there and must be quick. Raises RuntimeError if it writes to this dict.
        """
        with self._lock:
            self._refuse_inside_a_change()
            self._changing = True
            try:
                value = change(self._values.get(key))
            finally:
                self._changing = False
            self._values[key] = value
            return value

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value, made and kept if there was none. `make` runs once however many threads ask at once."""
        value = self._values.get(key)
        return value if value is not None else self.update(key, lambda now: make() if now is None else now)

    def keys(self) -> list[K]:
        """All keys of one moment."""
        with self._lock:
            return list(self._values)

    def values(self) -> list[V]:
        """All values of one moment."""
        with self._lock:
            return list(self._values.values())

    def items(self) -> list[tuple[K, V]]:
        """All pairs of one moment."""
        with self._lock:
            return list(self._values.items())

    def __iter__(self) -> Iterator[K]:
        return iter(self.keys())

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def _refuse_inside_a_change(self) -> None:
        if self._changing:
            raise RuntimeError("expected `change` only to answer the new value, it wrote to the dict it changes")
