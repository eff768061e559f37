"""server.py as a process of its own on folders of its own, for tests of how it starts, leaves and is met again."""

import http.client
import ssl
import subprocess
import sys
from contextlib import closing
from http.client import HTTPMessage
from pathlib import Path

from tests.browser.running import ROOT, free_ports

PATIENCE_SECONDS = 60.0  # for a busy machine; a healthy one needs one


class Start:
    """A start of the server on folders of its own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self.data, self.certs = folder / "data", folder / "certs"
        self.port, self.http_port = free_ports()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *more: str) -> list[str]:
        """The command line; what is given last wins."""
        ports = [
            "--port",
            str(self.port),
            "--http-port",
            str(self.http_port),
            "--call-port",
            "0",
            "--address",
            "127.0.0.1",
        ]
        folders = ["--data", str(self.data), "--certs", str(self.certs), "--log-level", "warning"]
        return [sys.executable, str(ROOT / "server.py"), "--no-mdns", *ports, *folders, *more]

    def refusal(self, *more: str) -> str:
        """What a start that must end at once says: the exit code is 2, and it is one line."""
        done = subprocess.run(self.command(*more), capture_output=True, timeout=PATIENCE_SECONDS, check=False)
        said = done.stderr.decode().splitlines()
        assert (done.returncode, len(said)) == (2, 1), done.stderr.decode()
        return said[0]

    def begin(self) -> subprocess.Popen[bytes]:
        """The running process, when it has welcomed people."""
        self.process = subprocess.Popen(self.command("--open"), stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        assert any(b"https://" in line for line in self.process.stdout), "it ended before it was ready"
        return self.process

    def connect(self) -> http.client.HTTPSConnection:
        """A connection that trusts this household only."""
        trusts = ssl.create_default_context(cafile=self.certs / "authority" / "root.pem")
        return http.client.HTTPSConnection("127.0.0.1", self.port, context=trusts, timeout=PATIENCE_SECONDS)

    def post(self, path: str, body: bytes, **headers: str) -> tuple[int, HTTPMessage, bytes]:
        """One request that changes something: status, headers, body."""
        with closing(self.connect()) as link:
            link.request("POST", path, body, {"X-Parley": "1", **headers})
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()
