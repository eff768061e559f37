"""The wire: a frame straight to an idle socket. The only file that touches Tornado's privates.

`write_message` encodes anew and queues for every receiver; a frame made once and sent to a stream with nothing queued
takes 0.4 of its CPU, and joined with others 0.04 (docs/performance.md). What is used is checked at import; where
Tornado has changed, or on Windows whose sockets refuse large sends, everything goes through `write_message`.
"""

import os
import struct
from collections.abc import Awaitable

from tornado.iostream import BaseIOStream, IOStream, StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

STRAIGHT = (
    os.name != "nt" and hasattr(IOStream, "write_to_fd") and "_write_buffer" in BaseIOStream.__init__.__code__.co_names
)
"""Whether this Tornado is one we know."""

BINARY = 0x82  # FIN and opcode 2, RFC 6455 section 5.2


class Wire:
    """A WebSocket as store/sockets.py wants it."""

    def __init__(self, handler: WebSocketHandler, *, straight: bool = STRAIGHT) -> None:
        self._handler = handler
        self._straight = straight

    def write(self, frame: bytes) -> Awaitable[None] | None:
        """One binary frame. None when the network took all of it at once."""
        connection = self._handler.ws_connection
        stream = getattr(connection, "stream", None)
        try:
            if self._straight and isinstance(stream, IOStream):
                return _send(stream, header(len(frame)) + frame)
            return self._handler.write_message(frame, binary=True)
        except (WebSocketClosedError, StreamClosedError):
            return None  # on_close tells the rest

    def close(self, code: int, reason: str) -> None:
        """The closing handshake; Tornado cuts it off after 5 s."""
        self._handler.close(code, reason)


def header(length: int) -> bytes:
    """The header of one unmasked binary frame (RFC 6455 section 5.2)."""
    if length < 126:
        return struct.pack("!BB", BINARY, length)
    if length <= 0xFFFF:
        return struct.pack("!BBH", BINARY, 126, length)
    return struct.pack("!BBQ", BINARY, 127, length)


def _send(stream: IOStream, data: bytes) -> Awaitable[None] | None:
    if stream.closed():
        return None
    if stream._write_buffer:  # order: behind what Tornado has queued, a ping perhaps
        return stream.write(data)
    try:
        sent = stream.write_to_fd(memoryview(data))
    except BlockingIOError:
        sent = 0
    except OSError:
        stream.close()
        return None
    return None if sent == len(data) else stream.write(data[sent:])
