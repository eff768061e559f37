"""A house with what is none of somebody's business, and every command that could ask for it with its ids."""

from typing import Any

import msgspec.inspect as inspect

from chat.visibility import direct
from protocol.commands import COMMANDS, Command, Inner, LeaveRoom, RemoveMember, RingCall
from protocol.group_calls import OpenCall
from protocol.records import replaced
from protocol.shapes import HitPlace, Place, Shown
from scripts.protocol_examples import example
from store.rows import Claim
from tests.neighbours import House, nonce, settles

ASKABLE = [kind for kind in COMMANDS.values() if not issubclass(kind, Inner)]
IN_A_CONVERSATION = [kind for kind in ASKABLE if "conversation" in kind.__struct_fields__]
NOBODY = "pnobodyaaaaaaa"
ABOUT_ROOMS = [kind for kind in IN_A_CONVERSATION if kind.__module__ in ("protocol.rooms", "protocol.group_calls")]
IDS = {
    *("a person", "a person, or empty", "one signed-in browser or program", "a room", "a room, or empty"),
    *("an uploaded file", "an uploaded file, or empty", "a call, chosen by the caller"),
    'a "That\'s me" waiting for a yes',
    "`directory`, `house`, `own.<person>`, `direct.<lower person>.<higher person>` or `room.<id>`",
}
"""What protocol/shapes.py says of the ids of others; a new kind of id is taught here."""


def is_id(kind: inspect.Type) -> bool:
    """Whether somewhere within this type there is an id."""
    match kind:
        case inspect.Metadata():
            return (kind.extra_json_schema or {}).get("description", "") in IDS or is_id(kind.type)
        case inspect.ListType():
            return is_id(kind.item_type)
        case inspect.DictType():
            return is_id(kind.key_type) or is_id(kind.value_type)
        case inspect.UnionType():
            return any(map(is_id, kind.types))
        case inspect.StructType():
            return any(is_id(field.type) for field in kind.fields)
    return False


def ids_of(kind: type[Command]) -> set[str]:
    """The fields of a command that hold ids."""
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return {field.name for field in described.fields if is_id(field.type)}


class Secret:
    """Anna and Ben with everything two people can have; Eve is of the house, and of none of it."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def begin(self) -> "Secret":
        house = self.house
        host, self.anna, self.ben, self.eve = [await house.joins(name) for name in ("Host", "Anna", "Ben", "Eve")]
        self.place = direct(self.anna.person, self.ben.person)
        self.file = await house.uploads(self.anna, thumbnail=True)
        await self.anna.says("secret", self.ben, files=[self.file])
        self.call = house.new_id("c")
        ring = RingCall(nonce=nonce(), conversation=self.place, call=self.call, video=True)
        await self.anna.asks(ring)
        self.claim = house.new_id("q")
        claim = Claim(
            id=self.claim, person=self.anna.person, device=house.new_id("d"), device_name="Phone", token="t",
            code="1234", expires_at=house.clock() + 60_000,
        )  # fmt: skip
        house.store.claims.put(claim.id, claim)
        self.room = await self.anna.makes_room("Secret", self.ben, host)
        self.meeting = house.new_id("c")
        await host.asks(OpenCall(nonce=nonce(), conversation=self.room, call=self.meeting, video=True))
        self.left = await self.anna.makes_room("Secret", self.eve)
        await self.eve.asks(LeaveRoom(nonce=nonce(), conversation=self.left))
        self.out = await self.anna.makes_room("Secret", self.eve, self.ben)
        await self.anna.asks(RemoveMember(nonce=nonce(), conversation=self.out, person=self.eve.person))
        await self.ben.says_in(self.out, "secret")
        self.real = {
            "conversation": self.place, "person": self.anna.person, "device": self.anna.device, "to": self.ben.device,
            "call": self.call, "claim": self.claim, "files": [self.file], "avatar": self.file,
            "picture": self.file, "members": [self.ben.person], "people": [self.ben.person], "after": self.ben.person,
            "mentions": [self.ben.person], "author": self.anna.person,
            "shown": [Shown(device=self.ben.device, source="camera", height=9)],
            "forward": Place(conversation=self.place, seq=2),
            "older_than": HitPlace(conversation=self.place, seq=2, at=house.clock()),
        }  # fmt: skip
        self.made_up = {
            "conversation": direct(NOBODY, "pnobodybbbbbbb"), "person": NOBODY, "device": "dnobodyaaaaaaa",
            "to": "dnobodyaaaaaaa", "call": "cnobodyaaaaaaa", "claim": "qnobodyaaaaaaa",
            "files": ["f" + "nobody".ljust(26, "a")], "avatar": "f" + "nobody".ljust(26, "a"),
            "picture": "f" + "nobody".ljust(26, "a"), "members": [self.ben.person], "people": [NOBODY], "after": NOBODY,
            "mentions": [NOBODY], "author": NOBODY,
            "shown": [Shown(device="dnobodyaaaaaaa", source="camera", height=9)],
            "forward": Place(conversation=direct(NOBODY, "pnobodybbbbbbb"), seq=2),
            "older_than": HitPlace(conversation=direct(NOBODY, "pnobodybbbbbbb"), seq=2, at=house.clock()),
        }  # fmt: skip
        await settles()
        return self

    def command(self, kind: type[Command], ids: dict[str, Any]) -> Command:
        """An example that is Eve's own in all but the ids of others."""
        fields = ids_of(kind) | {"display_name"} & set(kind.__struct_fields__)
        ids = {"display_name": "Eve"} | ids
        if kind in ABOUT_ROOMS and ids.get("conversation") in (self.place, self.made_up["conversation"]):
            if kind.__module__ == "protocol.group_calls" and "call" in ids:
                ids["call"] = self.meeting if ids["call"] == self.call else ids["call"]
            ids["conversation"] = self.room if ids["conversation"] == self.place else "room.rnobodyaaaaaaa"
        made = replaced(example(kind), **{name: value for name, value in ids.items() if name in fields})
        if "nonce" in kind.__struct_fields__:
            made = replaced(made, nonce=nonce())
        if "files" in fields:  # a conversation of her own, so that the file is what is asked for
            mine = direct(self.eve.person, self.anna.person)
            return replaced(made, conversation=mine, forward=None)
        return made

    def truth(self) -> dict[str, Any]:
        """Everything that Eve's commands might have changed."""
        shelves = self.house.store.shelves
        tables = (
            shelves.people,
            shelves.devices,
            shelves.conversations,
            shelves.members,
            shelves.gatherings,
            shelves.holds,
            shelves.marks,
            shelves.preferences,
        )
        rows = {shelf.table: {shelf.key(row): row for row in shelf} for shelf in tables}
        store = self.house.store
        names = ("claims", "alerted", "floors", "videos", "silenced", "declined")
        passing = {name: dict(getattr(store, name).items()) for name in names}
        return rows | passing
