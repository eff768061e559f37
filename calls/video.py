"""What must be known of a video payload to change streams in its middle: where a key frame begins, and its picture id.

Payloads may be encrypted between the people of a call; what is read here stands in front of that and stays in the clear
(VP8's first 3 bytes too). A newcomer's first mistake is to look for key frames in packets that continue a frame.
"""

from collections.abc import Callable
from dataclasses import dataclass

from calls.formats import AV1, H264, VP8, VP9

# H264, RFC 6184, 5.2 and 5.4
IDR, SPS, STAP_A, FU_A = 5, 7, 24, 28


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture id stands in a packet, and the TL0PICIDX behind it (0 if there is none)."""

    at: int
    long: bool  # 15 bits, else 7
    tl0_at: int

    def id_in(self, data: bytes) -> int:
        """The picture id."""
        return int.from_bytes(data[self.at : self.at + 2], "big") & 0x7FFF if self.long else data[self.at] & 0x7F


def begins_key_frame(payload_type: int, data: bytes, start: int) -> bool:
    """Whether a decoder could begin with this packet. `start` is where its payload begins."""
    reader = KEY_FRAMES.get(payload_type)
    try:
        return reader is not None and reader(data, start)
    except IndexError:  # a payload that ends too early
        return False


def picture(payload_type: int, data: bytes, start: int) -> Picture | None:
    """The picture id of this packet; None where the codec, or the packet, has none."""
    reader = PICTURES.get(payload_type)
    try:
        return reader(data, start) if reader else None
    except IndexError:
        return None


def _vp8_key(data: bytes, start: int) -> bool:
    """RFC 7741, 4.2 and 4.3: the first partition's start, and the inverse key frame bit."""
    if not (data[start] & 0x10 and data[start] & 0x07 == 0):
        return False
    return data[_vp8_end(data, start)] & 0x01 == 0


def _vp8_end(data: bytes, start: int) -> int:
    """Where the payload descriptor ends."""
    at = start + 1
    if data[start] & 0x80:
        bits = data[at]
        at += 1
        if bits & 0x80:
            at += 2 if data[at] & 0x80 else 1
        at += bool(bits & 0x40) + bool(bits & 0x30)
    return at


def _vp8_picture(data: bytes, start: int) -> Picture | None:
    if not (data[start] & 0x80 and data[start + 1] & 0x80):
        return None
    at = start + 2
    long = bool(data[at] & 0x80)
    tl0_at = at + 1 + long if data[start + 1] & 0x40 else 0
    return _whole(Picture(at, long, tl0_at), data)


def _vp9_key(data: bytes, start: int) -> bool:
    """RFC 9628, 4.2: the beginning of a frame that is predicted from no other, in the lowest spatial layer."""
    bits = data[start]
    if bits & 0x40 or not bits & 0x08:
        return False
    if not bits & 0x20:
        return True
    at = start + 1
    if bits & 0x80:
        at += 2 if data[at] & 0x80 else 1
    return data[at] & 0x0E == 0


def _vp9_picture(data: bytes, start: int) -> Picture | None:
    bits = data[start]
    if not bits & 0x80:
        return None
    at = start + 1
    long = bool(data[at] & 0x80)
    behind = at + 1 + long
    tl0_at = behind + 1 if bits & 0x20 and not bits & 0x10 else 0  # L, and not F: TL0PICIDX follows the layers
    return _whole(Picture(at, long, tl0_at), data)


def _whole(one: Picture, data: bytes) -> Picture | None:
    """Only what lies within the packet."""
    return one if max(one.at + one.long, one.tl0_at) < len(data) else None


def _h264_key(data: bytes, start: int) -> bool:
    kind = data[start] & 0x1F
    if kind == STAP_A:
        kind = data[start + 3] & 0x1F  # behind its own byte and the first one's length
    elif kind == FU_A:
        kind = data[start + 1] & 0x1F if data[start + 1] & 0x80 else 0
    return kind in (IDR, SPS)


def _av1_key(data: bytes, start: int) -> bool:
    """The N bit: the first packet of a coded video sequence (RTP payload format for AV1, 4.4)."""
    return bool(data[start] & 0x08)


KEY_FRAMES: dict[int, Callable[[bytes, int], bool]] = {
    VP8.payload_type: _vp8_key,
    VP9.payload_type: _vp9_key,
    H264.payload_type: _h264_key,
    AV1.payload_type: _av1_key,
}
PICTURES: dict[int, Callable[[bytes, int], Picture | None]] = {
    VP8.payload_type: _vp8_picture,
    VP9.payload_type: _vp9_picture,
}
