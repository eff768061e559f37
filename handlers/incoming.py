"""Bytes of a client's WebSocket into its messages (RFC 6455 section 5), as many as lie in what has come.

Tornado reads header, length, mask and payload of each frame one after another from its stream, which took a third of a
send's CPU. A newcomer's first mistake is to gather the payload before looking at how long it says it will be.
"""

from collections.abc import Iterator

from tornado.util import _websocket_mask

FIN, RESERVED, OPCODE = 0x80, 0x70, 0x0F  # of the first byte
MASKED, LENGTH = 0x80, 0x7F  # of the second
CONTINUED = 0x0  # opcode
CONTROL = 0x8  # set in the opcodes of control frames
MAX_CONTROL = 125  # bytes, section 5.5
NOT_THE_PROTOCOL = 1002  # section 7.4.1
TOO_BIG = 1009

Message = tuple[int, bytes]
"""Opcode and payload: 1 and 2 are messages, 8 to 10 close, ping and pong, others nobody has given a meaning."""


class Broken(Exception):
    """The other side does not speak the protocol; nothing after it can be understood. `code` is for the close."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Incoming:
    """What has come of one connection and is no whole message yet: at most one frame, and the parts of one message."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._rest = bytearray()
        self._wanted = 0  # bytes of the rest below which nothing is whole
        self._parts = bytearray()  # and no list: a message may come in any number of empty ones
        self._opcode = CONTINUED  # of the message that comes in parts
        self.frames = 0
        """How many have come."""

    def take(self, data: bytes) -> Iterator[Message]:
        """The messages that are whole with these bytes, in order. Raises Broken."""
        if self._rest:
            self._rest += data
            if len(self._rest) < self._wanted:
                return
            data = bytes(self._rest)
        at = 0
        while (read := self._frame(data, at)) is not None:
            at, message = read
            if message is not None:
                yield message
        self._rest = bytearray(data[at:])

    def _frame(self, data: bytes, at: int) -> tuple[int, Message | None] | None:
        """Where the frame that begins here ends, and the message it completes; None while it is not whole."""
        self._wanted = 0
        if len(data) < at + 2:
            return None
        first, second = data[at], data[at + 1]
        length, start = second & LENGTH, at + 2
        if length > MAX_CONTROL:
            start += 2 if length == 126 else 8
            if len(data) < start:
                return None
            length = int.from_bytes(data[at + 2 : start], "big")
        self._require(first, second, length)
        end = start + 4 + length
        if len(data) < end:
            self._wanted = end - at
            return None
        self.frames += 1
        payload = _websocket_mask(data[start : start + 4], data[start + 4 : end])
        return end, self._message(first, payload)

    def _require(self, first: int, second: int, length: int) -> None:
        """What the header says may be said here. Raises Broken."""
        if first & RESERVED:
            raise Broken(NOT_THE_PROTOCOL, "no extension was agreed on")
        if first & CONTROL:
            if length > MAX_CONTROL or not first & FIN:
                raise Broken(NOT_THE_PROTOCOL, "a control frame is short and whole")
        elif bool(first & OPCODE) == bool(self._opcode):
            raise Broken(NOT_THE_PROTOCOL, "a message ends before the next begins")
        elif len(self._parts) + length > self._max_bytes:
            raise Broken(TOO_BIG, "message too big")
        if not second & MASKED:
            raise Broken(NOT_THE_PROTOCOL, "a client's frames are masked")

    def _message(self, first: int, payload: bytes) -> Message | None:
        opcode = first & OPCODE
        if first & CONTROL or (opcode and first & FIN):
            return opcode, payload
        self._opcode = opcode or self._opcode
        self._parts += payload
        if not first & FIN:
            return None
        whole = self._opcode, bytes(self._parts)
        self._parts, self._opcode = bytearray(), CONTINUED
        return whole
