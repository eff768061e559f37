"""The forwarding unit in a process of its own, so that chat and media never wait for each other.

It is asked and it tells as `Unit` does, but nobody waits for it: who is in a call is known here too, and what it
refuses otherwise is logged. JSON goes both ways, a value a line, over the pipes of a child that ends with its parent.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from calls.call import Connected, Counted, Event, Full, Left, Offered, Sent, Spoke
from calls.unit import HOSTS, Unit, echo_of

ROOT = Path(__file__).resolve().parent.parent
MAX_LINE = 1 << 24  # bytes; an offer in a call of 40 people is about 60 kB, the figures of such a call 300 kB
SURVEY_SECONDS = 1.0  # to wait for figures
KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in (Offered, Connected, Left, Spoke, Sent, Counted)}

log = logging.getLogger(__name__)


class UnitProcess:
    """A `Unit` elsewhere. `hear` is called on the loop; `ended` when the process is gone without having been closed.

    Then every call in it is over, and another may be opened.
    """

    def __init__(self, hear: Callable[[Event], None], ended: Callable[[], None] = lambda: None) -> None:
        self.port = 0
        self._hear = hear
        self._ended = ended
        self._child: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._opened: asyncio.Future[int] | None = None
        self._peers: dict[str, dict[str, None]] = {}  # by call, in the order they came
        self._coming: dict[tuple[str, str], int] = {}  # joins, by call and peer, that were not served yet
        self._figures: dict[str, Any] = {}
        self._surveys: list[asyncio.Future[None]] = []  # of who waits for the next figures

    async def open(self, announced: Sequence[str], port: int = 0, hosts: Sequence[str] = HOSTS) -> None:
        """Begins the process, and listens. Raises OSError, with its words, if the process cannot."""
        pipe = asyncio.subprocess.PIPE
        command = [sys.executable, "-m", "calls.process"]
        self._opened = asyncio.get_running_loop().create_future()
        self._coming.clear()
        self._child = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe, limit=MAX_LINE)
        self._reading = asyncio.get_running_loop().create_task(self._read(self._child))
        self._tell("open", list(announced), port, list(hosts))
        self.port = await self._opened

    async def close(self) -> None:
        """Every call ends, and the process."""
        child, self._child = self._child, None
        if child and child.stdin:
            child.stdin.close()
        if self._reading:
            await self._reading

    def announce(self, announced: Sequence[str]) -> None:
        """As `Unit.announce`."""
        self._tell("announce", list(announced))

    def join(self, call: str, peer: str) -> None:
        """As `Unit.join`, for what everybody may send."""
        self._peers.setdefault(call, {})[peer] = None
        self._comes(call, peer)
        self._tell("join", call, peer)

    def echo(self, peer: str) -> str:
        """As `Unit.echo`, for what everybody may send."""
        self._peers[echo_of(peer)] = {peer: None}
        self._comes(echo_of(peer), peer)
        self._tell("echo", peer)
        return echo_of(peer)

    def leave(self, call: str, peer: str) -> None:
        """As `Unit.leave`."""
        self._forget(call, peer)
        self._tell("leave", call, peer)

    def peers(self, call: str) -> list[str]:
        """As `Unit.peers`."""
        return list(self._peers.get(call, {}))

    def allow(self, call: str, peer: str, sources: Collection[str]) -> None:
        """As `Unit.allow`."""
        self._tell_of(call, peer, "allow", list(sources))

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        """As `Unit.answer`, but that an answer does not fit is only logged."""
        self._tell_of(call, peer, "answer", version, text)

    def restart(self, call: str, peer: str) -> None:
        """As `Unit.restart`."""
        self._tell_of(call, peer, "restart")

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        """As `Unit.show`."""
        self._tell_of(call, peer, "show", list(heights.items()))

    def figures(self) -> dict[str, Any]:
        """As `Unit.figures`, as they were when they were last asked for."""
        self._tell("figures")
        return self._figures

    async def survey(self) -> dict[str, Any]:
        """As `Unit.survey`; the last ones if it does not answer in time."""
        coming = asyncio.get_running_loop().create_future()
        self._surveys.append(coming)
        self._tell("figures")
        with suppress(TimeoutError):
            await asyncio.wait_for(coming, SURVEY_SECONDS)
        return self._figures

    def _tell_of(self, call: str, peer: str, name: str, *arguments: object) -> None:
        if peer not in self._peers.get(call, {}):
            raise KeyError(peer)
        self._tell(name, call, peer, *arguments)

    def _tell(self, name: str, *arguments: object) -> None:
        """To a process that is gone nothing can be said: `ended` was told."""
        if self._child and self._child.stdin:
            self._child.stdin.write(line([name, *arguments]))

    def _comes(self, call: str, peer: str, joins: int = 1) -> None:
        self._coming[call, peer] = self._coming.get((call, peer), 0) + joins
        if not self._coming[call, peer]:
            del self._coming[call, peer]

    def _left(self, told: Left) -> None:
        """Forgets them, unless they come again: then it was said of their former self, and they will be there."""
        if told.reason != "replaced" and (told.call, told.peer) not in self._coming:
            self._forget(told.call, told.peer)

    def _forget(self, call: str, peer: str) -> None:
        there = self._peers.get(call, {})
        there.pop(peer, None)
        if not there:
            self._peers.pop(call, None)

    async def _read(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout
        try:
            while said := await child.stdout.readline():
                self._heed(said)
        except (OSError, ValueError):  # a pipe that broke says so at once, whenever it is read
            log.exception("the forwarding unit is not understood any more")
            with suppress(ProcessLookupError):
                child.kill()
        await child.wait()
        self._opens(OSError("the process of the forwarding unit ended"))
        if self._child is child:
            self._child = None
            self._peers.clear()
            self._coming.clear()
            self._ended()

    def _heed(self, said: bytes) -> None:
        try:
            self._take(*json.loads(said))
        except Exception:  # a mistake of ours over one thing it tells must not make us deaf to the rest
            log.exception("what the forwarding unit told was not handled")

    def _take(self, kind: str, value: Any) -> None:
        if kind == "opened":
            self._opens(value)
        elif kind == "failed":
            self._opens(OSError(value))
        elif kind == "figures":
            self._figures = value
            waiting, self._surveys = self._surveys, []
            for one in waiting:
                if not one.done():
                    one.set_result(None)
        elif kind == "served":
            call, peer = value
            self._comes(call, peer, -1)
        elif kind == "refused":
            log.warning("the forwarding unit refused: %s", value)
        else:
            told = event(kind, value)
            if isinstance(told, Left):
                self._left(told)
            self._hear(told)

    def _opens(self, said: int | OSError) -> None:
        if self._opened and not self._opened.done():
            if isinstance(said, OSError):
                self._opened.set_exception(said)
            else:
                self._opened.set_result(said)


def line(value: object) -> bytes:
    """One value as it goes through the pipe."""
    return json.dumps(value, separators=(",", ":")).encode("utf-8") + b"\n"


def event(kind: str, values: dict[str, Any]) -> Event:
    """An event as it was told: JSON has no tuples."""
    if kind == "Offered":
        values["tracks"] = {mid: tuple(track) for mid, track in values["tracks"].items()}
    elif kind == "Sent":
        values["sources"] = tuple(values["sources"])
    return KINDS[kind](**values)


# -- the child


class Servant:
    """The unit in its process, and who asks it."""

    def __init__(self, say: Callable[[str, object], None]) -> None:
        self._say = say
        self._unit = Unit(lambda told: say(type(told).__name__, asdict(told)))

    async def serve(self, asked: bytes) -> None:
        """Does one thing, and says so if it cannot."""
        name, *arguments = json.loads(asked)
        if name == "open":
            await self._open(*arguments)
            return
        if name == "show":
            arguments[2] = {tuple(key): height for key, height in arguments[2]}
        said = self._do(name, arguments)
        if name in ("join", "echo"):
            call, peer = arguments if name == "join" else (echo_of(*arguments), *arguments)
            self._say("served", [call, peer])
            if peer not in self._unit.peers(call):
                self._say("Left", asdict(Left(call, peer, "refused")))
        elif name == "figures":
            self._say("figures", said)

    def _do(self, name: str, arguments: list[Any]) -> Any:
        try:
            return getattr(self._unit, name)(*arguments)
        except (KeyError, ValueError, Full) as error:
            self._say("refused", f"{name}: {error!r}")
        except Exception:  # a mistake of ours over what one peer said must not end everybody's calls
            log.exception("the forwarding unit could not do %s", name)

    async def _open(self, announced: list[str], port: int, hosts: list[str]) -> None:
        try:
            await self._unit.open(announced, port, hosts)
        except (OSError, ValueError) as error:
            self._say("failed", str(error))
        else:
            self._say("opened", self._unit.port)

    def close(self) -> None:
        """Every call ends."""
        self._unit.close()


async def live() -> None:
    """Serves what comes in on standard input, until it ends."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=MAX_LINE)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    out, _ = await loop.connect_write_pipe(asyncio.Protocol, sys.stdout)
    servant = Servant(lambda kind, value: out.write(line([kind, value])))
    while asked := await reader.readline():
        await servant.serve(asked)
    servant.close()
    out.close()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):  # Ctrl-C reaches the parent too, which closes our input
        asyncio.run(live())
