"""Names of people: what may be one, and which two are the same to a reader.

A name is compared by three keys: case-folded, and by its skeleton (Unicode TS 39, section 4) as written and in
capitals, so that neither "anna" nor an "Аnna" or "АNNA" with a Cyrillic A passes for Anna. The data is that of the
`confusable-homoglyphs` package.
"""

import itertools
import re
import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data

from protocol.errors import Refusal
from protocol.shapes import MAX_LABEL, MAX_NAME, MAX_TITLE

JOINER = "\u200d"  # between the parts of one emoji
EMOJI_FORM = "\ufe0f"  # asks for the emoji form of the character before
MAX_MARKS = 3  # on one letter; more climb into the lines above
UNSEEN = re.compile(  # Default_Ignorable_Code_Point (Unicode 15, DerivedCoreProperties), and the blank of Braille
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
MEANINGFUL = (
    JOINER,
    EMOJI_FORM,
    "\u200c",
)  # unseen, and yet a word or an emoji changes without them; Persian needs the last
SHOWN = ("L", "M", "N", "P", "S")  # general categories that may stand in a name, beside the space
EMOJI = ("So", "Sm", "Po")  # general categories of emoji, arrows and "‼" among them
KEYCAPS = "0123456789#*"
MEANT = ("L", "N", "So")  # at least one of these, or there is nothing to call somebody by


def clean_name(name: str) -> str:
    """A person's name as it will be shown. Raises Refusal `bad-name` with what is wrong."""
    return _clean(name, MAX_NAME, "username")


def clean_title(title: str) -> str:
    """A room's name as it will be shown. Raises Refusal `bad-name` with what is wrong."""
    return _clean(title, MAX_TITLE, "title")


def is_blank(text: str) -> bool:
    """Whether there is nothing in it that anybody sees."""
    return not UNSEEN.sub("", text).strip()


def clean_line(line: str) -> str:
    """What a room is about, an option of a poll: one line, without what cannot be seen or turns the writing round."""
    shown = (one for one in line if one in MEANINGFUL or not UNSEEN.match(one))
    return " ".join("".join(one if one.isprintable() or one in MEANINGFUL else " " for one in shown).split())


def folded(text: str) -> str:
    """What two texts share when one is looked for in the other: neither case nor accents count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _clean(name: str, most: int, field: str) -> str:
    shown = " ".join(unicodedata.normalize("NFKC", name).split())
    if not shown:
        raise Refusal("bad-name", "Please type a name.", field=field)
    if len(shown) > most:
        raise Refusal("bad-name", f"A name may have {most} characters, this one has {len(shown)}.", field=field)
    if not all(_may_stand(shown, place) for place in range(len(shown))):
        raise Refusal("bad-name", "That name has a character that cannot be shown. Please leave it out.", field=field)
    if not any(unicodedata.category(letter).startswith(MEANT) for letter in shown):
        raise Refusal("bad-name", "A name needs at least one letter, digit or emoji.", field=field)
    return shown


def clean_label(text: str) -> str:
    """What a device calls itself, without what cannot be seen or turns the writing round."""
    shown = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    return " ".join("".join(one if one.isprintable() else " " for one in shown).split())[:MAX_LABEL]


def name_keys(name: str) -> list[str]:
    """What two names share when a reader would take one for the other; the first key is shared by the same name.

    `=` and the folded name, `~` and its skeleton folded, `^` and the skeleton of its capitals: a Greek "ΝΙΝΑ" looks
    like "NINA", which is how Nina may be written, but no letter of it looks like one of "Nina".
    """
    folded = unicodedata.normalize("NFKC", UNSEEN.sub("", name).casefold())
    return [f"={folded}", f"~{skeleton(name).casefold()}", f"^{skeleton(name.upper())}"]


def skeleton(name: str) -> str:
    """The name with every look-alike replaced by its prototype, without spaces and what is unseen (TS 39 section 4)."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", UNSEEN.sub("", name)))
    replaced = "".join(_prototype(letter) for letter in decomposed if not letter.isspace())
    return unicodedata.normalize("NFD", replaced)


@cache
def _prototype(letter: str) -> str:
    """The one of its look-alikes that stands for all. The data lists both ways; a prototype is what has several."""
    twins: list[str] = [twin["c"].strip("\u200e") for twin in confusables_data.get(letter, ())]
    if len(twins) != 1:
        return letter
    back = confusables_data.get(twins[0], ())
    return twins[0] if len(back) > 1 else min(letter, twins[0])


def _may_stand(name: str, place: int) -> bool:
    letter, before = name[place], name[place - 1] if place else ""
    if letter == " ":
        return place > 0
    if letter == EMOJI_FORM:
        return unicodedata.category(before or " ") in EMOJI or before in KEYCAPS
    if letter == JOINER:
        after = name[place + 1 : place + 2]
        return bool(after) and _is_emoji(before) and unicodedata.category(after) in EMOJI
    kind = unicodedata.category(letter)
    if kind.startswith("M"):
        marks = itertools.takewhile(lambda one: unicodedata.category(one).startswith("M"), reversed(name[:place]))
        return place > 0 and not UNSEEN.match(letter) and sum(1 for _ in marks) < MAX_MARKS
    return kind.startswith(SHOWN) and not UNSEEN.match(letter)


def _is_emoji(letter: str) -> bool:
    """A picture, or what may end one: its emoji form, or the colour of its skin."""
    return letter == EMOJI_FORM or unicodedata.category(letter or " ") in (*EMOJI, "Sk")
