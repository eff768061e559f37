"""Ranges: rows are read over what lies between two of them, and no further than there is anything."""

import pytest

from chat.ranges import MAX_READ, seen_after, seen_before
from protocol.answers import Reach
from store.durable import LogRow
from tests.neighbours import lived

TWO = [Reach(first=1, last=10), Reach(first=200, last=300)]


class Log:
    """Rows from 1 on, how often they were read, and how many were asked for at most."""

    def __init__(self, head: int = 300) -> None:
        self.rows = [LogRow("x", seq, "message.sent", None, "", "", b"") for seq in range(1, head + 1)]
        self.reads = self.most = 0

    async def before(self, before: int, limit: int) -> list[LogRow]:
        self.reads, self.most = self.reads + 1, max(self.most, limit)
        return [row for row in self.rows if row.seq < before][-limit:]

    async def after(self, after: int, limit: int) -> list[LogRow]:
        self.reads, self.most = self.reads + 1, max(self.most, limit)
        return [row for row in self.rows if row.seq > after][:limit]


@pytest.mark.parametrize(
    ("before", "seqs", "reads"),
    [
        (301, [296, 297, 298, 299, 300], 1),
        (203, [9, 10, 200, 201, 202], 2),
        (150, [6, 7, 8, 9, 10], 1),
        (3, [1, 2], 1),
        (1, [], 0),
    ],
)
@lived
async def test_going_up_leads_over_what_was_said_meanwhile(before: int, seqs: list[int], reads: int) -> None:
    log = Log()
    assert [row.seq for row in await seen_before(TWO, before, 5, log.before)] == seqs
    assert log.reads == reads


@pytest.mark.parametrize(
    ("after", "seqs", "reads"),
    [
        (0, [1, 2, 3, 4, 5], 1),
        (8, [9, 10, 200, 201, 202], 2),
        (90, [200, 201, 202, 203, 204], 1),
        (298, [299, 300], 1),
        (300, [], 0),
    ],
)
@lived
async def test_going_down_leads_over_it_too(after: int, seqs: list[int], reads: int) -> None:
    log = Log()
    assert [row.seq for row in await seen_after(TWO, after, 5, log.after)] == seqs
    assert log.reads == reads


@lived
async def test_a_short_log_is_read_once_over_however_many_ranges() -> None:
    log = Log()
    log.rows = log.rows[:1] + log.rows[8:9]
    ranges = [Reach(first=one, last=one) for one in range(1, 40, 2)]
    assert [row.seq for row in await seen_before(ranges, 301, 5, log.before)] == [1, 9]
    assert [row.seq for row in await seen_after(ranges, 0, 5, log.after)] == [1, 9]
    assert log.reads == 2


@lived
async def test_many_absences_in_which_much_was_said_are_not_read_one_by_one() -> None:
    log = Log(3000)
    ranges = [Reach(first=one, last=one) for one in range(1, 3001, 3)]
    log.rows = [row for row in log.rows if row.seq % 3 != 1 or row.seq in (1, 2998)]
    assert [row.seq for row in await seen_before(ranges, 3001, 2, log.before)] == [1, 2998]
    assert [row.seq for row in await seen_after(ranges, 0, 2, log.after)] == [1, 2998]
    assert (log.reads < 50, log.most) == (True, MAX_READ)


@lived
async def test_who_may_see_nothing_reads_nothing() -> None:
    log = Log()
    assert await seen_before([], 301, 5, log.before) == await seen_after([], 0, 5, log.after) == []
    assert log.reads == 0
