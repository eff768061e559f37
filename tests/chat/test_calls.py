"""The rules of a call: who may ring, who was first, how it ended."""

import pytest

from chat.dispatch import SERVER
from chat.visibility import direct
from protocol.commands import ExpireCall, RingCall
from protocol.errors import Refusal
from protocol.events import CallEnded, CallPickedUp, CallRang, ConversationCreated
from protocol.records import replaced
from store import Who
from tests.chat.call_table import (
    ANA,
    ANA_BEN,
    ANA_LAPTOP,
    ANA_PHONE,
    BEN,
    BEN_LAPTOP,
    BEN_PHONE,
    CALL,
    CLEO,
    CLEO_PHONE,
    DORA,
    DORA_PHONE,
    OTHER_CALL,
    Table,
    nonce,
    only,
)


@pytest.fixture
def table() -> Table:
    return Table()


def refused(code: str, act: object, *args: object, **named: object) -> None:
    """This is refused with this code."""
    with pytest.raises(Refusal) as caught:
        act(*args, **named)  # type: ignore[operator]
    assert caught.value.code == code


# -- ringing


def test_a_ring_stands_in_its_conversation_until_it_is_answered(table: Table) -> None:
    rang = only(table.rings(), CallRang)
    call = table.standing()
    assert call is not None
    assert (call.caller, call.device, call.seq, call.picked_up_by) == (ANA, ANA_PHONE.device, rang.seq, "")


def test_the_first_call_begins_the_conversation(table: Table) -> None:
    created, rang = table.rings()
    assert isinstance(created, ConversationCreated)
    assert (created.seq, sorted(created.members), rang.seq) == (1, [ANA, BEN], 2)


def test_a_later_call_does_not_begin_it_again(table: Table) -> None:
    table.rings()
    table.ends(ANA_PHONE)
    assert [type(event) for event in table.rings()] == [CallRang]


def test_a_stranger_cannot_ring_in_the_conversation_of_two_others(table: Table) -> None:
    command = RingCall(nonce=nonce(), conversation=ANA_BEN, call=CALL, video=False)
    refused("not-found", table.does, command, CLEO_PHONE)
    assert table.standing() is None


def test_a_stranger_cannot_answer_or_end_the_call_of_two_others(table: Table) -> None:
    table.rings()
    refused("not-found", table.picks_up, CLEO_PHONE)
    refused("not-found", table.ends, CLEO_PHONE)
    assert table.standing() is not None


def test_nobody_rings_themselves(table: Table) -> None:
    command = RingCall(nonce=nonce(), conversation=f"own.{ANA}", call=CALL, video=False)
    refused("not-found", table.does, command, ANA_PHONE)


def test_a_removed_person_cannot_be_called(table: Table) -> None:
    ben = table.shelves.people.get(BEN)
    assert ben is not None
    table.shelves.people.put(replaced(ben, removed=True))
    refused("not-allowed", table.rings)


# -- answering


def test_the_first_device_that_answers_has_the_call(table: Table) -> None:
    table.rings()
    picked_up = only(table.picks_up(BEN_LAPTOP), CallPickedUp)
    call = table.standing()
    assert call is not None
    assert (picked_up.device, call.picked_up_by) == (BEN_LAPTOP.device, BEN_LAPTOP.device)
    assert picked_up.target == call.seq


def test_the_second_device_that_answers_is_too_late(table: Table) -> None:
    table.rings()
    table.picks_up(BEN_LAPTOP)
    refused("call-over", table.picks_up, BEN_PHONE)
    call = table.standing()
    assert call is not None
    assert call.picked_up_by == BEN_LAPTOP.device


def test_the_caller_cannot_answer_their_own_call(table: Table) -> None:
    table.rings(ANA_PHONE)
    refused("not-allowed", table.picks_up, ANA_LAPTOP)


def test_a_call_that_was_cancelled_cannot_be_answered(table: Table) -> None:
    table.rings()
    table.ends(ANA_PHONE)
    refused("call-over", table.picks_up)


def test_a_call_of_another_id_cannot_be_answered(table: Table) -> None:
    table.rings(call=CALL)
    refused("call-over", table.picks_up, BEN_PHONE, OTHER_CALL)


# -- ending: which of the three it is follows from who says it and when


@pytest.mark.parametrize("who", [BEN_PHONE, BEN_LAPTOP])
def test_who_is_called_declines_from_any_device(table: Table, who: Who) -> None:
    table.rings()
    ended = table.ends(who)
    assert (ended.reason, ended.seconds, ended.caller, ended.video) == ("declined", 0, ANA, True)
    assert table.standing() is None


@pytest.mark.parametrize("who", [ANA_PHONE, ANA_LAPTOP])
def test_who_calls_cancels_from_any_device(table: Table, who: Who) -> None:
    table.rings()
    assert table.ends(who).reason == "cancelled"
    assert table.standing() is None


@pytest.mark.parametrize("who", [ANA_PHONE, BEN_PHONE])
def test_once_answered_either_side_hangs_up_and_the_length_is_kept(table: Table, who: Who) -> None:
    rang = only(table.rings(), CallRang)
    table.now += 10_000
    table.picks_up()
    table.now += 65_900
    ended = table.ends(who)
    assert (ended.reason, ended.seconds, ended.target) == ("ended", 65, rang.seq)


def test_a_connection_that_failed_is_not_called_an_ending(table: Table) -> None:
    table.rings()
    table.picks_up()
    assert table.ends(BEN_PHONE, failed=True).reason == "failed"


def test_a_decline_that_crosses_the_answer_of_ones_other_device_does_not_end_the_call(table: Table) -> None:
    table.rings()
    table.picks_up(BEN_LAPTOP)
    refused("call-over", table.ends, BEN_PHONE)
    assert table.standing() is not None


def test_a_call_that_is_over_cannot_be_ended_again(table: Table) -> None:
    table.rings()
    table.ends(ANA_PHONE)
    refused("call-over", table.ends, BEN_PHONE)


def test_a_clock_set_back_does_not_make_a_negative_length(table: Table) -> None:
    table.rings()
    table.picks_up()
    table.now -= 3_600_000
    assert table.ends(ANA_PHONE).seconds == 0


# -- one call a person


def test_who_is_in_a_call_is_busy_and_does_not_ring(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    table.picks_up()
    events = table.rings(CLEO_PHONE, BEN, OTHER_CALL)
    rang, ended = only(events, CallRang), only(events, CallEnded)
    assert (ended.reason, ended.target, ended.caller) == ("busy", rang.seq, CLEO)
    assert table.standing(direct(BEN, CLEO)) is None


def test_who_is_being_called_by_somebody_else_is_busy_too(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    assert only(table.rings(CLEO_PHONE, BEN, OTHER_CALL), CallEnded).reason == "busy"
    assert table.standing() is not None


def test_two_other_people_may_call_meanwhile(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    assert [type(event) for event in table.rings(CLEO_PHONE, DORA, OTHER_CALL)] == [ConversationCreated, CallRang]
    assert table.standing(direct(CLEO, DORA)) is not None


def test_a_second_call_while_in_one_is_refused(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    table.picks_up()
    refused("in-a-call", table.rings, ANA_PHONE, CLEO, OTHER_CALL)
    refused("in-a-call", table.rings, ANA_LAPTOP, CLEO, OTHER_CALL)
    refused("in-a-call", table.rings, BEN_PHONE, ANA, OTHER_CALL)


def test_who_rings_already_cannot_ring_again(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    refused("in-a-call", table.rings, ANA_LAPTOP, BEN, OTHER_CALL)


def test_who_is_being_called_answers_before_calling_somebody_else(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    refused("in-a-call", table.rings, BEN_PHONE, CLEO, OTHER_CALL)


def test_after_the_end_one_may_call_again(table: Table) -> None:
    table.rings(ANA_PHONE, BEN)
    table.ends(BEN_PHONE)
    assert only(table.rings(ANA_PHONE, CLEO, OTHER_CALL), CallRang).call == OTHER_CALL


# -- both at once


def test_two_who_call_each_other_at_once_are_joined(table: Table) -> None:
    table.rings(ANA_PHONE, BEN, CALL)
    (picked_up,) = table.rings(BEN_LAPTOP, ANA, OTHER_CALL)
    assert isinstance(picked_up, CallPickedUp)
    assert (picked_up.call, picked_up.device) == (CALL, BEN_LAPTOP.device)


def test_a_ring_into_a_call_that_was_answered_joins_nobody(table: Table) -> None:
    table.rings(ANA_PHONE, BEN, CALL)
    table.picks_up(BEN_PHONE)
    refused("in-a-call", table.rings, BEN_LAPTOP, ANA, OTHER_CALL)


# -- running out


def expiry(*, ringing: bool, until: int = 0) -> ExpireCall:
    """What the clock says."""
    return ExpireCall(nonce=nonce(), conversation=ANA_BEN, call=CALL, until=until, ringing=ringing)


def test_a_ring_nobody_answered_is_a_missed_call(table: Table) -> None:
    table.rings()
    ended = only(table.does(expiry(ringing=True), SERVER), CallEnded)
    assert (ended.reason, ended.caller, ended.seconds) == ("missed", ANA, 0)
    assert table.standing() is None


def test_an_answer_just_in_time_is_not_missed(table: Table) -> None:
    table.rings()
    table.picks_up()
    refused("call-over", table.does, expiry(ringing=True), SERVER)
    assert table.standing() is not None


def test_a_call_both_sides_lost_ends_with_the_length_it_had(table: Table) -> None:
    table.rings()
    table.picks_up()
    since = table.now
    table.now += 500_000
    ended = only(table.does(expiry(ringing=False, until=since + 30_000), SERVER), CallEnded)
    assert (ended.reason, ended.seconds) == ("ended", 30)


def test_only_the_server_lets_a_call_run_out(table: Table) -> None:
    table.rings()
    refused("not-allowed", table.does, expiry(ringing=True), BEN_PHONE)


def test_a_device_that_was_signed_out_has_no_say(table: Table) -> None:
    table.rings()
    table.shelves.devices.drop(BEN_PHONE.device)
    refused("signed-out", table.picks_up, BEN_PHONE)


def test_dora_is_left_alone_by_all_this(table: Table) -> None:
    table.rings()
    table.picks_up()
    assert table.view().call_of(DORA_PHONE.person) is None
    assert table.view().call_of(ANA) == table.view().call_of(BEN)
