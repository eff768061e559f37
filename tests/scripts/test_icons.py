"""The committed icons are what drawings and table say. Drawing them anew needs a browser and is done by hand."""

import re
import struct

from scripts.icons import DRAWN, FAVICON, ICONS, as_ico

PNG = b"\x89PNG\r\n\x1a\n"


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height from the first chunk (PNG, section 11.2.2)."""
    assert png[:8] == PNG
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_each_icon_is_there_in_the_size_that_is_promised() -> None:
    assert {name: size_of((ICONS / name).read_bytes()) for name in DRAWN} == {
        name: (size, size) for name, (_, size) in DRAWN.items()
    }


def test_each_drawing_is_there_and_runs_nothing() -> None:
    for name in {source for source, _ in DRAWN.values()} | {"mark.svg"}:
        drawing = (ICONS / name).read_text("utf-8")
        assert drawing.startswith("<svg "), name
        assert not re.search(r"<script|\bon\w+=|href=", drawing), name


def test_the_favicon_is_one_picture_in_an_envelope() -> None:
    ico = (ICONS / "favicon.ico").read_bytes()
    reserved, kind, count = struct.unpack("<HHH", ico[:6])
    assert (reserved, kind, count) == (0, 1, 1)
    length, offset = struct.unpack("<II", ico[14:22])
    assert len(ico) == offset + length
    assert size_of(ico[offset:]) == (FAVICON, FAVICON)


def test_an_envelope_says_how_much_it_holds_and_where() -> None:
    ico = as_ico(PNG + b"...", 32)
    assert ico[6:8] == b"\x20\x20"
    assert struct.unpack("<II", ico[14:22]) == (len(PNG) + 3, 22)
    assert ico[22:] == PNG + b"..."
