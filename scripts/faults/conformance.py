"""WebSocket conformance (RFC 6455), by a client of another library and by frames that no library would send."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import closing, suppress

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from protocol.codec import MAX_SERVER_FRAME, pack_command, unpack
from protocol.commands import Ping
from scripts.bench.client import END_OF_HEADERS, Place, first_frame
from scripts.bench.house import ADDRESS
from scripts.faults.shown import Shown
from scripts.faults.victim import Guest, Victim, victim

PATIENCE_SECONDS = 30.0  # longer than the server's ping waits
FAULT = "WebSocket conformance"
CONTINUES, TEXT, BINARY, CLOSE, PINGS = 0, 1, 2, 8, 9  # opcodes, RFC 6455 section 5.2
FIN = 0x80
PING = pack_command(1, Ping())


def run(*, long: bool) -> list[Shown]:
    """As much in either part."""
    del long
    with victim() as server:
        guest = server.join("Anna")
        shown = asyncio.run(asyncio.wait_for(_with_a_library(server, guest), 5 * PATIENCE_SECONDS))
        shown += [_raw(server, guest, what, must, frames) for what, must, frames in BROKEN]
        shown += [_answers_in_pieces(server, guest), _refuses(server, guest, "8"), _refuses(server, guest, "")]
        broke = server.said().count("Traceback")
    return [*shown, Shown(FAULT, "no traceback", str(broke), broke == 0)]


async def _with_a_library(server: Victim, guest: Guest) -> list[Shown]:
    def line() -> connect:
        bearer = {"Authorization": f"Bearer {guest.token}"}
        where = f"wss://{ADDRESS}:{server.port}/ws"
        return connect(where, ssl=server.context(), additional_headers=bearer, proxy=None, max_size=MAX_SERVER_FRAME)

    async with line() as one:
        extensions = one.response.headers.get("Sec-WebSocket-Extensions", "") if one.response else ""
        pong = await asyncio.wait_for(await one.ping(b"still there?"), PATIENCE_SECONDS)
        await one.send([PING[:3], PING[3:5], PING[5:]])  # one message in three fragments
        answered = await _answered(one)
        await one.close(1000, "adieu, größer")
        code, reason = one.close_code, one.close_reason
    async with line() as one:
        await one.send("text")
        with suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(one.recv(), PATIENCE_SECONDS)
        refused = one.close_code
    return [
        Shown(FAULT, "compression that was offered is not taken", repr(extensions), extensions == ""),
        Shown(FAULT, "a ping is answered", f"{1000 * pong:.0f} ms", pong >= 0),
        Shown(FAULT, "a message in fragments is one message", "answered" if answered else "no answer", answered),
        Shown(FAULT, "a close is answered with its code", f"{code} {reason}", code == 1000),
        Shown(FAULT, "text, which is not ours, is closed in words", str(refused), refused == 4009),
    ]


async def _answered(line: object) -> bool:
    while True:
        frame = await asyncio.wait_for(line.recv(), PATIENCE_SECONDS)  # type: ignore[attr-defined]
        if any(ref == 1 and name == "ok" for ref, name, _ in unpack(frame, MAX_SERVER_FRAME, None)):
            return True


def raw(opcode: int, payload: bytes = b"", *, first: int = FIN, masked: bool = True) -> bytes:
    """One frame, with any bits in its first byte and with a mask or, as no client may, without."""
    length = len(payload)
    size = struct.pack("!B", length) if length < 126 else struct.pack("!BH", 126, length)
    size = bytes([size[0] | (0x80 if masked else 0)]) + size[1:]
    return bytes([first | opcode]) + size + (bytes(4) if masked else b"") + payload


BROKEN: list[tuple[str, str, bytes]] = [
    ("a reserved bit", "ended", raw(BINARY, PING, first=FIN | 0x40)),
    ("a reserved opcode", "ended", raw(3, PING)),
    ("a control frame of 126 bytes", "ended", raw(PINGS, b"x" * 126)),
    ("a control frame in fragments", "ended", raw(PINGS, b"x", first=0)),
    ("a continuation of nothing", "ended", raw(CONTINUES, PING)),
    ("a new message within another", "ended", raw(BINARY, PING, first=0) + raw(BINARY, PING)),
    ("a length that nobody sends", "ended", bytes([FIN | BINARY, 0x80 | 127]) + (1 << 40).to_bytes(8) + bytes(4)),
    ("text that is no UTF-8", "ended", raw(TEXT, b"\xff\xfe")),
    ("a close with a code of one byte", "ended", raw(CLOSE, b"\x03")),
    ("a frame without a mask", "ended", raw(BINARY, PING, masked=False)),
    ("a fragment without a mask", "ended", raw(BINARY, PING, first=0, masked=False)),
    ("a ping without a mask", "ended", raw(PINGS, masked=False)),
]


def _raw(server: Victim, guest: Guest, what: str, must: str, frames: bytes) -> Shown:
    """Whether the line is ended, and whether the server is well after it."""
    with closing(_line(server, guest)) as line:
        line.sendall(frames)
        ended = "ended" if _is_ended(line) else "went on"
    told = server.health()
    return Shown(FAULT, f"{what}: {must}", ended, ended == must and told is not None)


def _answers_in_pieces(server: Victim, guest: Guest) -> Shown:
    """A frame that comes byte by byte, a ping between its fragments (section 5.4), is answered like any other."""
    frames = raw(BINARY, PING[:4], first=0) + raw(PINGS, b"now?") + raw(CONTINUES, PING[4:])
    with closing(_line(server, guest)) as line:
        for byte in frames:
            line.sendall(bytes([byte]))
        heard = _until(line, lambda opcodes, payloads: 10 in opcodes and b"\xa2ok" in payloads)
    return Shown(FAULT, "a ping between fragments that come byte by byte", "answered" if heard else "no answer", heard)


def _refuses(server: Victim, guest: Guest, version: str) -> Shown:
    """Another version of the protocol, or none, gets no socket."""
    handshake = Place(server.port, server.folder, guest.token).handshake()
    said = f"Sec-WebSocket-Version: {version}\r\n".encode() if version else b""
    with closing(_connect(server)) as line:
        line.sendall(handshake.replace(b"Sec-WebSocket-Version: 13\r\n", said))
        status = line.recv(4096).split(b" ", 2)[1].decode()
    return Shown(FAULT, f"version {version or 'left out'} gets no socket", status, status in ("400", "426"))


def _connect(server: Victim) -> ssl.SSLSocket:
    plain = socket.create_connection((ADDRESS, server.port), PATIENCE_SECONDS)
    return server.context().wrap_socket(plain, server_hostname=ADDRESS)


def _line(server: Victim, guest: Guest) -> ssl.SSLSocket:
    line = _connect(server)
    line.sendall(Place(server.port, server.folder, guest.token).handshake())
    head = b""
    while not head.endswith(END_OF_HEADERS):
        head += line.recv(1) or b" ended" + END_OF_HEADERS
    if b" 101 " not in head:
        raise RuntimeError(f"expected 101 Switching Protocols, got {head!r}")
    return line


def _is_ended(line: ssl.SSLSocket) -> bool:
    """Whether the other side ends it before it asks, as it does of every line, whether somebody is there."""
    came = b""
    try:
        while more := line.recv(65536):
            came += more
            while (frame := first_frame(came)) is not None:
                opcode, _, length = frame
                if opcode == PINGS:
                    return False
                came = came[length:]
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def _until(line: ssl.SSLSocket, holds: Callable[[set[int], bytes], bool]) -> bool:
    """Whether this comes to hold of the opcodes and payloads that arrive."""
    opcodes: set[int] = set()
    came = payloads = b""
    while not holds(opcodes, payloads):
        try:
            came += line.recv(65536) or _ended()
        except OSError:
            return False
        while (frame := first_frame(came)) is not None:
            opcode, payload, length = frame
            opcodes.add(opcode)
            payloads += payload
            came = came[length:]
    return True


def _ended() -> bytes:
    raise ConnectionError("expected a frame, the server ended the line")
