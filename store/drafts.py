"""What a rule sees, and what is decided but not yet true.

`Shelves` is what is true. A `Draft` lies over it while a batch is decided; a rule is shown it as a `View`, which only
reads. Whoever is next in the batch sees what the one before left.
"""

from typing import Any

from protocol.shapes import StandingCall
from store.rows import Conversation, Device, File, Hold, Invitation, LastSeen, Marks, Person
from store.shelves import Layer, Shelf


def mark_key(conversation: str, person: str) -> str:
    """The key of a person's marks in a conversation."""
    return f"{conversation}|{person}"


class Shelves:
    """Every shelf of the house. The table's name on disk is the attribute's name."""

    def __init__(self) -> None:
        self.people = Shelf("people", Person, lambda row: row.id, {"name": lambda row: row.keys})
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
            {"member": lambda row: row.members, "talking": lambda row: row.present() if row.call else ()},
        )
        self.invitations = Shelf("invitations", Invitation, lambda row: row.id, {"kind": lambda row: [row.kind]})
        self.files = Shelf("files", File, lambda row: row.id, {"uploader": lambda row: [row.uploader]})
        self.holds = Shelf("holds", Hold, lambda row: row.file)
        self.marks = Shelf("marks", Marks, lambda row: mark_key(row.conversation, row.person))
        self.last_seen = Shelf("last_seen", LastSeen, lambda row: row.person)

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
        self.invitations: Layer[Invitation] = Layer(below.invitations)
        self.files: Layer[File] = Layer(below.files)
        self.holds: Layer[Hold] = Layer(below.holds)

    def layers(self) -> list[Layer[Any]]:
        """Every layer, in the order they are written."""
        return [self.people, self.devices, self.conversations, self.invitations, self.files, self.holds]

    def changes(self) -> list[tuple[str, str, bytes | None]]:
        """What the disk must learn, over all shelves."""
        return [change for layer in self.layers() for change in layer.changes()]

    def settle(self) -> None:
        """Make it true one layer down."""
        for layer in self.layers():
            layer.settle()


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

    def conversation(self, conversation: str) -> Conversation | None:
        """The fold of a conversation's log."""
        return self._rows.conversations.get(conversation)

    def call_of(self, person: str) -> tuple[str, StandingCall] | None:
        """The call this person is in, or that rings for them, and its conversation."""
        rows = self._rows.conversations.where("talking", person)
        return next(((row.id, row.call) for row in rows if row.call), None)

    def invitation(self, digest: str) -> Invitation | None:
        """A standing invitation by the SHA-256 of its code."""
        return self._rows.invitations.get(digest)

    def invitations(self, kind: str) -> list[Invitation]:
        """The standing invitations of a kind."""
        return self._rows.invitations.where("kind", kind)

    def file(self, file: str) -> File | None:
        """An uploaded file, complete or not."""
        return self._rows.files.get(file)
