"""The quick part of backups under load, and that what does not hold would be noticed."""

from collections import Counter

from scripts.faults import saved


def test_a_house_that_is_backed_up_while_people_write_is_restored_as_it_was() -> None:
    assert [one for one in saved.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    well = Counter(beside=2, same=2, another=2, whole=2)
    assert all(one.holds for one in saved.figures("a backup", well, 2, broke=False))
    assert [one.holds for one in saved.figures("a backup", well, 2, broke=True)] == [True] * 4 + [False]
    assert not any(one.holds for one in saved.figures("a backup", Counter(dict.fromkeys(well, 1)), 2, broke=True))
