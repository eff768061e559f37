"""The places in a TIFF and in the raw photos that are built like one (DNG, NEF, CR2, ARW, ORF, RW2): GPS, XMP, IPTC.

A raw photo is for those who will develop it, so what a program needs for that stays: exposure, lens, a maker's notes.
What goes gets a tag that means nothing, between the same neighbours; the pictures inside are cleared as JPEGs are.
Source: TIFF 6.0, section 2; CIPA DC-008; Adobe DNG 1.7.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from store.traces.canvas import Canvas, Window
from store.traces.jpeg import erase_jpeg

MAX_DIRECTORIES = 200
MAX_ENTRIES = 4096  # of one directory
SMALLEST = 100  # bytes of what may be a JPEG

_GPS, _EXIF, _MORE = 0x8825, 0x8769, 0x014A  # tags whose values are places of directories
_TOLD = {0x02BC: 0x02BD, 0x83BB: 0x83BC, 0x8649: 0x864A, _GPS: 0x8826}
"""XMP, IPTC, Photoshop's, GPS; and the unassigned tag that each becomes, so that a directory stays in order."""
_STRIPS, _STRIP_LENGTHS, _JPEG, _JPEG_LENGTH = 0x0111, 0x0117, 0x0201, 0x0202
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}  # bytes, by type
_BYTES = {1, 7}  # types that hold anything
_NUMBERS = {3: "H", 4: "I", 13: "I"}  # types whose values are whole numbers


@dataclass(frozen=True)
class _Entry:
    """An entry at `at` of a directory; its value lies at `first`, `length` bytes of it."""

    tag: int
    kind: int
    count: int
    at: int
    first: int
    length: int


def erase_tiff(canvas: Canvas) -> int:
    """Erase them; all of the file counts."""
    order = "<" if canvas.read(0, 2) == b"II" else ">"
    waiting = [_number(canvas, order, 4)]
    seen: set[int] = set()
    while waiting and len(seen) < MAX_DIRECTORIES:
        at = waiting.pop()
        if at < 8 or at in seen:
            continue
        seen.add(at)
        entries, following = _directory(canvas, order, at)
        waiting += [following, *_further(canvas, order, entries)]
        _erase_pictures(canvas, order, entries)
        for entry in entries:
            if entry.tag in _TOLD:
                _erase_entry(canvas, order, entry)
    return canvas.size


def _directory(canvas: Canvas, order: str, at: int) -> tuple[list[_Entry], int]:
    """Its entries, and the place of the one that follows, 0 for none."""
    count = int.from_bytes(canvas.read(at, 2), "little" if order == "<" else "big")
    canvas.spend(12 * count)
    table = canvas.read(at + 2, 12 * min(count, MAX_ENTRIES))
    entries = []
    for place in range(0, len(table) - 11, 12):
        tag, kind, number, value = struct.unpack_from(f"{order}HHII", table, place)
        length = number * _WIDTHS.get(kind, 1)
        first = value if length > 4 else at + 2 + place + 8
        entries.append(_Entry(tag, kind, number, at + 2 + place, first, length))
    return entries, _number(canvas, order, at + 2 + 12 * count) if count <= MAX_ENTRIES else 0


def _further(canvas: Canvas, order: str, entries: list[_Entry]) -> Iterator[int]:
    """The places of the directories within this one, but for that of GPS."""
    for entry in entries:
        if entry.tag in {_EXIF, _MORE}:
            yield from _numbers(canvas, order, entry)


def _erase_entry(canvas: Canvas, order: str, entry: _Entry) -> None:
    """Its value, and of GPS the directory it leads to with all of that one's values."""
    if entry.tag == _GPS:
        for at in _numbers(canvas, order, entry):
            inner, _ = _directory(canvas, order, at)
            for one in inner:
                canvas.blank(one.first, one.first + one.length)
            canvas.blank(at, at + 2 + 12 * len(inner) + 4)
    canvas.blank(entry.first, entry.first + entry.length)
    canvas.put(entry.at, struct.pack(f"{order}H", _TOLD[entry.tag]))


def _erase_pictures(canvas: Canvas, order: str, entries: list[_Entry]) -> None:
    """A camera's own small copies are whole JPEGs, which may say their place once more."""
    tags = {one.tag: one for one in entries}
    places = [(one.first, one.length) for one in entries if one.kind in _BYTES and one.length > SMALLEST]
    for first, length in ((_JPEG, _JPEG_LENGTH), (_STRIPS, _STRIP_LENGTHS)):
        if first in tags and length in tags:
            each = (_numbers(canvas, order, tags[one]) for one in (first, length))
            places += zip(*each, strict=False)
    for at, size in places:
        canvas.spend()
        if canvas.read(at, 3) == b"\xff\xd8\xff":
            erase_jpeg(Window(canvas, at, size))


def _numbers(canvas: Canvas, order: str, entry: _Entry) -> list[int]:
    """Its value as whole numbers; none if it has another type."""
    form = _NUMBERS.get(entry.kind)
    if form is None:
        return []
    width = struct.calcsize(f"{order}{form}")
    count = min(entry.count, MAX_ENTRIES)
    raw = canvas.read(entry.first, count * width)
    return [number for (number,) in struct.iter_unpack(f"{order}{form}", raw[: len(raw) // width * width])]


def _number(canvas: Canvas, order: str, at: int) -> int:
    raw = canvas.read(at, 4)
    return int(struct.unpack(f"{order}I", raw)[0]) if len(raw) == 4 else 0
