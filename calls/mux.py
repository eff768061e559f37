"""One UDP port and its TCP twin of the same number, shared by all calls; each datagram goes to the peer it is for.

STUN finds its peer by the ufrag and proves the sender's address; everything else (RFC 7983) counts only when it comes
from an address that proved itself. A newcomer's first mistake is to let asyncio read the datagrams: it turns the loop
for each. Only where a loop watches no sockets (on Windows) it has to.
"""

import asyncio
import contextlib
import errno
import logging
import os
import socket
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from calls import stun
from calls.ice import Address, Agent

MAX_DATAGRAM = 2048  # bytes; an Ethernet frame carries 1472
BATCH = 64  # datagrams read before the rest of the process has its turn
KERNEL_BUFFER = 4 * 1024 * 1024  # bytes asked for; the kernel gives what its limits allow
MAX_UNSENT = 128 * 1024  # bytes that may wait in a TCP connection, more than a key frame: what comes then is dropped
MAX_STRANGERS = 64  # TCP connections that have not proved themselves
STRANGER_SECONDS = 5.0  # and for how long they may not
ATTEMPTS = 10  # to find a number that is free for UDP and TCP
NO_SUCH_FAMILY = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}

log = logging.getLogger(__name__)


class UdpPair:
    """A remote address over UDP."""

    __slots__ = ("_mux", "address", "agent", "proved_at", "proved_by", "socket")

    def __init__(self, mux: "Mux", own: socket.socket, address: Address) -> None:
        self._mux = mux
        self.socket = own
        self.address = address
        self.agent: Agent | None = None
        self.proved_at = 0.0
        self.proved_by = b""

    def send(self, data: bytes) -> None:
        try:
            self.socket.sendto(data, self.address)
        except OSError:  # the kernel's buffer is full, the network is gone, or the socket is closed
            self.lost()

    def lost(self) -> None:
        self._mux.dropped += 1

    def forget(self) -> None:
        self.agent = None
        self._mux.pairs.pop(self.address, None)


class Datagrams(asyncio.DatagramProtocol):
    """What asyncio reads from a socket that its loop cannot watch; sent is past it, as everywhere."""

    def __init__(self, mux: "Mux", own: socket.socket) -> None:
        self._mux = mux
        self._socket = own

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._mux.take_from(self._socket, data, addr)
        self._mux.pause()


class TcpPair(asyncio.Protocol):
    """A TCP connection that the peer opened (RFC 6544, passive), with a length before each datagram (RFC 4571)."""

    socket = None  # no datagrams

    def __init__(self, mux: "Mux") -> None:
        self._mux = mux
        self._held = bytearray()
        self._transport: asyncio.Transport | None = None
        self.address: Address = ("", 0)
        self.agent: Agent | None = None
        self.proved_at = 0.0
        self.proved_by = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.address = transport.get_extra_info("peername") or self.address
        self._mux.welcome(self)

    def data_received(self, data: bytes) -> None:
        self._held += data
        for datagram in self._whole():
            self._mux.take(datagram, self)
        self._mux.pause()

    def _whole(self) -> Iterator[bytes]:
        """The datagrams that have arrived whole. Closes the connection of who announces one that is too long."""
        while len(self._held) >= 2:
            (length,) = struct.unpack_from("!H", self._held)
            if length > MAX_DATAGRAM:
                self._held.clear()
                self.close()
                return
            if len(self._held) < 2 + length:
                return
            datagram = bytes(self._held[2 : 2 + length])
            del self._held[: 2 + length]
            yield datagram

    def connection_lost(self, exc: Exception | None) -> None:
        self._mux.strangers.pop(self, None)
        if self.agent:
            self.agent.drop(self)

    def send(self, data: bytes) -> None:
        way = self._transport
        if way is None or way.is_closing() or way.get_write_buffer_size() > MAX_UNSENT:
            self.lost()  # that it closes is heard only with the loop's next turn
        else:
            way.write(struct.pack("!H", len(data)) + data)

    def lost(self) -> None:
        self._mux.dropped += 1

    def forget(self) -> None:
        self.agent = None
        self.close()

    def close(self) -> None:
        """At once, whatever still waits to be sent."""
        if self._transport:
            self._transport.abort()


class Mux:
    """The port, and the agents that are reached through it. `pause` is called after each go at reading, of BATCH
    datagrams at most."""

    def __init__(self, now: Callable[[], float], pause: Callable[[], None] = lambda: None) -> None:
        self._now = now  # seconds, of a clock that never goes back
        self.pause = pause
        self._agents: dict[str, Agent] = {}  # by ufrag
        self._sockets: list[socket.socket] = []
        self._transports: list[asyncio.DatagramTransport] = []
        self._servers: list[asyncio.Server] = []
        self.pairs: dict[Address, UdpPair] = {}  # those that proved themselves
        self.strangers: dict[TcpPair, float] = {}  # connections that have not, and since when they are here
        self.port = 0
        self.dropped = 0  # datagrams that no buffer had room for
        self.refused = 0  # datagrams of strangers, and checks with wrong keys

    async def open(self, hosts: Iterable[str] = ("0.0.0.0", "::"), port: int = 0) -> None:
        """Listens on all of these addresses, on one port; 0 takes any.

        A host whose family this system lacks is left out. Raises OSError if the port is taken, or nothing can be
        listened on.
        """
        loop = asyncio.get_running_loop()
        datagrams, streams = _bind(list(hosts), port)
        self.port = datagrams[0].getsockname()[1]
        for one in datagrams:
            self._sockets.append(one)
            try:
                loop.add_reader(one.fileno(), partial(self._readable, one))
            except NotImplementedError:
                endpoint = partial(Datagrams, self, one)
                self._transports.append((await loop.create_datagram_endpoint(endpoint, sock=one))[0])
        for one in streams:
            self._servers.append(await loop.create_server(lambda: TcpPair(self), sock=one))

    def close(self) -> None:
        """Stops listening, and forgets everybody."""
        loop = asyncio.get_running_loop()
        for server in self._servers:
            server.close()
        for agent in set(self._agents.values()):
            agent.close()
        for stranger in list(self.strangers):
            stranger.close()
        for transport in self._transports:
            transport.close()
        for one in self._sockets if not self._transports else ():
            loop.remove_reader(one.fileno())
            one.close()
        self._agents.clear()

    def attach(self, agent: Agent) -> None:
        """Checks for this agent reach it from now on; said again after its keys changed."""
        self.detach(agent)
        for one in filter(None, (agent.credentials, agent.former)):
            self._agents[one.ufrag] = agent

    def detach(self, agent: Agent) -> None:
        """No check reaches it any more. Its ways stay until it is closed."""
        self._agents = {ufrag: one for ufrag, one in self._agents.items() if one is not agent}

    def sweep(self) -> None:
        """Forget what has been silent for too long; to be called every second or so."""
        now = self._now()
        for agent in set(self._agents.values()):
            agent.expire(now)
        for stranger, since in list(self.strangers.items()):
            if now - since > STRANGER_SECONDS:
                stranger.close()

    def welcome(self, stranger: TcpPair) -> None:
        """A connection that has yet to prove itself; the longest waiting one makes room."""
        if len(self.strangers) >= MAX_STRANGERS:
            oldest = next(iter(self.strangers))
            del self.strangers[oldest]
            oldest.close()
        self.strangers[stranger] = self._now()

    def _readable(self, own: socket.socket) -> None:
        for _ in range(BATCH):
            try:
                data, address = own.recvfrom(MAX_DATAGRAM)
            except OSError:  # nothing is left to read
                break
            self.take_from(own, data, address)
        self.pause()

    def take_from(self, own: socket.socket, data: bytes, address: Address) -> None:
        """One datagram that came to this socket from this address."""
        self.take(data, self.pairs.get(address) or UdpPair(self, own, address))

    def take(self, data: bytes, pair: UdpPair | TcpPair) -> None:
        """One datagram that came this way. Whatever it is, it harms nobody else."""
        if data and data[0] < 4:
            self._check(data, pair)
        elif data and (agent := pair.agent):
            agent.by = pair
            try:
                agent.take(data)
            except Exception:  # a mistake of ours over one peer's packet must not end everybody's media
                log.exception("a datagram of %d bytes was not handled", len(data))
        else:
            self.refused += 1

    def _check(self, data: bytes, pair: UdpPair | TcpPair) -> None:
        """A connectivity check. What is no request, names nobody or has a wrong key is met with silence."""
        said = None
        with contextlib.suppress(stun.Malformed):
            request = stun.parse(data)
            agent = self._agents.get(request.username()[0])
            if agent and request.kind == stun.BINDING_REQUEST:
                said = agent.check(request, pair, self._now())
        if said is None:
            self.refused += 1
            return
        pair.send(said)
        if pair.agent is None:
            return
        if isinstance(pair, TcpPair):
            self.strangers.pop(pair, None)
        else:
            self.pairs[pair.address] = pair


def _bind(hosts: list[str], port: int) -> tuple[list[socket.socket], list[socket.socket]]:
    """A UDP and a TCP socket for each host, all on one port."""
    for attempt in range(ATTEMPTS):
        bound: list[socket.socket] = []
        number = port
        try:
            for host in hosts:
                for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
                    bound += _bound(host, number, kind, last=host == hosts[-1] and not bound)
                    number = bound[0].getsockname()[1] if bound else number
        except OSError as error:
            for one in bound:
                one.close()
            if port or error.errno != errno.EADDRINUSE or attempt == ATTEMPTS - 1:
                raise
        else:
            break
    datagrams = [one for one in bound if one.type == socket.SOCK_DGRAM]
    return datagrams, [one for one in bound if one.type == socket.SOCK_STREAM]


def _bound(host: str, port: int, kind: socket.SocketKind, last: bool) -> list[socket.socket]:
    """One socket; none where the system does not know that family, unless this was the `last` hope."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        one = socket.socket(family, kind)
    except OSError:
        if last:
            raise
        return []
    try:
        _prepare(one)
        one.bind((host, port))
    except OSError as error:
        one.close()
        if last or error.errno not in NO_SUCH_FAMILY:
            raise
        return []
    return [one]


def _prepare(one: socket.socket) -> None:
    one.setblocking(False)
    if one.family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    if one.type == socket.SOCK_STREAM:
        if os.name == "posix":  # elsewhere it would let a second server take the port
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return
    for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
        one.setsockopt(socket.SOL_SOCKET, option, KERNEL_BUFFER)
