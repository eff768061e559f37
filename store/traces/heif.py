"""The traces of a HEIC or AVIF: its EXIF and XMP items, and what phones put beside the picture.

How it stands is a property of its own there and stays. Source: ISO 14496-12, 8.11 (meta, iinf, iloc); ISO 23008-12.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from store.traces.boxes import Box, blank, boxes, find
from store.traces.canvas import Canvas
from store.traces.exif import UPRIGHT, bare
from store.traces.film import erase_moov

MAX_TABLE = 4 * 1024 * 1024  # bytes of a list of items

_OUTSIDE = {b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"free", b"skip", b"wide"}
_TRACES = {b"Exif", b"mime", b"uri "}  # types of items that are no picture
_FULL = 4  # bytes of version and flags before a box's own
_NOTHING_SAID = bytes(4) + bare(UPRIGHT)  # an EXIF item begins with where its TIFF does


def erase_heif(canvas: Canvas) -> int:
    """Erase them; answers where the boxes end."""
    end = 0
    for box in boxes(canvas, 0, canvas.size):
        end = box.last
        if box.kind == b"meta":
            _erase_items(canvas, box)
        elif box.kind == b"moov":
            erase_moov(canvas, box)
        elif box.kind not in _OUTSIDE:
            blank(canvas, box)
    return end


def _erase_items(canvas: Canvas, box: Box) -> None:
    meta = Box(box.kind, box.at, box.first + _FULL, box.last)
    names, places, data = (find(canvas, meta, kind) for kind in (b"iinf", b"iloc", b"idat"))
    if names is None or places is None:
        return
    traces = {number: kind for number, kind in _items(canvas, names) if kind in _TRACES}
    for extent in _extents(canvas.read(places.first, min(places.last - places.first, MAX_TABLE))):
        if extent.item in traces:
            at = extent.at + (data.first if extent.in_data and data else 0)
            left = _NOTHING_SAID if traces[extent.item] == b"Exif" and extent.length >= len(_NOTHING_SAID) else b""
            canvas.put(at, left)
            canvas.blank(at + len(left), at + extent.length)


def _items(canvas: Canvas, names: Box) -> Iterator[tuple[int, bytes]]:
    """Number and type of each item."""
    wide = canvas.read(names.first, 1) != b"\0"
    first = names.first + _FULL + (4 if wide else 2)
    for box in boxes(canvas, first, names.last):
        head = canvas.read(box.first, 16)
        if box.kind == b"infe" and head[:1] in (b"\2", b"\3"):
            width = 2 if head[:1] == b"\2" else 4
            yield int.from_bytes(head[4 : 4 + width], "big"), head[6 + width : 10 + width]


@dataclass(frozen=True)
class _Extent:
    """A stretch of an item, in the file or within `idat`."""

    item: int
    in_data: bool
    at: int
    length: int


def _extents(iloc: bytes) -> Iterator[_Extent]:
    try:
        yield from _read_extents(iloc)
    except (IndexError, struct.error):
        return


def _read_extents(iloc: bytes) -> Iterator[_Extent]:
    version = iloc[0]
    widths = [iloc[4] >> 4, iloc[4] & 15, iloc[5] >> 4, iloc[5] & 15 if version else 0]  # offset, length, base, index
    at = 6

    def number(width: int) -> int:
        nonlocal at
        if at + width > len(iloc):
            raise IndexError
        at += width
        return int.from_bytes(iloc[at - width : at], "big")

    wide = 4 if version == 2 else 2
    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)  # which file the data is in; ours
        base = number(widths[2])
        for _ in range(number(2)):
            number(widths[3])
            offset, length = number(widths[0]), number(widths[1])
            yield _Extent(item, method == 1, base + offset, length)
