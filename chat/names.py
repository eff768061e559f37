"""Names of people: what may be one, and which two are the same to a reader.

A name is compared by two keys: case-folded, and by its skeleton (Unicode TS 39, section 4), so that neither "anna" nor
an "Аnna" with a Cyrillic A passes for Anna. The data is that of the `confusable-homoglyphs` package.
"""

import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data

from protocol.errors import Refusal
from protocol.shapes import MAX_NAME

JOINER = "\u200d"  # between the parts of one emoji
SHOWN = ("L", "M", "N", "P", "S")  # general categories that may stand in a name, beside the space
MEANT = ("L", "N", "So")  # at least one of these, or there is nothing to call somebody by


def clean_name(name: str) -> str:
    """The name as it will be shown. Raises Refusal `bad-name` with what is wrong."""
    shown = " ".join(unicodedata.normalize("NFKC", name).split())
    if not shown:
        raise Refusal("bad-name", "Please type a name.", field="username")
    if len(shown) > MAX_NAME:
        raise Refusal(
            "bad-name", f"A name may have {MAX_NAME} characters, this one has {len(shown)}.", field="username"
        )
    if not all(_may_stand(shown, place) for place in range(len(shown))):
        raise Refusal(
            "bad-name", "That name has a character that cannot be shown. Please leave it out.", field="username"
        )
    if not any(unicodedata.category(letter).startswith(MEANT) for letter in shown):
        raise Refusal("bad-name", "A name needs at least one letter, digit or emoji.", field="username")
    return shown


def name_keys(name: str) -> list[str]:
    """What two names share when a reader would take one for the other: `=` and the folded name, `~` and its skeleton."""
    return [f"={unicodedata.normalize('NFKC', name.casefold())}", f"~{skeleton(name)}"]


def skeleton(name: str) -> str:
    """The name with every look-alike replaced by its prototype, folded, without spaces (after TS 39 section 4)."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name))
    replaced = "".join(_prototype(letter) for letter in decomposed if not letter.isspace())
    return unicodedata.normalize("NFD", replaced.casefold())


@cache
def _prototype(letter: str) -> str:
    """The one of its look-alikes that stands for all. The data lists both ways; a prototype is what has several."""
    twins: list[str] = [twin["c"].strip("\u200e") for twin in confusables_data.get(letter, ())]
    if len(twins) != 1:
        return letter
    back = confusables_data.get(twins[0], ())
    return twins[0] if len(back) > 1 else min(letter, twins[0])


def _may_stand(name: str, place: int) -> bool:
    letter = name[place]
    if letter in (" ", "\ufe0f"):  # the second asks for the emoji form of the character before
        return place > 0
    if letter == JOINER:
        return 0 < place < len(name) - 1 and unicodedata.category(name[place + 1]) in ("So", "Sm", "Po")
    return unicodedata.category(letter).startswith(SHOWN)
