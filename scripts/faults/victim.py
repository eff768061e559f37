"""The real server.py as a process that things are done to: killed, watched, asked how it is.

A newcomer's first mistake is to start it anew on another port: a server that was killed comes back where it was.
"""

import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.bench.house import ADDRESS, ROOT, free_port
from scripts.bench.measured import children_of

PATIENCE_SECONDS = 300.0  # for a start on a machine that gives it what others leave
UNLIMITED = ("--rate", "1000000", "--join-rate", "1000000", "--sockets", "1000000")


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who joined, and the token of their device."""

    person: str
    token: str


class Victim:
    """A server in a folder of its own. `before` are words that its command begins with, such as those of strace."""

    def __init__(self, folder: Path, *flags: str, before: Sequence[str] = ()) -> None:
        self.folder = folder
        self.trusts = folder  # whose authority its certificate is of
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.port, self._http_port = free_port(), free_port()
        self._flags = flags
        self._before = before
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def command(self) -> list[str]:
        """What starts it."""
        ports = ["--port", str(self.port), "--http-port", str(self._http_port), "--call-port", "0"]
        places = ["--data", str(self.data), "--certs", str(self.folder / "certs"), "--address", ADDRESS]
        return [sys.executable, str(ROOT / "server.py"), "--open", "--no-mdns", *ports, *places, *self._flags]

    def start(self) -> None:
        """Returns when it answers. Raises RuntimeError if it ends first or takes too long."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._before, *self.command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        end = time.monotonic() + PATIENCE_SECONDS
        while self.health() is None:
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"expected the server to start:\n{self.said()[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut does, but for the disk."""
        if self.process is not None:
            traced = self._traced()
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            for pid in traced:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def leave(self) -> None:
        """As it is asked to. Raises subprocess.TimeoutExpired when it does not."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)

    def _traced(self) -> list[int]:
        """The server, where it is a child of what it begins with: strace that is killed leaves it running."""
        if self.process is None or self.process.poll() is not None or not self._before:
            return []
        return children_of(self.process.pid)

    def context(self) -> ssl.SSLContext:
        """Trusts this household and no other."""
        return ssl.create_default_context(cafile=self.trusts / "certs" / "authority" / "root.pem")

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """One request: status, body and headers of its answer. Raises OSError when nobody is there."""
        with closing(http.client.HTTPSConnection(ADDRESS, self.port, context=self.context(), timeout=30)) as link:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, body, {"X-Parley": "1", **named})
            answer = link.getresponse()
            return answer.status, answer.read(), answer.headers

    def join(self, name: str) -> Guest:
        """A newcomer. Raises RuntimeError if they are not let in."""
        asked = json.dumps({"username": name, "token": True}).encode()
        status, body, _ = self.ask("POST", "/api/session", asked, Content_Type="application/json")
        if status != http.client.CREATED:
            raise RuntimeError(f"expected {name} to be let in, got {status}: {body!r}")
        told = json.loads(body)
        return Guest(told["person"]["id"], told["token"])

    def health(self) -> dict[str, Any] | None:
        """The document of /health, None while nobody answers."""
        try:
            return dict(json.loads(self.ask("GET", "/health")[1]))
        except (OSError, http.client.HTTPException):
            return None

    def resident_mb(self) -> float:
        """What it holds in memory now."""
        if self.process is None:
            raise RuntimeError("expected a server that was started")
        told = Path(f"/proc/{self.process.pid}/statm").read_text("ascii")
        return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def said(self) -> str:
        """All that it printed and logged, over all its lives."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""


@contextmanager
def victim(*flags: str, before: Sequence[str] = ()) -> Iterator[Victim]:
    """One that runs, on a disk like the one people use, gone afterwards with all it had."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        one = Victim(Path(name), "--backups", "0", *flags, before=before)
        try:
            one.start()
            yield one
        finally:
            one.kill()
