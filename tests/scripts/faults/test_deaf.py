"""The quick part of who never reads, and of who goes silent."""

from scripts.faults import deaf


def test_who_never_reads_is_closed_and_costs_little() -> None:
    assert [one for one in deaf.run(long=False) if not (one.holds or one.timed)] == []


def test_a_line_that_goes_silent_is_freed() -> None:
    assert [one for one in deaf.run_half_open(long=False) if not (one.holds or one.timed)] == []
