"""The bystander waits for every answer, and what goes wrong for them is not hidden."""

import asyncio

import pytest

from scripts.faults import bystander
from scripts.faults.bystander import Bystander


class Quick:
    """A phone whose answers come at once, for a while."""

    def __init__(self, answers: int) -> None:
        self.answers = answers
        self.said: list[str] = []

    def writes(self, text: str) -> None:
        self.said.append(text)

    async def sends(self) -> None:
        if len(self.said) > self.answers:
            raise ConnectionError("the line is gone")


async def talks(phone: Quick) -> Bystander:
    async with Bystander(phone) as beside:  # type: ignore[arg-type]
        while len(phone.said) < 4:  # noqa: ASYNC110 - a phone that is not ours to signal
            await asyncio.sleep(0)
    return beside


def test_what_they_wait_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bystander, "PAUSE_SECONDS", 0)
    assert len(asyncio.run(talks(Quick(100))).waited) >= 3


def test_a_line_that_breaks_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bystander, "PAUSE_SECONDS", 0)
    with pytest.raises(ConnectionError):
        asyncio.run(asyncio.wait_for(talks(Quick(3)), 20))
