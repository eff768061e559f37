"""An index that is open: the connection that writes it and those that read it, and threads for both or none.

A newcomer's first mistake is to give the index in memory a thread: a second connection would see another, empty one.
"""

import queue
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from store.search.index import Index
from store.search.schema import discard, open_reader, open_writer

T = TypeVar("T")


class Closed(Exception):
    """It was closed meanwhile."""


class Opened:
    """Everything here blocks; writing belongs on one thread."""

    def __init__(self, path: Path | None, epoch: str, readers: int) -> None:
        self._path = path
        self._idle: queue.SimpleQueue[sqlite3.Connection | None] = queue.SimpleQueue()  # not in use; None: closed
        self._links = [open_writer(path, epoch)]
        self._readers: list[sqlite3.Connection] = []
        try:
            self.index = Index(self._links[0])
            self._links += [open_reader(path) for _ in range(readers)] if path else []
        except BaseException:
            self.close()
            raise
        self._readers = self._links[1:] or self._links[:1]
        for link in self._readers:
            self._idle.put(link)

    def read(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """What is asked of a connection that nobody else uses meanwhile. Raises Closed."""
        link = self._idle.get()
        try:
            if link is None:
                raise Closed
            return ask(link)
        finally:
            self._idle.put(link)

    def close(self) -> None:
        """Lets every read end, then lets go of the file. A second time does nothing."""
        if not self._links:
            return
        for _ in self._readers:
            self._idle.get()
        for link in reversed(self._links):
            link.close()
        self._links = self._readers = []
        self._idle.put(None)

    def discard(self) -> None:
        """Away with all of it: it is made from the logs again."""
        self.close()
        discard(self._path)


class AtOnce(Executor):
    """Threads for what needs none: it is done where it is asked."""

    def submit(self, work: Callable[..., T], /, *args: Any, **kwargs: Any) -> "Future[T]":
        """Done when this returns."""
        done: Future[T] = Future()
        try:
            done.set_result(work(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever waits for the future is told, as by any executor
            done.set_exception(error)
        return done
