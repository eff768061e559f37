"""The real server.py, in a folder of its own for as long as a bench lasts, and people who join it.

Only the limits on how often one may ask are lifted, for they are what a bench would measure otherwise.
"""

import http.client
import importlib
import json
import os
import runpy
import secrets
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from handlers import rounds
from scripts.bench.client import Place
from scripts.bench.measured import Measured

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who lives there now."""

    person: str
    place: Place


@dataclass(frozen=True, slots=True)
class House:
    """A server that runs. `certs` holds what a baseline needs to speak TLS in the same way."""

    measured: Measured
    certs: Path
    port: int

    @property
    def authority(self) -> Path:
        """What a client trusts."""
        return self.certs / "authority" / "root.pem"

    def join(self, name: str) -> Joined:
        """A newcomer and where their sockets go."""
        return self.join_all([name])[0]

    def join_all(self, names: Iterable[str]) -> list[Joined]:
        """Newcomers, one after another over one connection."""
        return join_all(self.port, self.authority, names)


def join_all(port: int, authority: Path, names: Iterable[str]) -> list[Joined]:
    """Newcomers of the server on this port, one after another over one connection."""
    trust = ssl.create_default_context(cafile=authority)
    with closing(http.client.HTTPSConnection(ADDRESS, port, context=trust)) as link:
        return [_join(link, Place(port, authority), name) for name in names]


def _join(link: http.client.HTTPSConnection, place: Place, name: str) -> Joined:
    headers = {"Content-Type": "application/json", "X-Parley": "1"}
    link.request("POST", "/api/session", json.dumps({"username": name, "token": True}), headers)
    answer = link.getresponse()
    told = json.loads(answer.read())
    if answer.status != http.client.CREATED:
        raise RuntimeError(f"expected {name} to be let in, got {answer.status}: {told}")
    return Joined(told["person"]["id"], replace(place, token=told["token"]))


@contextmanager
def running_house(store: str = "sqlite", *more: str, loop: str = "") -> Iterator[House]:
    """A server with an empty store, on a disk like the one people use, not in memory; `more` are flags of its own.

    On a `loop` of somebody else's: asyncio or uvloop.
    """
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=kept) as name:
        folder, port = Path(name), free_port()
        flags = ["--port", str(port), "--http-port", str(free_port()), "--address", ADDRESS, "--open", "--no-mdns"]
        flags += ["--call-port", "0"]  # nobody calls here, and two benches may run beside one another
        flags += ["--data", f"{folder}/data", "--certs", f"{folder}/certs", "--store", store, "--log-level", "error"]
        flags += [*more, "--rate", "1000000", "--join-rate", "1000000", "--sockets", "1000000"]
        with Measured(serve, flags, loop) as measured:
            measured.wait_until(lambda: is_open(port))
            yield House(measured, folder / "certs", port)


def serve(flags: list[str], loop: str = "") -> None:
    """server.py as `python server.py` runs it, but silent."""
    if loop:
        rounds.new_loop = importlib.import_module(loop).new_event_loop
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
    sys.argv = ["server.py", *flags]
    runpy.run_path(str(ROOT / "server.py"), run_name="__main__")


def direct(one: Joined, other: Joined) -> str:
    """The conversation of two people."""
    return ".".join(["direct", *sorted((one.person, other.person))])


def nonce() -> str:
    """A fresh one."""
    return secrets.token_urlsafe(16)


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((ADDRESS, port)) == 0


def opens(port: int, process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether something listens on this port of loopback before the process ends or so much time has passed."""
    end = time.monotonic() + seconds
    while not is_open(port):
        if process.poll() is not None or time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
