"""A file's name becomes harmless once and stays readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.filenames import MAX_BYTES, clean_name


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Grüße an Oma.txt", "Grüße an Oma.txt"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("C:\\Users\\me\\photo.jpg", "photo.jpg"),
        ("/etc/", "etc"),
        (".gitignore", ".gitignore"),
        ("a\x00b\nc\x7f.txt", "abc.txt"),
        ("report\u202egpj.exe", "reportgpj.exe"),
        ("\u2066a\u2069\u200f.txt", "a.txt"),
        ("run.exe. . ", "run.exe"),
        ("  spaced.txt ", "spaced.txt"),
        ("👩‍👩‍👧.png", "👩‍👩‍👧.png"),
    ],
)
def test_a_name_keeps_what_is_harmless(claimed: str, kept: str) -> None:
    assert clean_name(claimed) == kept


@pytest.mark.parametrize("claimed", ["", ".", "..", "...", "/", "\\", "\x00", " ", "../..", "\u202e"])
def test_a_name_of_nothing_gets_a_plain_one(claimed: str) -> None:
    assert clean_name(claimed) == "file"


def test_a_decomposed_name_is_composed() -> None:
    assert clean_name("u\u0308ber.txt") == "über.txt"


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("ü" * 300 + ".jpeg")
    assert name.endswith("ü.jpeg")
    assert len(name.encode()) <= MAX_BYTES


def test_a_long_extension_is_no_extension() -> None:
    assert len(clean_name("a." + "b" * 400).encode()) == MAX_BYTES


@given(st.text(st.characters(), max_size=400))
def test_any_name_becomes_one_harmless_name(claimed: str) -> None:
    name = clean_name(claimed)
    assert 0 < len(name.encode()) <= MAX_BYTES
    assert not set(name) & {"/", "\\"}
    assert name.strip(" .")
    assert not any(unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Cs"} for letter in name)
    assert not any(
        unicodedata.bidirectional(letter) in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
        for letter in name
    )
