"""The law on a real store: old state + events == fresh state, for everything one person's page may hear.

What a phone hears in a random life is recorded byte by byte and given to the page's own `apply()` under node, together
with `conversation.open` at the start and at the end; tests/pwa/law.test.mjs compares the two states.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgpack
import pytest

from chat.visibility import direct, own
from protocol.calls import RelayCall
from protocol.codec import unpack
from protocol.commands import (
    AddMembers,
    BlockPerson,
    ChangeMember,
    ChangeRoom,
    ClosePoll,
    Command,
    DeleteMessage,
    EditMessage,
    EndCall,
    FollowThread,
    JoinRoom,
    LeaveRoom,
    PickUpCall,
    RemoveMember,
    RenameDevice,
    RevokeDevice,
    RingCall,
    SendMessage,
    SetMarks,
    SetPin,
    SetPreference,
    SetReaction,
    UnblockPerson,
    Vote,
)
from protocol.errors import Refusal
from protocol.events import MessageSent
from protocol.group_calls import (
    ChangeCall,
    CloseCall,
    GrantCall,
    JoinCall,
    LeaveCall,
    OpenCall,
    RemoveAttendee,
    SummonPeople,
)
from protocol.shapes import Mark, Poll, Right
from tests.house.tree import ROOT
from tests.neighbours import House, Phone, lived, nonce, passes

RULES_SAY_NO = ("in-a-call", "not-allowed", "call-over", "not-found", "stands-already", "bad-field")
CALLS_SAY_NO = ("in-a-call", "stands-already", "call-over", "call-closed", "call-lobby", "too-many")
LAW = ["--import", "./tests/pwa/register.mjs", "--test", "tests/pwa/law.test.mjs"]


class Recorded:
    """Anna's phone, whose bytes are kept, and the others of her house."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.chance = Random(seed)

    async def begin(self) -> None:
        self.anna = await self.house.joins("Anna")
        self.ben = await self.house.joins("Ben")
        self.tablet = await self.house.adds_device(self.anna)
        self.cleo = await self.house.joins("Cleo")
        self.place = direct(self.anna.person, self.ben.person)

    async def happens(self) -> None:
        """One thing in the conversation of Anna and Ben, by either of them, or beside it."""
        common = [self.says] * 6 + [self.reads] * 4 + [self.calls] * 3 + [self.is_about_something] * 8
        what = self.chance.choice([*common, self.prefers, self.elsewhere])
        try:
            await what()
        except Refusal as refusal:
            if refusal.code not in RULES_SAY_NO:
                raise

    async def says(self) -> None:
        phone = self.chance.choice([self.anna, self.tablet, self.ben, self.ben])
        other = self.ben if phone is not self.ben else self.anna
        files = [await self.house.uploads(phone)] if self.chance.random() < 0.2 else []
        poll = Poll(options=["yes", "no"], multiple=self.chance.random() < 0.5) if self.chance.random() < 0.3 else None
        reply = self.chance.choice([0, 0, 1])
        known = self.house.store.view().conversation(self.place)
        said = {"files": files, "poll": poll, "reply": reply if known else 0, "mentions": [other.person]}
        await phone.asks(SendMessage(nonce=nonce(), conversation=self.place, text="text", **said))

    async def reads(self) -> None:
        row = self.house.store.view().conversation(self.place)
        if row:
            phone, seq = self.chance.choice([self.anna, self.tablet, self.ben]), self.chance.randrange(row.head + 1)
            field = self.chance.choice(["read", "delivered"])
            await phone.asks(SetMarks(marks=[Mark(conversation=self.place, **{field: seq})]))

    async def calls(self) -> None:
        row = self.house.store.view().conversation(self.place)
        phone = self.chance.choice([self.anna, self.ben])
        if row is None or row.call is None:
            ring = {"conversation": self.place, "call": self.house.new_id("c"), "video": True}
            await phone.asks(RingCall(nonce=nonce(), **ring))
        elif self.chance.random() < 0.2:
            await passes(50)  # nobody answers in 45 s
        elif self.chance.random() < 0.2:
            await self.house.does(RelayCall(nonce=nonce(), conversation=self.place, call=row.call.call))
        else:
            kind = self.chance.choice([PickUpCall, EndCall])
            await phone.asks(kind(nonce=nonce(), conversation=self.place, call=row.call.call))

    async def prefers(self) -> None:
        phone = self.chance.choice([self.anna, self.tablet, self.ben])
        muted_until = self.chance.choice([0, self.house.clock() + 3_600_000])
        level = self.chance.choice(["", "all", "mentions", "none"])
        wanted = {"conversation": self.place, "notify": level, "muted_until": muted_until}
        await phone.asks(SetPreference(nonce=nonce(), **wanted))

    async def is_about_something(self) -> None:
        """Something is said about an earlier message, which may be a call, gone, or nothing at all."""
        row = self.house.store.view().conversation(self.place)
        if row is None:
            return
        phone = self.chance.choice([self.anna, self.tablet, self.ben])
        recent = [event.seq for event in self.ben.of(MessageSent) if event.conversation == self.place][-3:]
        target = self.chance.choice([*recent * 3, self.chance.randrange(1, row.head + 1)])
        about = {"nonce": nonce(), "conversation": self.place, "target": target}
        on = self.chance.random() < 0.6
        commands: list[Command] = [
            SetReaction(**about, emoji=self.chance.choice("👍🎉"), on=on),
            SetReaction(**about, emoji="👍", on=True),
            SetReaction(**about, emoji="👍", on=False),
            EditMessage(**about, text=self.chance.choice(["other words", "more words"])),
            DeleteMessage(**about),
            SetPin(**about, on=on),
            Vote(**about, choices=self.chance.sample([0, 1], self.chance.randrange(3))),
            ClosePoll(**about),
            SendMessage(**about, text="in a thread"),
            SendMessage(**about, text="in a thread", mentions=[self.anna.person, self.ben.person]),
            FollowThread(**about, on=on),
            SetMarks(marks=[Mark(conversation=self.place, thread=target, read=self.chance.randrange(row.head + 1))]),
        ]
        await phone.asks(self.chance.choice(commands))

    async def elsewhere(self) -> None:
        await self.cleo.says("to somebody else", self.chance.choice([self.anna, self.ben]))


class OfOneself(Recorded):
    """The same for Anna's own conversation: her devices, and whom she blocked."""

    async def begin(self) -> None:
        await super().begin()
        self.place = own(self.anna.person)
        self.mine = [self.tablet]
        await self.anna.opens(self.place)

    async def says(self) -> None:
        """Whatever is said in one's own conversation."""
        await self.chance.choice([self.adds, self.renames, self.renames, self.revokes, self.blocks, self.blocks])()

    async def adds(self) -> None:
        self.mine.append(await self.house.adds_device(self.anna))

    async def renames(self) -> None:
        device = self.chance.choice([self.anna, *self.mine]).device
        name = self.chance.choice(["Kitchen", "Desk", "Old one"])
        await self.anna.asks(RenameDevice(nonce=nonce(), device=device, device_name=name))

    async def revokes(self) -> None:
        if self.mine:
            gone = self.mine.pop(self.chance.randrange(len(self.mine)))
            await self.anna.asks(RevokeDevice(nonce=nonce(), device=gone.device))

    async def blocks(self) -> None:
        other = self.chance.choice([self.ben, self.cleo]).person
        kind = UnblockPerson if self.house.store.view().blocks(self.anna.person, other) else BlockPerson
        await self.anna.asks(kind(nonce=nonce(), person=other))

    async def happens(self) -> None:
        await self.says()


async def record(house: House, seed: int, path: Path, *, opened_first: bool, kind: type[Recorded]) -> None:
    """Writes what Anna's phone heard of a life, from hello to a last opening."""
    life = kind(house, seed)
    await life.begin()
    for _ in range(life.chance.randrange(30) if opened_first else 0):
        await life.happens()
    life.anna.disconnect()
    life.anna.connect()
    if opened_first:
        await life.anna.opens(life.place)
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
    await life.says()
    await passes(1)  # marks are gathered
    await life.anna.opens(life.place)
    path.write_bytes(life.anna.recording)


class RecordedRoom:
    """Anna's phone in a room where people come and go, get roles, and the room itself changes."""

    roots: Sequence[int] = ()

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.chance = Random(seed)

    async def begin(self) -> None:
        self.phones = [await self.house.joins(name) for name in ("Anna", "Ben", "Cleo", "Dora")]
        self.anna = self.phones[0]
        self.room = await self.anna.makes_room("Garden", self.phones[1], public=True)

    async def happens(self) -> None:
        """One thing in the room, by whoever may; what the rules refuse has not happened."""
        phone, other = self.chance.choice(self.phones), self.chance.choice(self.phones[1:])
        given = {"nonce": nonce(), "conversation": self.room}
        role = self.chance.choice(["moderator", "member"])
        changes = self.chance.choice([{"topic": str(self.chance.random())}, {"announcements": True}, {"public": True}])
        head = self.house.store.view().conversation(self.room).head  # type: ignore[union-attr]
        asked: list[Command] = [
            SendMessage(**given, text="text"),
            SendMessage(**given, text="text"),
            SendMessage(**given, text="@all", everyone="all"),
            AddMembers(**given, members=[other.person]),
            RemoveMember(**given, person=other.person),
            ChangeMember(**given, person=other.person, role=role),  # type: ignore[arg-type]
            ChangeRoom(**given, **changes),  # type: ignore[arg-type]
            SetMarks(marks=[Mark(conversation=self.room, read=self.chance.randrange(head + 1))]),
            DeleteMessage(**given, target=max(1, head - self.chance.randrange(3))),
            *self.about_threads(given, head),
        ]
        if phone is not self.anna:
            asked += [JoinRoom(**given), LeaveRoom(**given)]
        if self.chance.random() < 0.4:
            asked = self.of_the_call(other)
        try:
            await self.blocks()
            await phone.asks(self.chance.choice(asked))
        except Refusal as refusal:
            if refusal.code not in ("not-allowed", "not-found", *CALLS_SAY_NO):
                raise

    async def blocks(self) -> None:
        """Now and then Anna would rather not hear somebody, or hears them again: then nothing they say calls her."""
        if self.chance.random() < 0.1:
            other = self.chance.choice(self.phones[1:]).person
            kind = UnblockPerson if self.house.store.view().blocks(self.anna.person, other) else BlockPerson
            await self.anna.asks(kind(nonce=nonce(), person=other))

    def of_the_call(self, other: Phone) -> list[Command]:
        """What may happen in the room's call, or begin one."""
        on = self.house.store.view().gathering(self.room)
        about: dict[str, Any] = {"nonce": nonce(), "conversation": self.room}
        about["call"] = on.call.call if on else self.house.new_id("c")
        if on is None:
            return [OpenCall(**about, video=True, ring=self.chance.random() < 0.5)]
        rights: list[Right] = self.chance.choice([[], ["speak", "write"], ["speak", "show", "share", "write"]])
        return [
            *[JoinCall(**about)] * 6,
            *[LeaveCall(**about)] * 2,
            *[SummonPeople(**about, people=[other.person])] * 2,
            CloseCall(**about),
            ChangeCall(**about, locked=self.chance.random() < 0.3),
            ChangeCall(**about, lobby=self.chance.random() < 0.3),
            ChangeCall(**about, rights=rights),
            GrantCall(**about, person=other.person, rights=rights, admitted=self.chance.random() < 0.7),
            RemoveAttendee(**about, person=other.person),
        ]

    def about_threads(self, given: dict[str, Any], head: int) -> list[Command]:
        """What may be said in one of a few threads, and about it."""
        target = self.chance.choice([*self.roots, self.chance.randrange(1, min(head, 12) + 1)])
        named = self.chance.sample([phone.person for phone in self.phones], 2)
        read = self.chance.randrange(head + 1)
        return [
            SendMessage(**given, target=target, text="in a thread"),
            SendMessage(**given, target=target, text="in a thread"),
            SendMessage(**given, target=target, text="in a thread", mentions=named),
            SendMessage(**given, target=target, text="@all", everyone="all"),
            FollowThread(**given, target=target, on=self.chance.random() < 0.5),
            SetMarks(marks=[Mark(conversation=self.room, thread=target, read=read)]),
        ]


class RecordedThreads(RecordedRoom):
    """The same where nobody comes or goes, and all that is said is said in two threads."""

    async def begin(self) -> None:
        self.phones = [await self.house.joins(name) for name in ("Anna", "Ben", "Cleo")]
        self.anna, self.ben, _ = self.phones
        self.room = await self.anna.makes_room("Garden", *self.phones[1:])
        self.roots = [(await phone.says_in(self.room, "what about it?")).seq for phone in (self.anna, self.ben)]

    async def happens(self) -> None:
        given = {"nonce": nonce(), "conversation": self.room}
        said = [event.seq for event in self.ben.of(MessageSent) if event.conversation == self.room]
        commands = self.about_threads(given, max(self.roots))
        commands.append(DeleteMessage(**given, target=self.chance.choice(said[-4:])))
        phone = self.chance.choice(self.phones)
        await self.blocks()
        try:
            await phone.asks(self.chance.choice(commands))
        except Refusal as refusal:
            if refusal.code not in ("not-allowed", "not-found"):
                raise


async def record_room(
    house: House, seed: int, path: Path, *, opened_first: bool, kind: type[RecordedRoom] = RecordedRoom
) -> None:
    """Writes what Anna's phone heard of a room, from hello to a last opening."""
    life = kind(house, seed)
    await life.begin()
    if opened_first:
        for _ in range(life.chance.randrange(30)):
            await life.happens()
        life.anna.disconnect()
        life.anna.connect()
        await life.anna.opens(own(life.anna.person))  # whom she blocked
        await life.anna.opens(life.room)
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
    await passes(1)  # marks are gathered
    await life.anna.opens(life.room)
    path.write_bytes(life.anna.recording)


@lived
async def recorded_room(
    seed: int, path: Path, opened_first: bool, house: House, kind: type[RecordedRoom] = RecordedRoom
) -> None:
    await record_room(house, seed, path, opened_first=opened_first, kind=kind)


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(5))
def test_the_same_holds_in_a_room_where_people_come_and_go(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded_room(seed, tmp_path / "recording", opened_first)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_holds_of_threads_and_of_who_follows_them(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded_room(seed, tmp_path / "recording", opened_first, kind=RecordedThreads)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


def judged(recording: Path) -> subprocess.CompletedProcess[str]:
    """What node says of a recording."""
    node = shutil.which("node")
    assert node, "Node.js 20 or newer is needed to check the phone app. Install it first."
    told = os.environ | {"PARLEY_RECORDING": str(recording)}
    return subprocess.run([node, *LAW], cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=120)


@lived
async def recorded(seed: int, path: Path, opened_first: bool, house: House, kind: type[Recorded] = Recorded) -> None:
    await record(house, seed, path, opened_first=opened_first, kind=kind)


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(5))
def test_old_state_and_events_are_fresh_state(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded(seed, tmp_path / "recording", opened_first)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("seed", range(3))
def test_what_one_s_own_conversation_tells_is_fresh_state_too(seed: int, tmp_path: Path) -> None:
    recorded(seed, tmp_path / "recording", True, kind=OfOneself)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


def test_a_recording_that_lacks_an_event_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    recorded(1, path, False)
    values = unpack(path.read_bytes(), limit=10**9, max_values=None)
    lost = max(place for place, value in enumerate(values) if value[1] == "message.sent")
    path.write_bytes(b"".join(map(packed, values[:lost] + values[lost + 1 :])))
    assert judged(path).returncode != 0
    path.write_bytes(b"".join(map(packed, values)))
    assert judged(path).returncode == 0


def packed(value: tuple[int, str, Any]) -> bytes:
    return bytes(msgpack.packb(value))
