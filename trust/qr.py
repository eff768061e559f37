"""A QR code for a terminal and for a page.

A camera wants dark modules on a light ground with four light modules around. A terminal may be dark or
light and nobody can ask it, so where colours are possible they are set; where they are not (a log file),
the blocks are drawn light, as most terminals are dark and most cameras read an inverted code too.
"""

from __future__ import annotations

import io

import segno

BORDER = 4  # modules; ISO/IEC 18004 section 5.3.8
PAPER, INK, PLAIN = "\x1b[48;5;231m", "\x1b[38;5;16m", "\x1b[0m"  # white and black of the 256-colour cube
HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_terminal(text: str, *, colour: bool = True, blocks: bool = True) -> str:
    """Lines for a terminal, two modules high each; without `blocks`, in ASCII, for encodings that have none."""
    rows = _modules(text)
    if not blocks:
        return "\n".join("".join("  " if dark else "##" for dark in row) for row in rows)
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    if colour:
        return "\n".join(f"{PAPER}{INK}{_line(upper, lower)}{PLAIN}" for upper, lower in pairs)
    return "\n".join(_line([not one for one in upper], [not one for one in lower]) for upper, lower in pairs)


def qr_svg(text: str) -> str:
    """An `<svg>` element that scales to its place: dark on white in either theme, as cameras want it."""
    out = io.BytesIO()
    _code(text).save(
        out, kind="svg", border=BORDER, xmldecl=False, omitsize=True, dark="#0b1f1d", light="#ffffff", nl=False
    )
    return out.getvalue().decode("utf-8")


def _code(text: str) -> segno.QRCode:
    """Error correction M: a screen has no coffee stains, and fewer modules scan from farther away."""
    return segno.make(text, error="m", micro=False, boost_error=False)


def _modules(text: str) -> list[list[bool]]:
    return [[bool(module) for module in row] for row in _code(text).matrix_iter(border=BORDER)]


def _line(upper: list[bool], lower: list[bool]) -> str:
    return "".join(HALVES[pair] for pair in zip(upper, lower, strict=True))
