"""Figures and their table."""

import pytest

from scripts.bench.figures import Figure, middle, rounded, show


def test_a_figure_says_how_many_times_its_baseline_it_is() -> None:
    plain = Figure("plain", 40.0, "µs")
    assert plain.ratio is None
    assert Figure("ours", 10.0, "µs", plain).ratio == 0.25


def test_the_middle_is_not_moved_by_one_that_is_far_off() -> None:
    assert middle([3.0, 1.0, 1000.0]) == 3.0
    assert middle(map(float, range(1, 101)), 0.99) == 100.0
    assert middle([7.0], 0.99) == 7.0


def test_numbers_have_three_digits_that_count() -> None:
    assert [rounded(value) for value in (0.01234, 5.678, 43804.4)] == ["0.0123", "5.68", "43,804"]


def test_the_table_has_a_row_for_each_with_its_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    plain = Figure("plain", 40.0, "µs")
    show("fan-out", [plain, Figure("ours", 10.0, "µs", plain)])
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("fan-out: 20")
    assert told[4:6] == ["| plain | 40 µs | baseline |", "| ours | 10 µs | 0.25 x plain |"]
