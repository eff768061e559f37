"""Two thousand random lives: whatever is sent, lost, sent again and not kept, what is acknowledged is there once."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from store.durable.memory import Memory
from store.durable.sqlite import Sqlite
from tests.neighbours import NOON, lived
from tests.store.interleavings import Life

LIVES = 2000
AT_ONCE = 100  # lives in one test
STEPS = 25


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of failed commits are told to nobody."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


async def live(life: Life, steps: int = STEPS) -> None:
    await life.begin()
    await life.go_on(steps)
    await life.end()
    await life.judge()


@pytest.mark.parametrize("first", range(0, LIVES, AT_ONCE))
@lived
async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        try:
            await live(Life(seed, Memory()))
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise


@pytest.mark.parametrize("seed", range(12))
def test_nothing_acknowledged_is_lost_on_a_disk(seed: int, tmp_path: Path) -> None:
    asyncio.run(live(Life(seed, Restartable(tmp_path / "parley.db"))))


class Restartable:
    """A SQLite store that may be started again after it was closed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._now = Sqlite(path, lambda: NOON)

    async def start(self, cold: Sequence[str] = ()) -> object:
        self._now = Sqlite(self._path, lambda: NOON)
        return await self._now.start(cold)

    def __getattr__(self, name: str) -> object:
        return getattr(self._now, name)


@pytest.mark.parametrize("spoil", ["an answer", "a message", "a mark"])
@lived
async def test_a_house_that_forgets_is_found_out(spoil: str) -> None:
    life = Life(7, Memory())
    await life.begin()
    await life.go_on(200)
    await life.end()
    if spoil == "an answer":
        life.answers.pop(next(key for key, answer in life.answers.items() if answer.conversation.startswith("direct")))
    elif spoil == "a message":
        rows = next(rows for place, rows in life.disk.behind._log.items() if place.startswith("direct"))  # type: ignore[attr-defined]
        del rows[-1]
    else:
        life.marks[next(iter(life.marks))] += 1000
    with pytest.raises(AssertionError):
        await life.judge()
