"""A house whose files can be uploaded and downloaded over real sockets, and be restarted: for the tests of files."""

import base64
import json
import socket
from pathlib import Path
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.testing import bind_unused_port
from tornado.web import Application

from chat.ids import new_nonce
from chat.visibility import direct
from handlers.tus import Files
from handlers.uploads import NewUpload, OneFile
from protocol.commands import SendMessage
from store import Who
from store.leftovers import Leftovers
from store.quotas import Quotas
from store.uploads import Settings, Uploads
from tests.handlers.house import Guest, House

PLENTY = 1 << 40  # bytes
TUS = {"Tus-Resumable": "1.0.0"}
OFFSET_STREAM = {"Content-Type": "application/offset+octet-stream"}


class Member:
    """Somebody of the house, on one device, who asks with a token as programs do."""

    def __init__(self, house: "FileHouse", guest: Guest) -> None:
        self.house = house
        self.who = Who(guest.id, guest.device)
        self.token = guest.token
        self.headers = guest.bearer | {"X-Parley": "1"}

    async def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
        """Any request; underscores in a header's name stand for hyphens."""
        return await self.house.raw(method, path, body, self.headers | named(headers))

    async def tus(self, method: str, path: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
        """A request of tus."""
        kind = OFFSET_STREAM if body else {}
        return await self.ask(method, path, body, **TUS, **kind, **headers)

    async def begin(self, size: int, name: str = "a.bin") -> str:
        """The URL of a new upload."""
        said = f"filename {base64.b64encode(name.encode()).decode()}"
        answer = await self.tus("POST", "/api/files", Upload_Length=str(size), Upload_Metadata=said)
        assert answer.code == 201, answer.body
        return str(answer.headers["Location"])

    async def upload(self, content: bytes, name: str = "a.bin") -> str:
        """The URL of a complete file."""
        url = await self.begin(len(content), name)
        if content:
            answer = await self.tus("PATCH", url, content, Upload_Offset="0")
            assert answer.code == 204, answer.body
        return url

    async def send(self, other: "Member", *urls: str) -> None:
        """A message to the other, with these files."""
        conversation = direct(self.who.person, other.who.person)
        files = [url.rsplit("/", 1)[1] for url in urls]
        message = SendMessage(conversation=conversation, text="look", files=files, nonce=new_nonce())
        await self.house.store.write(message, self.who)


class FileHouse(House):
    """A house with three people, whose disk may fill up and whose server of files may be restarted."""

    def __init__(self, folder: Path, **door: Any) -> None:
        super().__init__(folder, **door)
        self.free = PLENTY
        self.uploads = self._new_uploads()

    async def start(self) -> None:
        """Open the house and let the people in."""
        await super().start()
        self.ada, self.bo, self.cy = [Member(self, await self.join(name)) for name in ("Ada", "Bo", "Cy")]

    async def restart(self) -> None:
        """Another server of files over the same folder, on another port."""
        self.server.stop()
        await self.server.close_all_connections()
        await self.uploads.close()
        self.uploads = self._new_uploads()
        await self.uploads.start()
        self.files = Files(self.uploads, Leftovers(self.store, self.uploads), Quotas(self.store, self.uploads))
        listening, self.port = bind_unused_port()
        given = {"store": self.store, "door": self.door, "files": self.files}
        self.server = HTTPServer(Application([(r"/api/files", NewUpload, given), (r"/api/files/(.*)", OneFile, given)]))
        self.server.add_socket(listening)

    def _new_uploads(self) -> Uploads:
        return Uploads(self.folder, self.store.keep, self.clock, settings=Settings(margin=0), free=lambda _: self.free)

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}"

    async def raw(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> HTTPResponse:
        """Any request with just these headers, whatever comes back."""
        return await AsyncHTTPClient().fetch(
            self.url + path,
            method=method,
            body=b"" if body is None and method in {"POST", "PATCH", "DELETE"} else body,
            headers=headers,
            allow_nonstandard_methods=True,
            raise_error=False,
        )

    async def line(self, method: str, path: str, member: Member, **headers: str) -> IOStream:
        """A bare connection that has sent the head of a request and nothing of its body."""
        stream = IOStream(socket.socket())
        await stream.connect(("127.0.0.1", self.port))
        head = {"Host": f"127.0.0.1:{self.port}"} | member.headers | TUS | OFFSET_STREAM | named(headers)
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
        await stream.write("\r\n".join(lines).encode())
        return stream


def named(headers: dict[str, str]) -> dict[str, str]:
    """Keyword arguments as header names."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def status_of(stream: IOStream) -> int:
    """The status of the answer on a bare connection."""
    line = await stream.read_until(b"\r\n")
    return int(line.split()[1])


def code_of(answer: HTTPResponse) -> Any:
    """The code of a refusal."""
    return json.loads(answer.body)["code"]
