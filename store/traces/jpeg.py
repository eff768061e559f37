"""A JPEG's traces: EXIF, XMP, IPTC, a maker's own segments, comments, and whatever hangs behind the picture.

Behind it phones keep a second picture with an EXIF of its own, a short film, or a maker's trailer: all of that is left
out. Source: ITU T.81, annex B; CIPA DC-007 (pictures behind pictures).
"""

import re

from store.traces.canvas import Canvas
from store.traces.exif import bare, orientation

MAX_SEGMENTS = 100_000
MAX_EXIF = 64 * 1024  # bytes; no segment is longer

_COMMENT, _START_OF_SCAN, _END, _EXIF = 0xFE, 0xDA, 0xD9, 0xE1
_APPLICATION = range(0xE0, 0xF0)
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # what decoders need of the applications'
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_IN_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def erase_jpeg(canvas: Canvas) -> int:
    """Erase them; answers where the picture ends. As decoders do, it looks for the next marker where none stands."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        at = canvas.find(_MARKER, at)
        if at < 0:
            break
        head = canvas.read(at, 4)
        kind = head[1]
        if kind == _END:
            return at + 2
        if kind in _ALONE:
            at += 2
            continue
        first, last = at + 4, at + 2 + int.from_bytes(head[2:4], "big")
        if kind == _START_OF_SCAN:
            at = canvas.find(_IN_SCAN, last)
            if at < 0:
                break
            continue
        if kind == _COMMENT or (kind in _APPLICATION and not _is_needed(canvas, kind, first)):
            _erase_segment(canvas, kind, first, last)
        at = max(last, first)
    return canvas.size


def _is_needed(canvas: Canvas, kind: int, first: int) -> bool:
    kept = _KEPT.get(kind)
    return kept is not None and canvas.read(first, len(kept)) == kept


def _erase_segment(canvas: Canvas, kind: int, first: int, last: int) -> None:
    content = canvas.read(first, min(MAX_EXIF, last - first))
    left = b""
    if kind == _EXIF and content.startswith(b"Exif\0\0") and (stands := orientation(content[6:])) > 1:
        left = b"Exif\0\0" + bare(stands)
        left = left if len(left) <= last - first else b""
    canvas.put(first, left)
    canvas.blank(first + len(left), last)
