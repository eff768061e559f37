"""Buses of each kind: nodes that hear each other."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from tornado.ioloop import IOLoop

from store.bus import Bus
from store.bus.redis import RedisBus
from tests.redis import Redis, running
from tests.store.bus.ends import End
from tests.store.bus.local import Hub, LocalBus


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """One that runs, for tests that leave it as it is."""
    with running() as server:
        yield server


@pytest.fixture
def own() -> Iterator[Redis]:
    """One for a test that stops it."""
    with running() as server:
        yield server


@pytest.fixture(params=["local", "redis"])
def make(request: pytest.FixtureRequest) -> Callable[[], Bus]:
    """Makes the bus of another node."""
    if request.param == "local":
        hub = Hub()
        return lambda: LocalBus(hub)
    url = request.getfixturevalue("redis").url
    return lambda: RedisBus(url)


@pytest.fixture
def joins(io_loop: IOLoop) -> Iterator[Callable[..., Awaitable[End]]]:
    """Starts a bus on a channel, and answers when it listens; closed at the end."""
    ends: list[End] = []

    async def begin(bus: Bus, channel: str) -> End:
        ends.append(End(bus))
        bus.start(channel, ends[-1].heard.put_nowait, ends[-1].back.set)
        await ends[-1].back.wait()
        return ends[-1]

    async def close() -> None:
        for end in ends:
            await end.bus.close()

    yield begin
    io_loop.run_sync(close)
