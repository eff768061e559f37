"""Time never runs backwards."""

from datetime import UTC, datetime, timedelta

from trust import present
from trust.present import RELEASED

LATE = RELEASED + timedelta(days=90)


def test_a_good_clock_is_believed() -> None:
    assert present(clock=lambda: LATE) == LATE


def test_a_clock_that_woke_up_in_the_past_is_not() -> None:
    assert present(clock=lambda: datetime(1970, 1, 1, tzinfo=UTC)) == RELEASED


def test_the_newest_message_is_later_than_a_slow_clock() -> None:
    assert present(int(LATE.timestamp() * 1000), clock=lambda: RELEASED) == LATE
