"""Clients that send as a browser does, ask again for what a bad network lost, and send again what is asked of them.

They say when each packet was sent, and leave out pictures for which they are told that there is no room.
"""

import asyncio
import struct
from dataclasses import dataclass, field

from calls import rtcp, rtp
from calls.formats import OPUS, SEND_TIME, VP8
from calls.reception import Reception
from calls.rtcp import Estimate, Nack
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import Hall
from tests.calls.weather import Relay

STEP_SECONDS = 0.02  # a packet of sound; after every other one a picture
FRAME_PACKETS, PACKET_BYTES = 3, 1000
KEPT = 1024  # packets of pictures that may be asked for again
LATE_SECONDS = 1.0  # a picture that comes later is of no use
LATE_VOICE_SECONDS = 0.3
STAMP = struct.Struct("!dII")  # seconds, number of the picture or of the sound, part of the picture
DESCRIPTOR = 6  # bytes of VP8 before the stamp


@dataclass(slots=True)
class Arrived:
    """What came of the other: by number, the seconds it took. A picture counts once all its parts are there."""

    voice: dict[int, float] = field(default_factory=dict)
    pictures: dict[int, float] = field(default_factory=dict)
    parts: dict[int, set[int]] = field(default_factory=dict)

    def takes_picture(self, stamp: bytes, now: float) -> None:
        """A part of one."""
        at, number, part = STAMP.unpack(stamp)
        there = self.parts.setdefault(number, set())
        there.add(part)
        if len(there) == FRAME_PACKETS:
            self.pictures.setdefault(number, now - at)

    def takes_voice(self, stamp: bytes, now: float) -> None:
        """A packet of sound."""
        at, number, _ = STAMP.unpack(stamp)
        self.voice.setdefault(number, now - at)

    def whole(self, sent: range) -> float:
        """The share of these pictures that came whole and in time."""
        return sum(1 for number in sent if self.pictures.get(number, LATE_SECONDS) < LATE_SECONDS) / len(sent)

    def heard(self, sent: range) -> float:
        """The share of this sound that came in time."""
        return sum(map(self._is_heard, sent)) / len(sent)

    def mended(self, sent: range) -> float:
        """The share of this sound that came, or whose successor did, which tells of it too (FEC, RFC 6716, 2.1.7)."""
        return sum(self._is_heard(number) or self._is_heard(number + 1) for number in sent) / len(sent)

    def _is_heard(self, number: int) -> bool:
        return self.voice.get(number, LATE_VOICE_SECONDS) < LATE_VOICE_SECONDS


def sent(now: float) -> bytes:
    """The header extension that says so."""
    return packets.extensions((SEND_TIME, rtp.send_time(now)))


class Viewer(Client):
    """Somebody behind a bad network, who is with one other."""

    def __init__(self, hall: Hall, relay: Relay, number: int) -> None:
        sending = {"0": Sending(100 + number), "1": Sending(200 + number, 300 + number)}
        super().__init__(hall.unit, hall.desk, f"p{number}", sending)
        self.arrived = Arrived()
        self.voices = self.pictures = 0  # sent so far
        self.asked = 0  # packets it asked for again
        self.most = float("inf")  # bit/s of pictures, as it was told
        self._room = 0.0  # bytes of pictures that may go
        self._relay = relay
        self._reception = Reception(VP8.clock)
        self._theirs = 0  # the source of the pictures that come
        self._kept: dict[int, bytes] = {}  # sent, by number
        self._again = 0

    async def _live(self, port: int) -> None:
        await super()._live(self._relay.port)

    async def chat(self, seconds: float) -> None:
        """Speaks and shows itself, and asks for what it lacks."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        end = due + seconds
        while due < end:
            self._speak(loop.time())
            if self.voices % 2 and self._has_room():
                self._show(loop.time())
            self.mend()
            due += STEP_SECONDS
            await asyncio.sleep(max(0.0, due - loop.time()))

    def mend(self) -> None:
        """Asks for what is missing."""
        if lost := self._reception.wanted(asyncio.get_running_loop().time()):
            self.asked += len(lost)
            self.tell(rtcp.nack(1, self._theirs, lost))

    def _speak(self, now: float) -> None:
        stamp = STAMP.pack(now, self.voices, 0)
        numbers = (OPUS.payload_type, 960 * self.voices, sent(now))
        self.send(packets.rtp(self.sending["0"].ssrc, self.voices, stamp, *numbers))
        self.voices += 1

    def _has_room(self) -> bool:
        """Whether another picture may go."""
        whole = FRAME_PACKETS * PACKET_BYTES
        self._room = min(whole, self._room + self.most / 8 * 2 * STEP_SECONDS)
        if self._room < whole:
            return False
        self._room -= whole
        return True

    def _show(self, now: float) -> None:
        described = packets.vp8(self.pictures, key=self.pictures == 0, size=0)
        for part in range(FRAME_PACKETS):
            seq = self.pictures * FRAME_PACKETS + part
            payload = described + STAMP.pack(now, self.pictures, part)
            payload += bytes(PACKET_BYTES - len(payload))
            last = int(part == FRAME_PACKETS - 1)
            numbers = (VP8.payload_type, 3600 * self.pictures, sent(now), last)
            self._kept[seq & 0xFFFF] = packet = packets.rtp(self.sending["1"].ssrc, seq, payload, *numbers)
            self._kept.pop(seq - KEPT & 0xFFFF, None)
            described = bytes([0x80]) + described[1:]  # not the beginning of a picture
            self.send(packet)
        self.pictures += 1

    def _media(self, data: bytes) -> None:
        if rtp.is_rtcp(data):
            for said in rtcp.read(self.secure.unprotect_rtcp(data) or b""):
                if isinstance(said, Nack):
                    self._send_again(said)
                elif isinstance(said, Estimate):
                    self.most = said.bitrate
        elif plain := self.secure.unprotect(data):
            self._came(plain, asyncio.get_running_loop().time())

    def _send_again(self, said: Nack) -> None:
        for packet in filter(None, map(self._kept.get, said.lost)):
            self._again += 1
            self._room -= len(packet)  # a browser counts it in what it may send
            self.send(rtp.wrap(packet, VP8.rtx, self.sending["1"].rtx_ssrc, self._again))

    def _came(self, packet: bytes, now: float) -> None:
        header = rtp.Header(packet)
        if header.payload_type == OPUS.payload_type:
            self.arrived.takes_voice(packet[header.start :], now)
            return
        if header.payload_type == VP8.rtx:
            repaired = rtp.unwrap(packet, header, VP8.payload_type, self._theirs)
            if repaired is None:
                return
            packet, header = repaired, rtp.Header(repaired)
            self._reception.came_again(header.seq)
        else:
            self._theirs = rtp.ssrc_of(packet)
            self._reception.took(header.seq, header.timestamp, len(packet), now)
        begin = header.start + DESCRIPTOR
        self.arrived.takes_picture(packet[begin : begin + STAMP.size], now)
