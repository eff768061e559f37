"""The clock of calls, with time in the test's hand."""

import pytest

from chat.ringing import LOOK_SECONDS, RING_SECONDS, take_up_standing
from chat.visibility import direct
from protocol.commands import RingCall
from protocol.events import CallEnded, DeviceRevoked, Logged
from store import Who
from tests.chat.call_table import (
    ANA_LAPTOP,
    ANA_PHONE,
    BEN,
    BEN_LAPTOP,
    BEN_PHONE,
    CLEO_PHONE,
    OTHER_CALL,
    Table,
)
from tests.neighbours import House, lived, nonce, passes
from tests.store.nodes.commons import Commons, LocalBus, SharedMemory


@pytest.fixture
def table() -> Table:
    return Table()


def last(table: Table) -> Logged:
    """What was logged last."""
    return table.log[-1]


def ending(table: Table) -> tuple[str, int]:
    """How the call ended."""
    event = last(table)
    assert isinstance(event, CallEnded)
    return event.reason, event.seconds


def revoke(table: Table, who: Who) -> None:
    """A device has been signed out."""
    from chat.ringing import end_of_device

    end_of_device(
        DeviceRevoked(conversation=f"own.{who.person}", person=who.person, device=who.device, at=table.now),
        table,  # type: ignore[arg-type]
    )


def test_a_ring_lasts_45_seconds_and_is_then_missed(table: Table) -> None:
    table.rings()
    assert table.timers.seconds() == [RING_SECONDS]
    table.timers.fire()
    assert ending(table) == ("missed", 0)


@lived
@pytest.mark.parametrize("wrong_ms", [-3_600_000, 3_600_000])
async def test_a_server_whose_clock_is_wrong_ends_no_ring_of_another_early(wrong_ms: int) -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    there.set_back = wrong_ms
    anna, ben = await here.joins("Anna"), await here.joins("Ben")
    place = direct(anna.person, ben.person)
    await anna.asks(RingCall(nonce=nonce(), conversation=place, call=here.new_id("c"), video=False))
    await passes(20)
    late = House(SharedMemory(commons), LocalBus(commons.hub), "c")
    late.set_back = wrong_ms
    await late.start()
    await passes(RING_SECONDS - 21)
    assert anna.of(CallEnded) == []
    await passes(2)
    assert [event.reason for event in anna.of(CallEnded)] == ["missed"]
    for house in (here, there, late):
        await house.close()


def test_an_answer_stops_the_clock_of_the_ring(table: Table) -> None:
    table.rings()
    table.picks_up()
    assert table.timers.seconds() == [LOOK_SECONDS]


@pytest.mark.parametrize("who", [ANA_PHONE, BEN_PHONE])
def test_an_end_leaves_no_clock_running(table: Table, who: Who) -> None:
    table.rings()
    table.ends(who)
    assert table.timers.set == {}


def test_a_busy_ring_starts_no_clock(table: Table) -> None:
    table.rings()
    table.timers.set.clear()
    table.rings(CLEO_PHONE, BEN, OTHER_CALL)
    assert table.timers.set == {}


def test_a_call_with_anybody_there_goes_on(table: Table) -> None:
    table.rings()
    table.picks_up()
    table.sockets.connected = {BEN_PHONE.device}
    for _ in range(5):
        table.now += LOOK_SECONDS * 1000
        table.timers.fire()
    assert table.standing() is not None


def test_a_call_with_nobody_there_twice_in_a_row_ends_with_the_length_it_had(table: Table) -> None:
    table.rings()
    table.picks_up()
    table.now += LOOK_SECONDS * 1000
    table.timers.fire()
    table.sockets.connected = {ANA_LAPTOP.device, BEN_LAPTOP.device}  # both people are here, but not with that device
    table.now += LOOK_SECONDS * 1000
    table.timers.fire()
    assert table.standing() is not None
    table.now += LOOK_SECONDS * 1000
    table.timers.fire()
    assert ending(table) == ("ended", LOOK_SECONDS)


def test_a_short_absence_of_both_does_not_end_a_call(table: Table) -> None:
    table.rings()
    table.picks_up()
    here, table.sockets.connected = table.sockets.connected, set()
    table.timers.fire()
    table.sockets.connected = here
    table.timers.fire()
    table.sockets.connected = set()
    table.timers.fire()
    assert table.standing() is not None


def test_a_restarted_server_lets_a_ring_have_what_is_left_of_its_time(table: Table) -> None:
    table.rings()
    table.timers.set.clear()
    table.now += 40_000
    take_up_standing(table)  # type: ignore[arg-type]
    assert table.timers.seconds() == [5.0]
    table.timers.fire()
    assert ending(table) == ("missed", 0)


def test_a_server_that_was_away_for_long_misses_the_call_at_once(table: Table) -> None:
    table.rings()
    table.timers.set.clear()
    table.now += 3_600_000
    take_up_standing(table)  # type: ignore[arg-type]
    assert table.timers.seconds() == [0.0]


def test_a_restarted_server_looks_after_the_calls_that_go_on(table: Table) -> None:
    table.rings()
    table.picks_up()
    table.timers.set.clear()
    table.sockets.connected = set()
    table.now += 3_600_000
    take_up_standing(table)  # type: ignore[arg-type]
    table.timers.fire()
    assert table.standing() is not None
    table.timers.fire()
    assert ending(table) == ("ended", 0)  # how long they talked before the server went away is not known


def test_a_disk_that_is_full_only_puts_the_ending_off(table: Table) -> None:
    table.rings()
    table.disk_full = True
    table.timers.fire()
    assert table.standing() is not None
    table.disk_full = False
    table.timers.fire()
    assert ending(table) == ("missed", 0)


@pytest.mark.parametrize("who", [ANA_PHONE, BEN_PHONE])
def test_a_device_that_is_signed_out_leaves_its_call(table: Table, who: Who) -> None:
    table.rings()
    table.picks_up()
    table.now += 20_000
    revoke(table, who)
    assert ending(table) == ("ended", 20)


@pytest.mark.parametrize("who", [ANA_LAPTOP, BEN_LAPTOP, CLEO_PHONE])
def test_another_device_that_is_signed_out_ends_no_call(table: Table, who: Who) -> None:
    table.rings()
    table.picks_up()
    revoke(table, who)
    assert table.standing() is not None
