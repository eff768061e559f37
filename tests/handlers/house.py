"""A house for handler tests: the real application over real sockets on loopback, with a store that forgets."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.websocket import WebSocketClientConnection, websocket_connect

from chat.connection import Greeting
from chat.devices import follow_devices
from chat.dispatch import Registry, tell_event
from chat.presence import follow
from handlers import Given, make_app
from handlers.codes import DeviceCodes, house_secret
from handlers.door import Door, Names, Rates
from handlers.invitations import HouseInvitation
from handlers.shell import Shell
from handlers.tus import Files
from protocol.codec import pack_command, unpack
from protocol.commands import Command
from store import Store
from store.durable import Durable
from store.durable.memory import Memory
from store.leftovers import Leftovers
from store.quotas import Quotas
from store.search import Search
from store.uploads import Uploads

SHELL = Shell()  # read once for all tests


@dataclass(frozen=True)
class Guest:
    """Somebody signed in as a program would be."""

    id: str
    name: str
    device: str
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        """The header that says who this is."""
        return {"Authorization": f"Bearer {self.token}"}


class House:
    """One running application. Everything asked of it goes over HTTP, as from anybody else."""

    def __init__(
        self,
        folder: Path,
        *,
        is_open: bool = True,
        durable: Durable | None = None,
        search: Search | None = None,
        **door: Any,
    ) -> None:
        self.folder = folder
        self.now = 0  # ms added to the clock
        self.store = Store(durable or Memory(), Registry(), tell_event, self.clock, search=search)
        self.uploads = Uploads(folder / "files", self.store.keep, self.store.clock)
        self.is_open = is_open
        self._door = door
        self._wires: list[Wire] = []

    def clock(self) -> int:
        """The real clock, and what a test added to it."""
        return time.time_ns() // 1_000_000 + self.now

    async def start(self) -> None:
        """Listen on a free port of loopback."""
        await self.store.start()
        await self.uploads.start()
        self.files = Files(self.uploads, Leftovers(self.store, self.uploads), Quotas(self.store, self.uploads))
        follow(self.store)
        follow_devices(self.store)
        socket, self.port = bind_unused_port()
        self.origin = f"https://localhost:{self.port}"
        names = Names(lambda: ["parley.local"], self.port)
        secret = house_secret(self.folder / "secret")
        self.codes = DeviceCodes(secret, self.store)
        self.door = Door(self.store, names, **({"rates": Rates(commands=10_000, joins=10_000)} | self._door))
        self.invitation = HouseInvitation(
            self.store, lambda code: [f"{self.origin}/#invite={code}"], self.folder / "invitation"
        )
        given = Given(
            store=self.store,
            door=self.door,
            files=self.files,
            codes=self.codes,
            house=self.invitation,
            device_links=lambda secret: [f"{self.origin}/#device={secret}"],
            hosts=lambda: ["localhost"],
            greeting=Greeting(page=lambda: "a page"),
            shell=SHELL,
            secret=secret,
            is_open=self.is_open,
            host_person="",
        )
        self.server = HTTPServer(make_app(given))
        self.server.add_socket(socket)

    async def stop(self) -> None:
        """Let go of everything, sockets first."""
        for wire in self._wires:
            wire.socket.close()
            await wire.closing_code()
        self.server.stop()
        await self.server.close_all_connections()
        await self.uploads.close()
        await self.store.close()

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HTTPResponse:
        """One request; a body that is not bytes goes as JSON. Underscores in header names stand for hyphens."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if method not in ("GET", "HEAD"):
            given = {"X-Parley": "1", "Content-Type": "application/json"} | given
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = HTTPRequest(
            f"http://localhost:{self.port}{path}",
            method=method,
            headers=given,
            body=raw,
            allow_nonstandard_methods=True,
            follow_redirects=False,
            decompress_response="Accept-Encoding" not in given,
            request_timeout=60,
        )
        return await AsyncHTTPClient().fetch(request, raise_error=False)

    async def join(self, name: str, **more: Any) -> Guest:
        """A newcomer, signed in as a program."""
        answer = await self.ask("POST", "/api/session", {"username": name, "token": True, **more})
        assert answer.code == 201, answer.body
        body = read(answer)
        return Guest(body["person"]["id"], body["person"]["name"], body["device"], body["token"])

    async def connect(self, guest: Guest) -> "Wire":
        """A socket, past its hello."""
        request = HTTPRequest(f"ws://localhost:{self.port}/ws", headers=guest.bearer)
        wire = Wire(await websocket_connect(request))
        self._wires.append(wire)
        assert (await wire.next())[1] == "hello"
        return wire


class Wire:
    """A socket as a program has it: values one after another, whichever frame they came in."""

    def __init__(self, socket: WebSocketClientConnection) -> None:
        self.socket = socket
        self.ref = 0
        self._values: list[tuple[int, str, Any]] = []
        self._ended = False

    async def next(self) -> tuple[int, str, Any]:
        """The next value. Fails when the server has closed."""
        while not self._values:
            frame = await self.socket.read_message()
            assert isinstance(frame, bytes), f"closed with {self.socket.close_code} {self.socket.close_reason}"
            self._values = list(unpack(frame, limit=10**7))
        return self._values.pop(0)

    async def until(self, name: str) -> Any:
        """The body of the next value of this name; what comes before is passed over."""
        while True:
            _, said, body = await self.next()
            if said == name:
                return body

    async def do(self, command: Command) -> tuple[str, Any]:
        """Ask, and wait for its answer: ("ok" or "error", body)."""
        self.ref += 1
        await self.socket.write_message(pack_command(self.ref, command), binary=True)
        while True:
            ref, name, body = await self.next()
            if ref == self.ref:
                return name, body

    async def closing_code(self) -> int | None:
        """Read to the end and answer with which code the server closed."""
        while not self._ended:
            self._ended = await self.socket.read_message() is None
        return self.socket.close_code


def read(answer: HTTPResponse) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.body)
