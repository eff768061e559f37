"""A real server for a journey: its own process, its own folders, and ports that stay when it is killed."""

import http.client
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

from tests.browser.household import TestHousehold

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 30  # a busy machine may be slow; a healthy one is ready in one
STOP_SECONDS = 5  # what server.py promises


def free_ports() -> tuple[int, int]:
    """Two ports that nobody listens on now, held at once: asked for one after the other, they may be the same."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])


class RunningServer:
    """`server.py` on loopback. Killed and started again it keeps ports and data, as a real one would."""

    def __init__(self, household: TestHousehold, folder: Path, *flags: str) -> None:
        self.household = household
        self.folder = folder
        self.flags = flags
        self.port, self.http_port = free_ports()
        self.origin = f"https://localhost:{self.port}"
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *more: str) -> list[str]:
        """What starts it, and with `more` what asks something of the same data, such as `--invite`."""
        settings = {
            "--port": self.port,
            "--http-port": self.http_port,
            "--call-port": 0,
            "--address": "127.0.0.1",
            "--data": self.folder / "data",
            "--certs": self.household.certs,
        }
        words = [str(word) for pair in settings.items() for word in pair]
        return [sys.executable, str(ROOT / "server.py"), *words, "--no-mdns", *self.flags, *more]

    def start(self) -> None:
        """Returns when the server answers /health with 200 over TLS; fails with its log if it ends before."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + START_SECONDS
        while not self.is_healthy():
            assert self.has_not_ended(), f"server.py ended:\n{self.said()}"
            assert time.monotonic() < until, f"server.py was not ready in {START_SECONDS} s:\n{self.said()}"

    def has_not_ended(self) -> bool:
        """Waits a moment for the end of the process, and says that it did not come."""
        assert self.process is not None
        try:
            self.process.wait(0.05)
        except subprocess.TimeoutExpired:
            return True
        return False

    def is_healthy(self) -> bool:
        """Whether /health answers 200 to one who trusts only the household."""
        client = http.client.HTTPSConnection("localhost", self.port, timeout=5, context=self.household.context())
        try:
            client.request("GET", "/health")
            return client.getresponse().status == 200
        except ssl.SSLCertVerificationError:
            raise
        except (OSError, http.client.HTTPException):
            return False
        finally:
            client.close()

    def said(self) -> str:
        """All it printed so far, over all its lives."""
        return self.log.read_text("utf-8", errors="replace")

    @property
    def invitation(self) -> str:
        """The code of the newest invitation it printed."""
        until = time.monotonic() + START_SECONDS
        while not (codes := re.findall(r"#invite=([\w-]+)", self.said())):  # printed a moment after it answers
            assert self.has_not_ended(), f"server.py ended:\n{self.said()}"
            assert time.monotonic() < until, f"no invitation was printed:\n{self.said()}"
        return str(codes[-1])

    @property
    def invitation_link(self) -> str:
        """Where a scanned QR code ends up leading to."""
        return f"{self.origin}/#invite={self.invitation}"

    def ask(self, *flags: str) -> str:
        """What `server.py` prints when it is asked something about the same data, such as `--invite`."""
        done = subprocess.run(self.command(*flags), cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
        return done.stdout

    def kill(self) -> None:
        """Ends it as a power cut would, with no time to write anything."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Asks it to leave, as systemd would; answers its exit code. Fails if it stays."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(3 * STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"server.py did not leave on SIGTERM:\n{self.said()}") from None
