"""Sockets: the same bytes to everybody, one frame a turn, and nobody waits for who is slow."""

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Iterable

import pytest

from protocol.codec import MAX_SERVER_FRAME
from store.sockets import (
    GOING_AWAY,
    MAX_OUTBOX,
    MAX_STALL_SECONDS,
    TOO_SLOW,
    UNEXPECTED,
    Connection,
    Nobody,
    Sockets,
)
from tests.neighbours import Wire, lived, passes, settles


def connected(sockets: Sockets, person: str, device: str = "") -> tuple[Connection, Wire]:
    wire = Wire()
    connection = Connection(person, device or f"{person}'s phone", wire)
    sockets.add(connection)
    return connection, wire


class Broken(Wire):
    """A line that breaks while it drains."""

    def write(self, frame: bytes) -> Awaitable[None] | None:
        super().write(frame)
        broken = asyncio.get_running_loop().create_future()
        broken.set_exception(RuntimeError("the stream is closed"))
        return broken


class Buggy(Wire):
    """A transport with a mistake in it."""

    def write(self, frame: bytes) -> Awaitable[None] | None:
        raise ZeroDivisionError


@lived
async def test_everybody_is_given_the_very_same_bytes() -> None:
    sockets = Sockets()
    lines = [connected(sockets, "anna", "phone"), connected(sockets, "anna", "tablet"), connected(sockets, "ben")]
    frame = b"x" * 100
    sockets.tell(frame, ["anna", "ben", "nobody"])
    assert all(connection.waiting[0] is frame for connection, _ in lines)
    await settles()
    assert all(wire.frames[0] is frame for _, wire in lines)


@lived
async def test_a_connection_that_is_gone_holds_itself_no_longer() -> None:
    sockets = Sockets()
    connection, wire = connected(sockets, "anna")
    watched = weakref.ref(connection)
    gc.disable()
    try:
        connection.gone()
        del connection
        assert watched() is None, "thousands that go at once would be left to a round of garbage"
    finally:
        gc.enable()
    assert not wire.frames


@lived
async def test_a_connection_that_goes_while_it_drains_holds_itself_no_longer() -> None:
    sockets = Sockets()
    connection, wire = connected(sockets, "anna")
    wire.stalled = asyncio.get_running_loop().create_future()
    sockets.tell(b"more than the network takes", ["anna"])
    await settles()
    assert connection._draining is not None
    watched = weakref.ref(connection)
    gc.disable()
    try:
        connection.gone()
        del connection
        await settles()
        assert watched() is None
    finally:
        gc.enable()


@lived
async def test_what_comes_in_one_turn_leaves_as_one_frame() -> None:
    sockets = Sockets()
    _, wire = connected(sockets, "anna")
    for number in range(20):
        sockets.tell(b"%d " % number, ["anna"])
    assert wire.frames == []
    await settles()
    assert wire.frames == [b"".join(b"%d " % number for number in range(20))]


@lived
async def test_no_frame_is_longer_than_ours_may_be_and_none_is_cut() -> None:
    sockets = Sockets()
    _, wire = connected(sockets, "anna")
    parts = [bytes([number]) * 60_000 for number in range(12)]
    for part in parts:
        sockets.tell(part, ["anna"])
    await settles()
    assert b"".join(wire.frames) == b"".join(parts)
    assert max(map(len, wire.frames)) <= MAX_SERVER_FRAME
    assert all(len(frame) % 60_000 == 0 for frame in wire.frames)


@lived
async def test_while_one_frame_drains_the_next_gathers() -> None:
    sockets = Sockets()
    _, wire = connected(sockets, "anna")
    wire.stalled = asyncio.get_running_loop().create_future()
    for part in (b"a", b"b", b"c"):
        sockets.tell(part, ["anna"])
        await settles()
    assert wire.frames == [b"a"]
    wire.stalled, drained = None, wire.stalled
    drained.set_result(None)
    await settles()
    assert wire.frames == [b"a", b"bc"]


@lived
async def test_an_outbox_that_is_too_full_closes_and_the_others_hear_all() -> None:
    sockets = Sockets()
    slow, stuck = connected(sockets, "anna", "slow")
    _, wire = connected(sockets, "anna", "quick")
    stuck.stalled = asyncio.get_running_loop().create_future()
    part = b"x" * 100_000
    for _ in range(MAX_OUTBOX // len(part) + 2):
        sockets.tell(part, ["anna"])
        await settles()
    assert (stuck.code, slow.waiting, slow.closed) == (TOO_SLOW, [], True)
    assert sum(map(len, wire.frames)) == (MAX_OUTBOX // len(part) + 2) * len(part)
    assert wire.code == 0


@lived
async def test_an_outbox_may_be_almost_full() -> None:
    sockets = Sockets()
    _, stuck = connected(sockets, "anna")
    stuck.stalled = asyncio.get_running_loop().create_future()
    sockets.tell(b"first", ["anna"])
    await settles()
    sockets.tell(b"x" * MAX_OUTBOX, ["anna"])
    assert stuck.code == 0
    sockets.tell(b"y", ["anna"])
    assert stuck.code == TOO_SLOW


@lived
async def test_a_line_that_does_not_drain_for_30_s_is_closed() -> None:
    sockets = Sockets()
    connection, stuck = connected(sockets, "anna")
    stuck.stalled = asyncio.get_running_loop().create_future()
    sockets.tell(b"a", ["anna"])
    await passes(MAX_STALL_SECONDS - 1)
    assert stuck.code == 0
    await passes(2)
    assert (stuck.code, connection.closed, sockets.is_online("anna")) == (TOO_SLOW, True, False)


@lived
async def test_a_line_that_drains_in_time_goes_on() -> None:
    sockets = Sockets()
    _, stuck = connected(sockets, "anna")
    stuck.stalled, drained = asyncio.get_running_loop().create_future(), None
    sockets.tell(b"a", ["anna"])
    await passes(MAX_STALL_SECONDS - 1)
    stuck.stalled, drained = None, stuck.stalled
    drained.set_result(None)
    sockets.tell(b"b", ["anna"])
    await passes(100)
    assert (stuck.code, stuck.frames) == (0, [b"a", b"b"])


@lived
async def test_a_line_that_breaks_while_it_drains_is_gone() -> None:
    sockets = Sockets()
    connection = Connection("anna", "phone", Broken())
    sockets.add(connection)
    sockets.tell(b"a", ["anna"])
    await settles()
    assert (connection.closed, sockets.is_online("anna"), len(sockets)) == (True, False, 0)


@lived
async def test_a_transport_with_a_bug_silences_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    sockets, buggy = Sockets(), Buggy()
    sockets.add(Connection("anna", "buggy", buggy))
    _, wire = connected(sockets, "anna", "good")
    sockets.tell(b"a", ["anna"])
    await settles()
    assert (buggy.code, wire.frames) == (UNEXPECTED, [b"a"])
    assert "ZeroDivisionError" in caplog.text


@lived
async def test_a_closed_connection_is_forgotten_at_once() -> None:
    sockets = Sockets()
    connection, wire = connected(sockets, "anna", "phone")
    sockets.watch(connection, frozenset({"ben"}), directory=True)
    sockets.tell(b"a", ["anna"])
    connection.close(4001, "signed out")
    assert (sockets.is_online("anna"), sockets.is_connected("phone")) == (False, False)
    assert (sockets.watchers("ben"), sockets.everyone(), sockets.people(), len(sockets)) == ([], [], [], 0)
    assert not sockets.tell_device(b"b", "phone")
    await settles()
    assert wire.frames == []


@lived
async def test_nothing_brings_a_closed_connection_back() -> None:
    sockets = Sockets()
    connection, wire = connected(sockets, "anna")
    sockets.remove(connection)
    sockets.watch(connection, frozenset({"ben"}), directory=True)
    sockets.send(connection, b"a")
    await settles()
    assert (sockets.watchers("ben"), wire.frames) == ([], [])


@lived
async def test_coming_and_going_is_told_once_a_person() -> None:
    sockets, said = Sockets(), list[str]()
    sockets.arrived.append(lambda person: said.append(f"{person} came"))
    sockets.left.append(lambda person: said.append(f"{person} left"))
    phone, _ = connected(sockets, "anna", "phone")
    tablet, _ = connected(sockets, "anna", "tablet")
    sockets.remove(phone)
    sockets.remove(phone)
    tablet.close(TOO_SLOW, "")
    sockets.remove(tablet)
    assert said == ["anna came", "anna left"]


@lived
async def test_one_device_is_told_and_its_person_s_other_is_not() -> None:
    sockets = Sockets()
    _, phone = connected(sockets, "anna", "phone")
    _, tablet = connected(sockets, "anna", "tablet")
    assert sockets.tell_device(b"a", "phone")
    assert not sockets.tell_device(b"a", "lost")
    await settles()
    assert (phone.frames, tablet.frames) == ([b"a"], [])


@lived
async def test_watching_anew_replaces_what_was_watched() -> None:
    sockets = Sockets()
    connection, _ = connected(sockets, "anna")
    sockets.watch(connection, frozenset({"ben", "cleo"}), directory=True)
    sockets.watch(connection, frozenset({"cleo", "dora"}), directory=False)
    seen = {person: bool(sockets.watchers(person)) for person in ("ben", "cleo", "dora")}
    assert seen == {"ben": False, "cleo": True, "dora": True}
    assert not connection.watches_directory


@lived
async def test_closing_a_device_sends_what_waits_first() -> None:
    sockets = Sockets()
    _, wire = connected(sockets, "anna", "phone")
    _, other = connected(sockets, "anna", "tablet")
    sockets.tell(b"last words", ["anna"])
    sockets.close_device("phone", 4001, "signed out")
    await settles()
    assert (wire.frames, wire.code, other.code) == ([b"last words"], 4001, 0)


@lived
async def test_leaving_closes_everybody() -> None:
    sockets = Sockets()
    wires = [connected(sockets, person)[1] for person in ("anna", "ben")]
    sockets.close_all(GOING_AWAY, "")
    assert ([wire.code for wire in wires], len(sockets)) == ([GOING_AWAY] * 2, 0)


@lived
async def test_a_retired_device_is_told_nothing_more_but_may_be_answered() -> None:
    sockets, left = Sockets(), list[str]()
    sockets.left.append(left.append)
    connection, wire = connected(sockets, "anna", "phone")
    assert sockets.retire_device("phone") == [connection]
    sockets.tell(b"event", ["anna"])
    sockets.send(connection, b"answer")
    await settles()
    connection.close(4001, "")
    assert (wire.frames, left, sockets.retire_device("phone")) == ([b"answer"], ["anna"], [])


@lived
async def test_whoever_moves_is_named_when_they_come_and_when_they_have_gone() -> None:
    sockets, moved = Sockets(), list[tuple[str, bool]]()
    sockets.moved.append(lambda one: moved.append((one.device, one.closed)))
    phone, _ = connected(sockets, "anna", "phone")
    connected(sockets, "anna", "tablet")
    sockets.remove(phone)
    assert moved == [("phone", False), ("tablet", False), ("phone", True)]
    assert [one.device for one in sockets.of_person("anna")] == ["tablet"]


@lived
async def test_a_person_is_idle_only_when_every_connection_is() -> None:
    sockets = Sockets()
    assert not sockets.is_idle("anna")
    phone, _ = connected(sockets, "anna", "phone")
    tablet, _ = connected(sockets, "anna", "tablet")
    phone.idle = True
    assert not sockets.is_idle("anna")
    tablet.idle = True
    assert sockets.is_idle("anna")


@lived
async def test_the_others_are_idle_where_there_are_none_or_no_hand_is_on_any() -> None:
    sockets = Sockets()
    phone, _ = connected(sockets, "anna", "phone")
    assert sockets.others_idle(phone)
    tablet, _ = connected(sockets, "anna", "tablet")
    assert not sockets.others_idle(phone)
    tablet.idle = True
    assert sockets.others_idle(phone)
    assert not sockets.others_idle(tablet)
    sockets.beyond = beyond = Beyond()
    assert sockets.others_idle(phone)
    beyond.is_idle = False
    assert not sockets.others_idle(phone)


class Beyond(Nobody):
    """Another node, where Anna's device is idle at first."""

    def __init__(self) -> None:
        self.is_idle = True
        self.told: list[tuple[bytes, list[str] | str]] = []

    def is_online(self, person: str) -> bool:
        return person == "anna"

    def idle_of(self, person: str) -> list[bool]:
        return [self.is_idle] if person == "anna" else []

    def is_connected(self, device: str) -> bool:
        return device == "far"

    def tell(self, frame: bytes, people: Iterable[str]) -> None:
        self.told.append((frame, list(people)))

    def tell_device(self, frame: bytes, device: str) -> bool:
        self.told.append((frame, device))
        return device == "far"


def test_what_passes_goes_to_the_whole_house_and_what_is_logged_stays_here() -> None:
    sockets = Sockets()
    sockets.beyond = beyond = Beyond()
    assert sockets.is_online("anna")
    assert sockets.is_idle("anna")
    assert not sockets.is_idle("ben")
    assert sockets.people() == sockets.of_person("anna") == []
    assert sockets.is_connected("far")
    assert sockets.of_device("far") == []
    sockets.tell(b"passes", iter(["anna", "ben"]))
    sockets.tell_here(b"logged", ["anna"])
    assert sockets.tell_device(b"to one", "far")
    assert not sockets.tell_device_here(b"to one", "far")
    assert beyond.told == [(b"passes", ["anna", "ben"]), (b"to one", "far")]
