"""The load client of calls: people with ICE, DTLS and SRTP of their own who send sound and pictures, and no browser.

When a packet was sent stands in its payload, and the kernel says when each copy came, so how busy this process is
does not count. A newcomer's first mistake is to open every copy: two of the people do, the others count.
"""

import asyncio
import gc
import heapq
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Protocol

from calls import rtcp, rtp, stun
from calls.formats import AUDIO_LEVEL, MID, OPUS, SEND_TIME, VP8
from calls.mux import BATCH, MAX_DATAGRAM
from calls.rtcp import Report, SenderReport
from tests.calls import packets
from tests.calls.answering import PASSWORD, Part, Sending, read_offer
from tests.calls.client import Client

VOICE_GAP, VOICE_BYTES = 0.02, 80  # Opus at 32 kbit/s
FRAME_GAP, FRAME_PACKETS, PACKET_BYTES = 0.04, 3, 1000  # 25 pictures a second, 600 kbit/s: what each of many may send
KEY_FRAME_EVERY = 250  # pictures
LEVEL = 30  # -dBov, somebody who speaks
REPORT_SECONDS = 1.0
SETTLE_SECONDS = 0.1
NTP = (1 << 64) - 1

STAMP = struct.Struct("!Q")  # ns since the epoch
DESCRIPTOR = 6  # bytes of VP8 before the stamp
VOICE_LABELS = packets.extensions((MID, b"0"), (AUDIO_LEVEL, bytes([0x80 | LEVEL])))
PICTURE_LABELS = packets.extensions((MID, b"1"), (SEND_TIME, b"\1\2\3")).split(b"\1\2\3")  # around when it was sent

SO_TIMESTAMPNS = 35  # Linux, asm-generic/socket.h; Python has no name for it
TIMESPEC = struct.Struct("@qq")
ROOM = socket.CMSG_SPACE(TIMESPEC.size) if hasattr(socket, "CMSG_SPACE") else 0


@dataclass(frozen=True, slots=True)
class Load:
    """So many people who all speak, each of whom sees `seen` of the others, and hears all."""

    people: int = 16
    seen: int = 15

    @property
    def name(self) -> str:
        """As it stands above a table."""
        others = self.people - 1
        what = "everybody" if self.seen >= others else f"{self.seen} videos"
        return f"{self.people} people, each of whom sees {what} and hears everybody"

    def whom(self, one: int) -> list[int]:
        """The others whose video this one sees: those who come next, round and round."""
        return [(one + step) % self.people for step in range(1, self.watchers + 1)]

    @property
    def watchers(self) -> int:
        """By how many of the others each one is seen."""
        return min(self.seen, self.people - 1)


@dataclass(slots=True)
class Meter:
    """What came to everybody, and how long the copies took that were opened."""

    came: int = 0
    expected: int = 0
    seconds: list[float] = field(default_factory=list)

    def takes(self, data: bytes, at: int, opens: Callable[[bytes], bytes | None] | None) -> None:
        """A copy that came at this time, in ns."""
        self.came += 1
        plain = opens(data) if opens else None
        if plain is None:
            return
        header = rtp.Header(plain)
        place = header.start + (DESCRIPTOR if header.payload_type == VP8.payload_type else 0)
        self.seconds.append((at - STAMP.unpack_from(plain, place)[0]) / 1e9)

    def clear(self) -> None:
        """From now on."""
        self.came = self.expected = 0
        self.seconds.clear()


class Line(Client):
    """One connection of somebody. Once it is `measured`, what comes is counted, and with `opens` also opened."""

    meter: Meter | None = None
    opens = False

    def measured(self, meter: Meter, opens: bool) -> None:
        """From now on it counts."""
        if self._udp:
            stamps(self._udp)
        self.meter, self.opens = meter, opens
        comes = [part for part in read_offer(self.offers[-1].sdp).parts if part.has("sendonly")]
        self._heard = [one for part in comes for one in sources(part)]

    def _readable(self, own: socket.socket) -> None:
        for _ in range(BATCH):
            try:
                data, at = stamped(own)
            except OSError:
                return
            if self.meter and 127 < data[0] < 192 and not rtp.is_rtcp(data):
                self.meter.takes(data, at, self.secure.unprotect if self.opens else None)
            else:
                self.datagram_received(data)

    def datagram_received(self, data: bytes) -> None:
        """As a full ICE agent it answers checks, which Janus makes too."""
        if data[0] < 4 and self._udp and (asked := stun.parse(data)).kind == stun.BINDING_REQUEST:
            host, port, *_ = self._udp.getpeername()
            self.send_datagram(stun.answer(asked, host, port, PASSWORD))
        else:
            super().datagram_received(data)

    def report(self) -> None:
        """What a browser says each second by RTCP: its clock to each source, and how all that it gets arrives."""
        now = time.time_ns()
        for one in self.sending.values():
            self.tell(rtcp.sender_report(SenderReport(one.ssrc, (now << 32) // 10**9 & NTP, 0, 1, 1)))
        if self._heard:
            self.tell(rtcp.receiver_reports(1, [Report(ssrc, 0, 0, 0, 0) for ssrc in self._heard]))
        self.said.clear()


def sources(part: Part) -> list[int]:
    """Of a section of an offer: the source that is sent in it, without the one that repairs it."""
    return [int(line.split()[0]) for line in part.all("ssrc")[:1]]


class Way(Protocol):
    """What a crowd needs of a line."""

    sending: Mapping[str, Sending]

    def send(self, packet: bytes) -> None:
        """One packet of RTP."""

    def report(self) -> None:
        """What is said each second by RTCP."""

    def measured(self, meter: Meter, opens: bool) -> None:
        """From now on it counts."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who sends by one line and gets by another, which may be the same."""

    sends: Way
    gets: Way


class Voice:
    """Somebody speaks all the time."""

    def __init__(self, ssrc: int, send: Callable[[bytes], None]) -> None:
        self._ssrc, self._send, self._seq = ssrc, send, 0

    def next(self) -> float:
        """Sends a packet, and says after how many seconds the next is due."""
        self._seq += 1
        payload = STAMP.pack(time.time_ns()) + bytes(VOICE_BYTES - STAMP.size)
        self._send(packets.rtp(self._ssrc, self._seq, payload, OPUS.payload_type, 960 * self._seq, VOICE_LABELS))
        return VOICE_GAP


class Camera:
    """Somebody's picture: packets one behind the other, as Chromium sends them (`bursts.py`), some a byte longer."""

    def __init__(self, ssrc: int, send: Callable[[bytes], None]) -> None:
        self._ssrc, self._send, self._seq = ssrc, send, 0

    def next(self) -> float:
        """Sends a picture, and says after how many seconds the next is due."""
        for part in range(FRAME_PACKETS):
            self._send_part(self._seq // FRAME_PACKETS, part)
            self._seq += 1
        return FRAME_GAP

    def _send_part(self, frame: int, part: int) -> None:
        """A picture is shared out evenly; what is left over makes its last packets a byte longer."""
        size = PACKET_BYTES + (part >= FRAME_PACKETS - frame % FRAME_PACKETS)
        described = packets.vp8(frame, frame % KEY_FRAME_EVERY == 0, size=0)
        if part:
            described = bytes([described[0] & 0xEF]) + described[1:]  # not the beginning of a frame
        payload = described + STAMP.pack(time.time_ns()) + bytes(size - DESCRIPTOR - STAMP.size)
        labels = rtp.send_time(time.monotonic()).join(PICTURE_LABELS)
        last = int(part == FRAME_PACKETS - 1)
        self._send(packets.rtp(self._ssrc, self._seq, payload, VP8.payload_type, 3600 * frame, labels, last))


class Crowd:
    """All the people, each with a voice and a camera."""

    def __init__(self, load: Load, people: Sequence[Person]) -> None:
        self.meter = Meter()
        self._people = people
        self._streams: list[Voice | Camera] = []
        for place, one in enumerate(people):
            one.gets.measured(self.meter, opens=place in (0, len(people) - 1))  # who came in first, and last
            if one.sends is not one.gets:
                one.sends.measured(self.meter, opens=False)
            for mid, sending in one.sends.sending.items():
                kind, copies = (Camera, load.watchers) if int(mid) else (Voice, load.people - 1)
                self._streams.append(kind(sending.ssrc, self._sends(one.sends, copies)))

    def _sends(self, line: Way, copies: int) -> Callable[[bytes], None]:
        def send(packet: bytes) -> None:
            self.meter.expected += copies
            line.send(packet)

        return send

    async def talk(self, seconds: float) -> None:
        """Everybody speaks and shows themselves."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        due = [(begun + place / 997 % FRAME_GAP, place) for place in range(len(self._streams))]
        due += [(begun + place / 97 % REPORT_SECONDS, place) for place in range(-len(self._people), 0)]
        heapq.heapify(due)
        while due[0][0] < begun + seconds:
            at, place = due[0]
            await asyncio.sleep(max(0.0, at - loop.time()))
            heapq.heapreplace(due, (at + self._next(place), place))

    def _next(self, place: int) -> float:
        """What is due there: a packet of a stream, or reports of somebody; places below 0 are people's."""
        if place >= 0:
            return self._streams[place].next()
        one = self._people[place]
        one.sends.report()
        if one.gets is not one.sends:
            one.gets.report()
        return REPORT_SECONDS

    async def settle(self) -> None:
        """Returns when nothing more comes."""
        before = -1
        while self.meter.came != before:
            before = self.meter.came
            await asyncio.sleep(SETTLE_SECONDS)


@contextmanager
def tidied() -> Iterator[None]:
    """Garbage is collected before, and not while this lasts: who stands still for 10 ms sends all that was due then."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def stamps(own: socket.socket) -> None:
    """The kernel says from now on when each datagram came to this socket, where it can."""
    with suppress(OSError):
        own.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)


def stamped(own: socket.socket) -> tuple[bytes, int]:
    """A datagram, and when it came in ns since the epoch. Raises OSError when there is none."""
    data, told, _, _ = own.recvmsg(MAX_DATAGRAM, ROOM)
    for _, kind, value in told:
        if kind == SO_TIMESTAMPNS:
            seconds, ns = TIMESPEC.unpack(value)
            return data, seconds * 10**9 + ns
    return data, time.time_ns()
