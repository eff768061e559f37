"""One store of each kind for the contract, and the file of one for SQLite's own tests."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.durable import Durable, Loaded
from store.durable.memory import Memory
from store.durable.sqlite import Sqlite
from tests.store.durable.rows import ticking


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where SQLite keeps its file."""
    return tmp_path / "parley.db"


@pytest.fixture(params=["memory", "sqlite"])
def durable(request: pytest.FixtureRequest, io_loop: IOLoop, path: Path) -> Iterator[Durable]:
    """A started store of each kind."""
    store: Durable = Memory() if request.param == "memory" else Sqlite(path, partial(next, ticking()))
    io_loop.run_sync(store.start)
    yield store
    io_loop.run_sync(store.close)


@pytest.fixture
def restart(durable: Durable, io_loop: IOLoop, path: Path) -> Iterator[Callable[[], Awaitable[Loaded]]]:
    """Closes the store and answers what the next start finds."""
    opened = [durable]

    async def once() -> Loaded:
        await opened[-1].close()
        if not isinstance(durable, Memory):
            opened.append(Sqlite(path, partial(next, ticking())))
        return await opened[-1].start()

    yield once
    io_loop.run_sync(opened[-1].close)


@pytest.fixture
def sqlite(io_loop: IOLoop, path: Path) -> Iterator[Sqlite]:
    """A started SQLite store."""
    store = Sqlite(path, partial(next, ticking()))
    io_loop.run_sync(store.start)
    yield store
    io_loop.run_sync(store.close)
