"""RTP packets as browsers make them."""

import struct

from calls import formats
from calls.formats import AUDIO_LEVEL, MID, SEND_TIME, STREAM_ID

KEY = 0x00  # first byte of a VP8 frame: the inverse key frame bit
DELTA = 0x01

BROKEN_HELLO = (
    b"\x16\xfe\xfd" + bytes(7) + b"\x01\x00\x10\x01" + bytes(15)
)  # DTLS: a whole record with half a hello in it


def extensions(*pairs: tuple[int, bytes]) -> bytes:
    """A block of one-byte header extensions."""
    body = b"".join(bytes([number << 4 | len(value) - 1]) + value for number, value in pairs)
    body += bytes(-len(body) % 4)
    return b"\xbe\xde" + struct.pack("!H", len(body) // 4) + body


def rtp(
    ssrc: int,
    seq: int,
    payload: bytes,
    payload_type: int = 111,
    timestamp: int = 0,
    labels: bytes = b"",
    marker: int = 0,
) -> bytes:
    """One packet; `labels` as extensions() makes them."""
    first = 0x90 if labels else 0x80
    numbers = struct.pack("!BBHII", first, marker << 7 | payload_type, seq & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    return numbers + labels + payload


def voice(ssrc: int, seq: int, level: int = 30, mid: str = "0") -> bytes:
    """20 ms of Opus with its loudness."""
    labels = extensions((MID, mid.encode()), (AUDIO_LEVEL, bytes([0x80 | level])))
    return rtp(ssrc, seq, b"opus" + bytes(80), timestamp=960 * seq, labels=labels)


def vp8(picture: int, key: bool, tl0: int = 0, size: int = 40) -> bytes:
    """A VP8 payload: the beginning of a frame with a 15-bit picture id and TL0PICIDX (RFC 7741, 4.2)."""
    descriptor = bytes([0x90, 0xC0]) + struct.pack("!H", 0x8000 | picture & 0x7FFF) + bytes([tl0 & 0xFF])
    return descriptor + bytes([KEY if key else DELTA]) + bytes(size)


def picture(
    ssrc: int, seq: int, key: bool = False, mid: str = "1", layer: str = "", number: int | None = None, size: int = 40
) -> bytes:
    """A packet that is a whole VP8 frame."""
    labels = [(MID, mid.encode()), (SEND_TIME, b"\1\2\3")]
    if layer:
        labels.append((STREAM_ID, layer.encode()))
    payload = vp8(seq if number is None else number, key, size=size)
    block = extensions(*labels)
    return rtp(ssrc, seq, payload, formats.VP8.payload_type, timestamp=3000 * seq, labels=block, marker=1)
