"""Blank rows: the words go, the place and the number stay."""

import pytest

from protocol.codec import pack_event, read_event
from protocol.events import Logged, MessageEdited, MessageSent, PinChanged, ReactionChanged, VoteChanged
from store.blanking import blanked, log_row
from store.durable import LogRow

PLACE = {"conversation": "room.rgardenaaaaaaa", "seq": 7, "author": "pannaaaaaaaaaa", "at": 1000}

SAID: list[Logged] = [
    MessageSent(**PLACE, text="a secret", nonce="n", mentions=["pbenaaaaaaaaaa"], target=3),  # type: ignore[arg-type]
    MessageEdited(**PLACE, target=3, text="a secret"),  # type: ignore[arg-type]
    ReactionChanged(**PLACE, target=3, emoji="🤫", on=True),  # type: ignore[arg-type]
    VoteChanged(**PLACE, target=3, choices=[1], before=[0]),  # type: ignore[arg-type]
]


def row_of(event: Logged) -> LogRow:
    return log_row(event, pack_event(event))


@pytest.mark.parametrize("event", SAID, ids=lambda event: event.name)
def test_who_said_something_where_and_when_stays_and_nothing_else(event: Logged) -> None:
    row = row_of(event)
    blank = blanked(row)
    left = read_event(blank.frame)
    assert (blank.conversation, blank.seq, blank.name, blank.target) == (row.conversation, 7, event.name, 3)
    assert isinstance(left, Logged)
    assert (left.author, left.at) == (event.author, event.at)
    assert blank.text == ""
    assert not [word for word in ("secret", "🤫", "pben") if word.encode() in blank.frame]
    assert getattr(left, "choices", []) == getattr(left, "before", []) == []


@pytest.mark.parametrize("event", SAID, ids=lambda event: event.name)
def test_what_is_blank_stays_as_it_is(event: Logged) -> None:
    blank = blanked(row_of(event))
    assert blanked(blank) == blank


def test_what_has_no_words_is_not_blanked() -> None:
    with pytest.raises(RuntimeError, match="expected a message"):
        blanked(row_of(PinChanged(**PLACE, target=3, on=True)))  # type: ignore[arg-type]
