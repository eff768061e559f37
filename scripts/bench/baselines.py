"""What a server is compared with: the plainest ways to give every socket the same bytes, over the same TLS.

`loop_of_write_message` is what a Tornado program does first; `loop_of_send` is the least that Python can do.
Each answers every frame of a client by sending it to all clients, in the order in which they came.
"""

import asyncio
import base64
import hashlib
import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path

import tornado.httpserver
import tornado.web
import tornado.websocket

from handlers.wire import header
from trust.pair import Pair, server_context

ACCEPTED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3


def loop_of_write_message(port: int, certs: Path) -> None:
    """Tornado's own way, one `write_message` for each receiver."""

    class Everybody(tornado.websocket.WebSocketHandler):
        clients: "list[Everybody]" = []  # noqa: RUF012 - shared on purpose

        def check_origin(self, origin: str) -> bool:
            return True

        def open(self, *_: str, **__: str) -> None:
            self.set_nodelay(True)
            self.clients.append(self)

        def on_message(self, message: str | bytes) -> None:
            for client in self.clients:
                client.write_message(message, binary=True)

    async def live() -> None:
        app = tornado.web.Application([("/ws", Everybody)])
        tornado.httpserver.HTTPServer(app, ssl_options=context(certs)).listen(port, "127.0.0.1")
        await asyncio.Event().wait()

    asyncio.run(live())


def loop_of_send(port: int, certs: Path, receivers: int) -> None:
    """`SSLSocket.send` one after another; the last to connect is the one that is listened to."""
    shown = context(certs)
    with socket.create_server(("127.0.0.1", port), backlog=128) as door:
        clients = [upgraded(door, shown) for _ in range(receivers + 1)]
        with suppress(OSError):  # the one that is listened to hangs up
            while data := clients[-1].recv(65536):
                frame = header(len(data) - offset(data)) + data[offset(data) :]
                for client in clients:
                    client.send(frame)
        threading.Event().wait()  # to be asked what it took


def upgraded(door: socket.socket, shown: ssl.SSLContext) -> ssl.SSLSocket:
    """The next to connect, after both handshakes; a connection that only looks whether we are there is passed over."""
    while True:
        plain, _ = door.accept()
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            client = shown.wrap_socket(plain, server_side=True)
        except OSError:
            plain.close()
            continue
        key = client.recv(65536).partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0].decode()
        accept = base64.b64encode(hashlib.sha1((key + ACCEPTED).encode(), usedforsecurity=False).digest()).decode()
        answer = (
            f"HTTP/1.1 101 .\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        )
        client.sendall(answer.encode())
        return client


def offset(data: bytes) -> int:
    """Where the payload of a client's short frame begins."""
    return 8 if data[1] & 0x7F == 126 else 6


def context(certs: Path) -> ssl.SSLContext:
    """The TLS settings of the real server."""
    return server_context(Pair(certs / "server.pem", certs / "server.key"))
