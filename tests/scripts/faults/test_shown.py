"""The table says what holds and what does not."""

from scripts.faults.shown import Shown, percentile, table


def test_a_line_each_and_what_does_not_hold_stands_out() -> None:
    shown = [Shown("kill", "lost: 0", "0", holds=True), Shown("kill", "doubled: 0", "1", holds=False)]
    assert table(shown).splitlines()[2:] == ["| kill | lost: 0 | 0 | yes |", "| kill | doubled: 0 | 1 | **no** |"]


def test_the_slowest_hundredth_counts() -> None:
    waited = [0.001] * 98 + [0.5, 0.6]
    assert percentile(waited, 0.5) == 1
    assert percentile(waited) == 600
    assert percentile([0.002]) == 2
