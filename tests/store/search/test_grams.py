"""What a text is filed under is what a question for any part of it looks up."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.folding import fold
from store.search.grams import AUTHOR, FILE, MAX_GRAMS, PLACE, grams_of, is_unspaced, mark, match, pairs, read_query


def filed(text: str) -> set[str]:
    """What SQLite itself files a text under."""
    link = sqlite3.connect(":memory:")
    link.execute(
        "create virtual table filed using fts5 (body, pairs, detail=none, tokenize='trigram case_sensitive 1')"
    )
    link.execute("create virtual table terms using fts5vocab (filed, 'row')")
    link.execute("insert into filed values (?, ?)", (fold(text), pairs(fold(text))))
    return {term for (term,) in link.execute("select term from terms")}


TEXTS = st.text(st.sampled_from("ab é日本語タイ猫한글กข🎉 \"'*"), max_size=20)


@given(TEXTS, st.data())
def test_every_part_that_the_index_can_answer_is_filed(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded)))
    part = folded[start : data.draw(st.integers(start, len(folded)))]
    for word in part.split():
        assert set(grams_of(word)) <= filed(text)


@pytest.mark.parametrize("word", ["abc", "日本", "猫", "안녕", "ไทย", "กข", "🎉", "x猫"])
def test_the_index_can_answer_this(word: str) -> None:
    assert grams_of(word)


@pytest.mark.parametrize("word", ["a", "ab", "да", "éa"])
def test_the_index_cannot_answer_so_little(word: str) -> None:
    assert grams_of(fold(word)) == []


def test_words_may_stand_anywhere_and_short_ones_only_narrow() -> None:
    wanted = read_query("See  me TOMORROW tomorrow")
    assert wanted.words == ["see", "me", "tomorrow"]
    assert wanted.grams[:2] == ["see", "tom"]


def test_only_short_words_are_looked_for_as_they_were_typed() -> None:
    assert read_query("to be").words == ["to be"]
    assert read_query("to be").grams == ["to ", "o b", " be"]
    assert read_query("ok").grams == []


def test_a_long_question_looks_up_a_handful_from_all_over_it() -> None:
    wanted = read_query("".join(chr(0x4E00 + at) for at in range(200)))
    assert len(wanted.grams) == MAX_GRAMS
    assert wanted.grams[-1][0] > chr(0x4E00 + 180)


def test_what_has_nothing_to_be_seen_asks_for_nothing() -> None:
    assert read_query(" \u200b\ue000 ").words == []


def test_each_mark_is_one_entry_and_no_other() -> None:
    numbers = [0, 1, 4095, 4096, 4096 * 4096 - 1]
    marks = {mark(kind, number) for kind in (PLACE, AUTHOR, FILE) for number in numbers}
    assert len(marks) == 3 * len(numbers)
    assert {len(one) for one in marks} == {3}


def test_a_number_too_large_for_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a number below"):
        mark(PLACE, 4096 * 4096)


def test_nobody_s_words_pass_for_a_mark() -> None:
    assert fold(mark(PLACE, 1) + mark(AUTHOR, 4096)) == ""


def test_quotes_are_only_text() -> None:
    assert match(['a"b', "x OR"], []) == '"a""b" AND "x OR"'
    assert match(["abc"], ["p1", "p2"]) == '"abc" AND ("p1" OR "p2")'
    assert match([], []) == ""


def test_plain_letters_have_no_pairs() -> None:
    assert not is_unspaced("a")
    assert not is_unspaced("д")
    assert pairs("plain") == ""
    assert pairs("да") == ""
