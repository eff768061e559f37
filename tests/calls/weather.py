"""A bad network between people and the unit: packets are lost, late, or overtaken, on every hop and in both directions.

Where the kernel has it, `tc netem` does the same; this needs neither it nor root. A newcomer's first mistake is to let
only one direction suffer: what is asked for again is lost too.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from calls.mux import KERNEL_BUFFER, MAX_DATAGRAM

HEADERS = 28  # bytes of IP and UDP before each packet
OVERTAKEN_SECONDS = 0.03  # by which a packet is late that others overtake


@dataclass(frozen=True, slots=True)
class Weather:
    """What one hop does to a packet: the share that is lost, how late all are, and the share that others overtake."""

    loss: float = 0.0
    delay: float = 0.0  # seconds
    reordered: float = 0.0
    carries: float | None = None  # bit/s from each person up to the unit
    queue: float = 0.5  # seconds for which a packet may wait there

    def takes(self, chance: Random, send: Callable[[], Any], waits: float = 0.0) -> None:
        """One packet, which `send` puts on its way after it waited for so many seconds."""
        if chance.random() < self.loss:
            return
        late = waits + self.delay + (OVERTAKEN_SECONDS if chance.random() < self.reordered else 0.0)
        if late:
            asyncio.get_running_loop().call_later(late, send)
        else:
            send()


class Relay:
    """A port in front of the unit's, and such a network behind it. Each address that comes has a way of its own."""

    def __init__(self, weather: Weather, host: str, port: int) -> None:
        self.weather = weather  # may change
        self._unit = (host, port)
        self._chance = Random(4)
        self._door = self._socket(self._from_outside)
        self._door.bind((host, 0))
        self._ways: dict[Any, socket.socket] = {}
        self._free: dict[Any, float] = {}  # when all that came from an address before is through

    @property
    def port(self) -> int:
        """Where people find the unit behind it."""
        return int(self._door.getsockname()[1])

    def move(self) -> None:
        """Everybody has another address from now on, as behind a router that began again; the old ones lead nowhere."""
        self._put_away(*self._ways.values())
        self._ways.clear()

    def close(self) -> None:
        """Nothing comes through any more."""
        self._put_away(self._door, *self._ways.values())

    def _put_away(self, *sockets: socket.socket) -> None:
        for one in sockets:
            asyncio.get_running_loop().remove_reader(one.fileno())
            one.close()

    def _socket(self, readable: Callable[[], None]) -> socket.socket:
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            one.setsockopt(socket.SOL_SOCKET, option, KERNEL_BUFFER)
        one.setblocking(False)
        asyncio.get_running_loop().add_reader(one.fileno(), readable)
        return one

    def _from_outside(self) -> None:
        with suppress(BlockingIOError, ConnectionRefusedError):
            while True:
                data, address = self._door.recvfrom(MAX_DATAGRAM)
                if address not in self._ways:
                    self._ways[address] = self._socket(partial(self._from_unit, address))
                    self._ways[address].connect(self._unit)
                waits = self._waits(address, len(data) + HEADERS)
                if waits is not None:
                    self.weather.takes(self._chance, partial(self._send, self._ways[address], data), waits)

    def _waits(self, address: Any, octets: int) -> float | None:
        """For how many seconds a packet is in the queue of its way up, None if there is no room for it."""
        if self.weather.carries is None:
            return 0.0
        now = asyncio.get_running_loop().time()
        waits = max(0.0, self._free.get(address, now) - now)
        if waits > self.weather.queue:
            return None
        waits += octets * 8 / self.weather.carries
        self._free[address] = now + waits
        return waits

    def _from_unit(self, address: Any) -> None:
        with suppress(BlockingIOError, ConnectionRefusedError):
            while True:
                data = self._ways[address].recv(MAX_DATAGRAM)
                self.weather.takes(self._chance, partial(self._send, self._door, data, address))

    def _send(self, one: socket.socket, data: bytes, *address: Any) -> None:
        with suppress(OSError):  # closed meanwhile, or its buffer is full
            one.sendto(data, *address) if address else one.send(data)
