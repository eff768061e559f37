"""Packets handed straight to the unit are all passed on."""

from scripts.bench.straight import measure_straight, straight_loop
from tests.calls.waiting import on_loop


@on_loop
async def test_both_ways_are_measured() -> None:
    plain, ours = await measure_straight(3, 40)
    assert 0 < plain < 1
    assert 0 < ours < 1


def test_the_plainest_way_costs_more_for_more() -> None:
    assert straight_loop(2, 50) < straight_loop(6, 1500)
