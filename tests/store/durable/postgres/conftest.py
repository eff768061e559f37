"""Stores on a PostgreSQL that runs, and one of a test's own, to be stopped and frozen."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from store.durable.postgres.committing import Committing
from tests.postgres import Server, running
from tests.store.durable.rows import ticking


@pytest.fixture
def own() -> Iterator[Server]:
    """A PostgreSQL for one test, which may do to it what it likes."""
    with running() as server:
        yield server


@pytest.fixture
def open_on(tmp_path: Path) -> Iterator[Callable[[str], Committing]]:
    """Starts the writing side on a database; it is closed at the end."""
    opened: list[Committing] = []

    def start(url: str) -> Committing:
        opened.append(Committing(url, tmp_path, partial(next, ticking())))
        opened[-1].start()
        return opened[-1]

    yield start
    for one in opened:
        one.close()
