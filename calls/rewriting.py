"""One unbroken stream made of several: the numbers of packets go on where another layer, or a pause, broke them.

A newcomer's first mistake is to forget what is asked for again: a receiver asks by the numbers it got, and the ring
holds the numbers that came.
"""

import struct
from collections import deque
from dataclasses import dataclass, field

from calls import video
from calls.rtp import Header, is_newer

REMEMBERED = 8  # switches within which a lost packet can still be found


@dataclass(slots=True)
class Segment:
    """A stretch of one layer: what is added to its numbers, from its packet `first` on."""

    layer: str
    first: int
    seq: int
    timestamp: int
    picture: int = 0
    tl0: int = 0
    out_first: int = field(init=False)

    def __post_init__(self) -> None:
        self.out_first = self.first + self.seq & 0xFFFF

    def is_before(self, seq: int) -> bool:
        """Whether a packet of the layer was made before this stretch began."""
        return seq != self.first and not is_newer(seq, self.first)


class Rewriter:
    """The stream of one receiver. What was sent so far is told with `continues`."""

    def __init__(self) -> None:
        self._segments: deque[Segment] = deque(maxlen=REMEMBERED)
        self._seq: int | None = None  # the newest that was sent
        self._timestamp = 0
        self._at = 0.0  # seconds, when that was
        self._picture: int | None = None
        self._tl0 = 0

    @property
    def timestamp_offset(self) -> int:
        """What is added to timestamps now: a sender report needs it too."""
        return self._segments[-1].timestamp if self._segments else 0

    def continues(self, layer: str, first: int, packet: bytes, now: float) -> None:
        """Until now packets went out as they came, from number `first` to this one."""
        header = Header(packet)
        self._segments.append(Segment(layer, first, 0, 0))
        self._note(packet, header.seq, header.timestamp, now)
        self._note_picture(header.payload_type, packet, header.start)

    def begin(self, layer: str, packet: bytes, header: Header, clock: int, now: float) -> None:
        """With this packet, the first of a key frame, another stretch begins."""
        if self._seq is None:
            self._segments.append(Segment(layer, header.seq, 0, 0))
            return
        last = self._segments[-1]
        segment = Segment(
            layer, header.seq, self._seq + 1 - header.seq & 0xFFFF, last.timestamp, last.picture, last.tl0
        )
        if layer != last.layer:  # its clock has nothing to do with the other's
            elapsed = max(1, int((now - self._at) * clock))
            segment.timestamp = self._timestamp + elapsed - header.timestamp & 0xFFFFFFFF
            self._join_pictures(segment, header.payload_type, packet, header.start)
        self._segments.append(segment)

    def _join_pictures(self, segment: Segment, payload_type: int, packet: bytes, start: int) -> None:
        one = video.picture(payload_type, packet, start)
        if one is not None and self._picture is not None:
            segment.picture = self._picture + 1 - one.id_in(packet) & 0x7FFF
            segment.tl0 = self._tl0 + 1 - packet[one.tl0_at] & 0xFF if one.tl0_at else 0

    def rewrite(self, packet: bytes, header: Header, now: float) -> bytes | None:
        """The packet as this receiver gets it; None if it was made before the stretch that is being sent."""
        segment = self._segments[-1]
        if segment.is_before(header.seq):
            return None
        out = _renumbered(packet, header, segment)
        seq = header.seq + segment.seq & 0xFFFF
        if self._seq is None or is_newer(seq, self._seq):
            self._note(out, seq, header.timestamp + segment.timestamp & 0xFFFFFFFF, now)
            self._note_picture(header.payload_type, out, header.start)
        return out

    def _note(self, packet: bytes, seq: int, timestamp: int, now: float) -> None:
        self._seq, self._timestamp, self._at = seq, timestamp, now

    def _note_picture(self, payload_type: int, packet: bytes, start: int) -> None:
        if one := video.picture(payload_type, packet, start):
            self._picture = one.id_in(packet)
            self._tl0 = packet[one.tl0_at] if one.tl0_at else 0

    def find(self, seq: int) -> tuple[Segment, int] | None:
        """The stretch in which this number was sent, and the number it had come with."""
        for segment in reversed(self._segments):
            if seq == segment.out_first or is_newer(seq, segment.out_first):
                return segment, seq - segment.seq & 0xFFFF
        return None


def again(packet: bytes, segment: Segment) -> bytes:
    """A packet of the ring as it was sent in this stretch."""
    return _renumbered(packet, Header(packet), segment)


def _renumbered(packet: bytes, header: Header, segment: Segment) -> bytes:
    numbers = struct.pack("!HI", header.seq + segment.seq & 0xFFFF, header.timestamp + segment.timestamp & 0xFFFFFFFF)
    out = packet[:2] + numbers + packet[8:]
    if not (segment.picture or segment.tl0):
        return out
    one = video.picture(header.payload_type, packet, header.start)
    return out if one is None else _repictured(out, one, segment)


def _repictured(packet: bytes, one: video.Picture, segment: Segment) -> bytes:
    changed = bytearray(packet)
    number = one.id_in(packet) + segment.picture
    if one.long:
        changed[one.at : one.at + 2] = (number & 0x7FFF | 0x8000).to_bytes(2, "big")
    else:
        changed[one.at] = number & 0x7F
    if one.tl0_at:
        changed[one.tl0_at] = changed[one.tl0_at] + segment.tl0 & 0xFF
    return bytes(changed)
