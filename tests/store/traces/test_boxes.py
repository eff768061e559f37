"""Boxes are found where they are, and what cannot be one ends the row."""

import io

from store.traces.boxes import Box, blank, boxes, find
from store.traces.canvas import Canvas
from tests.store.photos import box


def test_boxes_are_found_one_after_another_and_within_each_other() -> None:
    canvas = Canvas(io.BytesIO(box(b"ftyp", b"isom") + box(b"moov", box(b"trak", b"x"), box(b"udta", b"y"))))
    outer = list(boxes(canvas, 0, canvas.size))
    assert [one.kind for one in outer] == [b"ftyp", b"moov"]
    inner = find(canvas, outer[1], b"udta")
    assert inner is not None
    assert canvas.read(inner.first, inner.last - inner.first) == b"y"
    assert find(canvas, outer[1], b"trak", b"mdia") is None


def test_a_size_of_zero_and_a_wide_one_are_understood() -> None:
    wide = b"\0\0\0\1mdat" + (20).to_bytes(8, "big") + b"1234"
    canvas = Canvas(io.BytesIO(wide + b"\0\0\0\0free to the end"))
    assert [(one.kind, one.first, one.last) for one in boxes(canvas, 0, canvas.size)] == [
        (b"mdat", 16, 20),
        (b"free", 28, canvas.size),
    ]


def test_what_cannot_be_a_box_ends_the_row() -> None:
    canvas = Canvas(io.BytesIO(box(b"ftyp") + b"\0\0\0\3moov" + bytes(50)))
    assert [one.kind for one in boxes(canvas, 0, canvas.size)] == [b"ftyp"]


def test_a_blank_box_is_one_players_pass_over() -> None:
    file = io.BytesIO(box(b"udta", b"a place") + box(b"mdat", b"x"))
    blank(Canvas(file), Box(b"udta", 0, 8, 15))
    assert file.getvalue() == box(b"free", bytes(7)) + box(b"mdat", b"x")
