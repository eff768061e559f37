"""Rows: who is in a conversation now, and who heard what was said then."""

import msgspec
import pytest

from protocol.answers import Reach
from protocol.records import Record, from_json, to_json
from store import rows
from store.rows import Conversation

ROOM = Conversation(
    id="room.raaaaaaaaaaaaa",
    kind="room",
    head=20,
    members={
        "anna": [Reach(first=1, last=0)],
        "ben": [Reach(first=1, last=8)],
        "cleo": [Reach(first=3, last=5), Reach(first=12, last=0)],
        "nobody": [],
    },
)
KINDS = [
    kind for kind in vars(rows).values() if isinstance(kind, type) and issubclass(kind, Record) and kind is not Record
]


def test_who_left_is_not_here_and_who_came_back_is() -> None:
    assert ROOM.present() == ["anna", "cleo"]


@pytest.mark.parametrize(
    ("seq", "heard"),
    [(1, ["anna", "ben"]), (5, ["anna", "ben", "cleo"]), (8, ["anna", "ben"]), (9, ["anna"]), (12, ["anna", "cleo"])],
)
def test_an_event_is_heard_by_those_who_were_members_at_its_seq(seq: int, heard: list[str]) -> None:
    assert ROOM.audience(seq) == heard


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_row_says_what_it_is_and_comes_back_from_disk(kind: type[Record]) -> None:
    assert kind.__doc__
    required = {field.name: _some(field.type) for field in msgspec.structs.fields(kind) if field.required}
    row = kind(**required)
    assert from_json(to_json(row), kind) == row


def _some(kind: object) -> object:
    return 1 if kind is int else "x"
