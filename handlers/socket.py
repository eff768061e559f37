"""The WebSocket: bytes in, frames out. Everything it hears goes to chat/connection.py."""

from typing import Any

import tornado.websocket

from chat.connection import BAD_FRAME, Greeting, Line
from handlers.base import Base
from handlers.door import Door
from handlers.wire import Wire
from protocol.errors import Refusal
from store import Store


class Socket(tornado.websocket.WebSocketHandler, Base):
    """`GET /ws`, for pages by cookie and for programs by Bearer."""

    line: Line | None = None

    def initialize(self, store: Store, door: Door, greeting: Greeting) -> None:  # type: ignore[override]
        """Given by the route table."""
        super().initialize(store, door)
        self._greeting = greeting

    def prepare(self) -> None:
        """A socket by cookie changes state: its page must be ours, and an absent Origin is nobody's."""
        super().prepare()
        if self.bearer() is None:
            self.door.require_origin(self.request.headers.get("Origin"))
        if self.store.sockets.count_of(self.require_who().device) >= self.door.most_sockets:
            raise Refusal("too-many", "This device has too many connections open. Close a tab and try again.")

    def check_origin(self, origin: str) -> bool:
        """Checked above, more strictly than Tornado does."""
        return True

    def get_compression_options(self) -> dict[str, Any] | None:
        """None: 8 KiB inflated to 9 MiB when tried."""
        return None

    def open(self, *_: str, **__: str) -> None:
        """Say hello."""
        self.set_nodelay(True)
        self.line = Line(self.require_who(), Wire(self), self.store, self.door.commands, self._greeting)
        self.line.open()

    def on_message(self, message: str | bytes) -> None:
        """Bytes of the client."""
        if self.line is None or isinstance(message, str):
            self.close(BAD_FRAME, "frames are binary")
        else:
            self.line.receive(message)

    def on_close(self) -> None:
        """Whoever closed it."""
        if self.line is not None:
            self.line.closed()
