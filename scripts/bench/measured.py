"""A program in a process of its own that can be asked, while it runs, what it has used so far.

A newcomer's first mistake is to measure server and clients in one process: 500 clients cost more than the server.
"""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

PROCESSES = multiprocessing.get_context("spawn")  # nothing of the measuring process in the measured one
PATIENCE_SECONDS = 60.0  # for a program to begin
SCHEDULED = 2  # of a process's clocks the one that counts what it ran, CPUCLOCK_SCHED in Linux's posix-timers.h


class Measured:
    """`work(*arguments)` in a process of its own for as long as the `with` lasts."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_live, args=(theirs, work, arguments), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()

    @property
    def pid(self) -> int:
        """Of the process, while it runs."""
        assert self._process.pid
        return self._process.pid

    def cpu_seconds(self) -> float:
        """What all its threads together have taken so far, in user and kernel."""
        return self._ask("cpu")

    def resident_bytes(self) -> float:
        """What it holds in memory now; the most it ever held where the system tells no more than that."""
        return self._ask("memory")

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Returns when `ready` answers True. Raises RuntimeError if the program ends first or takes too long."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            if not self._process.is_alive() or time.monotonic() > end:
                raise RuntimeError("expected the measured program to begin, it ended or took too long")
            time.sleep(0.02)

    def _ask(self, what: str) -> float:
        self._pipe.send(what)
        return float(self._pipe.recv())


def cpu_seconds_of(pid: int) -> float:
    """What a process of any program has taken so far, all its threads, in user and kernel (Linux).

    Its clock is numbered as in clock_getcpuclockid(3); the ticks of /proc are a hundredth of a second. Raises OSError.
    """
    return time.clock_gettime((~pid << 3) | SCHEDULED)


def _live(pipe: Connection, work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    threading.Thread(target=_tell, args=(pipe,), daemon=True).start()
    work(*arguments)


def _tell(pipe: Connection) -> None:
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        pipe.send(time.process_time() if asked == "cpu" else _resident_bytes())


def _resident_bytes() -> int:
    """Raises ImportError on Windows, which tells neither way."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def children_of(pid: int) -> list[int]:
    """The processes that one has begun and that run (Linux)."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
