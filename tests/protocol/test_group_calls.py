"""What may be asked of calls in rooms: limits that are checked before any rule is."""

from typing import Any

import pytest

from protocol import group_calls
from protocol.codec import read_command
from protocol.errors import Refusal
from protocol.group_calls import ChangeCall, OpenCall, SetFloor
from protocol.shapes import Floor
from scripts.protocol_examples import ROOM
from tests.protocol.registered import asks_and_tells, unregistered

CALL = "caaaaaaaaaaaaa"
NONCE = "0" * 22


def asked(name: str, **given: Any) -> Any:
    return read_command(name, {"conversation": ROOM, "call": CALL} | given)


def test_every_command_and_event_of_group_calls_is_in_its_registry() -> None:
    assert unregistered(group_calls) == []
    assert min(asks_and_tells(group_calls)) > 0


def test_a_call_rings_only_when_asked_to() -> None:
    opened = asked("call.open", nonce=NONCE, video=True)
    assert isinstance(opened, OpenCall)
    assert not opened.ring


def test_what_is_left_out_stays() -> None:
    changed = asked("call.change", nonce=NONCE, rights=[])
    assert isinstance(changed, ChangeCall)
    assert (changed.locked, changed.lobby, changed.rights) == (None, None, [])


def test_a_floor_says_only_what_is_different_from_nothing() -> None:
    shown = asked("call.show", floor={"hand": 5})
    assert isinstance(shown, SetFloor)
    assert shown.floor == Floor(hand=5)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("call.open", {"nonce": NONCE, "video": "yes"}),
        ("call.change", {"nonce": NONCE, "rights": ["speak", "sing"]}),
        ("call.change", {"nonce": NONCE, "rights": ["speak"] * 5}),
        ("call.grant", {"nonce": NONCE, "person": "daaaaaaaaaaaaa"}),
        ("call.show", {"floor": {"hand": -1}}),
        ("call.show", {"floor": {"hat": True}}),
        ("call.show", {"floor": {"asks": ["sing"]}}),
        ("call.show", {"floor": {"asks": ["speak"] * 5}}),
        ("call.cheer", {"emoji": ""}),
        ("call.cheer", {"emoji": "x" * 41}),
        ("call.silence", {"person": "everybody"}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"\w"):
        asked(name, **given)
