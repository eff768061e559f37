"""What is ready is served in rounds: nobody twice before the others, nobody under another's number, timers between."""

import asyncio
import os
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import server
from handlers import rounds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has epoll")

Pair = tuple[socket.socket, socket.socket]
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


@pytest.fixture
def pairs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Pair]]:
    """Five, each with a byte to be read, where two are a round."""
    monkeypatch.setattr(rounds, "MOST_EVENTS", 2)
    with ExitStack() as leaving:
        made = [socket.socketpair() for _ in range(5)]
        for ours, theirs in made:
            leaving.enter_context(ours)
            leaving.enter_context(theirs)
            theirs.send(b"x")
        yield made


@pytest.fixture
def selector(pairs: list[Pair]) -> Iterator[selectors.BaseSelector]:
    """It listens to all of them."""
    with rounds.Rounds() as one:
        for ours, _ in pairs:
            one.register(ours, READ)
        yield one


def test_everybody_has_a_turn_before_anybody_has_two(selector: selectors.BaseSelector, pairs: list[Pair]) -> None:
    seen = [[key.fileobj for key, _ in selector.select(0)] for _ in range(3)]
    assert [len(turn) for turn in seen] == [2, 2, 1]
    assert {one for turn in seen for one in turn} == {ours for ours, _ in pairs}
    assert len(selector.select(0)) == 2  # nobody has read


def test_who_left_meanwhile_has_no_turn(selector: selectors.BaseSelector, pairs: list[Pair]) -> None:
    first = {key.fileobj for key, _ in selector.select(0)}
    gone = next(ours for ours, _ in pairs if ours not in first)
    selector.unregister(gone)
    selector.register(gone, WRITE)  # as a new line under the old number would be
    seen = [key.fileobj for key, _ in selector.select(0)]
    assert len(seen) == 2
    assert gone not in seen


def test_who_asks_for_something_else_by_then_is_not_told_what_they_asked_before(
    selector: selectors.BaseSelector, pairs: list[Pair]
) -> None:
    first = {key.fileobj for key, _ in selector.select(0)}
    changed = next(ours for ours, _ in pairs if ours not in first)
    selector.modify(changed, WRITE)
    seen = [key.fileobj for _ in range(2) for key, _ in selector.select(0)]
    assert changed not in seen


def test_a_timer_runs_between_the_turns_of_many(pairs: list[Pair]) -> None:
    order: list[str] = []
    loop = rounds.new_loop()

    async def live() -> None:
        done = loop.create_future()

        def reads(ours: socket.socket) -> None:
            ours.recv(1)
            order.append("read")
            if order.count("read") == len(pairs):
                done.set_result(None)

        for ours, _ in pairs:
            loop.add_reader(ours, reads, ours)
        loop.call_later(0, order.append, "timer")
        await done
        for ours, _ in pairs:
            loop.remove_reader(ours)

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(live())
    assert order.count("read") == len(pairs)
    assert "timer" in order[:3]


def test_of_whom_nothing_is_known_any_more_nobody_hears(selector: selectors.BaseSelector, pairs: list[Pair]) -> None:
    served = {key.fd for key, _ in selector.select(0)}
    lost = next(ours for ours, _ in pairs if ours.fileno() not in served)
    number = lost.detach()
    os.close(number)
    with pytest.raises(OSError, match="Bad file descriptor"):
        selector.modify(number, WRITE)
    assert [len(selector.select(0)) for _ in range(2)] == [1, 1]


def test_the_server_runs_on_such_a_loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[object] = []

    async def serve(_: object) -> None:
        seen.append(asyncio.get_running_loop()._selector)  # type: ignore[attr-defined]

    monkeypatch.setattr(sys, "argv", ["server.py", "--data", str(tmp_path), "--certs", str(tmp_path / "certs")])
    monkeypatch.setattr(server, "begin_logging", lambda *_: None)
    monkeypatch.setattr(server, "serve", serve)
    assert server.main() == 0
    assert isinstance(seen[0], rounds.Rounds)


def test_the_longest_round_is_told_whole_and_once() -> None:
    async def is_held() -> tuple[float, float]:
        longest = rounds.longest_round(asyncio.get_running_loop())
        await asyncio.sleep(0)
        longest()
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            pass
        await asyncio.sleep(0)
        return longest(), longest()

    loop = rounds.new_loop()
    try:
        held, after = loop.run_until_complete(is_held())
    finally:
        loop.close()
    assert held >= 0.1
    assert after == 0.0


def test_of_another_loop_nothing_is_told() -> None:
    loop = asyncio.new_event_loop()
    assert rounds.longest_round(loop)() == 0.0
    loop.close()
