"""A WebSocket client over TLS with nothing in between, and a crowd of them in a process of its own.

The crowd only counts how often a mark stands in what it hears: 500 clients that unpacked everything would take the
core that the measured server needs.
"""

import asyncio
import base64
import os
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.bench.measured import PATIENCE_SECONDS, PROCESSES

AT_ONCE = 20  # connections that a crowd opens at the same time
END_OF_HEADERS = b"\r\n\r\n"
REFUSED = b"\xa5error"  # msgpack of "error", the name of a refusal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is, whom to trust there, and as whom to come."""

    port: int
    authority: Path
    token: str = ""
    path: str = "/ws"
    host: str = "127.0.0.1"

    def context(self) -> ssl.SSLContext:
        """Trusts that authority and no other."""
        return ssl.create_default_context(cafile=self.authority)

    def handshake(self) -> bytes:
        """The request that makes a WebSocket of a connection (RFC 6455 section 4.1)."""
        key = base64.b64encode(os.urandom(16)).decode()
        bearer = f"Authorization: Bearer {self.token}\r\n" if self.token else ""
        return (
            f"GET {self.path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{bearer}\r\n"
        ).encode()


def client_frame(payload: bytes) -> bytes:
    """One binary frame with a mask of zeros, which RFC 6455 permits and which costs nothing."""
    length = len(payload)
    if length < 126:
        return struct.pack("!BB4x", 0x82, 0x80 | length) + payload
    return struct.pack("!BBH4x", 0x82, 0x80 | 126, length) + payload


class Client:
    """One connection that sends and hears."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, payload: bytes) -> None:
        """One binary frame."""
        self._writer.write(client_frame(payload))

    async def receive(self) -> bytes:
        """The payload of the next binary frame."""
        while True:
            first, length = await self._reader.readexactly(2)
            if length == 126:
                (length,) = struct.unpack("!H", await self._reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self._reader.readexactly(8))
            payload = await self._reader.readexactly(length)
            if first == 0x82:
                return payload

    async def receive_until(self, mark: bytes) -> bytes:
        """The payload of the next frame in which this stands. Raises RuntimeError if the server refuses something."""
        while mark not in (payload := await self.receive()):
            if REFUSED in payload:
                raise RuntimeError(f"expected no refusal, got {payload!r}")
        return payload


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[Client]:
    """A client of that place, cut off at the end. Raises ConnectionError if the server does not agree."""
    reader, writer = await asyncio.open_connection(place.host, place.port, ssl=place.context())
    try:
        writer.write(place.handshake())
        head = await reader.readuntil(END_OF_HEADERS)
        if b" 101 " not in head:
            raise ConnectionError(f"expected 101 Switching Protocols, got {head.splitlines()[0]!r}")
        yield Client(reader, writer)
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


class Crowd:
    """Clients in a process of their own that count how often `mark` comes."""

    def __init__(self, place: Place, size: int, mark: bytes) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_be_a_crowd, args=(theirs, place, size, mark), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._expect("connected")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()

    def wait_for(self, times: int) -> None:
        """Returns when every client has heard the mark so many times since the crowd came together."""
        self._pipe.send(times)
        self._expect(times)

    def _expect(self, word: object) -> None:
        if not self._pipe.poll(PATIENCE_SECONDS):
            raise RuntimeError(f"expected the crowd to say {word} within {PATIENCE_SECONDS:.0f} s")
        try:
            told = self._pipe.recv()
        except EOFError:
            raise RuntimeError("the crowd ended; what it said stands above") from None
        if told != word:
            raise RuntimeError(f"expected the crowd to say {word}, it said {told}")


class _Counting(asyncio.Protocol):
    """One client of a crowd."""

    def __init__(self, mark: bytes) -> None:
        self.heard = 0
        self.upgraded = asyncio.get_running_loop().create_future()
        self._mark = mark
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        if not self.upgraded.done():
            self._rest += data
            head, ended, data = self._rest.partition(END_OF_HEADERS)
            if not ended:
                return
            self._rest = b""
            self.upgraded.set_result(b" 101 " in head)
        whole = self._rest + data
        self.heard += whole.count(self._mark)
        after_last = whole.rpartition(self._mark)[2]
        self._rest = after_last[max(0, len(after_last) - len(self._mark) + 1) :]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.upgraded.done():
            self.upgraded.set_result(False)


def _be_a_crowd(pipe: Connection, place: Place, size: int, mark: bytes) -> None:
    asyncio.run(_crowd(pipe, place, size, mark))


async def _crowd(pipe: Connection, place: Place, size: int, mark: bytes) -> None:
    loop = asyncio.get_running_loop()
    context = place.context()
    turn = asyncio.Semaphore(AT_ONCE)

    async def connect() -> _Counting:
        async with turn:
            transport, client = await loop.create_connection(
                lambda: _Counting(mark), place.host, place.port, ssl=context
            )
            transport.write(place.handshake())
            if not await client.upgraded:
                raise ConnectionError("expected 101 Switching Protocols")
            return client

    clients = await asyncio.gather(*(connect() for _ in range(size)))
    pipe.send("connected")
    while True:
        times = await loop.run_in_executor(None, pipe.recv)
        while any(client.heard < times for client in clients):  # noqa: ASYNC110 - what is waited for comes by itself
            await asyncio.sleep(0.002)
        pipe.send(times)
