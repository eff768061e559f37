"""Signalling: only between the two devices of a call, never kept."""

import pytest

from protocol.commands import AlertCall, AnswerCall, OfferCall, Tells, TrickleCandidate
from protocol.errors import Refusal
from protocol.events import CallAlerted, CallAnswered, CallCandidate, CallOffered
from store import Who
from tests.chat.call_table import (
    ANA_BEN,
    ANA_LAPTOP,
    ANA_PHONE,
    BEN_LAPTOP,
    BEN_PHONE,
    CALL,
    CLEO_PHONE,
    OTHER_CALL,
    Table,
)


@pytest.fixture
def ringing() -> Table:
    table = Table()
    table.rings(ANA_PHONE)
    return table


@pytest.fixture
def talking(ringing: Table) -> Table:
    ringing.picks_up(BEN_PHONE)
    return ringing


def offer(to: Who, call: str = CALL) -> OfferCall:
    """An offer for a device."""
    return OfferCall(conversation=ANA_BEN, call=call, to=to.device, sdp="v=0")


def refused(code: str, table: Table, command: Tells, who: Who) -> None:
    """This is refused with this code, and nobody heard of it."""
    with pytest.raises(Refusal) as caught:
        table.tells(command, who)
    assert caught.value.code == code
    assert table.sockets.heard == []


def test_what_one_device_of_the_call_says_the_other_hears(talking: Table) -> None:
    talking.tells(offer(BEN_PHONE), ANA_PHONE)
    talking.tells(AnswerCall(conversation=ANA_BEN, call=CALL, to=ANA_PHONE.device, sdp="v=1"), BEN_PHONE)
    talking.tells(TrickleCandidate(conversation=ANA_BEN, call=CALL, to=ANA_PHONE.device, candidate="{}"), BEN_PHONE)
    (to_ben, offered), (to_ana, answered), (_, candidate) = talking.sockets.heard
    assert isinstance(offered, CallOffered)
    assert (to_ben, offered.device, offered.person, offered.sdp) == (
        BEN_PHONE.device,
        ANA_PHONE.device,
        ANA_PHONE.person,
        "v=0",
    )
    assert isinstance(answered, CallAnswered)
    assert (to_ana, answered.device, answered.sdp) == (ANA_PHONE.device, BEN_PHONE.device, "v=1")
    assert isinstance(candidate, CallCandidate)
    assert candidate.candidate == "{}"


def test_passing_things_are_not_logged(talking: Table) -> None:
    before = len(talking.log)
    talking.tells(offer(BEN_PHONE), ANA_PHONE)
    assert len(talking.log) == before


def test_nothing_passes_before_the_call_is_answered(ringing: Table) -> None:
    refused("not-allowed", ringing, offer(BEN_PHONE), ANA_PHONE)


@pytest.mark.parametrize(
    ("who", "to"),
    [
        (ANA_LAPTOP, BEN_PHONE),
        (BEN_LAPTOP, ANA_PHONE),
        (ANA_PHONE, BEN_LAPTOP),
        (ANA_PHONE, ANA_LAPTOP),
        (ANA_PHONE, ANA_PHONE),
        (ANA_PHONE, CLEO_PHONE),
    ],
)
def test_other_devices_are_not_spoken_for_and_not_spoken_to(talking: Table, who: Who, to: Who) -> None:
    refused("not-allowed", talking, offer(to), who)


def test_a_stranger_learns_nothing_of_a_call(talking: Table) -> None:
    refused("not-found", talking, offer(BEN_PHONE), CLEO_PHONE)


def test_a_device_that_is_not_there_is_said_to_be_gone(talking: Table) -> None:
    talking.sockets.connected.discard(BEN_PHONE.device)
    refused("not-connected", talking, offer(BEN_PHONE), ANA_PHONE)


def test_a_call_that_is_over_passes_nothing(talking: Table) -> None:
    talking.ends(BEN_PHONE)
    refused("call-over", talking, offer(BEN_PHONE), ANA_PHONE)


def test_a_call_of_another_id_passes_nothing(talking: Table) -> None:
    refused("call-over", talking, offer(BEN_PHONE, OTHER_CALL), ANA_PHONE)


def test_the_caller_hears_that_a_device_rings(ringing: Table) -> None:
    ringing.tells(AlertCall(conversation=ANA_BEN, call=CALL), BEN_LAPTOP)
    ((to, alerted),) = ringing.sockets.heard
    assert isinstance(alerted, CallAlerted)
    assert (to, alerted.device) == (ANA_PHONE.device, BEN_LAPTOP.device)


def test_the_caller_does_not_ring_themselves(ringing: Table) -> None:
    refused("not-allowed", ringing, AlertCall(conversation=ANA_BEN, call=CALL), ANA_LAPTOP)


def test_what_was_answered_rings_no_more(talking: Table) -> None:
    refused("not-allowed", talking, AlertCall(conversation=ANA_BEN, call=CALL), BEN_LAPTOP)
