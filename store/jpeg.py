"""What a JPEG's markers say, read before anything is decoded.

A few kilobytes can hold thousands of scans over a large picture, each of which the decoder works through in full; and a
picture in more than one scan is held whole in memory, at its full size. Source: ITU T.81, annex B; libjpeg-turbo's
report on two issues with the JPEG standard, 2015.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE = 256 * 1024  # bytes searched at once
MAX_SEGMENTS = 1000  # before the first scan

_START_OF_SCAN = b"\xff\xda"
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF0 to SOF15, without the tables that stand among them
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length


@dataclass(frozen=True)
class Scans:
    """`count` of scans in the file, of pictures within it too; `whole` if the decoder has to hold all of it at once."""

    count: int
    whole: bool


def read_scans(path: Path) -> Scans:
    """The file's scans. Raises ValueError if the markers are none."""
    return Scans(_count(path), _is_held_whole(path))


def _count(path: Path) -> int:
    """Within a scan 0xFF is always followed by 0x00 or a restart marker, so this finds scans and nothing else."""
    count, last = 0, b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            count += (last + piece).count(_START_OF_SCAN)
            last = piece[-1:] if piece[-1:] == b"\xff" else b""
    return count


def _is_held_whole(path: Path) -> bool:
    """Progressive, or with components in scans of their own."""
    components, progressive = 0, False
    for kind, content in _segments(path):
        if kind in _FRAMES:
            components, progressive = content[5], kind in _PROGRESSIVE
        elif kind == _START_OF_SCAN[1]:
            return progressive or content[0] < components
    raise ValueError("expected a scan, found none")


def _segments(path: Path) -> Iterator[tuple[int, bytes]]:
    """Marker and first bytes of each segment, from the front. Raises ValueError where no marker stands."""
    with path.open("rb") as file:
        at = 2
        for _ in range(MAX_SEGMENTS):
            file.seek(at)
            head = file.read(10).ljust(10, b"\0")
            if head[0] != 0xFF:
                raise ValueError(f"expected a marker at {at}, found {head[:2]!r}")
            if head[1] == 0xFF:  # filling before a marker
                at += 1
            elif head[1] in _ALONE:
                at += 2
            else:
                yield head[1], head[4:]
                at += 2 + int.from_bytes(head[2:4], "big")
