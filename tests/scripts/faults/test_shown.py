"""The table says what holds and what does not."""

from collections import Counter

from scripts.faults.shown import Shown, each_time, percentile, table


def test_a_line_each_and_what_does_not_hold_stands_out() -> None:
    shown = [Shown("kill", "lost: 0", "0", holds=True), Shown("kill", "doubled: 0", "1", holds=False)]
    assert table(shown).splitlines()[2:] == ["| kill | lost: 0 | 0 | yes |", "| kill | doubled: 0 | 1 | **no** |"]


def test_what_was_not_seen_each_time_does_not_hold() -> None:
    shown = each_time("damage", {"kept": "it is kept", "told": "it is told"}, Counter(kept=2, told=1), 2, broke=True)
    assert [(one.must, one.was, one.holds) for one in shown] == [
        ("it is kept", "2 of 2", True),
        ("it is told", "1 of 2", False),
        ("no traceback", "some", False),
    ]


def test_the_slowest_hundredth_counts() -> None:
    waited = [0.001] * 98 + [0.5, 0.6]
    assert percentile(waited, 0.5) == 1
    assert percentile(waited) == 600
    assert percentile([0.002]) == 2
