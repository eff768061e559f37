"""The drawn code is the code: every drawing is read back into modules and compared."""

import re
from xml.etree import ElementTree

import pytest
import segno

from trust import qr_svg, qr_terminal

LINK = "http://192.168.1.20:8080/#invite=4fz7-k2mq-9dwx"
CODE = segno.make(LINK, error="m", micro=False, boost_error=False)
MODULES = [[bool(module) for module in row] for row in CODE.matrix_iter(border=4)]
UPPER, LOWER = "▀█", "▄█"


def read_back(drawn: str) -> list[list[bool]]:
    """The ink of half blocks, as rows of modules."""
    rows = []
    for line in drawn.split("\n"):
        rows += [[mark in UPPER for mark in line], [mark in LOWER for mark in line]]
    return rows[: len(MODULES)]


def test_with_colours_ink_is_dark_on_white_whatever_the_terminal() -> None:
    drawn = qr_terminal(LINK)
    lines = drawn.split("\n")
    assert all(line.startswith("\x1b[48;5;231m\x1b[38;5;16m") and line.endswith("\x1b[0m") for line in lines)
    assert read_back(re.sub(r"\x1b\[[0-9;]*m", "", drawn)) == MODULES


def test_without_colours_the_light_modules_are_drawn() -> None:
    assert read_back(qr_terminal(LINK, colour=False)) == [[not one for one in row] for row in MODULES]


def test_without_blocks_it_is_plain_ascii() -> None:
    drawn = qr_terminal(LINK, blocks=False)
    assert drawn.isascii()
    assert [[line[at] == " " for at in range(0, len(line), 2)] for line in drawn.split("\n")] == MODULES


def test_the_svg_draws_the_same_modules() -> None:
    root = ElementTree.fromstring(qr_svg(LINK))
    size = len(MODULES)
    assert root.get("viewBox") == f"0 0 {size} {size}"
    drawn = [[False] * size for _ in range(size)]
    x = y = 0.0
    for kind, across, down in re.findall(r"([Mmh])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", root[1].get("d", "")):
        if kind == "h":
            for at in range(int(x), int(x) + int(across)):
                drawn[int(y)][at] = True
            x += float(across)
        else:
            x, y = (float(across), float(down)) if kind == "M" else (x + float(across), y + float(down))
    assert drawn == MODULES


def test_the_svg_needs_no_style_that_a_strict_page_forbids() -> None:
    assert "style" not in qr_svg(LINK)


@pytest.mark.parametrize("length", [1, 200, 1500])
def test_any_link_fits(length: int) -> None:
    assert qr_terminal("x" * length).count("\n") > 10
