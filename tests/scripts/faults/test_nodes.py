"""The fault of several servers, quick: one killed, their bus gone and back."""

import asyncio
from typing import NoReturn

import pytest

from scripts.faults import nodes
from scripts.faults.phone import Said
from tests.postgres import require_programs
from tests.redis import require_program


def test_what_was_acknowledged_and_is_not_in_the_log_is_counted_as_lost() -> None:
    said = [Said("message.sent", "p", "one"), Said("member.changed", "p", "")]
    assert nodes.lost([1], said) == 0
    assert nodes.lost([1, 2, 3], said) == 2


def test_a_writer_that_breaks_ends_it_at_once() -> None:
    class Broken(nodes.Writer):
        async def goes_on(self, enough: asyncio.Event) -> NoReturn:
            raise ValueError("a frame that cannot be read")

    async def live() -> None:
        async with nodes.writing([Broken([], 0, "Anna")]):
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as told:
        asyncio.run(live())
    assert told.group_contains(ValueError, match="cannot be read")


def test_nothing_that_was_acknowledged_is_lost_or_doubled() -> None:
    require_programs()
    require_program()
    shown = nodes.run(long=False)
    assert [one for one in shown if not (one.holds or one.timed)] == []
