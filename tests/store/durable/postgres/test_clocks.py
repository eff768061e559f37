"""The clock of a node is compared with the database's, and said to be wrong once."""

import time
from pathlib import Path

import pytest

from store.durable.postgres.clocks import MOST_APART_MS
from store.durable.postgres.sharing import Sharing


class Clock:
    """The real time, and by how much it is wrong."""

    def __init__(self) -> None:
        self.wrong_ms = 0

    def __call__(self) -> int:
        return int(time.time() * 1000) + self.wrong_ms


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    found = [record.getMessage() for record in caplog.records if "clock of this node" in record.getMessage()]
    caplog.clear()
    return found


@pytest.mark.parametrize(("wrong_ms", "where"), [(3_600_000, "ahead of"), (-3_600_000, "behind")])
def test_a_clock_that_is_far_off_is_said_once_each_time(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong_ms: int, where: str
) -> None:
    clock = Clock()
    node = Sharing(url, tmp_path, clock, tmp_path)
    try:
        node.start()
        assert said(caplog) == []
        for _ in range(2):
            clock.wrong_ms = wrong_ms
            node.check()
            (line,) = said(caplog)
            assert where in line
            assert "3600" in line or "3599" in line
            node.check()
            assert said(caplog) == []
            clock.wrong_ms = 0
            node.check()
            assert said(caplog) == []
    finally:
        node.close()


def test_a_clock_that_is_off_from_the_beginning_is_said_at_the_start(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    clock.wrong_ms = 20 * MOST_APART_MS
    node = Sharing(url, tmp_path, clock, tmp_path)
    try:
        node.start()
        assert len(said(caplog)) == 1
        node.enter(*_at(node))
        node.check()
        assert said(caplog) == [], "also while it has its turn"
        node.leave()
    finally:
        node.close()


def _at(node: Sharing) -> tuple[int, str]:
    row = node.link.do(lambda link: link.execute("select number, id from commits order by number desc").fetchone())
    assert row
    return row[0], row[1]
