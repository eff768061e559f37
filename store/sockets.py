"""Who is connected to this node, and the fan-out: the hot path of the whole server.

The same bytes object is appended to every receiver's outbox; an outbox is flushed once a turn of the loop, everything
in it joined into one frame. Nobody ever waits for a slow receiver: it is closed with 4008 and resumes by seq.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from itertools import islice
from typing import Protocol

from protocol.codec import MAX_SERVER_FRAME

MAX_OUTBOX = 1024 * 1024  # bytes
MAX_STALL_SECONDS = 30.0  # an outbox that has not drained for so long is closed
AT_ONCE = 500  # outboxes flushed until others have their turn: some 15 ms
FRESH = 100  # of them at most such as were given something since: an answer does not wait behind a crowd

SIGNED_OUT = 4001
TOO_SLOW = 4008
GOING_AWAY = 1001
UNEXPECTED = 1011  # RFC 6455 section 7.4.1

log = logging.getLogger("parley.sockets")


class Transport(Protocol):
    """How a connection's bytes leave: a WebSocket, or a held POST."""

    def write(self, frame: bytes) -> Awaitable[None] | None:
        """Send one frame. None when the network took it at once, else what to wait for before the next."""
        ...

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        ...


def _nothing() -> None:
    """What is to be forgotten of a connection that nobody counts."""


class Connection:
    """One device's line to this node. `watching` is whose presence its page shows; `idle`, that no hand is on it."""

    def __init__(self, person: str, device: str, transport: Transport) -> None:
        self.person = person
        self.device = device
        self.watching: frozenset[str] = frozenset()
        self.watches_directory = False
        self.idle = False
        self.transport = transport
        self.waiting: list[bytes] = []
        self.waiting_bytes = 0
        self.closed = False
        self.forget: Callable[[], None] = _nothing
        """Called once, when it has closed, by whichever side."""
        self._draining: asyncio.Task[None] | None = None

    def flush(self) -> None:
        """Write what waits, joined, unless an earlier write still drains."""
        while self.waiting and self._draining is None and not self.closed:
            drained = self.transport.write(self._next_frame())
            if drained is not None:
                self._draining = asyncio.ensure_future(self._drain(drained))

    def close(self, code: int, reason: str) -> None:
        """End it; what waits is dropped, the client resumes by seq."""
        if not self.closed:
            self.gone()
            self.transport.close(code, reason)

    def gone(self) -> None:
        """The other side ended it, or we just did. From now on nobody counts it as here."""
        if self.closed:
            return
        self.closed = True
        self.waiting, self.waiting_bytes = [], 0
        draining, self._draining = self._draining, None  # which would hold this connection by where it was cancelled
        if draining is not None:
            draining.cancel()
        forget, self.forget = self.forget, _nothing  # which holds this very connection
        forget()

    def _next_frame(self) -> bytes:
        """As much of the outbox as one frame may hold; usually all of it."""
        if len(self.waiting) == 1:
            self.waiting_bytes = 0
            return self.waiting.pop()
        if self.waiting_bytes <= MAX_SERVER_FRAME:
            frame = b"".join(self.waiting)
            self.waiting, self.waiting_bytes = [], 0
            return frame
        taken = size = 0
        for part in self.waiting:
            if taken and size + len(part) > MAX_SERVER_FRAME:
                break
            size, taken = size + len(part), taken + 1
        frame = b"".join(self.waiting[:taken])
        self.waiting, self.waiting_bytes = self.waiting[taken:], self.waiting_bytes - size
        return frame

    async def _drain(self, drained: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(MAX_STALL_SECONDS):
                await drained
        except TimeoutError:
            self._draining = None  # this very task: closing must not cancel it
            log.info("outbox has not drained for %g s: device=%s", MAX_STALL_SECONDS, self.device)
            self.close(TOO_SLOW, "too slow, resume by seq")
        except Exception as error:  # noqa: BLE001 - each transport has its own word for a line that broke
            self._draining = None
            log.info("line broke while draining: device=%s %s", self.device, type(error).__name__)
            self.gone()
        else:
            self._draining = None
            self.flush()


class Beyond(Protocol):
    """Who is connected to other nodes of the house."""

    def is_online(self, person: str) -> bool: ...

    def idle_of(self, person: str) -> list[bool]: ...

    def is_connected(self, device: str) -> bool: ...

    def tell(self, frame: bytes, people: Iterable[str]) -> None: ...

    def tell_device(self, frame: bytes, device: str) -> bool: ...


class Nobody:
    """Beyond a server that is alone."""

    def is_online(self, person: str) -> bool:
        return False

    def idle_of(self, person: str) -> list[bool]:
        return []

    def is_connected(self, device: str) -> bool:
        return False

    def tell(self, frame: bytes, people: Iterable[str]) -> None:
        pass

    def tell_device(self, frame: bytes, device: str) -> bool:
        return False


Connections = dict[Connection, None]
"""A set in the order they came: the first to be told is flushed first, and a run can be repeated."""


class Sockets:
    """Everybody who is connected here, and through `beyond` to other nodes of the house."""

    def __init__(self) -> None:
        self._of_person: defaultdict[str, Connections] = defaultdict(dict)
        self._of_device: defaultdict[str, Connections] = defaultdict(dict)
        self._watchers: defaultdict[str, Connections] = defaultdict(dict)
        self._unflushed: Connections = {}
        self._crowd: Connections = {}  # those of them that wait for a turn
        self.arrived: list[Callable[[str], None]] = []
        """Called with a person when the first of their connections opens."""
        self.left: list[Callable[[str], None]] = []
        """Called with a person when the last of their connections has closed."""
        self.moved: list[Callable[[Connection], None]] = []
        """Called with each connection that opens or has closed."""
        self.turned: list[Callable[[Connection], None]] = []
        """Called with each connection on which a hand was laid, or from which it was taken."""
        self.elsewhere_moved: list[Callable[[str, str], None]] = []
        """Called with a person and their device that came, went or was touched at another node."""
        self.beyond: Beyond = Nobody()

    def __len__(self) -> int:
        return sum(map(len, self._of_person.values()))

    def everyone(self) -> list[Connection]:
        """Every open connection, as it is now."""
        return [one for connections in self._of_person.values() for one in connections]

    def add(self, connection: Connection) -> None:
        """A connection opened."""
        first = connection.person not in self._of_person
        connection.forget = partial(self._forget, connection)
        self._of_person[connection.person][connection] = None
        self._of_device[connection.device][connection] = None
        if first:
            for hook in self.arrived:
                hook(connection.person)
        for moved in self.moved:
            moved(connection)

    def remove(self, connection: Connection) -> None:
        """A connection closed, by whichever side. A second time changes nothing."""
        connection.gone()

    def is_online(self, person: str) -> bool:
        """Whether any connection of this person is open, here or elsewhere."""
        return person in self._of_person or self.beyond.is_online(person)

    def of_person(self, person: str) -> list[Connection]:
        """This person's open connections to this node."""
        return list(self._of_person.get(person, ()))

    def of_device(self, device: str) -> list[Connection]:
        """This device's open connections to this node."""
        return list(self._of_device.get(device, ()))

    def is_idle(self, person: str) -> bool:
        """Whether this person is connected, and has no hand on any of their devices."""
        idle = [*(one.idle for one in self._of_person.get(person, ())), *self.beyond.idle_of(person)]
        return bool(idle) and all(idle)

    def others_idle(self, connection: Connection) -> bool:
        """Whether no hand is on any other device of this one's person; also where there is no other."""
        others = (one.idle for one in self._of_person.get(connection.person, ()) if one is not connection)
        return all(others) and all(self.beyond.idle_of(connection.person))

    def turn(self, connection: Connection, *, idle: bool) -> None:
        """A hand was laid on this device, or taken from it."""
        connection.idle = idle
        for hook in self.turned:
            hook(connection)

    def people(self) -> list[str]:
        """Everybody with an open connection to this node."""
        return list(self._of_person)

    def is_connected(self, device: str) -> bool:
        """Whether this device is, here or elsewhere."""
        return device in self._of_device or self.beyond.is_connected(device)

    def count_of(self, device: str) -> int:
        """How many connections to this node this device has open."""
        return len(self._of_device.get(device, ()))

    def watch(self, connection: Connection, people: frozenset[str], *, directory: bool) -> None:
        """This connection's screen shows these people now, and no others."""
        if connection.closed:
            return
        self._unwatch(connection)
        connection.watching, connection.watches_directory = people, directory
        for person in people:
            self._watchers[person][connection] = None

    def watchers(self, person: str) -> list[Connection]:
        """Whose screen shows this person."""
        return list(self._watchers.get(person, ()))

    def tell(self, frame: bytes, people: Iterable[str]) -> None:
        """Give the same bytes to every connection of these people, wherever they are: what passes."""
        people = list(people)
        self.tell_here(frame, people)
        self.beyond.tell(frame, people)

    def tell_here(self, frame: bytes, people: Iterable[str]) -> None:
        """To those that are connected to this node: what is logged, for every node tells its own."""
        of_person = self._of_person
        found: list[Connection] = []  # first all of them: one with a full outbox closes, and leaves its set
        for person in people:
            if connections := of_person.get(person):
                found += connections
        self._give(found, frame)

    def tell_device(self, frame: bytes, device: str) -> bool:
        """Give bytes to one device, wherever it is. False when it is not connected."""
        here, elsewhere = self.tell_device_here(frame, device), self.beyond.tell_device(frame, device)
        return here or elsewhere

    def tell_device_here(self, frame: bytes, device: str) -> bool:
        """To a device that is connected to this node. False when it is not."""
        connections = tuple(self._of_device.get(device, ()))
        self._give(connections, frame)
        return bool(connections)

    def send(self, connection: Connection, frame: bytes) -> None:
        """Append to one outbox; it is flushed at the end of this turn of the loop."""
        self._give((connection,), frame)

    def _give(self, connections: Iterable[Connection], frame: bytes) -> None:
        """The inside of every fan-out: a call saved here is saved for each receiver."""
        size, unflushed = len(frame), self._unflushed
        for connection in connections:
            if connection.closed:
                continue
            if not unflushed and not self._crowd:
                asyncio.get_running_loop().call_soon(self._flush)
            unflushed[connection] = None
            connection.waiting.append(frame)
            connection.waiting_bytes += size
            if connection.waiting_bytes > MAX_OUTBOX:
                log.info("outbox over %d bytes: device=%s", MAX_OUTBOX, connection.device)
                connection.close(TOO_SLOW, "too slow, resume by seq")

    def retire_device(self, device: str) -> list[Connection]:
        """Tell this device nothing more, from this very moment; what it asked may still be answered on these."""
        connections = list(self._of_device.get(device, ()))
        for connection in connections:
            connection.forget()
            connection.forget = _nothing
        return connections

    def close_device(self, device: str, code: int, reason: str) -> None:
        """End every connection of a device."""
        for connection in list(self._of_device.get(device, ())):
            connection.flush()
            connection.close(code, reason)

    def close_all(self, code: int, reason: str) -> None:
        """End everything: the server is leaving."""
        for device in list(self._of_device):
            self.close_device(device, code, reason)

    def _forget(self, connection: Connection) -> None:
        self._unflushed.pop(connection, None)
        self._crowd.pop(connection, None)
        self._unwatch(connection)
        for key, table in ((connection.person, self._of_person), (connection.device, self._of_device)):
            table[key].pop(connection, None)
            if not table[key]:
                del table[key]
        if connection.person not in self._of_person:
            for hook in self.left:
                hook(connection.person)
        for moved in self.moved:
            moved(connection)

    def _unwatch(self, connection: Connection) -> None:
        for person in connection.watching:
            self._watchers[person].pop(connection, None)
            if not self._watchers[person]:
                del self._watchers[person]
        connection.watching = frozenset()

    def _flush(self) -> None:
        broken: list[Connection] = []
        turn = self._take_turn()
        if self._crowd:
            asyncio.get_running_loop().call_soon(self._flush)
        for connection in turn:
            try:
                connection.flush()
            except Exception:  # a bug of one transport is nobody else's silence
                log.exception("writing to device=%s", connection.device)
                broken.append(connection)
        for connection in broken:
            connection.close(UNEXPECTED, "something went wrong on the server")

    def _take_turn(self) -> list[Connection]:
        """Who is flushed now: those of this turn, while they are few, and then who has waited longest."""
        fresh, self._unflushed = list(self._unflushed), {}
        turn = fresh[:FRESH]
        for connection in turn:
            self._crowd.pop(connection, None)
        self._crowd.update(dict.fromkeys(fresh[FRESH:]))
        turn += islice(self._crowd, AT_ONCE - len(turn))
        for connection in turn[min(FRESH, len(fresh)) :]:
            del self._crowd[connection]
        return turn
