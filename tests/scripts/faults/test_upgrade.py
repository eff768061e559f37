"""The quick part of the upgrade from the first shape, and that what does not hold would be noticed."""

from collections import Counter

from scripts.faults import upgrade
from tests.postgres import require_programs


def test_a_house_of_the_first_shape_is_taken_up_whole_by_either_store() -> None:
    require_programs()
    assert [one for one in upgrade.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    well = Counter(version=2, same=2, once=2)
    assert all(one.holds for one in upgrade.figures("SQLite", well, 2, 1, broke=False))
    assert [one.holds for one in upgrade.figures("SQLite", well, 2, 1, broke=True)] == [True] * 3 + [False]
    assert not any(one.holds for one in upgrade.figures("SQLite", Counter(dict.fromkeys(well, 1)), 2, 1, broke=True))
