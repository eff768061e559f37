"""Somebody who uses Parley through a program: the socket with a Bearer token, and a call made by aiortc.

It shares no code with the page: another implementation of the same protocol and of WebRTC. aioice leaves out loopback
addresses, so a client that must stay on this machine gives it 127.0.0.1 as its one address.
"""

import asyncio
import json
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any
from unittest.mock import patch

import msgpack
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError, MediaStreamTrack, VideoStreamTrack
from aiortc.sdp import candidate_from_sdp
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.browser.running import RunningServer

PATIENCE = 30.0  # s a condition is waited for; it ends the wait at once
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


class Program:
    """Runs a loop of its own in a thread, for Playwright has one in the test's. Close it at the end."""

    def __init__(self, server: RunningServer, name: str) -> None:
        self.client = Client(server, name)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name=name)
        self.thread.start()
        self._do(self.client.join())

    def answers(self) -> None:
        """From now on every ring is picked up."""
        self.client.picks_up = True

    def asks(self, name: str, **body: Any) -> Any:
        """One command and its answer; one that writes has a nonce of its own. Raises AssertionError when refused."""
        return self._do(self.client.ask(name, body))

    def calls(self, person: str) -> None:
        """Ring somebody."""
        self._do(self.client.ring(person))

    def wait_for(self, kind: str, more: int = 10) -> None:
        """Return when so many more frames of this kind were decoded here. Raises TimeoutError."""
        self._do(self.client.received(kind, more))

    def hangs_up(self) -> None:
        """End the call."""
        self._do(self.client.end())

    def wait_for_end(self) -> None:
        """Return when the call is over here."""
        self._do(self.client.over())

    def close(self) -> None:
        """Leave the call and the socket."""
        self._do(self.client.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _do(self, work: Any) -> Any:
        running: Future[Any] = asyncio.run_coroutine_threadsafe(work, self.loop)
        return running.result(PATIENCE + 10)


class Client:
    """The protocol, as docs/protocol.md has it: `[ref, name, body]`, many of them in a frame."""

    def __init__(self, server: RunningServer, name: str) -> None:
        self.server = server
        self.name = name
        self.picks_up = False
        self.person = self.device = ""
        self.call: dict[str, Any] = {}
        self.frames: Counter[str] = Counter()
        self.tasks: set[asyncio.Task[None]] = set()
        self.moved = asyncio.Condition()
        self.ref = 0
        self.answered: dict[int, asyncio.Future[Any]] = {}
        self.socket: WebSocketClientConnection | None = None
        self.peer: RTCPeerConnection | None = None

    async def join(self) -> None:
        """Come in as a program does: a token instead of a cookie."""
        tls = self.server.household.context()
        body = json.dumps({"username": self.name, "invite": self.server.invitation, "token": True})
        headers = {"Content-Type": "application/json", "X-Parley": "1"}
        request = HTTPRequest(
            f"{self.server.origin}/api/session", method="POST", headers=headers, body=body, ssl_options=tls
        )
        answer = json.loads((await AsyncHTTPClient().fetch(request)).body)
        self.person, self.device = answer["person"]["id"], answer["device"]
        socket = HTTPRequest(
            f"wss://localhost:{self.server.port}/ws",
            headers={"Authorization": f"Bearer {answer['token']}"},
            ssl_options=tls,
        )
        self.socket = await websocket_connect(socket)
        self._spawn(self._read(self.socket))
        await self.ask("sync.resume", {})

    async def ask(self, name: str, body: dict[str, Any]) -> Any:
        """One command and its answer. Raises AssertionError when it is refused."""
        assert self.socket is not None
        self.ref += 1
        self.answered[self.ref] = answer = asyncio.get_running_loop().create_future()
        await self.socket.write_message(msgpack.packb([self.ref, name, body]), binary=True)
        kind, said = await asyncio.wait_for(answer, PATIENCE)
        assert kind == "ok", f"{name}: {said}"
        return said

    async def ring(self, person: str) -> None:
        """Call somebody with sound and picture."""
        low, high = sorted((self.person, person))
        self.call = {"conversation": f"direct.{low}.{high}", "call": "c" + letters(13)}
        await self.ask("call.ring", {**self.call, "video": True, "nonce": nonce()})

    async def end(self) -> None:
        """Hang up."""
        await self.ask("call.end", {**self.call, "nonce": nonce()})

    async def over(self) -> None:
        """Until the call is over."""
        await self._until(lambda: self.peer is None)

    async def received(self, kind: str, more: int) -> None:
        """Until so many more frames came."""
        above = self.frames[kind] + more
        await self._until(lambda: self.frames[kind] >= above)

    async def close(self) -> None:
        """Leave everything."""
        await self._hang_up()
        for task in self.tasks:
            task.cancel()
        if self.socket is not None:
            self.socket.close()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _read(self, socket: WebSocketClientConnection) -> None:
        while (frame := await socket.read_message()) is not None:
            values = msgpack.Unpacker(raw=False)
            values.feed(frame)
            for ref, name, body in values:
                if ref:
                    self.answered.pop(ref).set_result((name, body))
                else:
                    self._spawn(self._hear(name, body))

    async def _hear(self, name: str, body: dict[str, Any]) -> None:
        if name == "call.rang" and body["author"] != self.person and self.picks_up:
            self.call = {"conversation": body["conversation"], "call": body["call"]}
            await self.ask("call.alert", self.call)
            await self.ask("call.pick_up", {**self.call, "nonce": nonce()})
        elif body.get("call") != self.call.get("call"):
            return
        elif name == "call.picked_up" and body["author"] != self.person:
            await self._offer(body["device"])
        elif name == "call.offered":
            await self._answer(body["device"], body["sdp"])
        elif name == "call.answered" and self.peer is not None:
            await self.peer.setRemoteDescription(RTCSessionDescription(body["sdp"], "answer"))
        elif name == "call.candidate":
            await self._candidate(json.loads(body["candidate"]))
        elif name == "call.ended":
            await self._hang_up()

    async def _offer(self, to: str) -> None:
        peer = self._connect()
        with patch("aioice.ice.get_host_addresses", here_only):
            await peer.setLocalDescription(await peer.createOffer())
        await self.ask("call.offer", {**self.call, "to": to, "sdp": peer.localDescription.sdp})

    async def _answer(self, to: str, sdp: str) -> None:
        peer = self._connect()
        await peer.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        with patch("aioice.ice.get_host_addresses", here_only):
            await peer.setLocalDescription(await peer.createAnswer())
        await self.ask("call.answer", {**self.call, "to": to, "sdp": peer.localDescription.sdp})

    def _connect(self) -> RTCPeerConnection:
        self.peer = peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        peer.on("track", lambda track: self._spawn(self._count(track)))
        peer.addTrack(AudioStreamTrack())
        peer.addTrack(VideoStreamTrack())
        return peer

    async def _candidate(self, given: dict[str, Any]) -> None:
        """Candidates come before the description is in place only if the page is wrong: they are sent after it."""
        await self._until(lambda: self.peer is None or self.peer.remoteDescription is not None)
        if self.peer is None:
            return
        candidate = candidate_from_sdp(given["candidate"].removeprefix("candidate:"))
        candidate.sdpMid, candidate.sdpMLineIndex = given["sdpMid"], given["sdpMLineIndex"]
        await self.peer.addIceCandidate(candidate)

    async def _count(self, track: MediaStreamTrack) -> None:
        with suppress(MediaStreamError):  # the track ended
            while True:
                await track.recv()
                self.frames[track.kind] += 1
                await self._notify()

    async def _hang_up(self) -> None:
        peer, self.peer = self.peer, None
        if peer is not None:
            await peer.close()
        await self._notify()

    async def _notify(self) -> None:
        async with self.moved:
            self.moved.notify_all()

    async def _until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self.moved:
            await self.moved.wait_for(condition)

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def here_only(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    """In place of aioice's list, which leaves loopback out."""
    return ["127.0.0.1"]


def letters(count: int) -> str:
    """Random ones of the alphabet of ids."""
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def nonce() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)
