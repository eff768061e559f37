"""What the server's own pages say: every language says all of it, and each word has its place."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.words import CATALOGUES, LANGUAGES, Words, meant

HANDLERS = CATALOGUES.parent
SAID = re.compile(r"""(?:\b|_)(?:say|told)\(\s*f?["']([\w.-]+)["']""")
MARKS = re.compile(r"\{\w+\}|\[\d|[*`]")
# Sections of which the page takes every word, whatever they are called
TAKEN_WHOLE = ("pictures.", "profile.", "trust.platforms.", "export.ending.")
TAKEN_WHOLE += ("script.introduce.", "script.worked.", "script.trusts.", "script.browser.")

# Words that another language shares with English
SHARED = {
    "de": [
        "pictures.android-pick.title",
        "pictures.firefox-import.yes",
        "pictures.iphone-settings.account",
        "pictures.mac-keychain.system",
        "pictures.mac-keychain.name",
        "pictures.windows-install.details",
        "pictures.windows-install.ok",
        "pictures.windows-open.title",
        "linux.downloads",
    ],
    "es": [
        "pictures.iphone-about.general",
        "pictures.iphone-settings.wifi",
        "pictures.windows-install.general",
        "pictures.windows-yes.no",
    ],
}
PRODUCTS = ["trust.platforms.iphone", "trust.platforms.android", "trust.platforms.windows", "trust.platforms.mac"]
PRODUCTS += ["trust.platforms.linux", "dir"]


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def words_of(catalogue: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every word with its path."""
    for key, word in catalogue.items():
        if isinstance(word, dict):
            yield from words_of(word, f"{above}{key}.")
        else:
            yield above + key, word


def marks(word: Any) -> list[str]:
    return sorted(MARKS.findall(json.dumps(word)))


def objections(english: dict[str, Any], other: dict[str, Any], same: list[str]) -> list[str]:
    """What a language lacks, has too much, fills in or marks differently, or has left in English."""
    ours, theirs = dict(words_of(english)), dict(words_of(other))
    said = [f"{path}: not in English" for path in theirs if path not in ours]
    for path, word in ours.items():
        there = theirs.get(path)
        if not there:
            said.append(f"{path}: missing")
        elif type(there) is not type(word) or (isinstance(word, list) and len(there) != len(word)):
            said.append(f"{path}: of another kind")
        elif not set(marks(word)) <= set(marks(there)) or "{" in "".join(set(marks(there)) - set(marks(word))):
            said.append(f"{path}: marks other things")
        elif (there == word) != (path in same):
            said.append(f"{path}: {'still English' if there == word else 'not the same any more'}")
    return said


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_a_language_says_everything(tag: str) -> None:
    other = read(CATALOGUES / f"{tag}.json")
    assert other["language"] == tag
    assert objections(read(CATALOGUES / "en.json"), other, [*PRODUCTS, *SHARED[tag]]) == []


def test_what_a_language_lacks_is_named() -> None:
    english = {"a": {"one": "One", "of": "{n} of *all*"}, "b": "Two", "c": ["x", "y"], "d": "Parley", "f": "Four"}
    other = {"a": {"one": "One", "of": "{m} of *all*"}, "c": ["x"], "d": "Parley", "e": "?", "f": "Vier"}
    assert objections(english, other, ["d", "f"]) == [
        "e: not in English",
        "a.one: still English",
        "a.of: marks other things",
        "b: missing",
        "c: of another kind",
        "f: not the same any more",
    ]


def test_the_app_and_the_servers_pages_speak_the_same_languages() -> None:
    of_the_app = {path.stem for path in (HANDLERS.parent / "pwa" / "languages").glob("??.js")} | {"en"}
    assert set(LANGUAGES) == of_the_app


def test_every_word_is_said_somewhere_and_every_one_that_is_said_is_there() -> None:
    files = [path for path in HANDLERS.rglob("*") if path.suffix in {".py", ".html"}]
    said = {word for path in files for word in SAID.findall(path.read_text("utf-8"))}
    said |= {"export.months"}
    said |= set(re.findall(r'"(plain\.\w+)"', (HANDLERS / "trust.py").read_text("utf-8")))
    script = (HANDLERS / "trust_page" / "page.js").read_text("utf-8")
    said |= {f"script.{word}" for word in re.findall(r"\bwords\.(\w+)", script)}
    known = {path for path, _ in words_of(read(CATALOGUES / "en.json")) if not path.startswith(TAKEN_WHOLE)}
    assert {word for word in said if not f"{word}.".startswith(TAKEN_WHOLE)} == known - {"language", "name", "dir"}


def test_every_word_of_a_drawing_has_its_place_in_it() -> None:
    for name, words in LANGUAGES["en"].section("pictures").items():
        drawn = (HANDLERS / "trust_page" / "pictures" / f"{name}.svg").read_text("utf-8")
        assert set(re.findall(r"\{(\w+)\}", drawn)) | {"says"} == set(words), name


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        ("", "", "en"),
        ("de", "es", "de"),
        ("xx", "es-419, en;q=0.5", "es"),
        ("", "en;q=0.2, de ; q=0.9", "de"),
        ("", "fr-FR, fr;q=0.9", "en"),
        ("", "de;q=0, en", "en"),
        ("", "DE", "de"),
        ("", "*", "en"),
        ("", "\x00;;q=,,,de;q=9", "en"),
        ("../en", "", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_the_first_that_is_read(asked: str, accepted: str, tag: str) -> None:
    assert meant(asked, accepted).language == tag


def made(text: str) -> Words:
    return Words({"language": "en", "name": "English", "dir": "ltr", "a": {"b": text}})


def test_marks_become_markup_and_what_is_filled_in_never_does() -> None:
    said = made("Tap [1 Install anyway] & *{who}*, [2] `x`").told("a.b", who="<b>*x*</b>")
    assert said == (
        'Tap <b><span class="at"><i>1</i>Install</span> anyway</b> &amp; <b>&lt;b&gt;*x*&lt;/b&gt;</b>,'
        ' <i class="n">2</i> <code dir="ltr">x</code>'
    )


def test_what_was_not_given_stays_and_what_is_given_is_not_read_again() -> None:
    assert made("{one} {two}")("a.b", one="{two}") == "{two} {two}"


def test_a_word_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        made("x")("a.c")
