"""A short film made beforehand, in VP8 as cameras of calls send it: a key frame, then what changes from there.

Played again and again it begins with its second picture: a camera sends a key frame when it is asked for one, and one
that came by itself might be what a newcomer begins with. A decoder does not mind what it adds a change to.
"""

import random
import struct
import time
from collections.abc import Iterator
from fractions import Fraction

from calls.formats import MID, SEND_TIME, STREAM_ID, VP8
from tests.calls import packets

RATE = 30  # pictures a second
PICTURES = 30
PAYLOAD = 1100  # bytes of a picture in one packet
NOISE = 0x07  # of 255: as much as a dim room has
STEP = VP8.clock // RATE
BEGINS, GOES_ON = 0x90, 0x80  # first byte of the descriptor (RFC 7741, 4.2)
PICTURE_ID = 1 << 15


def film(width: int, height: int, bitrate: int, pictures: int = PICTURES) -> list[bytes]:
    """Pictures of something that moves, encoded; the first is a key frame, and no other."""
    import av

    encoder = av.CodecContext.create("libvpx", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.bit_rate, encoder.gop_size = Fraction(1, RATE), bitrate, 10 * pictures
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "error-resilient": "default", "lag-in-frames": "0"}
    seen = scene(width, height + pictures)
    encoded = []
    for number in range(pictures):
        frame = av.VideoFrame(width, height, "yuv420p")
        frame.pts = number
        for plane, grey in zip(frame.planes, (None, b"\x70", b"\x90"), strict=True):
            start = 3 * number
            plane.update(grey * plane.buffer_size if grey else seen[start : start + plane.buffer_size])
        encoded += [bytes(one) for one in encoder.encode(frame)]
    return encoded


def scene(width: int, height: int) -> bytes:
    """So many rows of grey waves and noise, of which a key frame is no small one. No sum is more than a byte."""
    waves = bytes(abs(at % 160 - 80) + 60 for at in range(width + 160)) * height
    noise = int.from_bytes(random.Random(7).randbytes(len(waves))) & int.from_bytes(bytes([NOISE]) * len(waves))
    return (int.from_bytes(waves) + noise).to_bytes(len(waves))


class Camera:
    """One stream of a camera, in a layer or without; `pictures` are a film's."""

    def __init__(self, ssrc: int, pictures: list[bytes], layer: str = "") -> None:
        self.ssrc = ssrc
        self.sent = self.octets = 0  # packets, and the bytes in them
        self.timestamp = 0
        self._pictures = pictures
        self._layer = layer
        self._next = 0
        self._number = 0

    def begin_anew(self) -> None:
        """The next picture is a key frame."""
        self._next = 0

    def shoot(self) -> Iterator[bytes]:
        """The packets of the next picture."""
        picture = self._pictures[self._next]
        self._next = self._next % (len(self._pictures) - 1) + 1
        self._number += 1
        self.timestamp = STEP * self._number & 0xFFFFFFFF
        described = bytes([0xC0]) + struct.pack("!HB", PICTURE_ID | self._number % PICTURE_ID, self._number & 0xFF)
        for at in range(0, len(picture), PAYLOAD):
            part = picture[at : at + PAYLOAD]
            payload = bytes([GOES_ON if at else BEGINS]) + described + part
            last = at + PAYLOAD >= len(picture)
            self.sent += 1
            self.octets += len(payload)
            yield packets.rtp(
                self.ssrc, self.sent, payload, VP8.payload_type, self.timestamp, self._labels(), marker=int(last)
            )

    def _labels(self) -> bytes:
        sent_at = struct.pack("!I", int(time.time() * (1 << 18)) & 0xFFFFFF)[1:]
        layer = [(STREAM_ID, self._layer.encode())] if self._layer else []
        return packets.extensions((MID, b"1"), (SEND_TIME, sent_at), *layer)
