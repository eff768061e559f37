"""Waiting on a condition, and running a test on a loop of its own."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

PATIENCE_SECONDS = 60.0


async def until(met: Callable[[], object]) -> None:
    """Returns when the condition holds; `on_loop` ends who waits for ever."""
    while not met():  # noqa: ASYNC110 - what is waited for happens in code that signals nothing
        await asyncio.sleep(0.001)


def on_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test that is a coroutine."""

    @wraps(test)
    def run(**given: Any) -> None:
        asyncio.run(asyncio.wait_for(test(**given), PATIENCE_SECONDS))

    return run
