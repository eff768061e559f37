"""A PostgreSQL for tests, and what they do where its programs are missing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scripts.faults import postgres
from scripts.faults.postgres import Server

__all__ = ["Server", "require_programs", "running"]


def require_programs() -> None:
    """Skips with the reason where there are none, and fails with it where CI looks."""
    try:
        postgres.programs()
    except RuntimeError as missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """One that runs, gone afterwards with all it had."""
    require_programs()
    with postgres.running(*settings) as server:
        yield server
