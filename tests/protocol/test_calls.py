"""What may be asked of calls: limits that are checked before any rule is."""

from typing import Any

import pytest

from protocol import calls
from protocol.codec import read_command
from protocol.commands import OfferCall, RingCall
from protocol.errors import Refusal
from protocol.shapes import MAX_SDP
from scripts.protocol_examples import ANNA
from tests.protocol.registered import asks_and_tells, unregistered

NONCE = "0" * 22
DIRECT = "direct.paaaaaaaaaaaaa.pbbbbbbbbbbbbb"
CALL = "caaaaaaaaaaaaa"
DEVICE = "daaaaaaaaaaaaa"


def asked(name: str, **given: Any) -> Any:
    return read_command(name, given)


def test_every_command_and_event_of_calls_is_in_its_registry() -> None:
    assert unregistered(calls) == []
    assert min(asks_and_tells(calls)) > 0


def test_a_ring_names_its_conversation_and_its_call() -> None:
    ring = asked("call.ring", nonce=NONCE, conversation=DIRECT, call=CALL, video=True)
    assert isinstance(ring, RingCall)
    assert ring.video


def test_the_longest_description_fits() -> None:
    offer = asked("call.offer", conversation=DIRECT, call=CALL, to=DEVICE, sdp="v" * MAX_SDP)
    assert isinstance(offer, OfferCall)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("call.ring", {"nonce": NONCE, "call": CALL}),
        ("call.ring", {"nonce": NONCE, "call": "c" * 15, "video": False}),
        ("call.ring", {"nonce": NONCE, "call": CALL, "video": 1}),
        ("call.offer", {"call": CALL, "to": ANNA, "sdp": "v=0"}),
        ("call.offer", {"call": CALL, "to": DEVICE, "sdp": ""}),
        ("call.answer", {"call": CALL, "to": DEVICE, "sdp": "v" * (MAX_SDP + 1)}),
        ("call.candidate", {"call": CALL, "to": DEVICE, "candidate": "x" * 4097}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"\w"):
        asked(name, conversation=DIRECT, **given)
