"""The quick part of a PostgreSQL that goes away, and that what does not hold would be noticed."""

from scripts.faults import database
from scripts.faults.database import Seen
from tests.postgres import require_programs


def test_a_database_that_goes_away_costs_nothing_but_time() -> None:
    require_programs()
    assert [one for one in database.run(long=False) if not (one.holds or one.timed)] == []


def test_what_does_not_hold_is_shown() -> None:
    seen = Seen()
    seen.refusals, seen.health, seen.back = ["not-saved"], ["PostgreSQL cannot be reached."], [1.0]
    assert all(one.holds for one in seen.figures("a fault", 1, broke=False))
    assert [one.holds for one in seen.figures("a fault", 1, broke=True)] == [True, True, False, True]
    seen.refusals, seen.health, seen.back = ["internal"], ["ok"], [11.0]
    assert not any(one.holds for one in seen.figures("a fault", 1, broke=True))
    assert not any(one.holds for one in Seen().figures("a fault", 1, broke=True))
