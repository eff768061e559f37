"""One store of each kind for the contract, the file of one for SQLite's own tests, a database for PostgreSQL's."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from store.durable import Durable, Loaded
from store.durable.memory import Memory
from store.durable.postgres import Postgres
from store.durable.sqlite import Sqlite
from tests.postgres import Server, running
from tests.store.durable.rows import ticking


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where SQLite keeps its file."""
    return tmp_path / "parley.db"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that runs, for tests that leave it as it is."""
    with running() as server:
        yield server


@pytest.fixture
def url(server: Server) -> str:
    """A new, empty database."""
    return server.database()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def make(request: pytest.FixtureRequest, path: Path) -> Callable[[], Durable]:
    """Makes a store of one kind; the next one finds what the one before left."""
    if request.param == "memory":
        return one_of(Memory())
    if request.param == "sqlite":
        return lambda: Sqlite(path, partial(next, ticking()))
    url = request.getfixturevalue("url")
    return lambda: Postgres(url, path.parent, partial(next, ticking()))


def one_of(durable: Durable) -> Callable[[], Durable]:
    """The same one each time, where a new one would know nothing."""
    return lambda: durable


@pytest.fixture
def durable(make: Callable[[], Durable], io_loop: IOLoop) -> Iterator[Durable]:
    """A started store of each kind."""
    store = make()
    io_loop.run_sync(store.start)
    yield store
    io_loop.run_sync(store.close)


@pytest.fixture
def restart(
    durable: Durable, make: Callable[[], Durable], io_loop: IOLoop
) -> Iterator[Callable[..., Awaitable[Loaded]]]:
    """Closes the store and answers what the next start finds, given the tables that stay cold."""
    opened = [durable]

    async def once(cold: Sequence[str] = ()) -> Loaded:
        await opened[-1].close()
        opened.append(make())
        return await opened[-1].start(cold)

    yield once
    io_loop.run_sync(opened[-1].close)


@pytest.fixture
def sqlite(io_loop: IOLoop, path: Path) -> Iterator[Sqlite]:
    """A started SQLite store."""
    store = Sqlite(path, partial(next, ticking()))
    io_loop.run_sync(store.start)
    yield store
    io_loop.run_sync(store.close)
