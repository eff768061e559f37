"""Names: what may be one, and which two are the same to a reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.names import UNSEEN, clean_line, clean_name, is_blank, name_keys, skeleton
from protocol.errors import Refusal
from protocol.shapes import MAX_NAME


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Anna", "Anna"),
        ("  Anna \t Maria\n", "Anna Maria"),
        ("Zoe\u0308", "Zoë"),
        ("Ａｎｎａ", "Anna"),
        ("O'Brien-Smith Jr.", "O'Brien-Smith Jr."),
        ("नेहा", "नेहा"),
        ("محمد", "محمد"),
        ("王小明", "王小明"),
        ("Nguyễn Thị Hồng", "Nguyễn Thị Hồng"),
        ("😀", "😀"),
        ("Anna ❤️", "Anna ❤️"),
        ("👩‍❤️‍👨", "👩‍❤️‍👨"),
        ("👨🏽‍🦰", "👨🏽‍🦰"),
        ("1️⃣", "1️⃣"),
        ("x" * MAX_NAME, "x" * MAX_NAME),
    ],
)
def test_a_name_is_shown_as_people_write_it(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * (MAX_NAME + 1),
        "ﷺ" * MAX_NAME,  # 18 letters each, once written out
        "...",
        "\u0301",
        "\u0301Anna",
        "Z\u0351\u0352\u0353\u0354algo",
        "Anna\u202eadmin",
        "Anna\u2066",
        "An\u00adna",
        "Anna\u200b",
        "\u200bAnna",
        "Anna\u200d",
        "\u200d😀",
        "An\u200dna",
        "A\ufe0f",
        "\u3164",
        "\u115f",
        "\u2800",
        "\u034f",
        "Anna\u0000",
        "Anna\u001b[31m",
        "Anna\ue000",
        "Anna\ud800",
        "Anna\U000e0041",
    ],
)
def test_what_cannot_be_seen_or_misleads_is_no_name(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        clean_name(typed)
    assert (caught.value.code, caught.value.field) == ("bad-name", "username")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna", "anna"),
        ("Anna", "ANNA"),
        ("Straße", "STRASSE"),
        ("Anna", "Аnna"),  # Cyrillic А
        ("ANNA", "АNNA"),
        ("Nina", "ΝΙΝΑ"),  # Greek capitals
        ("Bill", "ВILL"),  # Cyrillic В
        ("paypal", "paypaI"),
        ("Anna Maria", "AnnaMaria"),
        ("Zoë", "Zoe\u0308"),
        ("modern", "modem"),
        ("❤️", "❤"),
        ("O", "0"),
    ],
)
def test_names_that_a_reader_takes_for_each_other_share_a_key(one: str, other: str) -> None:
    assert set(name_keys(one)) & set(name_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna", "Hanna"), ("Lia", "Ila"), ("Mia", "Pia"), ("Zoë", "Zoe"), ("Ben", "Bea"), ("😀", "😁"), ("王", "玉")],
)
def test_names_that_a_reader_can_tell_apart_share_none(one: str, other: str) -> None:
    assert not set(name_keys(one)) & set(name_keys(other))


def test_only_the_same_name_shares_the_first_key() -> None:
    assert name_keys("Anna")[0] == name_keys("ANNA")[0]
    assert name_keys("Anna")[0] != name_keys("Аnna")[0]


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_a_refusal_and_cleaning_twice_changes_nothing(typed: str) -> None:
    try:
        shown = clean_name(typed)
    except Refusal:
        return
    assert clean_name(shown) == shown
    assert 0 < len(shown) <= MAX_NAME
    assert skeleton(shown)
    assert all(name_keys(shown))
    assert not UNSEEN.sub("", shown).startswith(" ")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Who \u202ewaters\nwhen", "Who waters when"),
        ("\u200b", ""),
        ("👨\u200d👩 ❤\ufe0f", "👨\u200d👩 ❤\ufe0f"),
        (" a\t b ", "a b"),
    ],
)
def test_a_line_is_without_what_cannot_be_seen_or_turns_the_writing_round(line: str, shown: str) -> None:
    assert clean_line(line) == shown


@pytest.mark.parametrize(
    ("text", "blank"),
    [("", True), (" \n", True), ("\u200b\u2060", True), ("\u3164", True), ("\u200ba", False), ("👍\ufe0f", False)],
)
def test_a_text_of_which_nothing_can_be_seen_is_blank(text: str, blank: bool) -> None:
    assert is_blank(text) == blank
