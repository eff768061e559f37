"""Thousands of WebSockets over TLS in one process: the sockets themselves, and whoever is ready is served.

A client made with asyncio takes more CPU than the server it should keep busy. Nothing here is unpacked but pings. A
newcomer's first mistake is to let the swarm open all lines at once: its own backlog is what is measured then.
"""

import selectors
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterable

from scripts.bench.client import BINARY, END_OF_HEADERS, PING, PONG, Place, client_frame, first_frame

AT_ONCE = 64  # handshakes at the same time
MOST_READ = 65536  # bytes

Hears = Callable[["Line", bytes], None]
"""Called with the payload of each binary frame of a line."""


class Line:
    """One connection, from the handshakes on. `session` is TLS's, of an earlier line: it saves most of a handshake."""

    def __init__(self, place: Place, context: ssl.SSLContext, hears: Hears, session: ssl.SSLSession | None) -> None:
        self.place = place
        self.is_open = False
        self.lost = ""
        """Why it ended; "" while it has not."""
        self._hears = hears
        self._bytes = b""
        self._is_secret = False
        plain = socket.create_connection((place.host, place.port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        plain.setblocking(False)
        self.tls = context.wrap_socket(
            plain, server_hostname=place.host, do_handshake_on_connect=False, session=session
        )

    def send(self, payload: bytes) -> None:
        """One binary frame. Raises BlockingIOError when the server has not read for so long that nothing more fits."""
        self._write(client_frame(payload))

    def serve(self) -> None:
        """Do what can be done now without waiting."""
        try:
            if not self._is_secret:
                self.tls.do_handshake()
                self._is_secret = True
                self._write(self.place.handshake())
            while data := self.tls.recv(MOST_READ):
                self._take(data)
            self.lost = "the server ended it"
        except ssl.SSLWantReadError:
            return
        except OSError as error:
            self.lost = str(error)

    def cut(self) -> None:
        """End it without a word."""
        self.lost = self.lost or "cut"
        self.tls.close()

    def _take(self, data: bytes) -> None:
        data = self._bytes + data if self._bytes else data
        if not self.is_open:
            head, ended, data = data.partition(END_OF_HEADERS)
            if not ended:
                self._bytes = head
                return
            if b" 101 " not in head:
                raise ConnectionError(f"expected 101 Switching Protocols, got {head.splitlines()[0]!r}")
            self.is_open = True
        while (frame := first_frame(data)) is not None:
            opcode, payload, length = frame
            data = data[length:]
            if opcode == BINARY:
                self._hears(self, payload)
            elif opcode == PING:
                self._write(client_frame(payload, PONG))
        self._bytes = data

    def _write(self, data: bytes) -> None:
        if self.tls.send(data) != len(data):
            raise BlockingIOError("expected the server to read on")


class Swarm:
    """Lines that are served together, by whoever calls `run_until`."""

    def __init__(self, authority: Place, hears: Hears) -> None:
        self.lines: list[Line] = []
        self._context = authority.context()
        self._hears = hears
        self._selector = selectors.DefaultSelector()
        self._sessions: dict[str, ssl.SSLSession] = {}

    def open(self, places: Iterable[Place], seconds: float) -> None:
        """Open a line to each, a few at a time. Raises TimeoutError, or ConnectionError when one was not let in."""
        due, opening = deque(places), list[Line]()

        def all_open() -> bool:
            opening[:] = [line for line in opening if not line.is_open]
            while due and len(opening) < AT_ONCE:
                opening.append(self._begin(due.popleft()))
            return not opening

        self.run_until(all_open, seconds)

    def run_until(self, done: Callable[[], bool], seconds: float, pace: float = 1.0) -> None:
        """Serve whoever is ready until `done`, which is asked after each turn and every `pace` seconds.

        Raises TimeoutError after so many seconds, ConnectionError when a line ended that nobody here has cut.
        """
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(f"expected the swarm to be done within {seconds:g} s")
            for key, _ in self._selector.select(pace):
                key.data.serve()
                if key.data.lost:
                    raise ConnectionError(f"expected every line to stay open: {key.data.lost}")

    def cut_all(self) -> None:
        """Every line at once, without a word; what TLS has learnt is kept for the next ones."""
        lines, self.lines = self.lines, []
        for line in lines:
            if line.tls.session is not None:
                self._sessions[line.place.token] = line.tls.session
        for line in lines:
            self._selector.unregister(line.tls)
            line.cut()

    def close(self) -> None:
        """The end of it."""
        self.cut_all()
        self._selector.close()

    def _begin(self, place: Place) -> Line:
        line = Line(place, self._context, self._hears, self._sessions.get(place.token))
        self.lines.append(line)
        self._selector.register(line.tls, selectors.EVENT_READ, line)
        line.serve()
        return line
