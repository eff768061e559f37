"""A Redis for tests, and what they do where its program is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from scripts.faults import redis_server
from scripts.faults.redis_server import Redis
from tests.lacking import lacks

__all__ = ["Redis", "require_program", "running"]


def require_program() -> None:
    """Skips with the reason where there is none, and fails with it where CI looks."""
    try:
        redis_server.program()
    except RuntimeError as missing:
        lacks(str(missing))


@contextmanager
def running() -> Iterator[Redis]:
    """One that runs, gone afterwards."""
    require_program()
    with redis_server.running() as server:
        yield server
