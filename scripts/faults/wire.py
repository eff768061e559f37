"""A wire between a server and its database or its bus: cut at a word, or apart for a while.

A newcomer's first mistake is to count a cut as one thing: what was asked may have arrived when its answer does not.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Listens on a port of its own and passes everything on to `port`, until it is cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads: list[threading.Thread] = []
        self._word = b""
        self._before_cut: Callable[[], None] = lambda: None
        self._is_apart = False
        self._begin(self._accept)

    def cut_at(self, word: bytes, before_cut: Callable[[], None]) -> None:
        """When this is asked the next time, it arrives; then `before_cut` is called, and the wire is cut unanswered."""
        self._before_cut, self._word = before_cut, word

    def cut(self) -> None:
        """Ends every connection; new ones are taken."""
        for pair in tuple(self._pairs):  # who lost one may be back before the last is ended, and that one stays
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Meanwhile no connection lasts: those there are end, and who comes is sent away."""
        self._is_apart = True
        self.cut()
        try:
            yield
        finally:
            self._is_apart = False

    def close(self) -> None:
        """Ends everything."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join()
        for pair in self._pairs:
            for end in pair:
                end.close()

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        self._threads.append(threading.Thread(target=work, args=given, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if far := self._far():
                    muted = threading.Event()
                    self._pairs.append((near, far))
                    self._begin(self._ask, near, far, muted)
                    self._begin(self._answer, near, far, muted)
                else:
                    near.close()

    def _far(self) -> socket.socket | None:
        """The other end, where there is one."""
        with suppress(OSError):
            return None if self._is_apart else socket.create_connection(("127.0.0.1", self._to))
        return None

    def _ask(self, near: socket.socket, far: socket.socket, muted: threading.Event) -> None:
        with suppress(OSError):
            while some := near.recv(65536):
                if is_it := bool(self._word) and self._word in some:
                    self._word = b""
                    muted.set()
                far.sendall(some)
                if is_it:
                    self._before_cut()
                    self.cut()
        self._end(near, far)

    def _answer(self, near: socket.socket, far: socket.socket, muted: threading.Event) -> None:
        with suppress(OSError):
            while some := far.recv(65536):
                if not muted.is_set():
                    near.sendall(some)
        self._end(near, far)

    def _end(self, *ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
