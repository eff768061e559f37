"""A real Redis of our own, from Debian's program: on loopback, keeping nothing.

A newcomer's first mistake is to begin another one at another port: who is connected looks for it where it was. It is
not called redis.py: while suite.py runs as a file, its folder comes before the library of that name.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from scripts.bench.house import ADDRESS, free_port, is_open

MISSING = "Redis is missing, over which several servers hear each other. On Debian: apt-get install redis-server"
START_SECONDS = 30.0  # on a busy machine; else a tenth of one


def program() -> str:
    """Where redis-server is. Raises RuntimeError where there is none."""
    if found := shutil.which("redis-server"):
        return found
    raise RuntimeError(MISSING)


class Redis:
    """One that may be stopped, started again at the same port, and frozen."""

    def __init__(self) -> None:
        self._program = program()
        self.port = free_port()
        self.url = f"redis://{ADDRESS}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it takes connections."""
        words = ["--port", str(self.port), "--bind", ADDRESS, "--save", "", "--appendonly", "no", "--daemonize", "no"]
        self._process = subprocess.Popen(
            [self._program, *words],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while not is_open(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.02)

    @property
    def pid(self) -> int:
        """Of its process. Raises RuntimeError while it does not run: a signal to 0 is one to our own group."""
        if self._process is None:
            raise RuntimeError("redis-server does not run")
        return self._process.pid

    def stop(self) -> None:
        """As a crash: it says goodbye to nobody. A second time does nothing."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It stands still, and its connections stay open. Raises RuntimeError while it does not run."""
        pid = self.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)


@contextmanager
def running() -> Iterator[Redis]:
    """One that runs, gone afterwards. Raises RuntimeError where Redis is missing."""
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.stop()
