"""A PostgreSQL for tests, and what they do where its programs are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from scripts.faults import postgres
from scripts.faults.postgres import Server
from tests.lacking import lacks

__all__ = ["Server", "require_programs", "running"]


def require_programs() -> None:
    """Skips with the reason where there are none, and fails with it where CI looks."""
    try:
        postgres.programs()
    except RuntimeError as missing:
        lacks(str(missing))


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """One that runs, gone afterwards with all it had."""
    require_programs()
    with postgres.running(*settings) as server:
        yield server
