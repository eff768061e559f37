"""The crowd at the door: how many connections may wait there, so that nobody holds all of it and shuts others out.

A connection counts until it is closed or has become a WebSocket, which only who is signed in gets. Without a limit a
thousand idle connections from one machine took every file handle: nobody came in, and each try was a traceback.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

LOOPBACK = ("127.0.0.1", "::1")  # a reverse proxy on this machine brings everybody from here
RESERVE = 128  # file handles kept for the database, files and uploads
MOST_FILES = 65_536
MACOS_FILES = 10_240  # OPEN_MAX: more is refused there even when the limit says "infinity"


@dataclass
class Crowd:
    """`most` connections of one address; `trusted` are those behind which many people stand. `files` 0 means any."""

    most: int = 512
    trusted: tuple[str, ...] = ()
    files: int = 0
    _waiting: Counter[str] = field(default_factory=Counter)

    def enters(self, address: str, handle: int) -> bool:
        """Whether this one may come in; then it is counted. Handles are numbered from the lowest that is free."""
        if self.files and handle >= self.files - RESERVE:
            return False
        if self._waiting[address] >= self.most and address not in (*LOOPBACK, *self.trusted):
            return False
        self._waiting[address] += 1
        return True

    def leaves(self, address: str) -> None:
        """One that came in is gone, or has become a socket."""
        self._waiting[address] -= 1
        if self._waiting[address] <= 0:
            del self._waiting[address]

    def __len__(self) -> int:
        return self._waiting.total()


class Doorway(HTTPServer):
    """Tornado's server with a crowd before it: who is one too many is hung up on at once."""

    crowd: Crowd

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """A connection came."""
        if self.crowd.enters(str(address[0]), stream.socket.fileno()):
            super().handle_stream(stream, address)
        else:
            stream.close()

    def on_close(self, server_conn: object) -> None:
        """It is gone, or has become a WebSocket."""
        super().on_close(server_conn)
        if isinstance(server_conn, HTTP1ServerConnection):
            context: Any = server_conn.context
            self.crowd.leaves(str(context.address[0]))
            server_conn.stream.error = None  # it holds the call that failed, and so the stream and all it has read


def allow_many_files() -> int:
    """Take as many file handles as the system gives without asking, and answer how many; 0 where there is no limit."""
    if sys.platform == "win32":
        return 0
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        most = MACOS_FILES if sys.platform == "darwin" else MOST_FILES
    wanted = max(now, min(most, MOST_FILES))
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    except (ValueError, OSError):
        return now
    return wanted
