"""A loop for each core that takes next to nothing from anybody, and ends with what is measured."""

import os

import pytest

from scripts.bench import awake as one
from scripts.bench.awake import awake
from scripts.bench.measured import children_of
from tests.calls.waiting import on_loop, until

linux = pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="expected Linux, which has such loops")


@linux
@on_loop
async def test_each_core_has_a_loop_that_runs_only_when_nobody_else_wants_it() -> None:
    with awake() as cores:
        assert cores == len(os.sched_getaffinity(0))
        await until(lambda: len(loops()) == cores)
        found = loops()
        assert sorted(found.values()) == sorted(os.sched_getaffinity(0))
    assert not found.keys() & set(children_of(os.getpid()))


def loops() -> dict[int, int]:
    """The processes of this one that run only then, and on which core."""
    idle = [pid for pid in children_of(os.getpid()) if os.sched_getscheduler(pid) == os.SCHED_IDLE]
    held = {pid: os.sched_getaffinity(pid) for pid in idle}
    return {pid: next(iter(cores)) for pid, cores in held.items() if len(cores) == 1}


def test_where_there_are_no_such_loops_nothing_is_kept_awake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(one.os, "SCHED_IDLE", raising=False)
    with awake() as cores:
        assert cores == 0
