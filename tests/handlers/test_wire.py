"""Frames straight to the socket: the same bytes as Tornado's own, in order, whatever the network takes at once."""

import asyncio

import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from handlers.wire import STRAIGHT, Wire, header

SIZES = [0, 1, 125, 126, 65535, 65536, 200_000]


def test_this_tornado_is_one_we_know() -> None:
    assert STRAIGHT


@pytest.mark.parametrize(
    ("length", "bytes_"),
    [
        (0, b"\x82\x00"),
        (125, b"\x82\x7d"),
        (126, b"\x82\x7e\x00\x7e"),
        (65536, b"\x82\x7f" + (65536).to_bytes(8, "big")),
    ],
)
def test_a_header_is_as_the_rfc_has_it(length: int, bytes_: bytes) -> None:
    assert header(length) == bytes_


@pytest.mark.gen_test
@pytest.mark.parametrize("straight", [True, False])
async def test_every_frame_arrives_whole_and_in_order(straight: bool) -> None:
    opened: asyncio.Future[WebSocketHandler] = asyncio.get_running_loop().create_future()

    class Server(WebSocketHandler):
        def open(self, *args: str, **kwargs: str) -> None:
            opened.set_result(self)

    socket, port = bind_unused_port()
    server = HTTPServer(Application([("/", Server)]))
    server.add_socket(socket)
    client = await websocket_connect(HTTPRequest(f"ws://localhost:{port}/"), max_message_size=10**7)
    wire = Wire(await opened, straight=straight)
    frames = [bytes([size % 251]) * size for size in SIZES * 8]
    waiting = [drained for frame in frames if (drained := wire.write(frame)) is not None]
    arrived = [await client.read_message() for _ in frames]
    for drained in waiting:
        await drained
    assert arrived == frames
    wire.close(4008, "enough")
    assert await client.read_message() is None
    assert client.close_code == 4008
    client.close()
    server.stop()
    await server.close_all_connections()
