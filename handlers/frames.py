"""The twin: the same frames over HTTPS, where a WebSocket cannot go.

A POST sends what waits and is held up to 25 s for what comes. Each names the last answer it received, and the server
keeps an answer until it is named, so nothing is lost with a broken request. It is a second way in and out of the
same `Line`, not a second protocol.
"""

import asyncio
import secrets
from collections.abc import Awaitable
from http import HTTPStatus

from chat.connection import Greeting, Line
from handlers.base import Base
from handlers.door import Door
from protocol.errors import Refusal
from store import Store, Who

HOLD_SECONDS = 25.0
SILENCE_SECONDS = 60.0
MAX_TWINS = 8  # of one device

CONNECTION = "X-Parley-Connection"
ANSWER = "X-Parley-Answer"


class Twin:
    """One connection made of POSTs; what store/sockets.py writes to."""

    def __init__(self, twin_id: str, device: str) -> None:
        self.id = twin_id
        self.device = device
        self.line: Line | None = None
        self.number = 0
        self.closed = False
        self._kept = b""
        self._named: asyncio.Future[None] | None = None
        self._news = asyncio.Event()
        self._holders = 0

    def write(self, frame: bytes) -> Awaitable[None]:
        """Keep it as the next answer; done when the client has named it."""
        self.number += 1
        self._kept = frame
        self._named = asyncio.get_running_loop().create_future()
        self._news.set()
        return self._named

    def close(self, code: int, reason: str) -> None:
        """The held POST is let go; the next one hears 410."""
        self.closed = True
        self._news.set()

    def received(self, number: int) -> None:
        """The client has this answer: it need not be kept."""
        if number >= self.number and self._named is not None and not self._named.done():
            self._kept = b""
            self._news.clear()
            self._named.set_result(None)

    async def hold(self, seconds: float) -> tuple[int, bytes]:
        """The next answer, or an empty one when nothing comes. A later POST ends an earlier one that is held."""
        self._holders += 1
        mine = self._holders
        self._news.set()  # wakes an earlier one, which then lets go
        try:
            async with asyncio.timeout(seconds):
                while not self._has_news() and mine == self._holders:
                    await self._news.wait()
                    if not self._has_news():
                        self._news.clear()
        except TimeoutError:
            pass
        return (self.number, self._kept) if mine == self._holders else (self.number, b"")

    def _has_news(self) -> bool:
        return bool(self._kept) or self.closed


class Twins:
    """All of this node's, by id. One that says nothing for 60 s is gone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._twins: dict[str, Twin] = {}

    def open(self, who: Who, door: Door, greeting: Greeting) -> Twin:
        """A new connection for this device."""
        if sum(twin.device == who.device for twin in self._twins.values()) >= MAX_TWINS:
            raise Refusal("too-many", "This device has too many connections open. Close a tab and try again.")
        twin = Twin(secrets.token_urlsafe(16), who.device)
        twin.line = Line(who, twin, self._store, door.commands, greeting)
        self._twins[twin.id] = twin
        twin.line.open()
        return twin

    def find(self, twin_id: str, who: Who) -> Twin:
        """The connection, if it lives and is this device's. Raises Refusal `expired`."""
        twin = self._twins.get(twin_id)
        if twin is None or twin.device != who.device or twin.closed:
            raise Refusal("expired", "That connection has ended. Open a new one.")
        return twin

    def expect(self, twin: Twin) -> None:
        """The client must come back within 60 s."""
        self._store.timers.later(f"twin {twin.id}", SILENCE_SECONDS, lambda: self.end(twin))

    def busy(self, twin: Twin) -> None:
        """The client is here: no hurry."""
        self._store.timers.cancel(f"twin {twin.id}")

    def end(self, twin: Twin) -> None:
        """It is gone."""
        twin.close(1001, "")
        if self._twins.pop(twin.id, None) and twin.line is not None:
            twin.line.closed()


class Frames(Base):
    """`POST /api/frames?connection=…&answer=…`."""

    content_types = ("application/msgpack",)

    def initialize(self, store: Store, door: Door, greeting: Greeting, twins: Twins) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._greeting = greeting
        self._twins = twins

    async def post(self) -> None:
        """Take what was sent, answer with what comes."""
        who = self.require_who()
        twin_id = self.get_query_argument("connection", "")
        if not twin_id:
            await self.store.catch_up()
        twin = self._twins.find(twin_id, who) if twin_id else self._twins.open(who, self.door, self._greeting)
        self._twins.busy(twin)
        try:
            twin.received(_number(self.get_query_argument("answer", "0")))
            if self.request.body and twin.line is not None:
                twin.line.receive(self.request.body)
            number, frame = await twin.hold(HOLD_SECONDS)
        finally:
            if twin.closed:
                self._twins.end(twin)
            else:
                self._twins.expect(twin)
        if twin.closed and not frame:
            raise Refusal("expired", "That connection has ended. Open a new one.")
        self.set_header(CONNECTION, twin.id)
        self.set_header(ANSWER, str(number))
        self.set_header("Content-Type", "application/msgpack")
        self.set_status(HTTPStatus.OK)
        await self.finish(frame)


def _number(raw: str) -> int:
    if not raw.isdecimal() or len(raw) > 15:
        raise Refusal("bad-field", "answer: expected the number of the last answer received.", field="answer")
    return int(raw)
