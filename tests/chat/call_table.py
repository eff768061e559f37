"""A household on a table for the tests of calls: rules run as the writer runs them, time in the test's hand."""

import concurrent.futures
from collections.abc import Callable
from typing import Any

import chat.calls
import chat.ringing
import chat.signalling  # noqa: F401 - the three files of a call register themselves
from chat.dispatch import AFTERS, TELLS, Registry
from chat.visibility import direct
from protocol.answers import Answer
from protocol.codec import read_event
from protocol.commands import EndCall, PickUpCall, RingCall, Tells, Writes
from protocol.errors import Refusal
from protocol.events import CallEnded, CallPickedUp, CallRang, Event, Logged
from protocol.group_calls import VideosChanged
from protocol.records import replaced
from protocol.shapes import Floor, StandingCall
from store import View, Who
from store.concurrent import ConcurrentDict
from store.drafts import Draft, Shelves
from store.media import NoMedia
from store.nodes.noted import Noted
from store.push.post import Post
from store.rows import Alerted, Declined, Device, Person

NOON = 1_700_000_000_000  # ms


def _id(kind: str, name: str) -> str:
    return kind + name.ljust(13, "a")[:13]


ANA, BEN, CLEO, DORA = (_id("p", name) for name in ("ana", "ben", "cleo", "dora"))
ANA_PHONE = Who(ANA, _id("d", "anaphone"))
ANA_LAPTOP = Who(ANA, _id("d", "analaptop"))
BEN_PHONE = Who(BEN, _id("d", "benphone"))
BEN_LAPTOP = Who(BEN, _id("d", "benlaptop"))
CLEO_PHONE = Who(CLEO, _id("d", "cleophone"))
DORA_PHONE = Who(DORA, _id("d", "doraphone"))
EVERYBODY = (ANA_PHONE, ANA_LAPTOP, BEN_PHONE, BEN_LAPTOP, CLEO_PHONE, DORA_PHONE)
ANA_BEN = direct(ANA, BEN)
CALL, OTHER_CALL = _id("c", "first"), _id("c", "second")


class Timers:
    """Timers that fire when the test says so."""

    def __init__(self) -> None:
        self.set: dict[str, tuple[float, Callable[[], None]]] = {}

    def later(self, key: str, seconds: float, callback: Callable[[], None]) -> None:
        """Remember it."""
        self.set[key] = (seconds, callback)

    def cancel(self, key: str) -> None:
        """Forget it."""
        self.set.pop(key, None)

    def seconds(self) -> list[float]:
        """What is waited for."""
        return [seconds for seconds, _ in self.set.values()]

    def fire(self) -> None:
        """All that is set runs out now."""
        now, self.set = self.set, {}
        for _, callback in now.values():
            callback()


class Lines:
    """Who is connected, and what each device heard."""

    def __init__(self) -> None:
        self.connected = {who.device for who in EVERYBODY}
        self.heard: list[tuple[str, Event]] = []

    def is_connected(self, device: str) -> bool:
        """Whether this device is."""
        return device in self.connected

    def tell_device(self, frame: bytes, device: str) -> bool:
        """As store.sockets has it."""
        if device in self.connected:
            self.heard.append((device, read_event(frame)))
        return device in self.connected


class Table:
    """What `store.Store` is to the rules of a call, without a disk and without a loop."""

    def __init__(self) -> None:
        self.now = NOON
        self.shelves = Shelves()
        self.timers = Timers()
        self.sockets = Lines()
        self.post = Post()
        self.media = NoMedia()
        self.nodes = None  # a server that is alone
        self.alerted = Noted("alerted", Alerted, None, self.clock)
        self.declined = Noted("declined", Declined, None, self.clock)
        self.floors: ConcurrentDict[tuple[str, str], dict[str, Floor]] = ConcurrentDict()
        self.videos: ConcurrentDict[tuple[str, str], dict[str, VideosChanged]] = ConcurrentDict()
        self.disk_full = False
        self.log: list[Logged] = []
        for who in EVERYBODY:
            self.shelves.people.put(Person(id=who.person, name=who.person))
            self.shelves.devices.put(Device(id=who.device, person=who.person, name="", token="", at=NOON))

    def clock(self) -> int:
        """Ms, as the store has it."""
        return self.now

    def view(self) -> View:
        """What is true."""
        return View(self.shelves, self.now)

    def does(self, command: Writes, who: Who) -> list[Logged]:
        """What the writer would make true. Raises Refusal."""
        draft = Draft(self.shelves)
        events = [self._number(event, who, draft) for event in Registry().decide(command, who, View(draft, self.now))]
        draft.settle()
        self.log += events
        for event in events:
            for follow in AFTERS.get(type(event), ()):
                follow(event, self)  # type: ignore[arg-type]
        return events

    def write(self, command: Writes, who: Who) -> "concurrent.futures.Future[Any]":
        """As the store has it, at once."""
        outcome: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            if self.disk_full:
                raise Refusal("not-saved", "The disk is full.")
            outcome.set_result(self.does(command, who))
        except Refusal as refusal:
            outcome.set_exception(refusal)
        return outcome

    def tells(self, command: Tells, who: Who) -> Answer:
        """Pass something on. Raises Refusal."""
        return TELLS[type(command)](command, who, self)  # type: ignore[arg-type]

    def standing(self, conversation: str = ANA_BEN) -> StandingCall | None:
        """The call that stands there."""
        row = self.shelves.conversations.get(conversation)
        return row.call if row else None

    def rings(self, who: Who = ANA_PHONE, to: str = BEN, call: str = CALL) -> list[Logged]:
        """Somebody calls somebody."""
        command = RingCall(nonce=nonce(), conversation=direct(who.person, to), call=call, video=True)
        return self.does(command, who)

    def picks_up(self, who: Who = BEN_PHONE, call: str = CALL, conversation: str = ANA_BEN) -> list[Logged]:
        """Somebody answers."""
        return self.does(PickUpCall(nonce=nonce(), conversation=conversation, call=call), who)

    def ends(self, who: Who, call: str = CALL, *, failed: bool = False) -> CallEnded:
        """Somebody ends it, and how it ended."""
        events = self.does(EndCall(nonce=nonce(), conversation=ANA_BEN, call=call, failed=failed), who)
        assert len(events) == 1
        assert isinstance(events[0], CallEnded)
        return events[0]

    def _number(self, event: Logged, who: Who, draft: Draft) -> Logged:
        row = draft.conversations.get(event.conversation)
        seq = row.head + 1 if row else 1
        numbered = replaced(event, seq=seq, at=self.now, author=event.author or who.person)
        Registry().fold(numbered, draft)
        after = draft.conversations.get(event.conversation)
        assert after is not None
        draft.conversations.put(replaced(after, head=seq))
        return numbered


_count = iter(range(10**9))


def nonce() -> str:
    """One that was not used before."""
    return f"{next(_count):022d}"


def only(events: list[Logged], kind: type[CallRang] | type[CallPickedUp] | type[CallEnded]) -> Any:
    """The one event of this kind."""
    (found,) = [event for event in events if isinstance(event, kind)]
    return found
