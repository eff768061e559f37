"""A canvas is overwritten in place, never grows, and knows when it is being kept busy."""

import io
import re
from pathlib import Path

import pytest

from store.traces.canvas import PIECE, SPARE, Canvas, TooMuch, Window


def test_what_is_put_stays_within_the_file() -> None:
    file = io.BytesIO(b"0123456789")
    canvas = Canvas(file)
    canvas.put(8, b"abcd")
    canvas.blank(2, 4)
    canvas.blank(9, 50)
    assert file.getvalue() == b"01\0\x004567a\0"
    assert canvas.changed


def test_what_is_so_already_is_no_change() -> None:
    canvas = Canvas(io.BytesIO(b"ab\0\0"))
    canvas.put(0, b"ab")
    canvas.blank(2, 4)
    canvas.blank(4, 2)
    assert not canvas.changed


@pytest.mark.parametrize("at", [10, 1 << 56, 1 << 63, 1 << 70])
def test_behind_the_end_there_is_nothing_however_far(at: int, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    with path.open("r+b", buffering=0) as file:
        canvas = Canvas(file)
        assert canvas.read(at, 4) == b""
        canvas.put(at, b"abcd")
        canvas.blank(at, at + 4)
    assert path.read_bytes() == b"0123456789"


def test_a_pattern_is_found_across_pieces_and_not_where_it_is_not() -> None:
    canvas = Canvas(io.BytesIO(bytes(PIECE - 1) + b"\xff\xd9" + bytes(10)))
    assert canvas.find(re.compile(rb"\xff[^\x00]"), 0) == PIECE - 1
    assert canvas.find(re.compile(rb"\xff[^\x00]"), PIECE) == -1


def test_work_without_end_is_given_up() -> None:
    canvas = Canvas(io.BytesIO(b"0123456789"))
    canvas.spend(SPARE)
    with pytest.raises(TooMuch):
        canvas.spend(41)


def test_a_window_is_a_file_of_its_own_within_the_whole() -> None:
    file = io.BytesIO(b"0123456789")
    whole = Canvas(file)
    window = Window(whole, 2, 4)
    assert (window.size, window.read(1, 9), window.read(9, 1)) == (4, b"345", b"")
    window.put(3, b"xyz")
    window.blank(0, 9)
    assert file.getvalue() == b"01\0\0\0\x006789"
    assert whole.changed
    assert Window(whole, 8, 9).size == 2
    assert Window(whole, 20, 9).size == 0
    with pytest.raises(TooMuch):
        window.spend(SPARE)
