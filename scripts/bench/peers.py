"""Servers that others wrote and people compare us with: what a client says goes to every client.

They decide nothing, number nothing and write nothing down; the TLS is the same.
"""

import asyncio
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.bench.baselines import context
from scripts.bench.client import Place
from scripts.bench.house import ROOT, opens
from scripts.bench.measured import PATIENCE_SECONDS, cpu_seconds_of


def broadcast_of_websockets(port: int, certs: Path) -> None:
    """The library `websockets` of PyPI and its `broadcast`, without compression, which Parley has not either."""
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    clients = set[ServerConnection]()

    async def hear(client: ServerConnection) -> None:
        clients.add(client)
        async for message in client:
            broadcast(clients, message)

    async def live() -> None:
        async with serve(hear, "127.0.0.1", port, ssl=context(certs), compression=None):
            await asyncio.Event().wait()

    asyncio.run(live())


def in_socket_io(port: int, authority: Path) -> Place:
    """How one comes to Socket.IO without its client: version 4 of Engine.IO, then version 5 of Socket.IO above it."""
    return Place(port, authority, path="/socket.io/?EIO=4&transport=websocket", greeting=b"40", greeted=b"40{")


def socket_io_event(name: str, value: object) -> bytes:
    """The text of an event: 4 is a message of Engine.IO, 2 an event of Socket.IO."""
    return b"42" + json.dumps([name, value], separators=(",", ":")).encode()


class Node:
    """A server of npm, in a process of its own for as long as the `with` lasts: `broadcast.mjs` or `socket_io.mjs`."""

    def __init__(self, port: int, certs: Path, name: str = "broadcast.mjs") -> None:
        self._port = port
        script = ROOT / "scripts" / "bench" / name
        self._command = ["node", str(script), str(port), str(certs / "server.pem"), str(certs / "server.key")]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(self._command)
        if not opens(self._port, self._process, PATIENCE_SECONDS):
            self.__exit__(None, None, None)
            raise RuntimeError("expected node to serve: `npm ci` brings what it needs")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def cpu_seconds(self) -> float:
        """What it has taken so far, in user and kernel."""
        return cpu_seconds_of(self._process.pid)
