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


def test_a_message_from_a_year_that_never_was_does_not_count() -> None:
    """Else the household's authority would be out of time, and the server would never start again."""
    far = int(datetime(2099, 1, 1, tzinfo=UTC).timestamp() * 1000)
    assert present(far, clock=lambda: LATE) == LATE


def test_a_clock_that_cannot_be_right_is_never_believed_instead() -> None:
    newest = RELEASED + timedelta(days=1500)
    assert present(int(newest.timestamp() * 1000), clock=lambda: datetime(1970, 1, 1, tzinfo=UTC)) == newest
