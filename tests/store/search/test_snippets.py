"""What is shown of a found message: the words around the match, as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search.folding import fold
from store.search.snippets import WIDTH, has_all, snippet


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("See you at dinner, Anna", ["dinner"], ["See you at ", "dinner", ", Anna"]),
        ("Die Straße ist lang", ["strasse"], ["Die ", "Straße", " ist lang"]),
        ("Cre\u0301me", ["cre"], ["", "Cre\u0301", "me"]),
        ("日本語を話す", ["本語"], ["日", "本語", "を話す"]),
        ("one two one", ["one"], ["", "one", " two ", "one", ""]),
        ("banana", ["ana", "nan"], ["b", "anana", ""]),
        ("two\n\nlines here", ["two lines"], ["", "two lines", " here"]),
        ("🎉🎉 party", ["🎉"], ["", "🎉🎉", " party"]),
        ("ﷺ", ["عليه"], ["", "ﷺ", ""]),
    ],
)
def test_every_second_piece_is_a_match(text: str, words: list[str], pieces: list[str]) -> None:
    assert snippet(text, words) == pieces


def test_a_long_text_is_cut_around_the_first_match_at_a_word() -> None:
    pieces = snippet("before " * 100 + "needle" + " after" * 100, ["needle"])
    assert pieces is not None
    assert pieces[0].startswith("…before ")
    assert pieces[1] == "needle"
    assert pieces[-1].endswith("…")
    assert len("".join(pieces)) <= WIDTH + 2


def test_a_match_longer_than_what_is_shown_is_cut() -> None:
    pieces = snippet("x" * 4000, ["x" * 200])
    assert pieces is not None
    assert pieces == ["", "x" * WIDTH, "…"]


def test_without_words_it_is_the_beginning() -> None:
    assert snippet("Hello there", []) == ["Hello there"]
    assert snippet("a" * 500, []) == ["a" * WIDTH + "…"]


def test_what_does_not_match_has_no_snippet() -> None:
    assert snippet("Hello", ["dinner"]) is None


def test_words_may_be_spread_over_text_and_file_names() -> None:
    assert has_all(["See photo", "Wedding.jpg"], ["photo", "wedding"])
    assert not has_all(["See photo", "Wedding.jpg"], ["photo", "funeral"])


@given(st.text(min_size=1, max_size=300), st.data())
def test_the_pieces_are_the_text_and_the_matches_match(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, max(0, len(folded) - 1)))
    word = folded[start : start + 5].strip()
    if word and (pieces := snippet(text, [word])):
        assert len(pieces) % 2 == 1
        assert fold(word)[:1] in fold(pieces[1])
