"""The bystander asks when it is time, and what goes wrong for them is not hidden."""

import asyncio

import pytest

from scripts.faults import bystander
from scripts.faults.bystander import Bystander


class Quick:
    """A phone whose answers come at once, for a while; or all together once so many are waited for."""

    def __init__(self, answers: int, together: int = 0) -> None:
        self.answers = answers
        self.together = together
        self.said: list[str] = []
        self.is_time = asyncio.Event()

    async def says(self, text: str) -> None:
        self.said.append(text)
        if len(self.said) > self.answers:
            raise ConnectionError("the line is gone")
        if len(self.said) >= self.together:
            self.is_time.set()
        await self.is_time.wait()


async def talks(phone: Quick) -> Bystander:
    async with Bystander(phone) as beside:  # type: ignore[arg-type]
        while len(phone.said) < 4:  # noqa: ASYNC110 - a phone that is not ours to signal
            await asyncio.sleep(0)
        await phone.is_time.wait()
    return beside


def test_what_they_wait_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bystander, "PAUSE_SECONDS", 0)
    assert len(asyncio.run(talks(Quick(100_000))).waited) >= 4


def test_a_stall_is_as_many_slow_answers_as_were_due_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bystander, "PAUSE_SECONDS", 0.001)
    waited = asyncio.run(talks(Quick(100_000, together=50))).waited
    assert max(waited) >= 0.049  # the first was due when the other 49 were still to come
    assert sum(one > 0.02 for one in waited) >= 25


def test_a_line_that_breaks_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bystander, "PAUSE_SECONDS", 0)
    with pytest.raises(ExceptionGroup) as broken:
        asyncio.run(asyncio.wait_for(talks(Quick(3)), 20))
    assert broken.group_contains(ConnectionError)
