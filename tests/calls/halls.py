"""A unit on loopback and the people who use it, for tests of whole calls."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from calls import rtp
from calls.unit import Unit
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Desk, Transport
from tests.calls.waiting import until


class Clock:
    """Real time, with jumps, and held where a test says so."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._held: float | None = None

    def __call__(self) -> float:
        return asyncio.get_running_loop().time() + self.ahead if self._held is None else self._held

    @contextmanager
    def held(self) -> Iterator[None]:
        """It is one moment for as long as this lasts."""
        self._held = self()
        try:
            yield
        finally:
            self._held = None


class Hall:
    """A unit and those who use it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.desk = Desk()
        self.unit = Unit(self.desk, self.clock)

    async def joined(self, number: int, transport: Transport = "udp", host: str = "127.0.0.1") -> Client:
        """Somebody with a voice of ssrc 100 + number and a camera of 200 + number."""
        sending = {"0": Sending(100 + number), "1": Sending(200 + number, 300 + number)}
        client = Client(self.unit, self.desk, f"p{number}", sending, transport)
        client.host = host
        await client.join()
        return client

    async def talk(self, *clients: Client) -> None:
        """Each sends sound and a key frame, and all get it of all."""
        for client in clients:
            voice, camera = client.sending["0"].ssrc, client.sending["1"].ssrc
            client.send(packets.voice(voice, 0))
            client.send(packets.picture(camera, 0, key=True))
        expected = 2 * (len(clients) - 1)
        await until(lambda: all(self.open_downs(one) >= expected for one in clients))

    def open_downs(self, client: Client) -> int:
        """How many tracks it gets now."""
        return sum(1 for one in self.peer(client).downs.values() if one.layer)

    async def allow(self, client: Client, *sources: str) -> None:
        """Returns when all get what follows of it."""
        self.unit.allow(client.call, client.name, sources)
        await until(lambda: not self.unit._calls[client.call]._is_due)

    def peer(self, client: Client) -> Any:
        """Its inside."""
        return self.unit._calls[client.call].peers[client.name]


@asynccontextmanager
async def hall() -> AsyncIterator[Hall]:
    one = Hall()
    await one.unit.open(["127.0.0.1"], hosts=["127.0.0.1", "::1"])
    try:
        yield one
    finally:
        for client in one.desk.clients.values():
            client.vanish()
        one.unit.close()
        await asyncio.sleep(0)


def of(client: Client, ssrc: int) -> list[bytes]:
    """What came of one source."""
    return [one for one in client.packets if rtp.ssrc_of(one) == ssrc]


def payload(packet: bytes) -> bytes:
    return packet[rtp.Header(packet).start :]
