"""A WebP's traces: EXIF, XMP, and every chunk that no decoder needs. Source: RFC 9649, section 2."""

from store.traces.canvas import Canvas
from store.traces.exif import bare, orientation

MAX_CHUNKS = 100_000
MAX_EXIF = 1024 * 1024

_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_NOTHING = b"JUNK"
_SAYS_EXIF, _SAYS_XMP = 0x08, 0x04  # of the flags in VP8X


def erase_webp(canvas: Canvas) -> int:
    """Erase them; answers where the picture ends."""
    end = min(canvas.size, 8 + int.from_bytes(canvas.read(4, 4), "little"))
    at, extended, stands = 12, 0, 1
    for _ in range(MAX_CHUNKS):
        head = canvas.read(at, 8)
        if len(head) < 8 or at >= end:
            break
        kind, length = head[:4], int.from_bytes(head[4:], "little")
        if kind == b"VP8X":
            extended = at + 8
        elif kind not in _KEPT:
            stands = max(stands, _erase_chunk(canvas, at, kind, length))
        at += 8 + length + length % 2
    if told := canvas.read(extended, 1) if extended else b"":
        flags = told[0] & ~_SAYS_XMP
        canvas.put(extended, bytes([flags if stands > 1 else flags & ~_SAYS_EXIF]))
    return end


def _erase_chunk(canvas: Canvas, at: int, kind: bytes, length: int) -> int:
    """Answers how the picture stands, as far as this chunk knows."""
    content = canvas.read(at + 8, min(length, MAX_EXIF)) if kind == b"EXIF" else b""
    stands = orientation(content.removeprefix(b"Exif\0\0"))
    left = bare(stands) if stands > 1 else b""
    canvas.put(at, kind if left else _NOTHING)
    canvas.put(at + 8, left)
    canvas.blank(at + 8 + len(left), at + 8 + length)
    return stands
