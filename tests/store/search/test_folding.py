"""Text is compared without case and accents, in any script, and letters stay letters."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.folding import fold, fold_with_places


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("Straße", "STRASSE"),
        ("Café crème", "cafe creme"),
        ("Cafe\u0301", "café"),
        ("ΟΔΥΣΣΕΎΣ", "οδυσσευς"),
        ("Ёлка", "елка"),
        ("Trần Hưng Đạo", "tran hung dao"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ılık", "ILIK"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("أهلاً", "اهلا"),
        ("مدرسة", "مدرسه"),
        ("مـــرحبا", "مرحبا"),
        ("ＡＢＣ１２３", "abc123"),
        ("ﬁlm", "film"),
        ("ｶﾞｷﾞ", "ガギ"),
        ("か\u3099", "が"),
        (normalize("NFD", "안녕하세요"), "안녕하세요"),
        ("one\u200b two\u00ad", "one two"),
        ("a\u202eb", "ab"),
        ("❤️", "❤"),
        ("two\n\t  lines", "two lines"),
    ],
)
def test_what_is_the_same_to_a_reader_is_the_same(written: str, looked_for: str) -> None:
    assert fold(written) == fold(looked_for)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("ハ", "パ"),
        ("й", "и"),
        ("กา", "กิ"),
        ("मैं", "मा"),
        ("ขา", "ข้า"),
        ("ক", "কো"),
        ("ab", "a b"),
        ("日", "曰"),
    ],
)
def test_letters_that_differ_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_control_and_private_characters_are_dropped() -> None:
    assert fold("a\x00b\ue000c\U000f0000d\x7f") == "abcd"


@given(st.text())
def test_folding_twice_changes_nothing_that_can_be_seen(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip(" ")
    assert "  " not in folded
    assert "\n" not in folded


@given(st.text())
def test_each_folded_character_leads_back_to_where_it_came_from(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded.rstrip(" ") == fold(text) or text.isascii()
    assert len(places) == len(folded)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_the_short_way_for_plain_letters_comes_to_the_same(text: str) -> None:
    assert fold(text) == fold_with_places(text)[0].rstrip(" ")


WORDS = st.text(st.sampled_from("aBcé ßñЁйחשَعаが日本タ한글กี่मिष ø1-_%'\"🎉"), min_size=3, max_size=40)


@given(WORDS, st.data())
def test_a_part_of_a_text_folds_to_a_part_of_it(text: str, data: st.DataObject) -> None:
    text = normalize("NFC", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert fold(text[start:end]) in fold(text)
