"""The wire: a frame straight to an idle socket, and from one. With `incoming`, all that touches Tornado's privates.

`write_message` encodes anew and queues for every receiver; a frame made once and sent to a stream with nothing queued
takes 0.4 of its CPU, and joined with others 0.04 (docs/performance.md). What is used is checked at import; where
Tornado has changed, or on Windows whose sockets refuse large sends, everything goes through `write_message`. There is
no such way out for what is read: Tornado's own reader takes frames without a mask.
"""

import asyncio
import os
import ssl
import struct
from collections.abc import Awaitable, Iterable

from tornado.iostream import BaseIOStream, IOStream, StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler, WebSocketProtocol13

from handlers.incoming import Broken, Incoming, Message

STRAIGHT = os.name != "nt" and {"_write_buffer", "_closed"} <= {*BaseIOStream.__init__.__code__.co_names}
"""Whether this Tornado is one we know."""

KNOWN = ("_receive_frame_loop", "_handle_message", "_abort")
if not all(hasattr(WebSocketProtocol13, name) for name in KNOWN):
    raise ImportError("This Tornado reads WebSockets in another way. Install the version that requirements.txt names.")

CHUNK = 4096  # bytes read at once
MOST_WORK = 256 * 1024  # bytes read for one connection until the others have their turn
FRAME_WORK = 1024  # of these that a frame counts for, however short
BINARY = 0x82  # FIN and opcode 2, RFC 6455 section 5.2


class Wire:
    """A WebSocket as store/sockets.py wants it."""

    _made = b"", b""
    """The last frame, and the same behind its header: an event is written to many, one after another."""

    def __init__(self, handler: WebSocketHandler, *, straight: bool = STRAIGHT) -> None:
        self._handler = handler
        stream = getattr(handler.ws_connection, "stream", None)
        self._stream = stream if straight and isinstance(stream, IOStream) else None

    def write(self, frame: bytes) -> Awaitable[None] | None:
        """One binary frame. None when the network took all of it at once."""
        if (stream := self._stream) is None:
            return self._by_tornado(frame)
        if stream._closed:
            return None  # on_close tells the rest
        made, data = Wire._made
        if frame is not made:
            data = header(len(frame)) + frame
            Wire._made = frame, data
        if stream._write_buffer:  # order: behind what Tornado has queued, a ping perhaps
            return stream.write(data)
        try:
            sent = stream.socket.send(data)
        except (BlockingIOError, ssl.SSLWantWriteError):
            sent = 0
        except OSError:
            stream.close()
            return None
        return None if sent == len(data) else stream.write(data[sent:])

    def _by_tornado(self, frame: bytes) -> Awaitable[None] | None:
        try:
            return self._handler.write_message(frame, binary=True)
        except (WebSocketClosedError, StreamClosedError):
            return None

    def close(self, code: int, reason: str) -> None:
        """The closing handshake; Tornado cuts it off after 5 s."""
        self._handler.close(code, reason)

    def cut(self) -> None:
        """No handshake: nothing more is read of the other side."""
        stream = getattr(self._handler.ws_connection, "stream", None)
        if stream is not None:
            stream.close()


class Frames(WebSocketProtocol13):
    """Tornado's, but for how frames are read: as many at once as have come, and none without a mask (section 5.1)."""

    async def _receive_frame_loop(self) -> None:
        self.stream.read_chunk_size = CHUNK  # what it takes anew for each read
        incoming = Incoming(self.params.max_message_size)
        work = 0
        try:
            while not self.client_terminated:
                data = await self.stream.read_bytes(CHUNK, partial=True)
                self._wire_bytes_in += len(data)
                before = incoming.frames
                await self._hear(incoming.take(data))
                work += len(data) + FRAME_WORK * (incoming.frames - before)
                if work >= MOST_WORK:
                    work = 0
                    await asyncio.sleep(0)
        except Broken as error:
            self.close(error.code, str(error))
            self._abort()
        except StreamClosedError:
            self._abort()
        finally:
            self.stream.error = None  # it holds the call that failed, and so the stream itself
            self.handler.on_ws_connection_close(self.close_code, self.close_reason)

    async def _hear(self, messages: Iterable[Message]) -> None:
        for opcode, payload in messages:
            if (handling := self._handle_message(opcode, payload)) is not None:
                await handling
            if self.client_terminated:
                return


def header(length: int) -> bytes:
    """The header of one unmasked binary frame (RFC 6455 section 5.2)."""
    if length < 126:
        return struct.pack("!BB", BINARY, length)
    if length <= 0xFFFF:
        return struct.pack("!BBH", BINARY, 126, length)
    return struct.pack("!BBQ", BINARY, 127, length)
