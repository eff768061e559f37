"""People in a call of a real server without a browser: a socket, ICE and DTLS of their own, and a film for a camera.

They are in a process of their own, and take a tenth of a core where a page that encodes takes a whole one: what is
timed beside them is the page that is looked at. A newcomer's first mistake is to let them send key frames unasked.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from calls import rtcp
from calls.call import Offered
from calls.formats import AUDIO_LEVEL, MID, OPUS
from calls.rtcp import KeyFrameWanted, SenderReport
from protocol.codec import MAX_SERVER_FRAME, pack_command, unpack
from protocol.group_calls import AnswerMedia, OpenCall, SetFloor
from protocol.shapes import Floor
from scripts.bench.client import REFUSED, Place, connected
from scripts.bench.client import Client as Line
from scripts.bench.clip import RATE, Camera, film
from scripts.bench.house import nonce
from scripts.bench.measured import PATIENCE_SECONDS, PROCESSES
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Desk

LAYERS = {"l": (640, 360, 180_000), "h": (1280, 720, 1_500_000)}  # of a page's camera: pwa/call/unit-peer.js
VOICE_GAP = 0.02
SILENCE = b"\xf8\xff\xfe"  # 20 ms of Opus
LEVEL = 60  # -dBov: nobody has the floor
FLOOR = Floor(camera=True)
NTP = (1 << 64) - 1


class Guests:
    """One at each of these places, in the call of a conversation, for as long as the `with` lasts."""

    def __init__(self, places: Sequence[Place], conversation: str) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=be_there, args=(theirs, list(places), conversation), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        if not self._pipe.poll(PATIENCE_SECONDS):
            self._end()
            raise RuntimeError(f"expected the guests to be in the call within {PATIENCE_SECONDS:.0f} s")
        try:
            self._pipe.recv()
        except EOFError:
            self._end()
            raise RuntimeError("the guests ended; what they said stands above") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.join()


def be_there(pipe: Connection, places: list[Place], conversation: str) -> None:
    """All of them, until the process ends; says so when their cameras run."""
    asyncio.run(_be_there(pipe, places, conversation))


async def _be_there(pipe: Connection, places: list[Place], conversation: str) -> None:
    films = {name: film(*shape) for name, shape in LAYERS.items()}
    async with asyncio.TaskGroup() as group:
        for number, place in enumerate(places):
            there = asyncio.Event()
            group.create_task(_visit(place, Guest(number, conversation, films), there))
            await there.wait()  # the first begins the call that the others come into
        pipe.send("there")


async def _visit(place: Place, guest: "Guest", there: asyncio.Event) -> None:
    async with connected(place) as line, asyncio.TaskGroup() as group:
        group.create_task(guest.hear(line))
        await guest.come(line)
        there.set()
        await guest.act()


def new_call() -> str:
    """The id of a call, as a page makes one."""
    return "c" + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(13))


class Guest:
    """One of them: what the server hears of it, and what the unit gets."""

    def __init__(self, number: int, conversation: str, films: dict[str, list[bytes]]) -> None:
        self._conversation = conversation
        self._call = ""
        self._line: Line | None = None
        self._ref = 0
        first = 1000 + 10 * number
        sending = {"0": Sending(first), "1": Sending(layers=tuple(films))}
        far: Any = self  # what a client needs of a unit
        self.client = Client(far, Desk(), f"guest{number}", sending)
        self.voice = first
        self.cameras = [Camera(first + 1 + at, film, name) for at, (name, film) in enumerate(films.items())]
        self._said = 0  # packets of sound

    # -- the server

    async def come(self, line: Line) -> None:
        """Returns when media may flow."""
        self._line = line
        await self.client.join(new_call())
        self._ask(SetFloor(conversation=self._conversation, call=self._call, floor=FLOOR))

    def join(self, call: str, peer: str) -> None:
        """Begins the call, or comes into the one that is on."""
        self._ask(OpenCall(conversation=self._conversation, call=call, video=True, nonce=nonce()))

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        """To an offer of the unit."""
        self._ask(AnswerMedia(conversation=self._conversation, call=call, version=version, sdp=text))

    def _ask(self, command: Any) -> None:
        assert self._line
        self._ref += 1
        self._line.send(pack_command(self._ref, command))

    async def hear(self, line: Line) -> None:
        """Takes the unit's offers, as long as the line stands."""
        while True:
            payload = await line.receive()
            if REFUSED in payload:
                raise RuntimeError(f"expected no refusal, got {payload!r}")
            for _, name, body in unpack(payload, MAX_SERVER_FRAME, None):
                if name == "call.media":
                    self._call = body["call"]
                    self.client.offered(Offered(self._call, self.client.name, body["version"], body["sdp"], {}))

    # -- the unit

    async def act(self) -> None:
        """Speaks and shows itself, for ever."""
        loop = asyncio.get_running_loop()
        speak = show = report = loop.time()
        while True:
            now = loop.time()
            if now >= speak:
                self._speak()
                speak += VOICE_GAP
            if now >= show:
                self._show()
                show += 1 / RATE
            if now >= report:
                self._report()
                report += 1
            await asyncio.sleep(max(0.0, min(speak, show, report) - loop.time()))

    def _speak(self) -> None:
        self._said += 1
        labels = packets.extensions((MID, b"0"), (AUDIO_LEVEL, bytes([LEVEL])))
        self.client.send(packets.rtp(self.voice, self._said, SILENCE, OPUS.payload_type, 960 * self._said, labels))

    def _show(self) -> None:
        wanted = {one.ssrc for one in self.client.heard(KeyFrameWanted) if isinstance(one, KeyFrameWanted)}
        self.client.said.clear()
        self.client.packets.clear()
        for camera in self.cameras:
            if camera.ssrc in wanted:
                camera.begin_anew()
            for packet in camera.shoot():
                self.client.send(packet)

    def _report(self) -> None:
        """Which moment of each stream this is, so that sound and picture stay together."""
        now = (time.time_ns() << 32) // 10**9 & NTP
        streams = [(self.voice, 960 * self._said, self._said, len(SILENCE) * self._said)]
        streams += [(one.ssrc, one.timestamp, one.sent, one.octets) for one in self.cameras]
        for ssrc, timestamp, sent, octets in streams:
            self.client.tell(rtcp.sender_report(SenderReport(ssrc, now, timestamp & 0xFFFFFFFF, sent, octets)))
