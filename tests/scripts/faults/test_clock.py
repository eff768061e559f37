"""The quick part of clocks that jump, and that what does not hold would be noticed."""

from collections import Counter

from scripts.faults import clock
from tests.faketime import require_library


def test_a_clock_that_jumps_by_a_year_costs_nothing() -> None:
    require_library()
    assert [one for one in clock.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    assert all(one.holds for one in clock.figures("a fault", Counter(jumped=2, well=2), 2, broke=False))
    assert not any(one.holds for one in clock.figures("a fault", Counter(jumped=1, well=1), 2, broke=True))
