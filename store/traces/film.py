"""A film's traces: what phones, drones and cameras write beside picture and sound, tracks of places among them.

Source: ISO 14496-12 for the boxes and tables of samples; Apple's QuickTime File Format for `udta` and `meta`.
"""

import struct
from collections.abc import Iterator

from store.traces.boxes import Box, blank, boxes, find
from store.traces.canvas import Canvas

MAX_SAMPLES = 2_000_000  # of a track whose samples are blanked
MAX_TABLE = 32 * 1024 * 1024  # bytes of one table

_OUTSIDE = {
    *(b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"sidx", b"ssix", b"styp", b"moof", b"mfra", b"pdin"),
    *(b"emsg", b"prft", b"pssh"),
}
_IN_MOOV = {b"mvhd", b"trak", b"mvex", b"iods", b"pssh", b"free", b"skip", b"wide"}
_IN_TRAK = {b"tkhd", b"edts", b"tref", b"mdia", b"load", b"txas", b"imap", b"matt", b"tapt", b"free", b"skip"}
_TRACES = {b"meta", b"mett", b"camm", b"gpmd"}  # handlers of tracks that tell where and how, and show nothing


def erase_film(canvas: Canvas) -> int:
    """Erase them; all of the file counts."""
    for box in boxes(canvas, 0, canvas.size):
        if box.kind == b"moov":
            erase_moov(canvas, box)
        elif box.kind not in _OUTSIDE:
            blank(canvas, box)
    return canvas.size


def erase_moov(canvas: Canvas, moov: Box) -> None:
    """The list of tracks, and what is told beside it."""
    for box in boxes(canvas, moov.first, moov.last):
        if box.kind == b"trak":
            _erase_track(canvas, box)
        elif box.kind not in _IN_MOOV:
            blank(canvas, box)


def _erase_track(canvas: Canvas, track: Box) -> None:
    handler = find(canvas, track, b"mdia", b"hdlr")
    if handler is not None and canvas.read(handler.first + 8, 4) in _TRACES:
        for at, length in _samples(canvas, track):
            canvas.blank(at, at + length)
        blank(canvas, track)
        return
    for box in boxes(canvas, track.first, track.last):
        if box.kind not in _IN_TRAK:
            blank(canvas, box)


def _samples(canvas: Canvas, track: Box) -> Iterator[tuple[int, int]]:
    """Where a track's samples lie, and how long they are."""
    table = find(canvas, track, b"mdia", b"minf", b"stbl")
    if table is None:
        return
    tables = {
        box.kind: canvas.read(box.first, min(box.last - box.first, MAX_TABLE))
        for box in boxes(canvas, table.first, table.last)
    }
    try:
        sizes = _sizes(tables[b"stsz"])
        for at, count in zip(_chunks(tables), _counts(tables[b"stsc"]), strict=False):
            for _ in range(count):
                length = next(sizes)
                yield at, length
                at += length
    except (KeyError, StopIteration, struct.error):
        return


def _sizes(stsz: bytes) -> Iterator[int]:
    same, count = struct.unpack_from(">II", stsz, 4)
    for number in range(min(count, MAX_SAMPLES)):
        yield same or struct.unpack_from(">I", stsz, 12 + 4 * number)[0]


def _chunks(tables: dict[bytes, bytes]) -> Iterator[int]:
    wide = b"co64" in tables
    table, form, width = (tables[b"co64"], ">Q", 8) if wide else (tables[b"stco"], ">I", 4)
    (count,) = struct.unpack_from(">I", table, 4)
    for number in range(min(count, MAX_SAMPLES)):
        yield struct.unpack_from(form, table, 8 + width * number)[0]


def _counts(stsc: bytes) -> Iterator[int]:
    """Samples in each chunk: an entry says how many from its first chunk on, until the next entry's."""
    (count,) = struct.unpack_from(">I", stsc, 4)
    entries = [struct.unpack_from(">II", stsc, 8 + 12 * number) for number in range(min(count, MAX_SAMPLES))]
    ends = [first for first, _ in entries[1:]] + [MAX_SAMPLES]
    for (first, samples), end in zip(entries, ends, strict=False):
        for _ in range(end - first):
            yield samples
