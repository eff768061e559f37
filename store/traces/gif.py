"""A GIF's traces: comments, XMP, and what other programs put into their own extensions. Its loops and colours stay.

XMP lies in a GIF as it is, without the blocks everything else is cut into, and ends in bytes that lead any decoder to
its end: so an extension that goes is laid out anew, as blocks of zeros. Source: GIF89a; Adobe XMP, part 3.
"""

from store.traces.canvas import Canvas

LOOK = 256  # bytes of work that a block counts for; most have 255
MAX_LOOP = 64  # bytes of the extension that says how often to play; more is something else in its clothes

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_TIMING, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
_COLOURS = b"ICCRGBG1012"


def erase_gif(canvas: Canvas) -> int:
    """Erase them; answers where the picture ends. As decoders do, it passes over what cannot begin a block."""
    at = 13 + _colours(canvas, 10)
    while at < canvas.size:
        canvas.spend()
        kind = canvas.read(at, 2)
        if kind[0] == _END:
            return at + 1
        if kind[0] == _IMAGE:
            at = _after(canvas, at + 11 + _colours(canvas, at + 9))
        elif kind[0] == _EXTENSION and len(kind) == 2:
            end = _after(canvas, at + 2)
            if not _is_needed(canvas, kind[1], at + 2, end):
                _erase_extension(canvas, at, end)
            at = end
        else:
            at += 1
    return canvas.size


def _colours(canvas: Canvas, at: int) -> int:
    """Bytes of the table of colours that the flags there announce."""
    flags = canvas.read(at, 1)
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after(canvas: Canvas, at: int) -> int:
    """The place behind a chain of blocks; each says its length, and one of none ends it."""
    while length := canvas.read(at, 1):
        canvas.spend(LOOK)
        at += 1 + length[0]
        if not length[0]:
            break
    return min(at, canvas.size)


def _is_needed(canvas: Canvas, label: int, first: int, end: int) -> bool:
    """Whether decoders need it: for how long a picture stands, how often all is played, and which colours are meant."""
    if label == _TIMING:
        return end - first <= MAX_LOOP
    name = canvas.read(first + 1, 11)
    return label == _APPLICATION and (name == _COLOURS or (name in _LOOPS and end - first <= MAX_LOOP))


def _erase_extension(canvas: Canvas, at: int, end: int) -> None:
    """A comment of zeros takes its place, in blocks of its own that end where it ended."""
    canvas.put(at + 1, bytes([_COMMENT]))
    at += 2
    while end - at > 1:
        length = min(255, end - at - 2)
        length -= end - at - length == 3  # one byte could be no block and no end
        canvas.spend()
        canvas.put(at, bytes([length]) + bytes(length))
        at += 1 + length
    canvas.put(at, b"\0")
