"""A wire is cut, and apart for a while; the rest of it is tried by what writes to PostgreSQL over one."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from scripts.faults.wire import Wire


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of somebody who says everything again."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                one, _ = listening.accept()
                threading.Thread(target=repeat, args=(one,), daemon=True).start()

    def repeat(one: socket.socket) -> None:
        with one, suppress(OSError):
            while said := one.recv(100):
                one.sendall(said)

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    yield int(listening.getsockname()[1])
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    serving.join()


def answer(line: socket.socket) -> bytes:
    """To a word; nothing when the line has ended."""
    try:
        line.sendall(b"word")
        return line.recv(100)
    except OSError:
        return b""


def connected(wire: Wire) -> socket.socket:
    return socket.create_connection(("127.0.0.1", wire.port), timeout=30)


def test_a_cut_ends_what_was_there_and_lets_others_come(echo: int) -> None:
    with closing(Wire(echo)) as wire, connected(wire) as one:
        assert answer(one) == b"word"
        wire.cut()
        assert answer(one) == b""
        with connected(wire) as other:
            assert answer(other) == b"word"


def test_while_it_is_apart_nobody_gets_through_and_afterwards_all_do(echo: int) -> None:
    with closing(Wire(echo)) as wire, connected(wire) as one:
        assert answer(one) == b"word"
        with wire.apart():
            assert answer(one) == b""
            with connected(wire) as other:
                assert answer(other) == b""
        with connected(wire) as other:
            assert answer(other) == b"word"


def test_who_comes_while_the_other_end_is_away_is_sent_off_and_the_next_one_gets_through(echo: int) -> None:
    held = socket.socket()
    held.bind(("127.0.0.1", 0))  # nobody listens there
    with held, closing(Wire(int(held.getsockname()[1]))) as wire:
        for _ in range(2):
            with connected(wire) as one:
                assert answer(one) == b""
        held.listen()
        with connected(wire) as one, held.accept()[0] as other:
            other.sendall(b"here")
            assert one.recv(100) == b"here"
