"""What a walk through a conversation is judged by. That it runs in a browser: tests/browser/test_benches.py."""

from dataclasses import replace

import pytest

from scripts.bench.scroll import Walk, aside, late, missed, show

GOOD = Walk(
    intervals=[16.7] * 99 + [60.0],
    tasks=[55.0],
    jumps=[],
    backward=0,
    walked=844.0,
    waited=0,
    nodes=4000,
    messages=250,
    heap=(5e6, 8e6, 8e6),
    busy=[12.0, 55.0],
)


def test_a_good_walk_misses_nothing() -> None:
    assert missed(GOOD, GOOD) == []
    assert late(GOOD) == 0.01


@pytest.mark.parametrize(
    ("long", "said"),
    [
        (replace(GOOD, intervals=[16.7] * 90 + [60.0] * 10), "95 of 100 frames within 50 ms"),
        (replace(GOOD, jumps=[20]), "no jumps"),
        (replace(GOOD, nodes=6000), "as many elements as a short one"),
        (replace(GOOD, heap=(5e6, 30e6, 8e6)), "as much memory as a short one"),
    ],
)
def test_what_a_long_conversation_does_not_keep_is_named(long: Walk, said: str) -> None:
    assert missed(GOOD, long) == [said]


def test_what_runs_while_the_heap_is_measured_is_not_counted() -> None:
    frames = [0.0, 16.0, 32.0, 900.0, 916.0]
    tasks = [(2.0, 60.0), (100.0, 700.0), (905.0, 70.0)]
    assert aside(80.0, 880.0, frames, tasks) == ([16.0, 16.0, 16.0], [60.0, 70.0])


def test_the_table_has_each_walk_beside_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    show(["plain", "short", "long"], [GOOD, GOOD, replace(GOOD, jumps=[9])])
    lines = capsys.readouterr().out.splitlines()
    assert "| longest task | 55 ms | 55 ms | 55 ms | 1.00 x |" in lines
    assert "| tasks of more than 50 ms, by the processor | 1 | 1 | 1 | 1.00 x |" in lines
    assert "| jumps | 0 | 0 | 1 |  |" in lines  # nothing to be beside
