"""What happens to Anna in a random life, between two and in her own conversation; her phone keeps every byte of it."""

from pathlib import Path
from random import Random

from chat.visibility import direct, own
from protocol.calls import RelayCall
from protocol.commands import (
    BlockPerson,
    ClosePoll,
    Command,
    DeleteMessage,
    EditMessage,
    EndCall,
    FollowThread,
    PickUpCall,
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
from protocol.shapes import Mark, Poll
from tests.neighbours import House, nonce, open_threads, passes

RULES_SAY_NO = ("in-a-call", "not-allowed", "call-over", "not-found", "stands-already", "bad-field")


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
    roots = await open_threads(life.anna, life.place)
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
    await life.says()
    await passes(1)  # marks are gathered
    if roots:
        await open_threads(life.anna, life.place, roots)
    await life.anna.opens(life.place)
    path.write_bytes(life.anna.recording)
