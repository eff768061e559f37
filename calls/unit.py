"""The forwarding unit as the rest of the server uses it: names in, events out, nothing of media in between.

    unit = Unit(hear)                                   # hear(event) is called on the loop
    await unit.open(["192.168.1.5"], port=8444)
    unit.join("call", "ann")                            # hear(Offered(…)): pass it to ann's page
    unit.answer("call", "ann", version, sdp)            # what ann's page answered
    unit.show("call", "ann", {("bob", "camera"): 360})  # what ann's screen shows
    unit.leave("call", "ann")

Everything that goes in and out is plain data, so that the unit can also live in a process of its own.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from calls import sdp
from calls.burst import passing
from calls.call import Call, Event
from calls.echo import Echo
from calls.mux import Mux
from calls.negotiation import SOURCES, Source
from calls.peer import Peer
from calls.sdp import Candidate

TICK_SECONDS = 0.02
SWEEP_SECONDS = 1.0
HOSTS = ("0.0.0.0", "::")

log = logging.getLogger(__name__)


def echo_of(peer: str) -> str:
    """The name of the call in which somebody is alone with an echo."""
    return f"echo {peer}"


class Unit:
    """All calls of this process, on one port."""

    def __init__(self, hear: Callable[[Event], None], now: Callable[[], float] = time.monotonic) -> None:
        self._hear = hear
        self._now = now
        self._pass_on = passing()
        self._mux = Mux(now, self._pass_on.flush)
        self._calls: dict[str, Call] = {}
        self._candidates: tuple[Candidate, ...] = ()
        self._timer: asyncio.TimerHandle | None = None
        self._swept_at = now()

    @property
    def port(self) -> int:
        """Where it listens, by UDP and by TCP."""
        return self._mux.port

    async def open(self, announced: Sequence[str], port: int = 0, hosts: Sequence[str] = HOSTS) -> None:
        """Listen on these hosts, and tell peers these addresses. A port of 0 takes any.

        Raises ValueError if an announced one is no address, OSError if the port is taken.
        """
        sdp.candidates(announced, port)
        await self._mux.open(hosts, port)
        self.announce(announced)

    def announce(self, announced: Sequence[str]) -> None:
        """Tell these addresses to calls that begin from now on. Raises ValueError if one is no address."""
        self._candidates = sdp.candidates(announced, self._mux.port)

    def close(self) -> None:
        """Every call ends."""
        for call in self._calls.values():
            call.close()
        self._forget_empty()
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._mux.close()

    def join(self, call: str, peer: str, sources: Sequence[Source] = SOURCES) -> None:
        """Somebody joins a call, which begins with the first; their offer follows by `hear`.

        Raises ValueError if the name cannot stand in a description, Full if the call is.
        """
        self._join(call, peer, sources, Peer)

    def _join(self, call: str, peer: str, sources: Sequence[Source], kind: type[Peer]) -> None:
        if not sdp.WORD.fullmatch(peer):
            raise ValueError("expected a peer's name of letters, digits and . _ ~ -")
        if call not in self._calls:
            mux = self._mux
            self._calls[call] = Call(
                call, self._candidates, self._now, self._hear, mux.attach, mux.detach, self._pass_on
            )
        self._calls[call].join(peer, sources, kind)
        self._run()

    def echo(self, peer: str, sources: Sequence[Source] = SOURCES) -> str:
        """A call of its own for somebody who tries camera and microphone: it gives back what it gets, a second later.

        Answers the call's name. Raises ValueError if the peer's name cannot stand in a description.
        """
        self._join(echo_of(peer), peer, sources, Echo)
        return echo_of(peer)

    def leave(self, call: str, peer: str) -> None:
        """Somebody leaves; the call ends with the last. Nothing happens if they are not in it."""
        if call in self._calls:
            self._calls[call].leave(peer)
            self._forget_empty()

    def peers(self, call: str) -> list[str]:
        """Who is in it, in the order they came."""
        return list(self._calls[call].peers) if call in self._calls else []

    def allow(self, call: str, peer: str, sources: Collection[str]) -> None:
        """Which of their sources reach the others from now on; all of them until this is said. Raises KeyError."""
        self._calls[call].allow(peer, frozenset(sources))

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        """Their answer to the offer of this version. Raises KeyError if they are not in it, Unacceptable."""
        self._calls[call].answer(peer, version, text)

    def restart(self, call: str, peer: str) -> None:
        """Their network changed, or their line to the server was gone: offer anew. Raises KeyError."""
        self._calls[call].restart(peer)

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        """How tall their screen shows each video, in pixels, by peer and source; what is missing is not shown.

        Raises KeyError if they are not in it.
        """
        self._calls[call].show(peer, heights)

    def figures(self) -> dict[str, Any]:
        """Counts and bitrates of every call, and of the port."""
        mux = self._mux
        calls = {name: call.figures() for name, call in self._calls.items()}
        return {"port": mux.port, "dropped": mux.dropped, "refused": mux.refused, "calls": calls}

    async def survey(self) -> dict[str, Any]:
        """The same, for who does not know whether it is in this process."""
        return self.figures()

    def _run(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)

    def _tick(self) -> None:
        self._timer = None
        for call in list(self._calls.values()):
            try:
                call.tick()
            except Exception:  # a mistake of ours in one call must not end the others
                log.exception("a tick of a call broke")
        if self._now() - self._swept_at >= SWEEP_SECONDS:
            self._swept_at = self._now()
            self._mux.sweep()
        self._forget_empty()
        if self._calls:
            self._run()

    def _forget_empty(self) -> None:
        for name in [name for name, call in self._calls.items() if not call.peers]:
            self._calls.pop(name).end()
