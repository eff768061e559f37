"""The quick part of the floods."""

from scripts.faults import flood


def test_limits_answer_a_flood_and_others_are_heard() -> None:
    assert [one for one in flood.run(long=False) if not (one.holds or one.timed)] == []
