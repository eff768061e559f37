"""Text as it is compared: case, accents and compatible forms folded away, unseen characters dropped, spaces made one.

A newcomer's first mistake is to drop every combining mark: in Thai, Devanagari or kana a mark is half of the letter. So
only those go that a writer may leave out: accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic.
"""

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, normalize, unidata_version

VERSION = f"1 {unidata_version}"
"""An index made with another folding, or by a Python that knows other characters, is made anew."""

ACCENTS = (
    *((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)),  # combining blocks
    *((0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5), (0x05C7, 0x05C7)),  # Hebrew points
    *((0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4)),  # Arabic vowels
    *((0x06E7, 0x06E8), (0x06EA, 0x06ED)),
)
SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))  # which look of a character is meant
UNSEEN = ("Cc", "Cf", "Co", "Cs")  # control, format, private use, surrogate
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}  # no accent to Unicode
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}  # how Arabic and Persian keyboards differ
)
KEPT = "йў"  # letters of their own, though Unicode takes them apart
DROPPED_ASCII = dict.fromkeys((*range(9), *range(14, 28), 127))
HALF_MARKS = "\uff9e\uff9f"  # half-width voiced marks of kana
JAMO = (0x1160, 0x11FF)  # vowels and finals of Hangul that make one syllable with what stands before


def fold(text: str) -> str:
    """The text as it is compared. What it is part of, folded, contains it, whatever the case and accents of either."""
    if text.isascii():
        return " ".join(text.lower().translate(DROPPED_ASCII).split())
    return "".join(piece for _, _, piece in pieces(text)).rstrip(" ")


def fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters where in `text` it came from, as (start, end)."""
    folded, places = [], list[tuple[int, int]]()
    for start, end, piece in pieces(text):
        folded.append(piece)
        places += [(start, end)] * len(piece)
    return "".join(folded), places


def pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Each letter with its marks, or run of spaces, as (start, end, folded); none begins with a space twice."""
    start, spaced, size = 0, True, len(text)
    while start < size:
        end = start + 1
        if text[start].isspace():
            if not spaced:
                yield start, end, " "
                spaced = True
        else:
            while end < size and text[end] > "\u02ff" and _continues(text[end]):
                end += 1
            piece = _fold_letter(text[start:end])
            if piece:
                yield start, end, piece
                spaced = False
        start = end


def _continues(character: str) -> bool:
    """Whether Unicode may compose this with what stands before."""
    if category(character)[0] == "M" or character in HALF_MARKS:
        return True
    return JAMO[0] <= ord(character) <= JAMO[1]


@lru_cache(maxsize=1 << 15)
def _fold_letter(letter: str) -> str:
    whole = normalize("NFKC", normalize("NFKC", letter).casefold())
    bare = "".join(one if one in KEPT else _without_accents(one) for one in whole)
    seen = "".join(one for one in normalize("NFC", bare).translate(LETTERS) if _is_seen(one))
    return " ".join(seen.split())


def _without_accents(character: str) -> str:
    return "".join(one for one in normalize("NFD", character) if not within(ACCENTS, one))


def _is_seen(character: str) -> bool:
    return category(character) not in UNSEEN and not within(SELECTORS, character)


def within(ranges: tuple[tuple[int, int], ...], character: str) -> bool:
    """Whether a character lies in one of these ranges, which are in order within each block of Unicode."""
    code = ord(character)
    return any(first <= code <= last for first, last in ranges)
