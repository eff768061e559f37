"""A household made for one test, and a way to ask OpenSSL about it over a real TLS handshake."""

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from trust import Household, open_household

NOW = datetime.now(UTC).replace(microsecond=0)  # the real day: OpenSSL's handshake asks no other clock
HOSTS = ["parley.local", "laptop.local", "192.168.1.20", "fd00::20", "laptop", "localhost", "127.0.0.1", "::1"]

Open = Callable[..., Household]


@pytest.fixture
def now() -> datetime:
    """The moment the tests began, in whole seconds as certificates have it."""
    return NOW


@pytest.fixture
def open_here(tmp_path: Path) -> Open:
    """Opens the test's household; a second call opens the same one again."""

    def open_it(
        hosts: list[str] | None = None, *, now: datetime = NOW, asked: list[str] | None = None, label: str = "laptop"
    ) -> Household:
        return open_household(tmp_path / "certs", label=label, hosts=hosts or HOSTS, now=now, asked=asked or [])

    return open_it


@pytest.fixture
def shake_hands() -> Callable[[ssl.SSLContext, ssl.SSLContext, str], bytes]:
    """One TLS handshake on the loopback between two contexts, the client expecting a host.

    Answers the server's certificate (DER). Raises ssl.SSLError as the client saw it.
    """

    def shake(server: ssl.SSLContext, client: ssl.SSLContext, host: str) -> bytes:
        with socket.create_server(("127.0.0.1", 0)) as listener:

            def answer() -> None:
                connection, _ = listener.accept()
                try:
                    with server.wrap_socket(connection, server_side=True) as secure:
                        secure.recv(1)
                except (ssl.SSLError, ConnectionError):
                    connection.close()

            thread = threading.Thread(target=answer)
            thread.start()
            try:
                with (
                    socket.create_connection(listener.getsockname()) as plain,
                    client.wrap_socket(plain, server_hostname=host) as secure,
                ):
                    return secure.getpeercert(binary_form=True) or b""
            finally:
                thread.join()

    return shake
