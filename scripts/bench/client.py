"""A WebSocket client over TLS with nothing in between, and a crowd of them in a process of its own.

The crowd only counts how often a mark stands in what it hears: 500 clients that unpacked everything would take the
core that the measured server needs.
"""

import asyncio
import base64
import os
import ssl
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.bench.measured import PATIENCE_SECONDS, PROCESSES

AT_ONCE = 20  # connections that a crowd opens at the same time
END_OF_HEADERS = b"\r\n\r\n"
TEXT, BINARY, PING, PONG = 1, 2, 9, 10  # opcodes, RFC 6455 section 5.2
REFUSED = b"\xa5error"  # msgpack of "error", the name of a refusal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is, whom to trust there, and as whom to come.

    Where a WebSocket alone does not bring a client in, it says `greeting` and waits for what begins with `greeted`; all
    that it says there is text.
    """

    port: int
    authority: Path
    token: str = ""
    path: str = "/ws"
    host: str = "127.0.0.1"
    greeting: bytes = b""
    greeted: bytes = b""

    @property
    def opcode(self) -> int:
        """Of what a client says."""
        return TEXT if self.greeting else BINARY

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


def client_frame(payload: bytes, opcode: int = BINARY) -> bytes:
    """One frame with a mask of zeros, which RFC 6455 permits and which costs nothing."""
    length = len(payload)
    if length < 126:
        return struct.pack("!BB4x", 0x80 | opcode, 0x80 | length) + payload
    return struct.pack("!BBH4x", 0x80 | opcode, 0x80 | 126, length) + payload


def first_frame(data: bytes) -> tuple[int, bytes, int] | None:
    """Opcode, payload and length of the frame of a server that these bytes begin with; None while it is not whole."""
    if len(data) < 2:
        return None
    length, start = data[1], 2
    if length >= 126:
        start = 4 if length == 126 else 10
        length = int.from_bytes(data[2:start])
    end = start + length
    return (data[0] & 0x0F, data[start:end], end) if len(data) >= max(start, end) else None


class Client:
    """One connection that sends and hears."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opcode: int = BINARY) -> None:
        self._reader = reader
        self._writer = writer
        self._opcode = opcode
        self._bytes = b""

    def send(self, payload: bytes) -> None:
        """One frame."""
        self._writer.write(client_frame(payload, self._opcode))

    async def receive(self) -> bytes:
        """The payload of the next frame with something to say; pings are answered on the way."""
        while True:
            while (frame := first_frame(self._bytes)) is None:
                self._bytes += await self._reader.read(65536) or _ended()
            opcode, payload, length = frame
            self._bytes = self._bytes[length:]
            if opcode in (TEXT, BINARY):
                return payload
            if opcode == PING:
                self._writer.write(client_frame(payload, PONG))

    async def receive_until(self, mark: bytes) -> bytes:
        """The payload of the next frame in which this stands. Raises RuntimeError if the server refuses something."""
        while mark not in (payload := await self.receive()):
            if REFUSED in payload:
                raise RuntimeError(f"expected no refusal, got {payload!r}")
        return payload


def _ended() -> bytes:
    raise ConnectionError("expected a frame, the server ended the connection")


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[Client]:
    """A client of that place, cut off at the end. Raises ConnectionError if the server does not agree."""
    reader, writer = await asyncio.open_connection(place.host, place.port, ssl=place.context())
    try:
        writer.write(place.handshake())
        head = await reader.readuntil(END_OF_HEADERS)
        if b" 101 " not in head:
            raise ConnectionError(f"expected 101 Switching Protocols, got {head.splitlines()[0]!r}")
        client = Client(reader, writer, place.opcode)
        if place.greeting:
            client.send(place.greeting)
            await client.receive_until(place.greeted)
        yield client
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


class Crowd:
    """Clients in a process of their own that count how often the first of `marks` comes, and how often any of them.

    All of them are at `place`; where that is several, each is at one of them.
    """

    def __init__(self, place: Place | Sequence[Place], size: int, *marks: bytes) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        places = [place] * size if isinstance(place, Place) else list(place[:size])
        self._process = PROCESSES.Process(target=_be_a_crowd, args=(theirs, places, marks), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._hear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()

    def wait_for(self, times: int) -> int:
        """How often all together heard any mark, as soon as each has heard the first mark so many times."""
        self._pipe.send(times)
        return int(self._hear())

    def _hear(self) -> int | str:
        if not self._pipe.poll(PATIENCE_SECONDS):
            raise RuntimeError(f"expected the crowd to be done within {PATIENCE_SECONDS:.0f} s")
        try:
            told: int | str = self._pipe.recv()
        except EOFError:
            raise RuntimeError("the crowd ended; what it said stands above") from None
        return told


class _Counting(asyncio.Protocol):
    """One client of a crowd. It answers pings, for a server ends what does not."""

    def __init__(self, marks: tuple[bytes, ...], greeted: bytes = b"") -> None:
        self.heard = dict.fromkeys(marks, 0)
        self.upgraded = asyncio.get_running_loop().create_future()
        self.greeted = asyncio.get_running_loop().create_future()
        self._greeted = greeted
        self.lost = False
        self._bytes = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        if not self.upgraded.done():
            head, ended, rest = self._bytes.partition(END_OF_HEADERS)
            if not ended:
                return
            self.upgraded.set_result(b" 101 " in head)
            self._bytes = rest
        while (frame := first_frame(self._bytes)) is not None:
            opcode, payload, length = frame
            self._bytes = self._bytes[length:]
            self._take(opcode, payload)

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True
        for waited in (self.upgraded, self.greeted):
            if not waited.done():
                waited.set_result(False)

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == PING and self._transport is not None:
            self._transport.write(client_frame(payload, PONG))
        if self._greeted and payload.startswith(self._greeted) and not self.greeted.done():
            self.greeted.set_result(True)
        for mark in self.heard:
            self.heard[mark] += payload.count(mark)


def _be_a_crowd(pipe: Connection, places: list[Place], marks: tuple[bytes, ...]) -> None:
    asyncio.run(_crowd(pipe, places, marks))


async def _crowd(pipe: Connection, places: list[Place], marks: tuple[bytes, ...]) -> None:
    loop = asyncio.get_running_loop()
    context = places[0].context()
    turn = asyncio.Semaphore(AT_ONCE)

    async def connect(place: Place) -> _Counting:
        async with turn:
            transport, client = await loop.create_connection(
                lambda: _Counting(marks, place.greeted), place.host, place.port, ssl=context
            )
            transport.write(place.handshake())
            if not await client.upgraded:
                raise ConnectionError("expected 101 Switching Protocols")
            if place.greeting:
                transport.write(client_frame(place.greeting, place.opcode))
                if not await client.greeted:
                    raise ConnectionError(f"expected to be greeted with {place.greeted!r}")
            return client

    clients = await asyncio.gather(*map(connect, places))
    pipe.send("connected")
    while True:
        times = await loop.run_in_executor(None, pipe.recv)
        while any(client.heard[marks[0]] < times for client in clients):
            if any(client.lost for client in clients):
                raise ConnectionError("expected every line of the crowd to stay open, the server ended one")
            await asyncio.sleep(0.002)
        pipe.send(sum(sum(client.heard.values()) for client in clients))
