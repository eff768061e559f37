"""Rows: who is in a conversation now, and who heard what was said then."""

import msgspec
import pytest

from protocol.answers import Reach
from protocol.records import Record, from_json, replaced, to_json
from protocol.shapes import GroupCall
from store import rows
from store.rows import LastSeen, Marks, Member, Status, grown, is_in

SEEN = {
    "anna": [Reach(first=1, last=0)],
    "ben": [Reach(first=1, last=8)],
    "cleo": [Reach(first=3, last=5), Reach(first=12, last=0)],
    "nobody": list[Reach](),
}
ROOM = [Member(conversation="room.raaaaaaaaaaaaa", person=one, reach=reach, joined=1) for one, reach in SEEN.items()]
KINDS = [
    kind for kind in vars(rows).values() if isinstance(kind, type) and issubclass(kind, Record) and kind is not Record
]


def test_who_left_is_not_here_and_who_came_back_is() -> None:
    assert [one.person for one in ROOM if one.present] == ["anna", "cleo"]


@pytest.mark.parametrize(
    ("seq", "heard"),
    [(1, ["anna", "ben"]), (5, ["anna", "ben", "cleo"]), (8, ["anna", "ben"]), (9, ["anna"]), (12, ["anna", "cleo"])],
)
def test_an_event_is_heard_by_those_who_were_members_at_its_seq(seq: int, heard: list[str]) -> None:
    assert [one.person for one in ROOM if is_in(one.reach, seq)] == heard


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_row_says_what_it_is_and_comes_back_from_disk(kind: type[Record]) -> None:
    assert kind.__doc__
    required = {field.name: _some(field.type) for field in msgspec.structs.fields(kind) if field.required}
    row = kind(**required)
    assert from_json(to_json(row), kind) == row


def _some(kind: object) -> object:
    if kind is GroupCall:
        return GroupCall(call="caaaaaaaaaaaaa", began="paaaaaaaaaaaaa", seq=1, at=1, video=True, rights=["speak"])
    return {int: 1, str: "x", bool: True}.get(kind, [])  # type: ignore[call-overload]


def test_a_mark_and_a_last_seen_only_grow_and_all_else_is_as_was_said_last() -> None:
    old, new = Marks(conversation="c", person="p", read=3, delivered=9), Marks(conversation="c", person="p", read=5)
    assert grown("marks", old, new) == Marks(conversation="c", person="p", read=5, delivered=9)
    assert grown("marks", replaced(old, passed=7), new).passed == 7
    assert grown("last_seen", LastSeen(person="p", at=7), LastSeen(person="p", at=2)).at == 7
    assert grown("statuses", Status(person="p", text="later"), Status(person="p", text="now")).text == "now"
    assert grown("marks", None, new) == new
