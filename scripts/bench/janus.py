"""Janus and its video room, with the same people as the unit has; on Debian: apt-get install janus.

Each person publishes by one connection and subscribes to all others by a second, as Janus wants it. A newcomer's first
mistake is to run it as it comes: it asks publishers for transport-wide numbers, and limits rooms to 128 kbit/s.
"""

import asyncio
import json
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from calls import formats
from calls.call import Offered
from scripts.bench.crowd import Line, Load, Person
from scripts.bench.forwarders import Filled, sendings
from scripts.bench.namespace import Network
from tests.calls.answering import PASSWORD, Sending
from tests.calls.client import Desk
from tests.calls.waiting import until

PORT = 18188
ROOM = 1234
ATTEMPTS = 100  # of a tenth of a second, for it to listen
MODULES = {"plugins": "libjanus_videoroom.so", "transports": "libjanus_websockets.so"}  # all that it needs here

CORE = """general: {{
  configs_folder = "{folder}"
  plugins_folder = "{folder}/plugins"
  transports_folder = "{folder}/transports"
  events_folder = "{folder}"
  loggers_folder = "{folder}"
  debug_level = 2
  session_timeout = 0
}}
nat: {{
  ice_lite = true
  ice_enforce_list = "{address}"
}}
"""
SOCKETS = """general: {{
  json = "plain"
  ws = true
  ws_port = {port}
  ws_ip = "{address}"
}}
"""
ROOMS = """room-{room}: {{
  publishers = 64
  bitrate = 0
  audiocodec = "opus"
  videocodec = "vp8"
  audiolevel_ext = true
  audiolevel_event = true
  transport_wide_cc_ext = false
  playoutdelay_ext = false
  videoorient_ext = false
}}
"""


def version() -> str:
    """As it says itself; empty where it is not installed."""
    if shutil.which("janus") is None:
        return ""
    told = subprocess.run(["janus", "--help"], check=False, capture_output=True, text=True).stdout
    return next((line.partition("(")[2].strip(" )") for line in told.splitlines() if "version" in line), "unknown")


@contextmanager
def running(network: Network) -> Iterator[int]:
    """Janus in the network, with a room; answers its process."""
    with tempfile.TemporaryDirectory(prefix="janus-") as name:
        folder = Path(name)
        configure(folder, network)
        command = [*network.prefix, "janus", "-F", name, "-C", f"{name}/janus.jcfg"]
        with (folder / "janus.log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            yield process.pid
        finally:
            process.kill()
            process.wait()


def configure(folder: Path, network: Network) -> None:
    """All that it reads, and nothing of what the system has in /etc."""
    for kind, name in MODULES.items():
        (folder / kind).mkdir()
        (folder / kind / name).symlink_to(module(kind, name))
    given = {"folder": folder, "address": network.address, "port": PORT, "room": ROOM}
    for file, text in (
        ("janus", CORE),
        ("janus.transport.websockets", SOCKETS),
        ("janus.plugin.videoroom", ROOMS),
    ):
        (folder / f"{file}.jcfg").write_text(text.format(**given), "utf-8")


def module(kind: str, name: str) -> Path:
    """Where Debian puts it. Raises StopIteration if it is not there."""
    return next(Path("/usr/lib").glob(f"*/janus/{kind}/{name}"))


class Room:
    """The room as the load client uses a unit: who joins is offered something, and answers. Names end in whose line it
    is: `0.sends` publishes, `0.gets` subscribes."""

    def __init__(self, desk: Desk, load: Load, tasks: asyncio.TaskGroup) -> None:
        self._desk = desk
        self._load = load
        self._tasks = tasks
        self._socket: WebSocketClientConnection | None = None
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._handles: dict[str, int] = {}
        self._up: set[int] = set()  # handles whose media flows
        self._session = 0

    async def open(self, address: str) -> None:
        """Raises OSError if nobody listens there."""
        request = HTTPRequest(f"ws://{address}:{PORT}", headers={"Sec-WebSocket-Protocol": "janus-protocol"})
        self._socket = await websocket_connect(request, on_message_callback=self._hear)
        self._session = (await self._ask(janus="create"))["data"]["id"]

    def close(self) -> None:
        """Nothing is asked any more."""
        if self._socket:
            self._socket.close()

    def join(self, _call: str, name: str) -> None:
        """As `Unit.join`."""
        one, what = name.split(".")
        begins = self._publishes if what == "sends" else self._subscribes
        self._tasks.create_task(begins(name, int(one)))

    def answer(self, _call: str, name: str, _version: int, text: str) -> None:
        """As `Unit.answer`; who publishes has made the offer."""
        if name.endswith("gets"):
            started = {"request": "start", "room": ROOM}
            self._tasks.create_task(self._say(self._handles[name], started, {"type": "answer", "sdp": text}))

    async def _publishes(self, name: str, one: int) -> None:
        line = self._desk.clients[name]
        handle = await self._attach(name)
        body = {"request": "joinandconfigure", "room": ROOM, "ptype": "publisher", "id": one + 1}
        offer = {"type": "offer", "sdp": offer_of(line.secure.fingerprint, line.sending)}
        said = await self._say(handle, body, offer)
        line.offered(offered(name, said["jsep"]["sdp"]))

    async def _subscribes(self, name: str, one: int) -> None:
        publishing = {handle for other, handle in self._handles.items() if other.endswith("sends")}
        await until(lambda: publishing <= self._up)
        handle = await self._attach(name)
        others = [other for other in range(self._load.people) if other != one]
        streams = [{"feed": other + 1, "mid": "0"} for other in others]
        streams += [{"feed": other + 1, "mid": "1"} for other in self._load.whom(one)]
        said = await self._say(handle, {"request": "join", "room": ROOM, "ptype": "subscriber", "streams": streams})
        self._desk.clients[name].offered(offered(name, said["jsep"]["sdp"]))

    async def _attach(self, name: str) -> int:
        said = await self._ask(janus="attach", session_id=self._session, plugin="janus.plugin.videoroom")
        self._handles[name] = int(said["data"]["id"])
        return self._handles[name]

    async def _say(self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None) -> dict[str, Any]:
        more = {"jsep": jsep} if jsep else {}
        return await self._ask(janus="message", session_id=self._session, handle_id=handle, body=body, **more)

    async def _ask(self, **said: Any) -> dict[str, Any]:
        """Says this, and returns what is said to it. Raises RuntimeError if that is an error."""
        assert self._socket
        name = secrets.token_hex(8)
        waiting = self._answers[name] = asyncio.get_running_loop().create_future()
        await self._socket.write_message(json.dumps({**said, "transaction": name}))
        answer: dict[str, Any] = await waiting
        del self._answers[name]
        if answer["janus"] == "error" or "error" in answer.get("plugindata", {}).get("data", {}):
            raise RuntimeError(f"expected Janus to do this, it said {answer}")
        return answer

    def _hear(self, told: str | bytes | None) -> None:
        said = json.loads(told or '{"janus": "over"}')
        if said["janus"] == "webrtcup":
            self._up.add(said["sender"])
        waiting = self._answers.get(said.get("transaction", ""))
        if waiting and said["janus"] != "ack" and not waiting.done():
            waiting.set_result(said)


def offered(name: str, sdp: str) -> Offered:
    """What Janus describes, with its fingerprint in each section, where clients look for it."""
    whole, *sections = sdp.split("m=")
    fingerprint = next(line for line in whole.splitlines() if line.startswith("a=fingerprint:"))
    return Offered("call", name, 1, "m=".join([whole, *(f"{one}{fingerprint}\r\n" for one in sections)]), {})


def offer_of(fingerprint: str, sending: Mapping[str, Sending]) -> str:
    """What a browser would offer that sends a voice and a camera."""
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {' '.join(sending)}"]
    for mid, one in sending.items():
        codec = formats.VP8 if one.rtx_ssrc else formats.OPUS
        number = codec.payload_type
        lines += [f"m={codec.kind} 9 UDP/TLS/RTP/SAVPF {number}", "c=IN IP4 0.0.0.0", f"a=mid:{mid}", "a=sendonly"]
        lines += ["a=rtcp-mux", "a=ice-ufrag:them", f"a=ice-pwd:{PASSWORD}", "a=setup:active"]
        lines += [f"a=fingerprint:sha-256 {fingerprint}", f"a=rtpmap:{number} {codec.encoding}"]
        lines += [f"a=rtcp-fb:{number} {feedback}" for feedback in codec.feedback]
        lines += [f"a=extmap:{key} {formats.URIS[key]}" for key in (formats.MID, formats.AUDIO_LEVEL)]
        lines += [f"a=ssrc:{one.ssrc} cname:them"]
    return "".join(f"{line}\r\n" for line in lines)


@asynccontextmanager
async def janus(load: Load, network: Network) -> AsyncIterator[Filled]:
    """Janus, and everybody in its room."""
    desk = Desk()
    with running(network) as pid:
        async with asyncio.TaskGroup() as tasks:
            room: Any = Room(desk, load, tasks)  # what clients need of a unit
            await _open(room, network.address)
            sending = [Line(room, desk, f"{one}.sends", sendings(one)) for one in range(load.people)]
            getting = [Line(room, desk, f"{one}.gets", {}) for one in range(load.people)]
            for line in (*sending, *getting):
                line.host = network.address
            await asyncio.gather(*(line.join() for line in sending))
            await asyncio.gather(*(line.join() for line in getting))
            yield Filled(pid, [Person(*lines) for lines in zip(sending, getting, strict=True)])
            for line in (*sending, *getting):
                line.vanish()
            room.close()


async def _open(room: Room, address: str) -> None:
    for attempt in range(ATTEMPTS):
        try:
            await room.open(address)
        except OSError:
            if attempt == ATTEMPTS - 1:
                raise
            await asyncio.sleep(0.1)
        else:
            return
