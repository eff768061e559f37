"""A program in a process of its own, asked what it uses."""

import threading
import time

import pytest

from scripts.bench.measured import Measured

HELD = 50_000_000  # bytes


def work_then_wait(megabytes: int) -> None:
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    held = bytearray(megabytes * 1_000_000)
    threading.Event().wait()
    held.clear()


def end_at_once() -> None:
    return


def test_it_tells_what_the_program_took_while_it_runs() -> None:
    with Measured(work_then_wait, 50) as large, Measured(work_then_wait, 0) as small:
        for measured in (large, small):
            measured.wait_until(lambda measured=measured: measured.cpu_seconds() > 0.2)
        large.wait_until(lambda: large.resident_bytes() > small.resident_bytes() + 0.9 * HELD)


def test_a_program_that_ends_before_it_is_ready_is_noticed() -> None:
    with Measured(end_at_once) as measured, pytest.raises(RuntimeError, match="expected the measured program to begin"):
        measured.wait_until(lambda: False)


def test_nothing_is_left_running() -> None:
    with Measured(work_then_wait, 0) as measured:
        process = measured._process
        assert process.is_alive()
    assert not process.is_alive()
