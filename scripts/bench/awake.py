"""Cores that do not fall asleep while something is measured: each has a loop that runs only when nobody else wants it.

A core that dozes, and on a rented machine is lent out meanwhile, finds nothing in its caches when a packet wakes it,
700 times a second; that is the machine's price, and differs by a third from one minute to the next. A newcomer's first
mistake is `nice`: such a loop still takes its share. One of SCHED_IDLE takes next to none
(sched(7), Linux: it weighs 3 where others weigh 1024).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.bench.measured import PROCESSES


@contextmanager
def awake() -> Iterator[int]:
    """For as long as this lasts no core sleeps. How many are kept awake; none where the system has no such loops."""
    cores = os.sched_getaffinity(0) if hasattr(os, "SCHED_IDLE") else set()
    loops = [PROCESSES.Process(target=idle, args=(core,), daemon=True) for core in sorted(cores)]
    for one in loops:
        one.start()
    try:
        yield len(loops)
    finally:
        for one in loops:
            one.terminate()
        for one in loops:
            one.join()


def idle(core: int) -> None:
    """Never returns."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    os.sched_setaffinity(0, {core})
    while True:
        pass
