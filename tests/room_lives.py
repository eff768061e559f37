"""What happens in a room that Anna is in, in a random life of several people; her phone keeps every byte of it."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from chat.visibility import own
from protocol.commands import (
    AddMembers,
    BlockPerson,
    ChangeMember,
    ChangeRoom,
    Command,
    DeleteMessage,
    EditMessage,
    FollowThread,
    JoinRoom,
    LeaveRoom,
    RemoveMember,
    SendMessage,
    SetMarks,
    SetPin,
    SetReaction,
    UnblockPerson,
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
from protocol.shapes import Mark, Right
from tests.neighbours import House, Phone, nonce, open_threads, passes

CALLS_SAY_NO = ("in-a-call", "stands-already", "call-over", "call-closed", "call-lobby", "too-many", "bad-field")


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
            *[GrantCall(**about, person=other.person, rights=rights, admitted=self.chance.random() < 0.7)] * 4,
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
        about = given | {"target": self.chance.choice(said[-4:])}
        commands += [
            DeleteMessage(**about),
            EditMessage(**about, text="other words"),
            SetReaction(**about, emoji="👍", on=self.chance.random() < 0.6),
        ]
        phone = self.chance.choice(self.phones)
        await self.blocks()
        try:
            await phone.asks(self.chance.choice(commands))
        except Refusal as refusal:
            if refusal.code not in ("not-allowed", "not-found", "stands-already", "bad-field"):
                raise


class RecordedJoining(RecordedRoom):
    """The same where a room shows who comes what follows: what is said about what was before is hidden from Anna."""

    async def begin(self) -> None:
        self.phones = [await self.house.joins(name) for name in ("Anna", "Ben", "Cleo", "Dora")]
        self.anna, ben, cleo, _ = self.phones
        self.room = await ben.makes_room("Garden", cleo, public=True, history="joining")
        self.roots = [(await phone.says_in(self.room, "before")).seq for phone in (ben, cleo, ben)]
        await ben.asks(AddMembers(nonce=nonce(), conversation=self.room, members=[self.anna.person]))

    def about_threads(self, given: dict[str, Any], head: int) -> list[Command]:
        """Also reactions and pins."""
        about = given | {"target": self.chance.choice([*self.roots, self.chance.randrange(1, head + 1)])}
        on = self.chance.random() < 0.7
        return [
            *super().about_threads(given, head),
            SetReaction(**about, emoji="👍", on=on),
            EditMessage(**about, text="other words"),
            SetPin(**about, on=on),
        ]


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
    roots = await open_threads(life.anna, life.room)
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
    await passes(1)  # marks are gathered
    if roots:
        await open_threads(life.anna, life.room, roots)
    await life.anna.opens(life.room)
    path.write_bytes(life.anna.recording)
