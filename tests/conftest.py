"""What every test shares: hypothesis without time limits, and the loop of pytest-tornado's tests."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from tornado.ioloop import IOLoop

settings.register_profile("parley", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "parley")


@pytest.fixture
def io_loop() -> Iterator[IOLoop]:
    """A fresh loop for one test. pytest-tornado's own makes Python 3.12 warn."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    io_loop = IOLoop.current()
    yield io_loop
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    asyncio.set_event_loop(None)
    io_loop.close(all_fds=True)
