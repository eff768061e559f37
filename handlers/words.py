"""Words: what the pages that the server makes itself say, in the language of whoever reads them.

The phone app has catalogues of its own (pwa/strings.js, pwa/languages/); these are for what people meet outside of it:
the trust page, what the plain port answers, an iPhone's profile, an export. One file for each language stands in
catalogues/, all of one shape. A newcomer's first mistake is to glue sentences from pieces: each is one word here.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tornado.escape import xhtml_escape

CATALOGUES = Path(__file__).with_name("catalogues")
DEFAULT = "en"
_PLACE = re.compile(r"\{(\w+)\}")
_STRONG = re.compile(r"\*([^*]+)\*")
_NUMBERED = re.compile(r"\[(\d) ([^\] \u00ad]+)([^\]]*)\]")  # [1 Allow]: a drawing marks it with 1
_NUMBER = re.compile(r"\[(\d)\]")
_CODE = re.compile(r"`([^`]+)`")
_WANTED = re.compile(r"\s*([A-Za-z]{1,8}(?:-\w{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")  # RFC 9110 section 12.5.4


class Words:
    """One language. Called with a path such as `iphone.title` it says what stands there."""

    def __init__(self, catalogue: dict[str, Any]) -> None:
        self._catalogue = catalogue
        self.language = str(catalogue["language"])
        self.name = str(catalogue["name"])  # as its speakers call it
        self.direction = str(catalogue["dir"])

    def section(self, path: str) -> dict[str, Any]:
        """All that stands below a path. Raises KeyError when nothing does."""
        found: Any = self._catalogue
        for part in path.split("."):
            found = found[part]
        return dict(found)

    def __call__(self, path: str, **given: str) -> str:
        """The words, with `{name}` filled in. Raises KeyError when the catalogue lacks them."""
        above, _, last = path.rpartition(".")
        return filled(str(self.section(above)[last]), given)

    def told(self, path: str, **given: str) -> str:
        """The words as markup: `*strong*`, `` `code` ``, and `[1 Allow]` for what a drawing marks with 1."""
        text = xhtml_escape(self(path))
        text = _NUMBERED.sub(r'<b><span class="at"><i>\1</i>\2</span>\3</b>', text)
        text = _NUMBER.sub(r'<i class="n">\1</i>', text)
        text = _CODE.sub(r'<code dir="ltr">\1</code>', _STRONG.sub(r"<b>\1</b>", text))
        return filled(text, {name: xhtml_escape(value) for name, value in given.items()})


def filled(text: str, given: dict[str, str]) -> str:
    """A text with each `{name}` that was given in its place; what was not given stays."""
    return _PLACE.sub(lambda found: given.get(found[1], found[0]), text)


def _read() -> dict[str, Words]:
    found = {path.stem: Words(json.loads(path.read_text("utf-8"))) for path in sorted(CATALOGUES.glob("*.json"))}
    return {DEFAULT: found.pop(DEFAULT), **found}


LANGUAGES = _read()
"""Every language there is a catalogue for, by tag, English first."""


def meant(asked: str, accepted: str = "") -> Words:
    """The language asked for by tag, else the first of an Accept-Language header that there is, else English."""
    tag = next((tag for tag in (asked, *_wanted(accepted)) if tag in LANGUAGES), DEFAULT)
    return LANGUAGES[tag]


def _wanted(accepted: str) -> Iterable[str]:
    """The languages of a header without their countries, the best first; what is no header wants nothing."""
    parts = [found for part in accepted[:500].split(",") if (found := _WANTED.fullmatch(part))]
    weighed = [(float(found[2] or 1), found[1].split("-")[0].lower()) for found in parts]
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight > 0]
