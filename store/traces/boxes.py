"""The boxes of ISO's media files (MP4, QuickTime, HEIC, AVIF): found, and blanked. Source: ISO 14496-12, 4.2."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.traces.canvas import Canvas

MAX_BOXES = 20_000  # in one box
NOTHING = b"free"  # a box that players pass over


@dataclass(frozen=True)
class Box:
    """A box at `at`; its content lies from `first` until before `last`."""

    kind: bytes
    at: int
    first: int
    last: int


def boxes(canvas: Canvas, first: int, last: int) -> Iterator[Box]:
    """The boxes in a stretch, until one that cannot be; a box that is cut short ends with the stretch."""
    for _ in range(MAX_BOXES):
        canvas.spend()
        head = canvas.read(first, 16)
        if first + 8 > last or len(head) < 8:
            return
        size, kind, front = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, front = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = last - first
        if size < front:
            return
        yield Box(kind, first, first + front, min(first + size, last))
        first += size


def find(canvas: Canvas, box: Box, *path: bytes) -> Box | None:
    """The first box at the end of this path within another."""
    for kind in path:
        inner = next((one for one in boxes(canvas, box.first, box.last) if one.kind == kind), None)
        if inner is None:
            return None
        box = inner
    return box


def blank(canvas: Canvas, box: Box) -> None:
    """Nothing stands there any more, and everything else where it stood."""
    canvas.put(box.at + 4, NOTHING)
    canvas.blank(box.first, box.last)
