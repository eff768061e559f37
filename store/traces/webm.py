"""A WebM's traces: its tags, attachments, title, date and programs, and whatever an editor left in voided stretches.

What goes becomes Void, which players pass over, so that places named elsewhere in the file stay right. Browsers write
films whose segment and clusters do not say how long they are. Source: RFC 8794 (EBML), RFC 9559 (Matroska).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from store.traces.canvas import Canvas

MAX_INSIDE = 10_000  # elements of the segment's description
LOOK = 256  # bytes of work that an element counts for; a second of sound has fifty, of 100 bytes or more

_SEGMENT, _CLUSTER, _INFO = 0x18538067, 0x1F43B675, 0x1549A966
_TAGS, _ATTACHMENTS, _VOID, _CHECKSUM = 0x1254C367, 0x1941A469, 0xEC, 0xBF
_TITLE, _DATE, _FILE, _BEFORE, _AFTER = 0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB
_PROGRAMS = {0x4D80, 0x5741}  # they must stand there; empty is enough
_TOLD = {_TITLE, _DATE, _FILE, _BEFORE, _AFTER, _CHECKSUM, _VOID}


@dataclass(frozen=True)
class _Element:
    """An element at `at`; its content lies from `first` until before `last`, `last` None where it does not say.

    One that is cut short, or says that it is longer than the file, ends with the file.
    """

    kind: int
    at: int
    first: int
    last: int | None


def erase_webm(canvas: Canvas) -> int:
    """Erase them; all of the file counts."""
    at = 0
    while (element := _element(canvas, at)) is not None:
        if element.kind == _SEGMENT or (element.kind == _CLUSTER and element.last is None):
            at = element.first
            continue
        if element.last is None:
            break
        if element.kind in {_TAGS, _ATTACHMENTS, _VOID, _CHECKSUM}:
            _void(canvas, element.at, element.last)
        elif element.kind == _INFO:
            _erase_description(canvas, element.first, element.last)
        at = element.last
    return canvas.size


def _erase_description(canvas: Canvas, first: int, last: int) -> None:
    for element in _inside(canvas, first, last):
        assert element.last is not None
        if element.kind in _TOLD:
            _void(canvas, element.at, element.last)
        elif element.kind in _PROGRAMS:
            canvas.blank(element.first, element.last)


def _inside(canvas: Canvas, first: int, last: int) -> Iterator[_Element]:
    """The elements in a stretch, until one that cannot be."""
    for _ in range(MAX_INSIDE):
        element = _element(canvas, first) if first < last else None
        if element is None or element.last is None or element.last > last:
            return
        yield element
        first = element.last


def _element(canvas: Canvas, at: int) -> _Element | None:
    """The one that begins there, or None where none can."""
    canvas.spend(LOOK)
    head = canvas.read(at, 12)
    name = _length(head[:1], most=4)
    size = _length(head[name : name + 1], most=8) if name else 0
    if not size or len(head) < name + size:
        return None
    kind = int.from_bytes(head[:name], "big")
    told = int.from_bytes(head[name : name + size], "big") & ((1 << 7 * size) - 1)
    first = at + name + size
    return _Element(kind, at, first, None if told == (1 << 7 * size) - 1 else min(first + told, canvas.size))


def _length(first: bytes, most: int) -> int:
    """Bytes of a number of EBML, by how many zeros its first begins with; 0 for what is none."""
    length = 9 - first[0].bit_length() if first else 0
    return length if length <= most else 0


def _void(canvas: Canvas, at: int, last: int) -> None:
    """One element of zeros, from `at` until before `last`. A size in eight bytes fits all but the smallest."""
    total = last - at
    head = bytes([_VOID, 0x80 | total - 2]) if total < 9 else bytes([_VOID, 1]) + (total - 9).to_bytes(7, "big")
    canvas.put(at, head)
    canvas.blank(at + len(head), last)
