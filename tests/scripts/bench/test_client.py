"""The bare client: its frames, and how a crowd counts."""

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest

from handlers.wire import header
from scripts.bench.client import PONG, REFUSED, Client, _Counting, client_frame

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
MARK = b"message.sent"
OTHER = b"mark.changed"


@pytest.mark.parametrize(("length", "head"), [(125, "82fd"), (126, "82fe007e"), (60000, "82feea60")])
def test_a_frame_is_masked_with_zeros(length: int, head: str) -> None:
    assert client_frame(b"x" * length) == bytes.fromhex(head) + bytes(4) + b"x" * length


def framed(*payloads: bytes) -> bytes:
    """What a server sends."""
    return b"".join(header(len(payload)) + payload for payload in payloads)


def counted(*parts: bytes) -> tuple[int, int]:
    """What one client of a crowd counts when this comes."""

    async def hear() -> tuple[int, int]:
        client = _Counting((MARK, OTHER))
        for part in parts:
            client.data_received(part)
        assert await client.upgraded
        return client.heard[MARK], client.heard[OTHER]

    return asyncio.run(hear())


def test_a_mark_is_counted_once_wherever_the_bytes_are_cut() -> None:
    whole = UPGRADED + framed(MARK + b" and " + MARK, b"y" * 200 + MARK, OTHER, b"")
    assert counted(whole) == (3, 1)
    for cut in range(len(whole)):
        assert counted(whole[:cut], whole[cut:]) == (3, 1)
    assert counted(*(whole[at : at + 1] for at in range(len(whole)))) == (3, 1)


def test_a_frame_that_is_not_whole_is_not_counted() -> None:
    assert counted(UPGRADED + framed(MARK)[:-1]) == (0, 0)


@pytest.fixture
def spoken_to() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The two ends of a line."""
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


async def received(line: socket.socket, mark: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(sock=line)
    try:
        return await Client(reader, writer).receive_until(mark)
    finally:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize("length", [10, 200, 70_000])
def test_frames_of_every_length_are_read(spoken_to: tuple[socket.socket, socket.socket], length: int) -> None:
    ours, theirs = spoken_to
    frames = framed(b"something else", b"y" * length + MARK)
    sending = threading.Thread(target=theirs.sendall, args=(frames,))
    sending.start()
    assert asyncio.run(received(ours, MARK)) == b"y" * length + MARK
    sending.join()


def test_a_ping_is_answered(spoken_to: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = spoken_to
    theirs.sendall(b"\x89\x04here" + framed(MARK))
    assert asyncio.run(received(ours, MARK)) == MARK
    assert theirs.recv(100) == client_frame(b"here", PONG)


def test_a_server_that_hangs_up_is_noticed(spoken_to: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = spoken_to
    theirs.close()
    with pytest.raises(ConnectionError, match="ended"):
        asyncio.run(received(ours, MARK))


def test_a_refusal_ends_the_bench(spoken_to: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = spoken_to
    theirs.sendall(framed(REFUSED))
    with pytest.raises(RuntimeError, match="expected no refusal"):
        asyncio.run(received(ours, MARK))
