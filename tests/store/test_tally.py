"""Counted into steps, and added up as Prometheus wants it."""

from store.tally import STEPS, Tally


def test_each_is_counted_under_the_smallest_step_it_does_not_pass() -> None:
    tally = Tally()
    for seconds in (0.0005, 0.001, 0.0011, 0.3, 99.0):
        tally.add(seconds)
    assert tally.counts == [2, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert len(tally) == 5
    assert round(tally.seconds, 4) == 99.3026


def test_the_cumulative_ones_never_fall_and_end_with_all() -> None:
    tally = Tally()
    assert tally.cumulative()[-1] == ("+Inf", 0.0)
    for seconds in (0.004, 0.004, 50.0):
        tally.add(seconds)
    rows = tally.cumulative()
    assert [step for step, _ in rows] == [*map(str, STEPS), "+Inf"]
    assert [count for _, count in rows] == [0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]
