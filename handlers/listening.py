"""Listening: the two ports, with limits on how long and how large a request may be."""

import errno
import logging
import socket
import ssl
from typing import Any

from tornado.netutil import bind_sockets
from tornado.web import Application

from handlers.crowd import Crowd, Doorway

LIMITS: dict[str, Any] = {
    "idle_connection_timeout": 75.0,  # also for headers that come drop by drop
    "body_timeout": 60.0,  # uploads set their own
    "max_body_size": 1024 * 1024,  # uploads stream, with their own
    "max_header_size": 32 * 1024,
}


MOST_AT_ONCE = 8  # connections taken in before those that are here are served again


class Few(socket.socket):
    """A listening socket that lets in a few at a time: who comes waits in the system's queue, not before who is here.

    `taken` is the one it is made of, which is closed with it.
    """

    def __init__(self, taken: socket.socket) -> None:
        super().__init__(taken.family, taken.type, taken.proto, taken.detach())
        self.setblocking(False)
        self._came = 0

    def accept(self) -> tuple[socket.socket, Any]:
        """The next one. Raises BlockingIOError when nobody waits, and once after every few."""
        self._came += 1
        if self._came > MOST_AT_ONCE:
            self._came = 0
            raise BlockingIOError
        try:
            return super().accept()
        except BlockingIOError:
            self._came = 0
            raise


class CannotListen(Exception):
    """A port could not be opened: one sentence for whoever started the server, with the next step."""


class Listening:
    """One open port. `port` is the real one, also when any (0) was asked for."""

    def __init__(
        self,
        app: Application,
        address: str,
        port: int,
        context: ssl.SSLContext | None = None,
        crowd: Crowd | None = None,
        flag: str = "",
    ) -> None:
        logging.getLogger("tornado.general").addFilter(_is_news)
        self._server = Doorway(app, ssl_options=context, **LIMITS)
        self._server.crowd = Crowd() if crowd is None else crowd
        try:
            sockets = bind_sockets(port, address or None)
        except OSError as error:
            raise cannot_listen(address, port, flag or ("--port" if context else "--http-port"), error) from None
        self.port = int(sockets[0].getsockname()[1])
        self._server.add_sockets(map(Few, sockets))

    def stop(self) -> None:
        """Take no more connections."""
        self._server.stop()

    async def close(self) -> None:
        """End those that are open."""
        await self._server.close_all_connections()


def cannot_listen(address: str, port: int, flag: str, error: OSError) -> CannotListen:
    """Why nothing can listen there, and which `flag` says otherwise."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return CannotListen(f"{address} is no address of this machine. Choose another with --address, or leave it out.")
    where = f"{address}:{port}" if address else f"Port {port}"
    return CannotListen(
        f"{where} cannot be opened: {error.strerror}. Stop what uses it, or choose another with {flag}."
    )


def _is_news(record: logging.LogRecord) -> bool:
    """A phone that does not trust this server yet asks every two seconds and hangs up: that is no news."""
    return not str(record.msg).startswith("SSL Error on")
