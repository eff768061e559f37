"""What passes packets on, each in a process of its own: the unit, and the plainest loop that Python can do.

Each lets the same people in and tells its process, so that nothing but the forwarding differs. Janus has a file of its
own.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from pylibsrtp import Policy, Session

from calls.call import Event
from calls.mux import BATCH, KERNEL_BUFFER, MAX_DATAGRAM
from calls.unit import Unit
from scripts.bench.crowd import Line, Load, Meter, Person, stamped, stamps
from scripts.bench.house import free_port
from scripts.bench.measured import Measured
from scripts.bench.namespace import Network
from tests.calls.answering import Sending
from tests.calls.client import Desk

SHOWN = 180  # px: how tall each picture of nine stands on a laptop


@dataclass(frozen=True, slots=True)
class Filled:
    """A call that everybody is in, and the process that passes their packets on."""

    pid: int
    people: list[Person]


def sendings(one: int) -> dict[str, Sending]:
    """What somebody sends: a voice and a camera, each of a source that nobody else has."""
    return {"0": Sending(1000 + 2 * one), "1": Sending(1001 + 2 * one, 5000 + one)}


# -- the unit


class Post:
    """What is said into a pipe, by a thread of its own: two loops that fill each other's pipe would wait for ever."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._said: SimpleQueue[Any] = SimpleQueue()
        Thread(target=self._send, daemon=True).start()

    def __call__(self, said: object) -> None:
        self._said.put(said)

    def _send(self) -> None:
        with suppress(OSError):  # the other end is closed
            while True:
                self._pipe.send(self._said.get())


def live(pipe: Connection, network: Network) -> None:
    """A unit that does what comes through the pipe, and tells its events there."""
    network.enter()
    asyncio.run(_live(pipe, network))


async def _live(pipe: Connection, network: Network) -> None:
    unit = Unit(Post(pipe))
    await unit.open([network.address], hosts=[network.address])
    over = asyncio.Event()

    def asked() -> None:
        try:
            name, *arguments = pipe.recv()
        except EOFError:
            over.set()
            return
        getattr(unit, name)(*arguments)

    asyncio.get_running_loop().add_reader(pipe.fileno(), asked)
    await over.wait()


class Far:
    """That unit, as the clients here use it."""

    def __init__(self, pipe: Connection, desk: Desk) -> None:
        self._pipe = pipe
        self._say = Post(pipe)
        self._desk = desk

    def hear(self) -> None:
        """One event."""
        told: Event = self._pipe.recv()
        self._desk(told)

    def join(self, call: str, peer: str) -> None:
        self._say(("join", call, peer))

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        self._say(("answer", call, peer, version, text))

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        self._say(("show", call, peer, heights))


@asynccontextmanager
async def unit(load: Load, network: Network) -> AsyncIterator[Filled]:
    """The unit, and everybody in its call."""
    ours, theirs = Pipe()
    loop, desk = asyncio.get_running_loop(), Desk()
    with Measured(live, theirs, network) as measured:
        far: Any = Far(ours, desk)  # what clients need of a unit
        loop.add_reader(ours.fileno(), far.hear)
        lines = [Line(far, desk, f"p{one}", sendings(one)) for one in range(load.people)]
        for line in lines:
            line.host = network.address
        await asyncio.gather(*(line.join() for line in lines))
        for one, line in enumerate(lines):
            far.show("call", line.name, {(f"p{other}", "camera"): SHOWN for other in load.whom(one)})
        yield Filled(measured.pid, [Person(line, line) for line in lines])
        loop.remove_reader(ours.fileno())
        for line in lines:
            line.vanish()


# -- the plainest loop


KEYS = bytes(range(44))  # AES-256-GCM, as browsers agree on


def session(direction: int) -> Session:
    """One way of SRTP with a key that everybody here knows."""
    policy = Policy(KEYS, direction, srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM)
    policy.allow_repeat_tx = True
    policy.window_size = 1024
    return Session(policy)


def plain_loop(network: Network, port: int, ports: list[int]) -> None:
    """Opens what comes from each of these ports, seals it for each other one, and sends it there. Nothing else."""
    network.enter()
    door = bound(network.address, port)
    opening = {port: session(Policy.SSRC_ANY_INBOUND) for port in ports}
    sealing = {port: session(Policy.SSRC_ANY_OUTBOUND) for port in ports}
    receivers = {port: [(network.own, other) for other in ports if other != port] for port in ports}
    while True:
        data, (_, port) = door.recvfrom(MAX_DATAGRAM)
        packet = opening[port].unprotect(data)
        for address in receivers[port]:
            door.sendto(sealing[address[1]].protect(packet), address)


class Bare:
    """A line to that loop."""

    def __init__(self, own: socket.socket, sending: Mapping[str, Sending]) -> None:
        self.sending = sending
        self.own = own
        self._sealing, self._opening = session(Policy.SSRC_ANY_OUTBOUND), session(Policy.SSRC_ANY_INBOUND)
        self._meter = Meter()
        self._opens = False

    def send(self, packet: bytes) -> None:
        with suppress(OSError):  # nobody listens there yet
            self.own.send(self._sealing.protect(packet))

    def report(self) -> None:
        """The loop hears no reports."""

    def measured(self, meter: Meter, opens: bool) -> None:
        stamps(self.own)
        self._meter, self._opens = meter, opens

    def readable(self) -> None:
        for _ in range(BATCH):
            try:
                data, at = stamped(self.own)
            except OSError:
                return
            self._meter.takes(data, at, self._opening.unprotect if self._opens else None)


@asynccontextmanager
async def plainest(load: Load, network: Network) -> AsyncIterator[Filled]:
    """The plainest loop, which gives everybody everything."""
    loop, port = asyncio.get_running_loop(), free_port()
    lines = [Bare(bound(network.own), sendings(one)) for one in range(load.people)]
    for line in lines:
        line.own.setblocking(False)
        line.own.connect((network.address, port))
        loop.add_reader(line.own.fileno(), line.readable)
    with Measured(plain_loop, network, port, [line.own.getsockname()[1] for line in lines]) as measured:
        yield Filled(measured.pid, [Person(line, line) for line in lines])
    for line in lines:
        loop.remove_reader(line.own.fileno())
        line.own.close()


def bound(address: str, port: int = 0) -> socket.socket:
    """A UDP socket of the largest buffers; 0 takes a port that is free."""
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        one.setsockopt(socket.SOL_SOCKET, option, KERNEL_BUFFER)
    one.bind((address, port))
    return one
