"""Signalling: only between the two devices of a call, never kept."""

import pytest

from chat.signalling import REMEMBERED_MS
from chat.visibility import direct
from protocol.commands import AlertCall, AnswerCall, OfferCall, RingCall, Tells, TrickleCandidate
from protocol.errors import Refusal
from protocol.events import CallAlerted, CallAnswered, CallCandidate, CallOffered
from store import Who
from store.rows import Block
from tests.chat.call_table import (
    ANA,
    ANA_BEN,
    ANA_LAPTOP,
    ANA_PHONE,
    BEN,
    BEN_LAPTOP,
    BEN_PHONE,
    CALL,
    CLEO_PHONE,
    OTHER_CALL,
    Table,
)
from tests.neighbours import lived, nonce, passes, refusal_of, settles
from tests.store.nodes.commons import Commons


@pytest.fixture
def ringing() -> Table:
    table = Table()
    table.rings(ANA_PHONE)
    return table


@pytest.fixture
def talking(ringing: Table) -> Table:
    ringing.picks_up(BEN_PHONE)
    return ringing


def offer(to: Who, call: str = CALL, sdp: str = "v=0") -> OfferCall:
    """An offer for a device."""
    return OfferCall(conversation=ANA_BEN, call=call, to=to.device, sdp=sdp)


def alerts(table: Table, *devices: Who, early: bool = True) -> None:
    """These devices ring; what the caller hears of it is forgotten."""
    for who in devices:
        table.tells(AlertCall(conversation=ANA_BEN, call=CALL, early=early), who)
    table.sockets.heard.clear()


def refused(code: str, table: Table, command: Tells, who: Who) -> None:
    """This is refused with this code, and nobody heard of it."""
    with pytest.raises(Refusal) as caught:
        table.tells(command, who)
    assert caught.value.code == code
    assert table.sockets.heard == []


def test_what_one_device_of_the_call_says_the_other_hears(talking: Table) -> None:
    talking.tells(offer(BEN_PHONE), ANA_PHONE)
    answer = AnswerCall(conversation=ANA_BEN, call=CALL, to=ANA_PHONE.device, sdp="v=1", offer="AB:CD")
    talking.tells(answer, BEN_PHONE)
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
    assert (to_ana, answered.device, answered.sdp, answered.offer) == (
        ANA_PHONE.device,
        BEN_PHONE.device,
        "v=1",
        "AB:CD",
    )
    assert isinstance(candidate, CallCandidate)
    assert candidate.candidate == "{}"


def test_passing_things_are_not_logged(talking: Table) -> None:
    before = len(talking.log)
    talking.tells(offer(BEN_PHONE), ANA_PHONE)
    assert len(talking.log) == before


@pytest.mark.parametrize("to", [BEN_PHONE, BEN_LAPTOP])
def test_while_it_rings_the_caller_offers_to_whichever_device_takes_it_early(ringing: Table, to: Who) -> None:
    alerts(ringing, BEN_PHONE, BEN_LAPTOP)
    ringing.tells(offer(to), ANA_PHONE)
    ((device, offered),) = ringing.sockets.heard
    assert isinstance(offered, CallOffered)
    assert (device, offered.device) == (to.device, ANA_PHONE.device)


@pytest.mark.parametrize(
    ("who", "to"),
    [
        (ANA_LAPTOP, BEN_PHONE),
        (BEN_PHONE, ANA_PHONE),
        (ANA_PHONE, ANA_LAPTOP),
        (ANA_PHONE, CLEO_PHONE),
        (ANA_PHONE, Who(BEN_PHONE.person, "dgoneaaaaaaaaa")),
    ],
)
def test_while_it_rings_nobody_else_offers_and_to_nobody_else(ringing: Table, who: Who, to: Who) -> None:
    alerts(ringing, BEN_PHONE)
    refused("not-allowed", ringing, offer(to), who)


@pytest.mark.parametrize("connected", [True, False])
def test_a_device_that_has_not_said_that_it_takes_one_early_is_offered_nothing_there_or_not(
    ringing: Table, connected: bool
) -> None:
    if not connected:
        ringing.sockets.connected.discard(BEN_LAPTOP.device)
    alerts(ringing, BEN_PHONE)
    refused("not-allowed", ringing, offer(BEN_LAPTOP), ANA_PHONE)
    alerts(ringing, BEN_LAPTOP, early=False)
    refused("not-allowed", ringing, offer(BEN_LAPTOP), ANA_PHONE)


def test_a_device_that_takes_it_early_no_longer_is_offered_nothing(ringing: Table) -> None:
    alerts(ringing, BEN_PHONE)
    alerts(ringing, BEN_PHONE, early=False)
    refused("not-allowed", ringing, offer(BEN_PHONE), ANA_PHONE)


def test_what_rang_for_another_call_counts_for_that_one_alone(ringing: Table) -> None:
    alerts(ringing, BEN_PHONE)
    ringing.ends(ANA_PHONE)
    ringing.rings(ANA_PHONE, call=OTHER_CALL)
    refused("not-allowed", ringing, offer(BEN_PHONE, OTHER_CALL), ANA_PHONE)


def test_who_was_blocked_since_offers_nothing(ringing: Table) -> None:
    alerts(ringing, BEN_PHONE)
    ringing.shelves.blocks.put(Block(person=BEN, other=ANA, seq=1))
    refused("not-allowed", ringing, offer(BEN_PHONE), ANA_PHONE)


def test_who_rang_is_not_remembered_for_ever(ringing: Table) -> None:
    alerts(ringing, BEN_PHONE)
    ringing.now += REMEMBERED_MS
    alerts(ringing, BEN_LAPTOP)
    assert [one.device for one in ringing.alerted.values()] == [BEN_LAPTOP.device]


@pytest.mark.parametrize(
    "sdp",
    [
        "v=0\r\na=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\n",
        "v=0\na=candidate:1 1 udp 1 192.0.2.7 9 typ host",
        "v=0\r A = Candidate:1 1 udp 1 192.0.2.7 9 typ host",
        "a=end-of-candidates",
    ],
)
def test_no_address_passes_before_the_call_is_answered_and_any_after(ringing: Table, sdp: str) -> None:
    alerts(ringing, BEN_PHONE)
    refused("bad-field", ringing, offer(BEN_PHONE, sdp=sdp), ANA_PHONE)
    ringing.picks_up(BEN_PHONE)
    ringing.tells(offer(BEN_PHONE, sdp=sdp), ANA_PHONE)
    ((_, offered),) = ringing.sockets.heard
    assert isinstance(offered, CallOffered)
    assert offered.sdp == sdp


@pytest.mark.parametrize(("who", "to"), [(ANA_PHONE, BEN_PHONE), (BEN_PHONE, ANA_PHONE)])
def test_nothing_but_an_offer_passes_before_the_call_is_answered(ringing: Table, who: Who, to: Who) -> None:
    about = {"conversation": ANA_BEN, "call": CALL, "to": to.device}
    refused("not-allowed", ringing, AnswerCall(**about, sdp="v=1"), who)
    refused("not-allowed", ringing, TrickleCandidate(**about, candidate="{}"), who)


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
    ringing.tells(AlertCall(conversation=ANA_BEN, call=CALL, early=True), BEN_PHONE)
    laptop, phone = ringing.sockets.heard
    assert laptop == (ANA_PHONE.device, CallAlerted(conversation=ANA_BEN, call=CALL, device=BEN_LAPTOP.device))
    assert phone == (
        ANA_PHONE.device,
        CallAlerted(conversation=ANA_BEN, call=CALL, device=BEN_PHONE.device, early=True),
    )


def test_the_caller_does_not_ring_themselves(ringing: Table) -> None:
    refused("not-allowed", ringing, AlertCall(conversation=ANA_BEN, call=CALL), ANA_LAPTOP)


def test_what_was_answered_rings_no_more(talking: Table) -> None:
    refused("not-allowed", talking, AlertCall(conversation=ANA_BEN, call=CALL), BEN_LAPTOP)


@lived
async def test_a_device_that_rings_at_another_server_is_offered_to_early() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    anna, ben = await here.joins("Anna"), await there.joins("Ben")
    await passes(0.2)
    which = {"conversation": direct(anna.person, ben.person), "call": CALL}
    await anna.asks(RingCall(nonce=nonce(), video=True, **which))
    await settles()
    sent = OfferCall(to=ben.device, sdp="v=0", **which)
    assert await refusal_of(anna.sends(sent)) == "not-allowed"
    await ben.asks(AlertCall(early=True, **which))
    await settles()
    await anna.asks(sent)
    await settles()
    assert [event.sdp for event in ben.of(CallOffered)] == ["v=0"]
    await here.close()
    await there.close()
