"""The quick part of a large database that is damaged, and that what does not hold would be noticed."""

from collections import Counter

from scripts.faults import large


def test_damage_in_a_large_house_is_found_while_it_is_used() -> None:
    assert [one for one in large.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    well = Counter({"starts": 2, "found": 2, "goes on": 2, "offered": 2, "worked": 2, "lives": 2})
    assert all(one.holds for one in large.figures(well, 2, broke=False))
    assert [one.holds for one in large.figures(well, 2, broke=True)] == [True] * 6 + [False]
    assert not any(one.holds for one in large.figures(Counter(dict.fromkeys(well, 1)), 2, broke=True))
