"""The watch looks, tells, and outlives what goes wrong."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import datetime

import pytest

from tests.trust.conftest import HOSTS, NOW, Open
from trust import FolderNotWritable, Watch


class Pauses:
    """Stands in for `asyncio.sleep`: a pause ends when the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._turns: asyncio.Queue[None] = asyncio.Queue()
        self.waiting = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.waiting.set()
        await self._turns.get()

    async def end(self) -> None:
        """Ends the pause, and waits until the next one began: the look in between is over."""
        await self.waiting.wait()
        self.waiting.clear()
        self._turns.put_nowait(None)
        await self.waiting.wait()


class Certificate:
    """Answers what it was told to, once for each look."""

    def __init__(self, *answers: bool | Exception) -> None:
        self._answers = list(answers)

    def refresh(self, _hosts: Iterable[str], _now: datetime) -> bool:
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def watch(certificate: Certificate, told: list[str]) -> Watch:
    return Watch(certificate, hosts=lambda: HOSTS, now=lambda: NOW, changed=lambda: told.append("changed"))


def test_it_tells_after_a_change_and_only_then() -> None:
    told: list[str] = []
    eye = watch(Certificate(False, True, False), told)
    assert [eye.look(), eye.look(), eye.look()] == [False, True, False]
    assert told == ["changed"]


def test_a_failing_look_is_said_once_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    failure = FolderNotWritable("The folder is full.")
    eye = watch(Certificate(failure, failure, True), told)
    with caplog.at_level(logging.WARNING):
        assert [eye.look(), eye.look(), eye.look()] == [False, False, True]
    assert [record.getMessage() for record in caplog.records] == [
        "the server certificate stays as it is: The folder is full."
    ]
    assert told == ["changed"]


def test_it_looks_after_each_pause_and_ends_when_it_is_stopped(open_here: Open) -> None:
    household = open_here()
    wanted = list(HOSTS)
    told: list[str] = []
    followed: list[list[str]] = []

    async def follow() -> None:
        followed.append(list(wanted))

    async def live() -> Pauses:
        pauses = Pauses()
        eye = Watch(
            household,
            hosts=lambda: wanted,
            now=lambda: NOW,
            changed=lambda: told.append(household.hosts[-1]),
            then=follow,
            every_seconds=7,
            sleep=pauses,
        )
        eye.start()
        await pauses.end()
        assert told == []
        wanted.append("10.1.2.3")
        await pauses.end()
        await eye.stop()
        await eye.stop()
        assert len(asyncio.all_tasks()) == 1
        return pauses

    pauses = asyncio.run(live())
    assert told == ["10.1.2.3"]
    assert set(pauses.asked) == {7}
    assert followed == [HOSTS, [*HOSTS, "10.1.2.3"]]
