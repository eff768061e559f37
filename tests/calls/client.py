"""A participant without a browser: its own small ICE, our DTLS and SRTP as a client, prepared packets.

It answers every offer, checks its way with the right key, and remembers what comes. A newcomer's first mistake is to
let it stop checking: after 30 s the unit takes it for gone.
"""

import asyncio
import os
import socket
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Literal

from calls import rtcp, rtp, stun
from calls.call import Event, Offered
from calls.ice import Address
from calls.mux import BATCH, KERNEL_BUFFER, MAX_DATAGRAM
from calls.secure import Secure
from calls.unit import Unit
from tests.calls.answering import Sending, answer_to, read_offer
from tests.calls.waiting import until

CHECK_SECONDS = 2.0

Transport = Literal["udp", "tcp"]


class Desk:
    """Hands the unit's events to the clients they are for."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.clients: dict[str, Client] = {}

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        client = self.clients.get(event.peer) if isinstance(event, Offered) else None
        if client and isinstance(event, Offered):
            asyncio.get_running_loop().call_soon(client.offered, event)  # as a socket would bring it: a moment later


class Client:
    """One participant. `sending` says by mid what it will send."""

    def __init__(
        self, unit: Unit, desk: Desk, name: str, sending: Mapping[str, Sending], transport: Transport = "udp"
    ) -> None:
        self.unit = unit
        self.name = name
        self.sending = sending
        self.transport = transport
        self.host = "127.0.0.1"
        self.offers: list[Offered] = []
        self.states: list[str] = []
        self.packets: list[bytes] = []  # RTP that came
        self.said: list[rtcp.Said] = []  # RTCP that came
        self.unreadable = 0
        self.lose: Callable[[bytes], bool] = lambda data: False  # of what is sent, sealed
        self.miss: Callable[[bytes], bool] = lambda data: False  # of what comes, opened
        self.answers: Callable[[str], str] = lambda text: text  # what becomes of an answer
        self.secure = Secure(self.send_datagram, self._turned)
        self._early: list[bytes] = []  # media that came right behind the end of the handshake
        self._password = self._ufrag = self._fingerprint = ""
        self._udp: socket.socket | None = None
        self._tcp: asyncio.StreamWriter | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self.closed = False
        desk.clients[name] = self

    async def join(self, call: str = "call") -> None:
        """Returns when media may flow."""
        self.call = call
        self.unit.join(call, self.name)
        await until(lambda: self.states)

    # -- describing

    def offered(self, offer: Offered) -> None:
        """Answers, and begins to check when this is the first."""
        if self.closed:
            return
        self.offers.append(offer)
        read = read_offer(offer.sdp)
        self._ufrag, self._password = read.ufrag, read.password
        text = self.answers(answer_to(offer.sdp, self.secure.fingerprint, self.sending))
        self.unit.answer(offer.call, self.name, offer.version, text)
        self._fingerprint = read.fingerprint
        if not self._tasks:
            port = next(int(one.split()[5]) for one in read.candidates if one.split()[2] == self.transport)
            self._tasks.append(asyncio.get_running_loop().create_task(self._live(port)))

    # -- ways

    async def _live(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        if self.transport == "udp":
            self._speak_from_anywhere((self.host, port))
        else:
            reader, self._tcp = await asyncio.open_connection(self.host, port)
            self._tasks.append(loop.create_task(self._read(reader)))
        while True:
            self.check()
            await asyncio.sleep(CHECK_SECONDS)

    def _speak_from_anywhere(self, to: Address) -> None:
        self._udp = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL_BUFFER)
        self._udp.setblocking(False)
        self._udp.connect(to)
        asyncio.get_running_loop().add_reader(self._udp.fileno(), self._readable, self._udp)

    def move(self) -> None:
        """Into another network: from now on it is heard from another address, and hears nothing at the last."""
        assert self._udp
        to = self._udp.getpeername()
        self._hang_up()
        self._speak_from_anywhere(to)

    def _hang_up(self) -> None:
        if self._udp:
            asyncio.get_running_loop().remove_reader(self._udp.fileno())
            self._udp.close()

    def _readable(self, own: socket.socket) -> None:
        for _ in range(BATCH):
            try:
                data = own.recv(MAX_DATAGRAM)
            except OSError:
                return
            self.datagram_received(data)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while True:
            (length,) = struct.unpack("!H", await reader.readexactly(2))
            self.datagram_received(await reader.readexactly(length))

    def check(self) -> None:
        """A connectivity check that nominates its way."""
        attributes = [
            (stun.USERNAME, f"{self._ufrag}:them".encode()),
            (stun.PRIORITY, struct.pack("!I", 1)),
            (stun.ICE_CONTROLLING, bytes(8)),
            (stun.USE_CANDIDATE, b""),
        ]
        self.send_datagram(stun.build(stun.BINDING_REQUEST, os.urandom(12), attributes, self._password))

    def send_datagram(self, data: bytes) -> None:
        """On the wire as it is."""
        if self.lose(data):
            return
        if self._udp:
            with suppress(OSError):
                self._udp.send(data)
        elif self._tcp:
            self._tcp.write(struct.pack("!H", len(data)) + data)

    def datagram_received(self, data: bytes) -> None:
        """Whatever came."""
        if 127 < data[0] < 192:
            self._media(data)
        elif 19 < data[0] < 64:
            self.secure.take(data)
        elif stun.succeeds(data):
            self.secure.start([("sha-256", self._fingerprint)], "client")

    def _turned(self, state: str) -> None:
        self.states.append(state)
        early, self._early = self._early, []
        for data in early:
            self._media(data)

    def _media(self, data: bytes) -> None:
        """A browser takes what ends the handshake before what comes behind it; here a task does, a moment later."""
        if not self.states:
            self._early.append(data)
            return
        report = rtp.is_rtcp(data)
        plain = self.secure.unprotect_rtcp(data) if report else self.secure.unprotect(data)
        if plain is None:
            self.unreadable += 1
        elif report:
            self.said += rtcp.read(plain)
        elif not self.miss(plain):
            self.packets.append(plain)

    # -- media

    def send(self, packet: bytes) -> None:
        """One RTP packet."""
        self.send_datagram(self.secure.protect(packet))

    def tell(self, packet: bytes) -> None:
        """One RTCP packet."""
        self.send_datagram(self.secure.protect_rtcp(packet))

    def heard(self, kind: type[rtcp.Said]) -> list[rtcp.Said]:
        """What came by RTCP of this kind."""
        return [one for one in self.said if isinstance(one, kind)]

    def vanish(self) -> None:
        """Without a word; again and again is once."""
        if self.closed:
            return
        self.closed = True
        for task in self._tasks:
            task.cancel()
        self.secure.close()
        self._hang_up()
        if self._tcp:
            self._tcp.close()
