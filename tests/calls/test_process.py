"""The unit in a process of its own is asked, and tells, as the unit here does."""

import asyncio
import os
import signal

import pytest

from calls.call import Connected, Counted, Event, Left, Offered
from calls.process import Servant, UnitProcess, event, line
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Desk
from tests.calls.waiting import on_loop, until


async def opened(desk: Desk, gone: list[bool]) -> UnitProcess:
    unit = UnitProcess(desk, lambda: gone.append(True))
    await unit.open(["127.0.0.1"], hosts=["127.0.0.1"])
    return unit


@on_loop
async def test_two_hear_each_other_through_another_process() -> None:
    desk, gone = Desk(), list[bool]()
    unit = await opened(desk, gone)
    ann, bob = (Client(unit, desk, f"p{one}", {"0": Sending(100 + one)}) for one in (1, 2))  # type: ignore[arg-type]
    await ann.join()
    await bob.join()
    seq = 0
    while not bob.packets:
        seq += 1
        ann.send(packets.voice(101, seq))
        await asyncio.sleep(0.01)
    assert unit.peers("call") == ["p1", "p2"]
    unit.show("call", "p2", {("p1", "camera"): 100})
    await until(unit.figures)
    told = unit.figures()
    assert told["port"] == unit.port > 0
    assert told["calls"]["call"]["peers"]["p1"]["ups"][0]["packets"] > 0
    unit.leave("call", "p1")
    assert unit.peers("call") == ["p2"]
    await until(lambda: Left("call", "p1", "left") in desk.events)
    assert Connected("call", "p2") in desk.events
    ann.vanish()
    bob.vanish()
    await unit.close()
    assert gone == []


@on_loop
async def test_who_may_not_speak_is_not_heard_through_it_either() -> None:
    desk = Desk()
    unit = await opened(desk, [])
    ann, bob = (Client(unit, desk, f"p{one}", {"0": Sending(100 + one)}) for one in (1, 2))  # type: ignore[arg-type]
    await ann.join()
    await bob.join()
    unit.allow("call", "p1", ["camera"])
    seq = 0
    while not (bob.offers and bob.offers[-1].tracks):
        seq += 1
        ann.send(packets.voice(101, seq))
        await asyncio.sleep(0.01)
    assert bob.packets == []
    unit.allow("call", "p1", ["microphone"])
    while not bob.packets:
        seq += 1
        ann.send(packets.voice(101, seq))
        await asyncio.sleep(0.01)
    ann.vanish()
    bob.vanish()
    await unit.close()


@on_loop
async def test_only_who_is_in_a_call_can_be_spoken_of() -> None:
    desk = Desk()
    unit = await opened(desk, [])
    unit.join("call", "ann")
    for ask in (
        lambda: unit.answer("call", "bob", 1, ""),
        lambda: unit.restart("call", "bob"),
        lambda: unit.show("else", "ann", {}),
        lambda: unit.allow("else", "ann", []),
    ):
        with pytest.raises(KeyError):
            ask()
    await until(lambda: desk.events)
    unit.restart("call", "ann")
    unit.announce(["127.0.0.2"])
    assert unit.echo("bob") == "echo bob"
    assert unit.peers("echo bob") == ["bob"]
    await until(lambda: len([one for one in desk.events if isinstance(one, Offered)]) == 3)
    await unit.close()


@on_loop
async def test_what_it_refuses_is_logged_and_who_was_refused_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    unit = await opened(desk, [])
    unit.join("call", "a b")
    await until(lambda: Left("call", "a b", "refused") in desk.events)
    assert unit.peers("call") == []
    unit.join("call", "ann")
    unit.answer("call", "ann", 1, "v=0")
    await until(lambda: "Unacceptable" in caplog.text)
    await unit.close()


@on_loop
async def test_what_is_told_of_a_former_self_does_not_hide_who_came_again() -> None:
    desk = Desk()
    unit = await opened(desk, [])
    unit.join("call", "ann")
    unit.leave("call", "ann")
    unit.join("call", "ann")
    await until(lambda: Left("call", "ann", "left") in desk.events)
    assert unit.peers("call") == ["ann"]
    await until(lambda: not unit._coming)
    unit.leave("call", "ann")
    await until(lambda: desk.events.count(Left("call", "ann", "left")) == 2)
    assert unit.peers("call") == []
    await unit.close()


@on_loop
async def test_a_mistake_of_ours_over_one_peer_does_not_end_the_process(caplog: pytest.LogCaptureFixture) -> None:
    said: list[tuple[str, object]] = []
    servant = Servant(lambda kind, value: said.append((kind, value)))
    await servant.serve(line(["open", ["127.0.0.1"], 0, ["127.0.0.1"]]))
    await servant.serve(line(["answer", "call", "ann"]))
    assert "could not do answer" in caplog.text
    await servant.serve(line(["join", "call", "ann"]))
    servant.close()
    assert [kind for kind, _ in said][:3] == ["opened", "Offered", "served"]


@on_loop
async def test_a_mistake_of_ours_over_one_thing_it_tells_does_not_make_us_deaf(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[Event] = []

    def hear(told: Event) -> None:
        heard.append(told)
        if len(heard) == 1:
            raise RuntimeError("a mistake of ours")

    unit = UnitProcess(hear)
    await unit.open(["127.0.0.1"], hosts=["127.0.0.1"])
    unit.join("call", "ann")
    unit.join("call", "bob")
    await until(lambda: any(isinstance(one, Offered) and one.peer == "bob" for one in heard))
    assert "what the forwarding unit told was not handled" in caplog.text
    await unit.close()


@on_loop
async def test_figures_are_asked_for_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    unit = await opened(Desk(), [])
    unit.join("call", "ann")
    told = await unit.survey()
    assert list(told["calls"]["call"]["peers"]) == ["ann"]
    monkeypatch.setattr("calls.process.SURVEY_SECONDS", 0.01)
    unit._child, child = None, unit._child  # it hears nothing
    assert await unit.survey() == told
    unit._child = child
    await unit.close()


@on_loop
async def test_the_account_of_a_call_comes_from_there_too() -> None:
    desk = Desk()
    unit = await opened(desk, [])
    unit.join("call", "ann")
    unit.leave("call", "ann")
    await until(lambda: any(isinstance(one, Counted) for one in desk.events))
    (account,) = [one for one in desk.events if isinstance(one, Counted)]
    assert (account.call, account.over, account.figures["people"]) == ("call", True, 1)
    await unit.close()


@on_loop
async def test_a_port_that_is_taken_is_told() -> None:
    unit = await opened(Desk(), [])
    other = UnitProcess(Desk())
    with pytest.raises(OSError):
        await other.open(["127.0.0.1"], unit.port, ["127.0.0.1"])
    await other.close()
    await unit.close()


@on_loop
async def test_a_process_that_dies_is_told_and_its_calls_are_over() -> None:
    gone: list[bool] = []
    unit = await opened(Desk(), gone)
    unit.join("call", "ann")
    assert unit._child
    os.kill(unit._child.pid, signal.SIGKILL)
    await until(lambda: gone)
    assert unit.peers("call") == []
    unit.join("call", "ann")
    assert unit.figures() == {}
    await unit.close()


@on_loop
async def test_a_process_whose_words_cannot_be_read_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    gone: list[bool] = []
    unit = await opened(Desk(), gone)
    assert unit._child
    assert unit._child.stdout
    unit._child.stdout.set_exception(ConnectionResetError("the pipe broke"))
    await until(lambda: gone)
    assert "not understood" in caplog.text
    await unit.close()


@on_loop
async def test_the_child_serves_what_it_can_and_says_what_it_cannot() -> None:
    said: list[tuple[str, object]] = []
    servant = Servant(lambda kind, value: said.append((kind, value)))
    await servant.serve(line(["open", ["no address"], 0, ["127.0.0.1"]]))
    await servant.serve(line(["open", ["127.0.0.1"], 0, ["127.0.0.1"]]))
    await servant.serve(line(["show", "call", "ann", [[["bob", "camera"], 100]]]))
    await servant.serve(line(["figures"]))
    servant.close()
    assert [kind for kind, _ in said] == ["failed", "opened", "refused", "figures"]


def test_events_come_out_as_they_went_in() -> None:
    told = Offered("call", "ann", 1, "v=0\r\n", {"4": ("bob", "camera")})
    values = {"call": "call", "peer": "ann", "version": 1, "sdp": "v=0\r\n", "tracks": {"4": ["bob", "camera"]}}
    assert event("Offered", values) == told
    assert line(["Left", 1]) == b'["Left",1]\n'
