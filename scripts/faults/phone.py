"""A phone that keeps what it has and goes on where it was: outbox with nonces, log by seq, one gap rule.

It speaks through the `websockets` library, which shares no code with the server. A newcomer's first mistake is to give
a message that was not answered a new nonce: the server would take it for another one.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from chat.ids import new_nonce
from protocol.codec import MAX_SERVER_FRAME, pack_command, unpack
from protocol.commands import Command, Pull, SendMessage
from scripts.bench.house import ADDRESS
from scripts.faults.victim import Guest, Victim

LOST = (OSError, WebSocketException, TimeoutError)
"""What a line that is gone raises, whoever cut it."""

PATIENCE_SECONDS = 300.0  # for a line and for each answer, on a busy machine; then the line counts as dead


class Said(NamedTuple):
    """One event of the conversation, as far as it is compared."""

    name: str
    author: str
    text: str


class Refused(Exception):
    """The server said no: its code."""


class Phone:
    """One device, and what it holds of one conversation."""

    def __init__(self, victim: Victim, guest: Guest, place: str) -> None:
        self.victim, self.guest, self.place = victim, guest, place
        self.log: list[Said] = []  # seq 1, 2, 3…
        self.outbox: list[SendMessage] = []
        self.acked: dict[str, int] = {}  # seq by nonce
        self.values = 0  # how many came
        self.heard: Counter[str] = Counter()  # events that came by themselves, by name
        self._line: ClientConnection | None = None
        self._refs = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}

    @asynccontextmanager
    async def connected(self, port: int | None = None) -> AsyncIterator["Phone"]:
        """A line for as long as this lasts; to `port`, without TLS, where something of ours stands in between."""
        async with connect(
            f"ws://{ADDRESS}:{port}/ws" if port else f"wss://{ADDRESS}:{self.victim.port}/ws",
            ssl=None if port else self.victim.context(),
            additional_headers={"Authorization": f"Bearer {self.guest.token}"},
            max_size=MAX_SERVER_FRAME,
            open_timeout=PATIENCE_SECONDS,
            compression=None,
            proxy=None,
        ) as line:
            self._line = line
            reading = asyncio.create_task(self._read(line))
            try:
                yield self
            finally:
                reading.cancel()
                await asyncio.wait([reading])
                self._line = None
                self._give_up()

    async def ask(self, command: Command) -> Any:
        """The body of the answer. Raises Refused, or what a broken line raises."""
        if self._line is None:
            raise ConnectionError("expected a line")
        ref = next(self._refs)
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        await self._line.send(pack_command(ref, command))
        async with asyncio.timeout(PATIENCE_SECONDS):  # wait_for of Python 3.11 may swallow that it is cancelled
            return await answer

    def writes(self, text: str) -> SendMessage:
        """A message for the outbox."""
        message = SendMessage(nonce=new_nonce(), conversation=self.place, text=text)
        self.outbox.append(message)
        return message

    async def says(self, text: str) -> None:
        """A message past the outbox, which waits for no other. Raises as `ask`."""
        await self.ask(SendMessage(nonce=new_nonce(), conversation=self.place, text=text))

    async def sends(self) -> None:
        """The outbox, one after another and in order; what is answered leaves it."""
        while self.outbox:
            message = self.outbox[0]
            written = await self.ask(message)
            self.acked[message.nonce] = written["seq"]
            self.outbox.pop(0)

    async def catches_up(self) -> None:
        """Everything there is above what it has without a gap."""
        more = True
        while more:
            page = await self.ask(Pull(conversation=self.place, after=len(self.log)))
            for frame in page["frames"]:
                [(_, name, body)] = unpack(frame, MAX_SERVER_FRAME)
                self._take(name, body)
            more = page["more"]

    async def says_all(self, *texts: str) -> list[str]:
        """On a line of its own: all of these, one after another; all that is there then, from the beginning."""
        self.log.clear()
        async with self.connected():
            for text in texts:
                self.writes(text)
                await self.sends()
            await self.catches_up()
        return self.texts()

    def texts(self) -> list[str]:
        """What was said, in order."""
        return [said.text for said in self.log if said.name == "message.sent"]

    async def _read(self, line: ClientConnection) -> None:
        with suppress(*LOST):
            await self._hear(line)
        self._give_up()

    async def _hear(self, line: ClientConnection) -> None:
        async for frame in line:
            for ref, name, body in unpack(bytes(frame), MAX_SERVER_FRAME, None):  # type: ignore[arg-type]
                self.values += 1
                if ref == 0:
                    self.heard[name] += 1
                    self._take(name, body)
                elif (answer := self._answers.pop(ref, None)) is not None and not answer.done():
                    if name == "ok":
                        answer.set_result(body)
                    else:
                        answer.set_exception(Refused(body["code"]))

    def _take(self, name: str, body: dict[str, Any]) -> None:
        """The next one counts; what it has is passed over, and what lies above a gap is pulled later."""
        if body.get("conversation") == self.place and body.get("seq") == len(self.log) + 1:
            self.log.append(Said(name, body.get("author", ""), body.get("text", "")))

    def _give_up(self) -> None:
        answers, self._answers = self._answers, {}
        for answer in answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("the line is gone"))
                answer.exception()  # who waits hears it; nobody else need
