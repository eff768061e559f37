"""EXIF: all of it goes but how the picture stands. Source: CIPA DC-008 (TIFF 6.0 inside)."""

import struct
from collections.abc import Iterator

ORIENTATION = 0x0112
UPRIGHT = 1
MAX_ENTRIES = 200  # of the first directory
SHORT = 3  # TIFF's type of an orientation


def orientation(tiff: bytes) -> int:
    """1 to 8 as in EXIF; 1 (upright) where none is said, or nothing can be read."""
    for tag, value in _entries(tiff):
        if tag == ORIENTATION and 1 <= value <= 8:
            return value
    return UPRIGHT


def bare(stands: int) -> bytes:
    """A TIFF that says how a picture stands and nothing else; of an upright one, that there is nothing to say."""
    if stands == UPRIGHT:
        return b"MM\0*\0\0\0\x08" + bytes(6)
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, ORIENTATION, SHORT, 1, stands, 0, 0)


def _entries(tiff: bytes) -> Iterator[tuple[int, int]]:
    """Tag and value of each short in the first directory."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, MAX_ENTRIES)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if kind == SHORT:
                yield tag, value
    except struct.error:
        return
