"""The quick part of damaged databases, and that what does not hold would be noticed."""

from collections import Counter

from scripts.faults import damaged


def test_a_damaged_house_is_refused_kept_and_lives_on_from_its_backup() -> None:
    assert [one for one in damaged.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    well = Counter(refused=3, kept=3, offered=3, aside=3, lacking=3, lives=3)
    assert all(one.holds for one in damaged.figures(well, damaged.WAYS[:3], broke=False))
    assert [one.holds for one in damaged.figures(well, damaged.WAYS[:3], broke=True)] == [True] * 6 + [False]
    assert not any(one.holds for one in damaged.figures(Counter(dict.fromkeys(well, 1)), damaged.WAYS[:3], broke=True))
