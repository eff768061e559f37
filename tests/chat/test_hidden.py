"""What lies before somebody joined is not reached round about either: by its place, or by a thread that begins there.

The commands that name a place are found by their types: a new one is tried by itself.
"""

from typing import Any

import msgpack
import msgspec
import msgspec.inspect as inspect
import pytest

from chat.export import lines
from chat.visibility import may_see_file
from protocol.answers import Files, FoundMessages, Messages, Written
from protocol.commands import (
    COMMANDS,
    AddMembers,
    Command,
    FindMessages,
    GetMessages,
    Inner,
    ListFiles,
    SendMessage,
    SetMarks,
    SetPin,
    SetReaction,
    Writes,
)
from protocol.errors import Refusal
from protocol.events import Hidden
from protocol.records import replaced
from protocol.shapes import Mark, Place, Poll
from scripts.protocol_examples import example
from store.push.post import Post
from store.rows import Subscription
from tests.neighbours import House, Phone, lived, nonce, pull_all, settles

NOWHERE = 9_999
SEQS = {"target", "reply", "seq", "seqs", "forward", "thread", "before", "after", "around", "marks", "heads"} | {
    "older_than"
}
"""Fields that hold places in a log; a new one is taught to `aimed` below."""


def is_seq(kind: inspect.Type) -> bool:
    """Whether somewhere within this type there is a place in a log."""
    match kind:
        case inspect.Metadata():
            described = (kind.extra_json_schema or {}).get("description", "")
            return described.startswith("a place in a conversation's log") or is_seq(kind.type)
        case inspect.ListType():
            return is_seq(kind.item_type)
        case inspect.DictType():
            return is_seq(kind.value_type)
        case inspect.UnionType():
            return any(map(is_seq, kind.types))
        case inspect.StructType():
            return any(is_seq(field.type) for field in kind.fields)
    return False


def fields_of(kind: type[Command]) -> set[str]:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return {field.name for field in described.fields if is_seq(field.type)}


PLACED = {name: kind for name, kind in COMMANDS.items() if fields_of(kind) and not issubclass(kind, Inner)}


def test_every_field_that_holds_a_place_is_known_here() -> None:
    assert {field for kind in PLACED.values() for field in fields_of(kind)} <= SEQS
    assert len(PLACED) > 12


class Late:
    """A room that shows who comes only what follows. Eve came when "secret" had been said, and a thread began there."""

    async def begin(self, house: House) -> "Late":
        self.house = house
        self.anna, self.ben, self.eve = [await house.joins(name) for name in ("Anna", "Ben", "Eve")]
        self.room = await self.anna.makes_room("Garden", self.ben, history="joining")
        self.files = [await house.uploads(self.anna, width=4, type="image/jpeg") for _ in range(2)]
        poll = Poll(options=["secret one", "secret two"])
        self.root = await self.says(self.anna, "secret", files=[self.files[0]], poll=poll)
        await self.anna.asks(AddMembers(nonce=nonce(), conversation=self.room, members=[self.eve.person]))
        self.answer = await self.says(
            self.anna, "secret answer @Eve @all", files=[self.files[1]], target=self.root,
            mentions=[self.eve.person], everyone="all",
        )  # fmt: skip
        await self.anna.asks(SetReaction(nonce=nonce(), **self.at(self.answer), emoji="🎉", on=True))
        await self.anna.asks(SetPin(nonce=nonce(), **self.at(self.answer), on=True))
        await settles()
        return self

    def at(self, seq: int) -> dict[str, Any]:
        return {"conversation": self.room, "target": seq}

    async def says(self, phone: Phone, text: str, **given: Any) -> int:
        command = SendMessage(nonce=nonce(), conversation=self.room, text=text, **given)
        return (await phone.asks(command, Written)).seq

    def aimed(self, kind: type[Command], seq: int) -> Command:
        """An example that would be done if that place were Eve's to see."""
        fields = set(kind.__struct_fields__)
        given: dict[str, Any] = {
            "conversation": self.room, "target": seq, "before": seq + 1, "after": seq - 1, "around": seq,
            "seq": seq, "seqs": [seq], "files": [], "mentions": [], "poll": None, "voice": None, "reply": 0, "limit": 5,
            "marks": [Mark(conversation=self.room, thread=seq, read=seq, delivered=seq)], "heads": {self.room: seq},
            "author": "", "older_than": None, "choices": [0], "on": True, "forward": None, "at": 0, "text": "sec",
        }  # fmt: skip
        if kind.name == "message.stances":
            given["after"] = ""
        if kind.name == "conversation.page":
            given |= {"before": 0, "after": None}
        if kind.name == "search.find":
            given |= {"after": 0, "before": 0}
        if "nonce" in fields:
            given["nonce"] = nonce()
        return replaced(example(kind), **{name: value for name, value in given.items() if name in fields})

    async def tries(self, command: Command) -> bytes:
        """What Eve is told, packed: an answer, or why not."""
        try:
            return bytes(msgpack.packb(msgspec.to_builtins(await self.eve.asks(command), builtin_types=(bytes,))))
        except Refusal as refusal:
            return bytes(msgpack.packb(refusal.body()))


@pytest.mark.parametrize("kind", PLACED.values(), ids=PLACED)
@lived
async def test_no_command_reaches_what_is_hidden(kind: type[Command], house: House) -> None:
    late = await Late().begin(house)
    before = await pull_all(late.anna, late.room)
    for seq in (late.root, late.answer):
        said = await late.tries(late.aimed(kind, seq))
        assert b"secret" not in said, said
        assert not [file for file in late.files if file.encode() in said]
        if issubclass(kind, Writes) and "target" in kind.__struct_fields__:
            assert said == await late.tries(late.aimed(kind, NOWHERE)), "just like what never was"
    if "target" in kind.__struct_fields__:
        assert await pull_all(late.anna, late.room) == before, "nothing was written"


@lived
async def test_what_is_hidden_cannot_be_forwarded_either(house: House) -> None:
    late = await Late().begin(house)
    mine = await late.eve.makes_room("Mine")
    codes = []
    for seq in (late.root, late.answer, NOWHERE):
        place = Place(conversation=late.room, seq=seq)
        said = await late.tries(SendMessage(nonce=nonce(), conversation=mine, forward=place))
        codes.append(said)
    assert len(set(codes)) == 1
    assert b"not-found" in codes[0]


@lived
async def test_a_thread_that_begins_before_one_joined_is_nowhere_for_who_came_later(house: House) -> None:
    late = await Late().begin(house)
    assert b"secret" not in late.eve.recording
    hidden = {event.seq for event in late.eve.of(Hidden)}
    assert late.answer in hidden
    found = await late.eve.asks(FindMessages(text="secret"), FoundMessages)
    assert found.hits == []
    for kind in ("media", "files"):
        listed = await late.eve.asks(ListFiles(conversation=late.room, kind=kind), Files)
        assert listed.files == []
    assert [may_see_file(house.store, late.eve.person, file) for file in late.files] == [False, False]
    assert [may_see_file(house.store, late.ben.person, file) for file in late.files] == [True, True]
    [row] = [row for row in (await late.eve.resumes()).rows if row.conversation == late.room]
    assert (row.mentions, row.threads, row.unread) == ([], [], 0)
    row_known = house.store.view().conversation(late.room)
    assert row_known is not None
    said = [line.event async for page in lines(house.store, late.eve.who, row_known) for line in page]
    assert "secret" not in str(said)
    await late.eve.asks(SetMarks(marks=[Mark(conversation=late.room, thread=late.root, read=late.answer)]))
    assert (await late.eve.asks(GetMessages(conversation=late.room, seqs=[late.answer]), Messages)).frames == []


@lived
async def test_who_was_there_from_the_start_has_all_of_it(house: House) -> None:
    late = await Late().begin(house)
    got = await late.ben.asks(GetMessages(conversation=late.room, seqs=[late.root, late.answer]), Messages)
    assert len(got.frames) == 2
    listed = await late.ben.asks(ListFiles(conversation=late.room, kind="media"), Files)
    assert {one.file.id for one in listed.files} == set(late.files)
    [row] = [row for row in (await late.ben.resumes()).rows if row.conversation == late.room]
    assert [(news.thread, news.mentions) for news in row.threads] == [(late.root, [late.answer])]
    await late.ben.asks(SetReaction(nonce=nonce(), **late.at(late.answer), emoji="🎉", on=True))


@lived
async def test_nothing_hidden_is_pushed(house: House) -> None:
    sent: list[str] = []
    house.store.post = Post(b"key")
    house.store.post.add = lambda parcel: sent.append(parcel.payload.decode())  # type: ignore[method-assign]
    late = await Late().begin(house)
    for phone in (late.ben, late.eve):
        address = {"endpoint": "https://push.example.org/a", "p256dh": "B", "auth": "a"}
        house.store.shelves.subscriptions.put(Subscription(device=phone.device, person=phone.person, **address))
        phone.disconnect()
    await settles()
    sent.clear()
    named = [late.ben.person, late.eve.person]
    await late.says(late.anna, "secret, @Ben @Eve @all", target=late.root, mentions=named, everyone="all")
    await settles()
    assert len(sent) == 1, "to Ben"
