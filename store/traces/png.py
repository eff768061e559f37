"""A PNG's traces: texts, EXIF, and every chunk that no decoder needs. Source: W3C PNG, third edition, 5 and 11."""

import zlib

from store.traces.canvas import PIECE, Canvas
from store.traces.exif import bare, orientation

MAX_CHUNKS = 1_000_000
MAX_EXIF = 1024 * 1024  # bytes read to find how the picture stands

_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV"),
    *(b"cLLI", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT", b"iDOT"),
}
_NOTHING = b"noNe"  # a chunk that decoders pass over: ancillary, private, safe to copy


def erase_png(canvas: Canvas) -> int:
    """Erase them; answers where the picture ends."""
    at = 8
    for _ in range(MAX_CHUNKS):
        canvas.spend()
        head = canvas.read(at, 8)
        if len(head) < 8:
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        end = at + 12 + length
        if kind not in _KEPT and end <= canvas.size:
            _erase_chunk(canvas, at, kind, length)
        if kind == b"IEND":
            return end
        at = end
    return canvas.size


def _erase_chunk(canvas: Canvas, at: int, kind: bytes, length: int) -> None:
    stands = orientation(canvas.read(at + 8, min(length, MAX_EXIF))) if kind == b"eXIf" else 1
    left = bare(stands) if stands > 1 else b""
    name = b"eXIf" if left else _NOTHING
    canvas.put(at + 4, name + left)
    canvas.blank(at + 8 + len(left), at + 8 + length)
    canvas.put(at + 8 + length, _crc(name + left, length - len(left)).to_bytes(4, "big"))


def _crc(front: bytes, zeros: int) -> int:
    crc = zlib.crc32(front)
    while zeros > 0:
        crc = zlib.crc32(bytes(min(zeros, PIECE)), crc)
        zeros -= PIECE
    return crc
