"""What is shown of a message that was found: the words around the match, in pieces of which every second one matched.

Pieces need no offsets, which Python and JavaScript would count differently. A newcomer's first mistake is to look for
the folded words in the text itself: they are found in the folded text, and each place there leads back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from store.search.folding import fold_with_places

WIDTH = 160  # characters shown of a text
LEAD = 40  # of them before the first match
CUT = "…"
SPACES = re.compile(r"\s+")


def snippet(text: str, words: Sequence[str]) -> list[str] | None:
    """`[before, match, between, match, after]` of as much as fits around the first match; None without one.

    Without words, the text's beginning.
    """
    matches = _matches(text, words)
    if words and not matches:
        return None
    start = _word_start(text, matches[0][0] - LEAD) if matches else 0
    end = min(len(text), start + WIDTH)
    pieces, place = list[str](), start
    for first, last in matches:
        if first < end:
            pieces += [text[place:first], text[first : min(last, end)]]
            place = min(last, end)
    pieces.append(text[place:end])
    pieces[0] = (CUT if start else "") + pieces[0].lstrip()
    pieces[-1] = pieces[-1].rstrip() + (CUT if end < len(text) else "")
    return [SPACES.sub(" ", piece) for piece in pieces]


def has_all(texts: Iterable[str], words: Sequence[str]) -> bool:
    """Whether each of these folded words stands in one of the texts."""
    folded = [fold_with_places(text)[0] for text in texts]
    return all(any(word in one for one in folded) for word in words)


def _matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order and without overlaps."""
    folded, places = fold_with_places(text)
    found = sorted((places[at][0], places[at + len(word) - 1][1]) for word in words for at in _every(folded, word))
    merged = list[tuple[int, int]]()
    for first, last in found:
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _every(folded: str, word: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def _word_start(text: str, near: int) -> int:
    """Where to begin so that no word is cut, if one begins soon; 0 when that is not far."""
    if near <= LEAD // 2:
        return 0
    space = SPACES.search(text, near, near + LEAD // 2)
    return space.end() if space else near
