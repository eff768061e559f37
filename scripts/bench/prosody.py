"""Prosody of Debian beside us: people in a room of XMPP over TLS, one says something, what that takes of the server.

Guests are anonymous and the room tells nobody who comes, so nothing but messages is counted. It numbers and stores
nothing either: a room's last 20 messages are in memory.
"""

import selectors
import shutil
import socket
import ssl
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from scripts.bench.client import Place
from scripts.bench.house import free_port, opens
from scripts.bench.measured import PATIENCE_SECONDS, cpu_seconds_of

STREAM = (
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='guests' version='1.0'>"
)
AUTH = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"
BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
MUC = "http://jabber.org/protocol/muc"
JOIN = f"<presence to='talk@rooms/{{name}}'><x xmlns='{MUC}'><history maxstanzas='0'/></x></presence>"
SAY = "<message to='talk@rooms' type='groupchat' id='said'><body>{text}</body></message>"
HEARD = b"<body>"
MOST_READ = 65536  # bytes

SETTINGS = """
daemonize = false
run_as_root = true
pidfile = "{folder}/pid"
data_path = "{folder}"
log = {{ error = "{folder}/log" }}
modules_enabled = {{ "saslauth" }}
modules_disabled = {{ "s2s"; "offline" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{}}
s2s_ports = {{}}
c2s_direct_tls_ports = {{ {port} }}
c2s_direct_tls_ssl = {{ certificate = "{certs}/server.pem"; key = "{certs}/server.key" }}
VirtualHost "guests"
    authentication = "anonymous"
Component "rooms" "muc"
    muc_room_locking = false
    muc_room_default_presence_broadcast = {{ visitor = false; participant = false; moderator = false }}
"""


def is_here() -> bool:
    """Whether this machine has it: on Debian, apt-get install --no-install-recommends prosody."""
    return shutil.which("prosody") is not None


class Prosody:
    """A server for as long as the `with` lasts, with the household's certificate."""

    def __init__(self, certs: Path) -> None:
        self.place = Place(free_port(), certs / "authority" / "root.pem")
        self._certs = certs.resolve()

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="prosody-")
        told = Path(self._folder.name) / "prosody.cfg.lua"
        told.write_text(SETTINGS.format(folder=self._folder.name, port=self.place.port, certs=self._certs), "utf-8")
        silent = subprocess.DEVNULL
        command = ["prosody", "-F", "--config", str(told)]
        self._process = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
        if not opens(self.place.port, self._process, PATIENCE_SECONDS):
            self.__exit__(None, None, None)
            raise RuntimeError("expected Prosody to serve")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def cpu_seconds(self) -> float:
        """What it has taken so far, in user and kernel."""
        return cpu_seconds_of(self._process.pid)


class Guest:
    """Somebody in the room, over a line of their own."""

    def __init__(self, place: Place, context: ssl.SSLContext, name: str) -> None:
        plain = socket.create_connection((place.host, place.port), timeout=PATIENCE_SECONDS)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tls = context.wrap_socket(plain, server_hostname=place.host)
        self.heard = 0
        self._tail = b""
        for asked, answer in (
            (STREAM, b"</stream:features>"),
            (AUTH, b"<success"),
            (STREAM, b"</stream:features>"),
            (BIND, b"</iq>"),
            (JOIN.format(name=name), b"<subject"),
        ):
            self.says(asked)
            self._reads_until(answer)
        self.tls.setblocking(False)

    def says(self, stanza: str) -> None:
        """To the server."""
        self.tls.sendall(stanza.encode())

    def hears(self) -> None:
        """What has come."""
        try:
            while data := self.tls.recv(MOST_READ):
                data = self._tail + data
                self.heard += data.count(HEARD)
                self._tail = data[-len(HEARD) + 1 :]
        except ssl.SSLWantReadError:
            return
        raise ConnectionError("expected every guest to stay, the server ended one line")

    def _reads_until(self, answer: bytes) -> None:
        came = b""
        while answer not in came:
            data = self.tls.recv(MOST_READ)
            if not data or b"<failure" in data or b"type='error'" in data:
                raise ConnectionError(f"expected {answer!r}, got {came + data!r}")
            came += data


class Room:
    """So many guests, of whom the first speaks."""

    def __init__(self, place: Place, size: int) -> None:
        context = place.context()
        self.guests = [Guest(place, context, f"guest-{number}") for number in range(size)]
        self._selector = selectors.DefaultSelector()
        for guest in self.guests:
            self._selector.register(guest.tls, selectors.EVENT_READ, guest)

    def talk(self, messages: int, text: str) -> None:
        """One message after another, each when its speaker has heard the one before; until all heard all of them."""
        first, before = self.guests[0], self.guests[0].heard
        for number in range(messages):
            first.says(SAY.format(text=text))
            while first.heard - before <= number:
                self._turn()
        while any(guest.heard < before + messages for guest in self.guests):
            self._turn()

    def close(self) -> None:
        """All leave."""
        self._selector.close()
        for guest in self.guests:
            guest.tls.close()

    def _turn(self) -> None:
        ready = self._selector.select(PATIENCE_SECONDS)
        if not ready:
            raise TimeoutError("expected Prosody to go on")
        for key, _ in ready:
            key.data.hears()


def cost(certs: Path, receivers: int, messages: int, text: str) -> float:
    """CPU seconds of the server for each message that reached somebody."""
    with Prosody(certs) as server:
        room = Room(server.place, receivers)
        try:
            room.talk(1, text)
            before = server.cpu_seconds()
            room.talk(messages, text)
            return (server.cpu_seconds() - before) / (messages * receivers)
        finally:
            room.close()
