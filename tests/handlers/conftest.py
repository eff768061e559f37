"""A house for each test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tornado.ioloop import IOLoop

from handlers.door import Rates
from tests.handlers.house import House


@pytest.fixture
def house(io_loop: IOLoop, tmp_path: Path) -> Iterator[House]:
    """A running, open house."""
    house = House(tmp_path)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


@pytest.fixture
def closed_house(io_loop: IOLoop, tmp_path: Path) -> Iterator[House]:
    """A running house that one needs an invitation for."""
    house = House(tmp_path, is_open=False)
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)


@pytest.fixture
def strict_house(io_loop: IOLoop, tmp_path: Path) -> Iterator[House]:
    """A running, open house that counts who knocks, and lets one foreign page in."""
    house = House(tmp_path, rates=Rates(commands=10_000, joins=0.001), allow_origin=("https://localhost:5173",))
    io_loop.run_sync(house.start)
    yield house
    io_loop.run_sync(house.stop)
