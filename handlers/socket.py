"""The WebSocket: bytes in, frames out. Everything it hears goes to chat/connection.py."""

from typing import Any

import tornado.websocket

from chat.connection import BAD_FRAME, Greeting, Line
from handlers.base import Base
from handlers.door import Door
from handlers.wire import Frames, Wire
from protocol.errors import Refusal
from store import Store

MOST_IGNORED = 256  # frames that may have been on their way when a line was ended


class Socket(tornado.websocket.WebSocketHandler, Base):
    """`GET /ws`, for pages by cookie and for programs by Bearer."""

    line: Line | None = None
    wire: Wire | None = None
    _ignored = 0

    def initialize(self, store: Store, door: Door, greeting: Greeting) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._greeting = greeting

    async def prepare(self) -> None:
        """A socket by cookie changes state: its page must be ours, and an absent Origin is nobody's.

        Who comes from another node finds here what they had there.
        """
        await super().prepare()
        if self.bearer() is None:
            self.door.require_origin(self.request.headers.get("Origin"))
        await self.store.catch_up()
        if self._has_many():
            raise Refusal("too-many", "This device has too many connections open. Close a tab and try again.")

    def _has_many(self) -> bool:
        return self.store.sockets.count_of(self.require_who().device) >= self.door.most_sockets

    def check_origin(self, origin: str) -> bool:
        """Checked above, more strictly than Tornado does."""
        return True

    def get_compression_options(self) -> dict[str, Any] | None:
        """None: 8 KiB inflated to 9 MiB when tried."""
        return None

    def get_websocket_protocol(self) -> tornado.websocket.WebSocketProtocol | None:
        """Tornado's, read in our own way."""
        ours = super().get_websocket_protocol()
        if isinstance(ours, tornado.websocket.WebSocketProtocol13):
            return Frames(self, False, ours.params)
        return None

    def open(self, *_: str, **__: str) -> None:
        """Say hello."""
        self.set_nodelay(True)
        self.wire = Wire(self)
        self.line = Line(self.require_who(), self.wire, self.store, self.door.commands, self._greeting)
        self.line.open()

    def on_message(self, message: str | bytes) -> None:
        """Bytes of the client."""
        if self.line is None or self.line.connection.closed:
            self._ignore()
        elif isinstance(message, str):
            self.line.connection.close(BAD_FRAME, "frames are binary")
        else:
            self.line.receive(message)

    def _ignore(self) -> None:
        """A line that was ended hears its code in the handshake. One that only sends on is not read for its 5 s."""
        self._ignored += 1
        if self._ignored > MOST_IGNORED and self.wire is not None:
            self.wire.cut()

    def on_close(self) -> None:
        """Whoever closed it. What is let go here would otherwise hold itself, until garbage is looked for."""
        if self.line is not None:
            self.line.closed()
        self.line = self.wire = None
