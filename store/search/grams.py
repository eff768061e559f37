"""What a text is filed under: its three-character runs, the pairs and single characters of scripts without spaces,
and marks for conversation, author and files.

SQLite's trigram tokenizer makes each of them: a mark is three private characters, a pair is its two characters with one
between. Folding drops private characters from texts, so nobody's words can pass for a mark.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.search.folding import fold, within

MAX_GRAMS = 24  # that one question looks up; what they let through is compared whole
BETWEEN = "\ue000"
PLACE, AUTHOR, FILE = 0xF0000, 0xF0001, 0xF0002
HIGH, LOW, SPAN = 0xF1000, 0xF3000, 0x1000  # the two digits of a marked number, each in a range of its own

UNSPACED = (
    *((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF)),  # Thai to Tai Tham
    *((0x2600, 0x27BF), (0x2E80, 0x9FFF), (0xA000, 0xA4CF), (0xA980, 0xA9DF), (0xAA60, 0xAADF)),  # signs, CJK, Yi
    *((0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x1B000, 0x1B16F)),  # Hangul and more of CJK and kana
    *((0x1F000, 0x1FAFF), (0x20000, 0x3FFFD)),  # emoji, rare CJK
)
"""Scripts where two characters, or one, are a word: not told apart by spaces, or short by nature."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """All `words` must be in a message; `grams` are what the index can answer of them, maybe none."""

    words: list[str]
    grams: list[str]


def read_query(text: str) -> Wanted:
    """Words may stand anywhere, in any order. Where none is long enough for the index, all stand as they were typed."""
    folded = fold(text)
    words = list(dict.fromkeys(folded.split(" "))) if folded else []
    grams = [gram for word in words for gram in grams_of(word)]
    if not grams and len(words) > 1:
        words, grams = [folded], grams_of(folded)
    return Wanted(words, _some(list(dict.fromkeys(grams))))


def grams_of(word: str) -> list[str]:
    """What every text that contains this folded word is filed under."""
    if len(word) >= 3:
        return [word[at : at + 3] for at in range(len(word) - 2)]
    if len(word) == 2 and all(map(is_unspaced, word)):
        return [word[0] + BETWEEN + word[1]]
    return [BETWEEN + one + BETWEEN for one in word if is_unspaced(one)]


def pairs(folded: str) -> str:
    """The column beside the text: `-日-本-` is filed by three characters as `日-本` and, alone, `-日-` and `-本-`."""
    return "" if folded.isascii() else BETWEEN.join(_runs(folded))


def mark(kind: int, number: int) -> str:
    """One entry that stands for a conversation, an author, or that there are files (number 0)."""
    if number >= SPAN * SPAN:
        raise ValueError(f"expected a number below {SPAN * SPAN}, got {number}")
    return chr(kind) + chr(HIGH + number // SPAN) + chr(LOW + number % SPAN)


def match(every: Iterable[str], either: Iterable[str]) -> str:
    """The question in FTS5's language: all of those, and one of these unless there are none. Quotes are only text."""
    parts = [_quoted(gram) for gram in every]
    one_of = " OR ".join(map(_quoted, either))
    return " AND ".join([*parts, f"({one_of})"] if one_of else parts)


def is_unspaced(character: str) -> bool:
    """Whether pairs and single characters are filed for it."""
    return character > "\u0dff" and within(UNSPACED, character)


def _quoted(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _runs(folded: str) -> Iterator[str]:
    run = list[str]()
    for character in folded + " ":
        if is_unspaced(character):
            run.append(character)
        elif run:
            yield BETWEEN.join(["", *run, ""])
            run = []


def _some(grams: list[str]) -> list[str]:
    """As many as are worth looking up, from all over a long question."""
    if len(grams) <= MAX_GRAMS:
        return grams
    return [grams[at * len(grams) // MAX_GRAMS] for at in range(MAX_GRAMS)]
