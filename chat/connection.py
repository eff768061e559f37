"""A connection's conversation with us: bytes in, commands done, answers out.

The WebSocket and its HTTPS twin are two ways in and out of this one object. Commands are begun in the order they come;
a query that takes long holds up nobody, a write takes its turn with the writer.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import protocol
from chat.claims import ask_again
from chat.dispatch import begin
from chat.limits import Buckets
from protocol.answers import Answer
from protocol.codec import pack_error, pack_event, pack_ok, read_command, unpack
from protocol.errors import BadFrame, Refusal
from protocol.events import Hello
from store import Store, Who
from store.durable import NotRead
from store.sockets import SIGNED_OUT, Connection, Transport
from store.writer import internal, unread

BAD_FRAME = 4009
TOO_MANY = 4029
MAX_TOO_OFTEN = 1000  # commands refused with `slow-down`, less what is forgiven: this is no page of ours
FORGIVEN = 10  # of them for each that was allowed; all, and a slow machine would never come to the end
MAX_UNDER_WAY = 256  # commands of one connection that have no answer yet


@dataclass(frozen=True, slots=True)
class Greeting:
    """What every connection is told first, beside who it is."""

    page: Callable[[], str] = str
    ice_servers: list[dict[str, str | list[str]]] = field(default_factory=list)
    keep_days: int = 0


class Line:
    """One device's line, from hello to goodbye."""

    def __init__(self, who: Who, transport: Transport, store: Store, limits: Buckets, greeting: Greeting) -> None:
        self.connection = Connection(who.person, who.device, transport)
        self._who = Who(who.person, who.device, self.connection)
        self._store = store
        self._limits = limits
        self._greeting = greeting
        self._under_way: set[asyncio.Future[Answer]] = set()
        self._too_often = 0

    def open(self) -> None:
        """Say hello; from here on the connection hears what it should, unless its device was signed out just now."""
        if self._store.view().device(self._who.device) is None:
            self.connection.close(SIGNED_OUT, "signed out")
            return
        hello = Hello(
            protocol=protocol.VERSION,
            epoch=self._store.epoch,
            person=self._who.person,
            device=self._who.device,
            page=self._greeting.page(),
            at=self._store.clock(),
            ice_servers=self._greeting.ice_servers,
            keep_days=self._greeting.keep_days,
        )
        self._store.sockets.add(self.connection)
        for frame in [pack_event(hello), *ask_again(self._store, self._who.person)]:
            self._send(frame)

    def receive(self, frame: bytes) -> None:
        """Bytes from the client. Only what cannot be parsed at all ends the connection, and asking on and on too often.

        What still comes on a connection that was ended is not looked at.
        """
        try:
            values = [] if self.connection.closed else unpack(frame)
        except BadFrame as error:
            self._end(BAD_FRAME, str(error)[:120])
            return
        for ref, name, body in values:
            try:
                self._do(ref, name, body)
            except Refusal as refusal:
                self._send(pack_error(ref, refusal))
            except Exception:  # noqa: BLE001 - a bug of ours: logged under an id, and the connection goes on
                self._send(pack_error(ref, internal(name[:60])))
        if self._too_often > MAX_TOO_OFTEN:
            self._end(TOO_MANY, "too many commands")

    def closed(self) -> None:
        """The connection is gone. What was asked to be written still is; questions nobody hears are dropped."""
        self._store.sockets.remove(self.connection)
        for doing in self._under_way:
            if isinstance(doing, asyncio.Task):
                doing.cancel()

    def _do(self, ref: int, name: str, body: object) -> None:
        self._too_often += 1
        self._limits.take(self._who.device)
        self._too_often = max(0, self._too_often - 1 - FORGIVEN)
        if len(self._under_way) >= MAX_UNDER_WAY:
            raise Refusal("too-many", f"{MAX_UNDER_WAY} commands are under way; wait for their answers first.")
        command = read_command(name, body)
        if command.cost > 1:
            self._limits.take(self._who.device, cost=command.cost - 1)
        doing = begin(command, self._who, self._store)
        self._under_way.add(doing)
        doing.add_done_callback(lambda done: self._answer(ref, done))

    def _answer(self, ref: int, done: asyncio.Future[Answer]) -> None:
        self._under_way.discard(done)
        try:
            self._send(pack_ok(ref, done.result()))
        except Refusal as refusal:
            self._send(pack_error(ref, refusal))
        except NotRead as error:
            self._send(pack_error(ref, unread(error)))
        except asyncio.CancelledError:
            self._send(pack_error(ref, Refusal("not-saved", "The server is being restarted; please try again.")))
        except Exception:  # noqa: BLE001 - a bug of ours: logged under an id, and the connection goes on
            self._send(pack_error(ref, internal("command")))

    def _end(self, code: int, reason: str) -> None:
        self.connection.flush()
        self.connection.close(code, reason)

    def _send(self, frame: bytes) -> None:
        self._store.sockets.send(self.connection, frame)
