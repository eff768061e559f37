"""Neighbours: people with phones around a real store, on a loop where time passes once nothing else is to be done.

The lines are those of chat/connection.py, so what a test sends is packed and what it hears was packed. Nothing here
waits for the wall clock: 45 s of ringing take as long as the work that is done in them.
"""

import asyncio
import inspect
import selectors
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from itertools import count
from typing import Any, TypeVar

import msgspec

import chat  # noqa: F401  registers every noun
from chat.attending import follow_attendees
from chat.connection import Greeting, Line
from chat.devices import follow_devices
from chat.dispatch import SERVER, Registry, perform, tell_event
from chat.echo import follow_echoes
from chat.floor import follow_floors
from chat.forwarding import follow_media
from chat.invitations import digest
from chat.limits import Buckets, Rate
from chat.presence import follow
from chat.pushing import follow_pushes
from chat.ringing import take_up_standing
from chat.status import take_up_statuses
from chat.visibility import direct
from protocol.answers import Answer, Events, Opened, Reach, Rows, Written
from protocol.codec import MAX_SERVER_FRAME, pack_command, read_event, unpack
from protocol.commands import (
    AddDevice,
    Command,
    CreateRoom,
    JoinHouse,
    OpenConversation,
    PageThread,
    Pull,
    Resume,
    SendMessage,
)
from protocol.errors import Refusal
from protocol.events import EVENTS, Event, Logged, MessageSent
from protocol.shapes import MAX_PAGE
from store import Store, Who
from store.bus import Bus
from store.durable import Durable
from store.durable.memory import Memory
from store.rows import OPEN_END, Conversation, File, Member

NOON = 1_700_000_000_000  # ms
PLENTY = Rate(burst=100_000, per_second=100_000)

A = TypeVar("A", bound=Answer)
E = TypeVar("E", bound=Event)


class _Selector(selectors.DefaultSelector):
    """Asks the network, but does not wait for it: the time it would have waited has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is not None and timeout > 0:
            self.passed += timeout
            timeout = 0
        return super().select(timeout)


class PatientLoop(asyncio.SelectorEventLoop):
    """A loop whose time is its own. Nothing that runs in threads belongs on it."""

    def __init__(self) -> None:
        self.clock = _Selector()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.passed


@contextmanager
def patient_loop() -> Iterator[PatientLoop]:
    """A loop for one test, which must leave no task behind."""
    loop = PatientLoop()
    try:
        yield loop
        left = [task.get_name() for task in asyncio.all_tasks(loop)]
        assert left == [], f"tasks that nobody owns: {left}"
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.close()


def lived(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs an async test on a patient loop. One that asks for `house` gets a started one, closed for it afterwards."""
    wants = inspect.signature(test)
    given = [one for one in wants.parameters.values() if one.name != "house"]

    async def with_house(*args: Any, **kwargs: Any) -> None:
        house = await House().start()
        try:
            await test(*args, house=house, **kwargs)
        finally:
            await house.close()

    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        with patient_loop() as loop:
            doing = with_house if "house" in wants.parameters else test
            loop.run_until_complete(doing(*args, **kwargs))

    del run.__dict__["__wrapped__"]
    run.__signature__ = wants.replace(parameters=given)  # type: ignore[attr-defined]
    return run


async def passes(seconds: float) -> None:
    """So much of the loop's own time goes by."""
    loop = asyncio.get_running_loop()
    gone = loop.create_future()
    loop.call_later(seconds, gone.set_result, None)
    await gone


async def settles() -> None:
    """Everything that can be done without time passing is done."""
    await passes(0.001)


_nonces = count()


def nonce() -> str:
    """One that was not used before."""
    return f"{next(_nonces):022d}"


class Wire:
    """Where a line's bytes go; the test says how well it works."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.on_frame: Callable[[bytes], None] = lambda _: None
        self.code = 0
        self.stalled: asyncio.Future[None] | None = None

    def write(self, frame: bytes) -> Awaitable[None] | None:
        """As store.sockets wants it."""
        self.frames.append(frame)
        self.on_frame(frame)
        return self.stalled

    def close(self, code: int, reason: str) -> None:
        """Remember how it ended."""
        self.code = code


class Phone:
    """One device of a person and its line."""

    def __init__(self, house: "House", who: Who) -> None:
        self.house = house
        self.who = who
        self.person, self.device = who.person, who.device
        self.heard: list[Event] = []
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._refs = count(1)
        self.connect()

    def connect(self) -> None:
        """A new line; the one before is gone."""
        self.wire = Wire()
        self.wire.on_frame = self._read
        self.line = Line(self.who, self.wire, self.house.store, self.house.limits, Greeting(page=lambda: "page"))
        self.line.open()

    def disconnect(self) -> None:
        """The line breaks."""
        self.line.closed()

    @property
    def recording(self) -> bytes:
        """All bytes that came."""
        return b"".join(self.wire.frames)

    def sends(self, command: Command) -> "asyncio.Future[Any]":
        """Send it; the future holds the body of the answer, or the Refusal."""
        ref = next(self._refs)
        answer = self._answers[ref] = asyncio.get_running_loop().create_future()
        self.line.receive(pack_command(ref, command))
        return answer

    async def asks(self, command: Command, kind: type[A] | None = None) -> A:
        """Send it and have the answer, typed when a kind is given. Raises Refusal."""
        body = await self.sends(command)
        answer: A = body if kind is None else msgspec.convert(body, kind)
        return answer

    async def says(self, text: str, to: "str | Phone", files: list[str] | None = None) -> Written:
        """A message to a person."""
        other = to if isinstance(to, str) else to.person
        command = SendMessage(nonce=nonce(), conversation=direct(self.person, other), text=text, files=files or [])
        return await self.asks(command, Written)

    async def makes_room(self, title: str, *members: "Phone", **given: Any) -> str:
        """A room of this person's, by its id."""
        people = [one.person for one in members]
        command = CreateRoom(nonce=nonce(), title=title, members=people, **given)
        return (await self.asks(command, Written)).conversation

    async def says_in(self, room: str, text: str, files: list[str] | None = None) -> Written:
        """A message in a room."""
        return await self.asks(SendMessage(nonce=nonce(), conversation=room, text=text, files=files or []), Written)

    async def resumes(self, **given: Any) -> Rows:
        """The list."""
        return await self.asks(Resume(**given), Rows)

    async def opens(self, conversation: str) -> Opened:
        """A conversation afresh."""
        return await self.asks(OpenConversation(conversation=conversation), Opened)

    async def opens_thread(self, conversation: str, root: int) -> Events:
        """A thread afresh. Its page does not say of which it is: the question stands before it in the recording."""
        command = PageThread(conversation=conversation, target=root, limit=MAX_PAGE)
        self.wire.frames.append(pack_command(1, command))
        return await self.asks(command, Events)

    async def pulls(self, conversation: str, after: int = 0) -> Events:
        """What came after."""
        return await self.asks(Pull(conversation=conversation, after=after), Events)

    def of(self, kind: type[E]) -> list[E]:
        """What it heard of this kind."""
        return [event for event in self.heard if isinstance(event, kind)]

    def texts(self) -> list[str]:
        """The messages it heard."""
        return [event.text for event in self.of(MessageSent)]

    def _read(self, frame: bytes) -> None:
        for ref, name, body in unpack(frame, MAX_SERVER_FRAME, max_values=None):
            if ref == 0:
                self.heard.append(msgspec.convert(body, EVENTS[name]))
            elif not (answer := self._answers.pop(ref)).done():
                if name == "ok":
                    answer.set_result(body)
                else:
                    answer.set_exception(Refusal(body["code"], body["message"], field=body.get("field", "")))


class House:
    """A store and the people around it."""

    def __init__(self, durable: Durable | None = None, bus: Bus | None = None, letter: str = "") -> None:
        self.set_back = 0  # ms the clock was set back
        self._ids = count(1)
        self._letter = letter  # in each new id, where several nodes make some
        self.store = Store(durable or Memory(), Registry(), tell_event, self.clock, bus)
        self.limits = Buckets(PLENTY, self.clock)

    def clock(self) -> int:
        """The loop's own time, in ms from noon on."""
        return NOON + int(asyncio.get_running_loop().time() * 1000) - self.set_back

    async def start(self) -> "House":
        """As server.py does it."""
        await self.store.start()
        follow(self.store)
        follow_pushes(self.store)
        follow_devices(self.store)
        take_up_standing(self.store)
        follow_attendees(self.store)
        follow_echoes(self.store)
        follow_floors(self.store)
        follow_media(self.store)
        take_up_statuses(self.store)
        return self

    async def close(self) -> None:
        """As server.py does it."""
        self.store.sockets.close_all(1001, "leaving")
        await self.store.close()

    def new_id(self, letter: str, length: int = 13) -> str:
        """An id that this house has not used, the same in each run."""
        number = f"{next(self._ids):b}".translate({48: "a", 49: "b"})
        return letter + self._letter + number.rjust(length - len(self._letter), "a")

    async def does(self, command: Command, who: Who = SERVER) -> Any:
        """Ask past the wire, as REST does. Raises Refusal."""
        return await perform(command, who, self.store)

    async def joins(self, name: str, **given: Any) -> Phone:
        """A newcomer with a phone that is connected."""
        who = Who(self.new_id("p"), self.new_id("d"))
        command = {"nonce": nonce(), "person": who.person, "display_name": name, "invitation": "", **_device(who)}
        await self.does(JoinHouse(**(command | given)))
        return Phone(self, who)

    async def adds_device(self, phone: Phone) -> Phone:
        """Another device of the same person."""
        who = Who(phone.person, self.new_id("d"))
        await self.does(AddDevice(nonce=nonce(), person=who.person, **_device(who)))
        return Phone(self, who)

    async def uploads(self, phone: Phone, **given: Any) -> str:
        """A file of this person's, complete unless told otherwise."""
        row = {"id": self.new_id("f", 26), "uploader": phone.person, "name": "a.jpg", "size": 9, "complete": True}
        await self.store.keep("files", File(**(row | given)))
        return str(row["id"])

    def furnishes(self, room: str, seen: dict[str, list[Reach]], head: int = 0) -> None:
        """A room that these people have seen so much of, without a log."""
        shelves = self.store.shelves
        for person, reach in seen.items():
            shelves.members.put(Member(conversation=room, person=person, reach=reach, joined=reach[0].first))
        size = sum(reach[-1].last == OPEN_END for reach in seen.values())
        shelves.conversations.put(Conversation(id=room, kind="room", head=head, size=size))

    def log(self, phone: Phone, conversation: str) -> "asyncio.Future[list[Logged]]":
        """All events of a conversation as this person pulls them."""
        return asyncio.ensure_future(pull_all(phone, conversation))


async def pull_all(phone: Phone, conversation: str, after: int = 0) -> list[Any]:
    """Everything above a place, pull by pull."""
    events: list[Event] = []
    while True:
        page = await phone.pulls(conversation, after)
        events += [read_event(frame) for frame in page.frames]
        if not page.more:
            return events
        after = page.last


def _device(who: Who) -> dict[str, Any]:
    return {"device": who.device, "device_name": "Phone", "token": digest(who.device)}


async def open_threads(phone: Phone, conversation: str, roots: Sequence[int] = ()) -> list[int]:
    """Opens these threads, or those of the first messages the phone heard; the roots of those that still are there."""
    said = [event.seq for event in phone.of(MessageSent) if event.conversation == conversation and not event.target]
    there = list[int]()
    for root in roots or said[:2]:
        try:
            await phone.opens_thread(conversation, root)
            there.append(root)
        except Refusal as refusal:
            if refusal.code != "not-found":
                raise
    return there


async def refusal_of(doing: Awaitable[Any]) -> str:
    """The code with which this is refused; fails when it is not."""
    try:
        await doing
    except Refusal as refusal:
        return refusal.code
    raise AssertionError("expected a refusal, got an answer")
