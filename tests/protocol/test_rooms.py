"""What may be asked of rooms: limits that are checked before any rule is."""

from typing import Any

import pytest

from protocol import rooms
from protocol.codec import read_command
from protocol.commands import AddMembers, CreateRoom
from protocol.errors import Refusal
from protocol.shapes import MAX_ADDED, MAX_TITLE, MAX_TOPIC
from scripts.protocol_examples import ANNA
from tests.protocol.registered import asks_and_tells, unregistered

NONCE = "0" * 22
ROOM = "room.raaaaaaaaaaaaa"


def asked(name: str, **given: Any) -> Any:
    return read_command(name, {"nonce": NONCE, **given})


def test_every_command_and_event_of_a_room_is_in_its_registry() -> None:
    assert unregistered(rooms) == []
    assert min(asks_and_tells(rooms)) > 0


@pytest.mark.parametrize(("title", "topic"), [("x", ""), ("x" * MAX_TITLE, "x" * MAX_TOPIC)])
def test_a_name_and_a_topic_fit(title: str, topic: str) -> None:
    assert isinstance(asked("room.create", title=title, topic=topic), CreateRoom)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("room.create", {"title": ""}),
        ("room.create", {"title": "x" * (MAX_TITLE + 1)}),
        ("room.create", {"title": "x", "topic": "x" * (MAX_TOPIC + 1)}),
        ("room.create", {"title": "x", "history": "never"}),
        ("room.create", {"title": "x", "members": [ANNA] * (MAX_ADDED + 1)}),
        ("room.change", {"conversation": ROOM, "public": "yes"}),
        ("member.add", {"conversation": "room.", "members": []}),
        ("member.add", {"conversation": ROOM, "members": [ANNA] * (MAX_ADDED + 1)}),
        ("member.change", {"conversation": ROOM, "person": ANNA, "role": "host"}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as caught:
        asked(name, **given)
    assert caught.value.code == "bad-field"


def test_as_many_people_as_are_allowed_fit() -> None:
    assert isinstance(asked("member.add", conversation=ROOM, members=[ANNA] * MAX_ADDED), AddMembers)
