"""What a rule sees, and what is decided but not yet true.

`Shelves` is what is true. A `Draft` lies over it while a batch is decided; a rule is shown it as a `View`, which only
reads. Whoever is next in the batch sees what the one before left.
"""

from typing import Any

from protocol.shapes import Preference, StandingCall
from store.cold import Recalled, cold_stances, cold_standing, place_key, stance_key
from store.durable import LogRow, Place
from store.rows import (
    Block,
    Conversation,
    Device,
    DeviceSeen,
    File,
    Followed,
    Gathering,
    Hold,
    Invitation,
    LastSeen,
    Marks,
    Member,
    Mentioned,
    Person,
    Preferred,
    Retained,
    Stance,
    Standing,
    Status,
    Subscription,
    Thread,
    block_key,
)
from store.shelves import Layer, Shelf

YES = "yes"  # under which an index files all rows of which it is true


def member_key(conversation: str, person: str) -> str:
    """The key of a person's place in a room."""
    return f"{conversation}|{person}"


def mark_key(conversation: str, person: str) -> str:
    """The key of a person's marks in a conversation, and of what they prefer there."""
    return f"{conversation}|{person}"


def thread_place(conversation: str, root: int) -> str:
    """Where marks and mentions of a thread stand, as those of its conversation do under that one's id."""
    return f"{conversation}#{root}"


def split_thread(place: str) -> tuple[str, int] | None:
    """The conversation and the first message of a thread, None of the place of a conversation."""
    conversation, is_thread, root = place.partition("#")
    return (conversation, int(root)) if is_thread else None


class Shelves:
    """Every shelf of the house. The table's name on disk is the attribute's name."""

    def __init__(self) -> None:
        self.people = Shelf(
            "people",
            Person,
            lambda row: row.id,
            {"name": lambda row: row.keys, "removed": lambda row: [YES] if row.removed else []},
        )
        self.devices = Shelf(
            "devices",
            Device,
            lambda row: row.id,
            {"token": lambda row: [row.token], "person": lambda row: [row.person]},
        )
        self.conversations = Shelf(
            "conversations",
            Conversation,
            lambda row: row.id,
            {
                "member": lambda row: row.members,
                "talking": lambda row: row.members if row.call else (),
                "public": lambda row: [YES] if row.public and row.size else (),
            },
        )
        self.members = Shelf(
            "members",
            Member,
            lambda row: member_key(row.conversation, row.person),
            {"room": lambda row: [row.conversation], "person": lambda row: [row.person] if row.present else []},
        )
        self.gatherings = Shelf(
            "gatherings",
            Gathering,
            lambda row: row.conversation,
            {"person": lambda row: [one.person for one in row.call.attendees]},
        )
        self.invitations = Shelf("invitations", Invitation, lambda row: row.id, {"kind": lambda row: [row.kind]})
        self.files = Shelf(
            "files",
            File,
            lambda row: row.id,
            {"uploader": lambda row: [row.uploader], "sha256": lambda row: [row.sha256]},
        )
        self.holds = Shelf(
            "holds",
            Hold,
            lambda row: row.file,
            {
                "released": lambda row: () if row.places or row.beyond else ["yes"],
                "conversation": lambda row: row.places,
            },
        )
        self.preferences = Shelf("preferences", Preferred, lambda row: mark_key(row.conversation, row.person))
        self.blocks = Shelf(
            "blocks", Block, lambda row: row.key, {"person": lambda row: [row.person], "other": lambda row: [row.other]}
        )
        self.mentions = Shelf(
            "mentions",
            Mentioned,
            lambda row: mark_key(row.conversation, row.person),
            {
                "thread": lambda row: (
                    [mark_key(threaded[0], row.person)] if (threaded := split_thread(row.conversation)) else []
                )
            },
        )
        self.marks = Shelf("marks", Marks, lambda row: mark_key(row.conversation, row.person))
        self.last_seen = Shelf("last_seen", LastSeen, lambda row: row.person)
        self.devices_seen = Shelf("devices_seen", DeviceSeen, lambda row: row.device)
        self.subscriptions = Shelf(
            "subscriptions",
            Subscription,
            lambda row: row.device,
            {"person": lambda row: [row.person], "endpoint": lambda row: [row.endpoint]},
        )
        self.statuses = Shelf("statuses", Status, lambda row: row.person)
        self.threads = Shelf(
            "threads",
            Thread,
            lambda row: place_key(row.conversation, row.root),
            {"follower": lambda row: [mark_key(row.conversation, person) for person in row.followers]},
        )
        self.follows = Shelf(
            "follows",
            Followed,
            lambda row: stance_key(row.conversation, row.root, row.person),
            {
                "person": lambda row: [mark_key(row.conversation, row.person)] if row.on else [],
                "thread": lambda row: [place_key(row.conversation, row.root)] if row.on else [],
            },
        )
        self.retained = Shelf("retained", Retained, lambda row: row.conversation)
        self.standing = cold_standing()
        self.stances = cold_stances()
        self.recalled = Recalled()

    def people_here(self) -> int:
        """How many are of the house now."""
        return len(self.people) - len(self.people.where("removed", YES))

    def load(self, rows: list[tuple[str, str, bytes]]) -> None:
        """Fill the shelves from (table, key, JSON). Raises ValueError for a table this version does not know."""
        for table, _, raw in rows:
            shelf = getattr(self, table, None)
            if not isinstance(shelf, Shelf):
                raise ValueError(
                    f"expected a shelf of this version, got {table!r}: was the data written by a newer one?"
                )
            shelf.load(raw)


class Draft:
    """Decided, not yet true: a layer over every shelf that a fold may write to."""

    def __init__(self, below: "Shelves | Draft") -> None:
        self.people: Layer[Person] = Layer(below.people)
        self.devices: Layer[Device] = Layer(below.devices)
        self.conversations: Layer[Conversation] = Layer(below.conversations)
        self.members: Layer[Member] = Layer(below.members)
        self.gatherings: Layer[Gathering] = Layer(below.gatherings)
        self.invitations: Layer[Invitation] = Layer(below.invitations)
        self.files: Layer[File] = Layer(below.files)
        self.holds: Layer[Hold] = Layer(below.holds)
        self.preferences: Layer[Preferred] = Layer(below.preferences)
        self.mentions: Layer[Mentioned] = Layer(below.mentions)
        self.threads: Layer[Thread] = Layer(below.threads)
        self.follows: Layer[Followed] = Layer(below.follows)
        self.standing: Layer[Standing] = Layer(below.standing)
        self.stances: Layer[Stance] = Layer(below.stances)
        self.blocks: Layer[Block] = Layer(below.blocks)
        self.recalled: Recalled = below.recalled
        self.blanks: set[Place] = set()
        """Messages whose words go, with those of their edits."""
        self._below = below
        self.layers: list[Layer[Any]] = [
            self.people,
            self.devices,
            self.conversations,
            self.members,
            self.gatherings,
            self.invitations,
            self.files,
            self.holds,
            self.preferences,
            self.mentions,
            self.threads,
            self.follows,
            self.standing,
            self.stances,
            self.blocks,
        ]
        """Every layer, in the order they are written."""

    def people_here(self) -> int:
        """How many were of the house before this was decided: near enough for a limit."""
        return self._below.people_here()

    def changes(self) -> list[tuple[str, str, bytes | None]]:
        """What the disk must learn, over all shelves."""
        return [change for layer in self.layers for change in layer.changes()]

    def settle(self) -> None:
        """Make it true one layer down; what is decided next begins with nothing."""
        for layer in self.layers:
            layer.settle()
        if self.blanks and isinstance(self._below, Draft):
            self._below.blanks |= self.blanks
            self.blanks = set()

    def forget(self) -> None:
        """What was decided is not to be: a command was refused."""
        for layer in self.layers:
            layer.forget()
        self.blanks = set()


class View:
    """Plain reads, the only thing a rule has. `now` is ms since the epoch."""

    def __init__(self, rows: Shelves | Draft, now: int) -> None:
        self._rows = rows
        self.now = now

    def person(self, person: str) -> Person | None:
        """Somebody of the house, removed or not."""
        return self._rows.people.get(person)

    def people(self, key: str) -> list[Person]:
        """Whose name compares by this key, see chat/names.py."""
        return self._rows.people.where("name", key)

    def device(self, device: str) -> Device | None:
        """A signed-in device."""
        return self._rows.devices.get(device)

    def devices_of(self, person: str) -> list[Device]:
        """All of a person's signed-in devices."""
        return sorted(self._rows.devices.where("person", person), key=lambda row: (row.at, row.id))

    def blocks(self, person: str, other: str) -> bool:
        """Whether `person` blocked `other`."""
        return self._rows.blocks.get(block_key(person, other)) is not None

    def blocked_by(self, person: str) -> list[Block]:
        """Everybody this person blocked."""
        return self._rows.blocks.where("person", person)

    def conversation(self, conversation: str) -> Conversation | None:
        """The fold of a conversation's log."""
        return self._rows.conversations.get(conversation)

    def people_here(self) -> int:
        """How many are of the house."""
        return self._rows.people_here()

    def member(self, conversation: str, person: str) -> Member | None:
        """A person's place in a room, also of one who left."""
        return self._rows.members.get(member_key(conversation, person))

    def members(self, conversation: str) -> list[Member]:
        """Every place in a room, also of those who left, in no order."""
        return self._rows.members.where("room", conversation)

    def rooms_of(self, person: str) -> list[Member]:
        """The places of a person in rooms they are in."""
        return self._rows.members.where("person", person)

    def public_rooms(self) -> list[Conversation]:
        """The rooms that everybody of the house may find, in no order."""
        return self._rows.conversations.where("public", YES)

    def call_of(self, person: str) -> tuple[str, StandingCall] | None:
        """The call this person is in, or that rings for them, and its conversation."""
        rows = self._rows.conversations.where("talking", person)
        return next(((row.id, row.call) for row in rows if row.call), None)

    def gathering(self, conversation: str) -> Gathering | None:
        """The call that goes on in a room."""
        return self._rows.gatherings.get(conversation)

    def gathering_of(self, person: str) -> Gathering | None:
        """The call of a room that this person is in."""
        return next(iter(self._rows.gatherings.where("person", person)), None)

    def invitation(self, digest: str) -> Invitation | None:
        """A standing invitation by the SHA-256 of its code."""
        return self._rows.invitations.get(digest)

    def invitations(self, kind: str) -> list[Invitation]:
        """The standing invitations of a kind."""
        return self._rows.invitations.where("kind", kind)

    def preference(self, person: str, conversation: str) -> Preference:
        """What somebody wants to hear of a conversation; of their own one, what they want of all."""
        row = self._rows.preferences.get(mark_key(conversation, person))
        return row.preference if row else Preference()

    def mentions(self, person: str, conversation: str) -> list[int]:
        """The newest messages there that name this person, or everybody, read or not, oldest first."""
        one = self._rows.mentions.get(mark_key(conversation, person))
        everybody = self._rows.mentions.get(mark_key(conversation, ""))
        named = set(one.seqs if one else ())
        if everybody:
            said = zip(everybody.seqs, everybody.authors, strict=True)
            named |= {seq for seq, author in said if person not in (author, *everybody.deaf.get(seq, ()))}
        return sorted(named)

    def file(self, file: str) -> File | None:
        """An uploaded file, complete or not."""
        return self._rows.files.get(file)

    def event(self, conversation: str, seq: int) -> LogRow | None:
        """An earlier event that the command is about (its `places`), as it stands in the log."""
        return self._rows.recalled.events.get((conversation, seq))

    def edits(self, conversation: str, seq: int) -> list[LogRow]:
        """The edits of such an event, oldest first."""
        return self._rows.recalled.edits.get((conversation, seq), [])

    def standing(self, conversation: str, seq: int) -> Standing:
        """What stands of such an event."""
        known = self._rows.standing.get(place_key(conversation, seq))
        return known or Standing(conversation=conversation, seq=seq)

    def stance(self, conversation: str, seq: int, person: str) -> Stance:
        """What the person who asks holds of such an event."""
        known = self._rows.stances.get(stance_key(conversation, seq, person))
        return known or Stance(conversation=conversation, seq=seq, person=person)
