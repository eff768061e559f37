"""A stage for hostile texts: two people on a running house, and every command with a text in any of its fields."""

import asyncio
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

from chat.visibility import direct
from protocol.codec import MAX_SERVER_FRAME, pack_command, read_event, unpack
from protocol.commands import COMMANDS, Asks, Command, CreateRoom, PickUpCall, Pull, RingCall, SendMessage
from protocol.errors import STATUS
from protocol.events import Logged
from scripts.protocol_examples import example
from store.durable.sqlite import Sqlite
from store.search import Search
from tests.handlers.house import Guest, House
from tests.neighbours import nonce

MESSAGES = 20  # that are edited, each at most a hundred times
AT_ONCE = 50  # commands on the way together; a connection may have 256


def now() -> int:
    return time.time_ns() // 1_000_000


class Line:
    """A socket that takes all that comes at once, as a page does, and keeps it."""

    def __init__(self) -> None:
        self.values: list[tuple[int, str, Any]] = []
        self._frames: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        self._left: list[tuple[int, str, Any]] = []
        self._gone = False
        self._ref = 0

    async def open(self, port: int, guest: Guest) -> "Line":
        """Past its hello."""
        request = HTTPRequest(f"ws://localhost:{port}/ws", headers=guest.bearer)
        self.socket = await websocket_connect(request, on_message_callback=self._frames.put_nowait)
        assert (await self.next())[1] == "hello"
        return self

    async def next(self) -> tuple[int, str, Any]:
        """The next value. Fails when the server has closed."""
        while not self._left:
            frame = await self._frames.get()
            self._gone = frame is None
            assert isinstance(frame, bytes), f"closed with {self.socket.close_code} {self.socket.close_reason}"
            self._left = unpack(frame, MAX_SERVER_FRAME, max_values=None)
        self.values.append(self._left.pop(0))
        return self.values[-1]

    async def end(self) -> None:
        """Close it."""
        self.socket.close()
        await self.closed()

    async def closed(self) -> int | None:
        """Wait until it is, and answer with which code."""
        while not self._gone:
            self._gone = await self._frames.get() is None
        return self.socket.close_code

    async def do(self, command: Command) -> tuple[str, Any]:
        """Ask, and wait for its answer: ("ok" or "error", body)."""
        [answer] = await self.all([command])
        return answer

    async def answer(self) -> tuple[int, str, Any]:
        """The next value that is an answer."""
        while True:
            ref, name, body = await self.next()
            if ref:
                return ref, name, body

    async def all(self, commands: list[Command]) -> list[tuple[str, Any]]:
        """Their answers, in the order of the commands; so many are under way at once.

        Questions one after another: what answers fifty of them is more than a connection may leave unread.
        """
        answers: list[tuple[str, Any]] = []
        at_once = 1 if isinstance(commands[0], Asks) else AT_ONCE
        for first in range(0, len(commands), at_once):
            some = commands[first : first + at_once]
            refs = range(self._ref + 1, self._ref + 1 + len(some))
            for ref, command in zip(refs, some, strict=True):
                await self.socket.write_message(pack_command(ref, command), binary=True)
            self._ref += len(some)
            got: dict[int, tuple[str, Any]] = {}
            while len(got) < len(some):
                ref, name, body = await self.answer()
                got[ref] = (name, body)
            answers += [got[ref] for ref in refs]
        return answers

    async def log(self, conversation: str) -> dict[int, Logged]:
        """A conversation's events by their seq."""
        events: dict[int, Logged] = {}
        after, more = 0, True
        while more:
            said, body = await self.do(Pull(conversation=conversation, after=after))
            assert said == "ok", body
            for frame in body["frames"]:
                event = read_event(frame)
                assert isinstance(event, Logged)
                events[event.seq] = event
            after, more = body["last"], body["more"]
        return events


class Stage:
    """Anna, who writes all this, and Ben, who hears it: their conversation, a room, a message, and a call."""

    def __init__(self, folder: Path, *, on_disk: bool) -> None:
        self.folder = folder
        self.house = self.new_house() if on_disk else House(folder)

    def new_house(self) -> House:
        database = Sqlite(self.folder / "parley.db", now)
        return House(self.folder, durable=database, search=Search(self.folder / "search.db"))

    async def begin(self) -> "Stage":
        await self.house.start()
        self.anna, self.ben = await self.house.join("Anna"), await self.house.join("Ben")
        self.phone, self.other = await self.connect(self.anna), await self.connect(self.ben)
        self.place = direct(self.anna.id, self.ben.id)
        first = [SendMessage(nonce=nonce(), conversation=self.place, text="first") for _ in range(MESSAGES)]
        self.targets = [said["seq"] for _, said in await self.phone.all(list(first))]
        _, made = await self.phone.do(CreateRoom(nonce=nonce(), title="Garden", members=[self.ben.id]))
        self.room = made["conversation"]
        call = {"conversation": self.place, "call": "c" + "a" * 13}
        await self.phone.do(RingCall(nonce=nonce(), **call, video=False))
        await self.other.do(PickUpCall(nonce=nonce(), **call))
        self.ids: dict[str, Any] = {
            **call, "to": self.ben.device, "device": self.anna.device, "target": self.targets[0], "author": "",
            "files": [], "members": [], "mentions": [], "heads": {}, "reply": 0, "after": 0, "before": 0, "until": 0,
            "voice": None, "forward": None, "poll": None, "older_than": None, "on": True,
            "display_name": None, "avatar": None, "picture": "", "public": None, "history": None, "closed": None,
        }  # fmt: skip
        return self

    async def connect(self, guest: Guest) -> Line:
        """Another line of theirs."""
        return await Line().open(self.house.port, guest)

    def command(self, name: str, path: str, text: str) -> Command:
        """An example that would be done, with this text in this field. Raises ValidationError."""
        kind = COMMANDS[name]
        body = msgspec.to_builtins(example(kind), builtin_types=(bytes,))
        body |= {field: value for field, value in self.ids.items() if field in body}
        body = {field: value for field, value in body.items() if value is not None}
        if name == "rooms.find":
            body["after"] = ""
        if "nonce" in body:
            body["nonce"] = nonce()
        if name == "message.send":
            body["target"] = 0
        if name == "message.edit":
            body["target"] = self.targets[len(text) % len(self.targets)]
        if path == "everyone":  # counts in rooms, and words must differ to be an edit
            body["text"] = nonce()
            body["conversation"] = self.room if name == "message.send" else self.place
        if name == "room.change":
            body["conversation"] = self.room
        if path == "poll.options":
            return msgspec.convert(body | {"text": "Which?", "poll": {"options": [text, "other"]}}, kind)
        return msgspec.convert(body | {path: text}, kind)

    async def end(self) -> None:
        await self.phone.end()
        await self.other.end()
        await self.house.stop()


@contextmanager
def played(stage: Stage, io_loop: IOLoop, caplog: pytest.LogCaptureFixture) -> Iterator[Stage]:
    """From everything set to the end, where nothing may have been an accident."""
    io_loop.run_sync(stage.begin)
    with caplog.at_level(logging.WARNING):
        yield stage
        io_loop.run_sync(stage.end)
    assert [record.getMessage() for record in caplog.records] == []


def is_refusal_in_words(name: str, body: Any) -> bool:
    """Whether an answer says what is wrong, in a sentence, and that it is the text and not the server."""
    words = str(body.get("message", ""))
    return name == "error" and body["code"] in STATUS.keys() - {"internal"} and bool(re.match(r".{8,}[.?]$", words))
