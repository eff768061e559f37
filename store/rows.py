"""The rows of the shelves: what a rule may decide on, one class a noun.

A row that came of a logged event keeps that event's `seq`, so that every node and every rebuild comes to the same rows.
"""

from typing import Literal, TypeVar

from protocol.answers import Reach
from protocol.records import Record, replaced
from protocol.shapes import (
    Attended,
    DeviceKind,
    GroupCall,
    History,
    Preference,
    Reaction,
    StandingCall,
    StatusKind,
    Tally,
)

OPEN_END = 0  # as the last seq of a reach: still a member


def is_in(reach: list[Reach], seq: int) -> bool:
    """Whether a place lies in ranges of which the last may be open still."""
    for one in reach:  # noqa: SIM110 - a generator costs three times that, and a room of 500 asks 500 times a message
        if one.first <= seq and (one.last == OPEN_END or seq <= one.last):
            return True
    return False


class Fleeting(Record, frozen=True, kw_only=True):
    """A row that lies in memory only (store/nodes/noted.py), until `expires_at` in ms."""

    expires_at: int


class Person(Record, frozen=True, kw_only=True):
    """Somebody of the house. `keys` are what the name is compared by (chat/names.py); they stay taken after removal."""

    id: str
    name: str
    keys: list[str] = []
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False
    seq: int = 0


class Device(Record, frozen=True, kw_only=True):
    """A signed-in browser or program. `token` is the SHA-256 of its secret; `at` when it was added, in ms."""

    id: str
    person: str
    name: str
    token: str
    at: int
    kind: DeviceKind = ""
    seq: int = 0


class Conversation(Record, frozen=True, kw_only=True):
    """What the server folds of a log: who may see which part of it, where it ends, and the call that stands in it.

    `members` maps a person to the ranges of seq they may see; those of a room have a row each instead, so that a
    message in a large room does not write all of them anew. `line` and `line_at` are seq and time of the newest event
    worth a line in the list, `line_edit` the seq of its last edit. `pins` are the pinned messages, the latest pin last.
    From `title` on it is a room's: `size` counts who is in it, `pictured` is the event that set its picture, `closed`
    is the host's "off".
    """

    id: str
    kind: str
    members: dict[str, list[Reach]] = {}
    head: int = 0
    line: int = 0
    line_at: int = 0
    line_edit: int = 0
    call: StandingCall | None = None
    pins: list[int] = []
    title: str = ""
    topic: str = ""
    picture: str = ""
    pictured: int = 0
    public: bool = False
    announcements: bool = False
    history: History = "start"
    owner: str = ""
    moderators: list[str] = []
    size: int = 0
    closed: bool = False


class Member(Record, frozen=True, kw_only=True):
    """One person's place in a room, kept when they leave; the key is `<conversation>|<person>`.

    `reach` are the ranges of seq they may see, `last` 0 in the one that is still open; `joined` is where it began.
    `removed`: they did not leave by themselves, so they do not come back by themselves.
    """

    conversation: str
    person: str
    reach: list[Reach]
    joined: int
    removed: bool = False
    seq: int = 0

    @property
    def present(self) -> bool:
        """Whether they are in the room now."""
        return bool(self.reach) and self.reach[-1].last == OPEN_END


class Gathering(Record, frozen=True, kw_only=True):
    """The call that goes on in a room, and who was in it, in the order they came, as of when they last went.

    A row of its own, or every message of the room would write it anew.
    """

    conversation: str
    call: GroupCall
    attended: list[Attended] = []


class Thread(Record, frozen=True, kw_only=True):
    """The thread under one message: how many answers stand in it, the last one, and who follows it.

    `people` are the first five who answered, `followers` those who have a part in it. `upto` is the last event in it.
    """

    conversation: str
    root: int
    count: int = 0
    last: int = 0
    last_at: int = 0
    last_author: str = ""
    people: list[str] = []
    followers: list[str] = []
    upto: int = 0


class Followed(Record, frozen=True, kw_only=True):
    """Whether one person chose to hear of a thread, or not to; without a row they follow it by their part in it."""

    conversation: str
    root: int
    person: str
    on: bool
    seq: int = 0


class Standing(Record, frozen=True, kw_only=True):
    """What stands of one message beside its words, kept cold: read from disk only for who asks.

    `upto` is the last event in it. `edits` are the seqs of its edits. `votes` has a tally for each option of its poll
    once somebody voted.
    """

    conversation: str
    seq: int
    upto: int = 0
    edits: list[int] = []
    deleted: bool = False
    reactions: list[Reaction] = []
    votes: list[Tally] = []
    closed: bool = False


class Stance(Record, frozen=True, kw_only=True):
    """What one person holds of one message, kept cold: the emoji they put under it, the options they chose."""

    conversation: str
    seq: int
    person: str
    emoji: list[str] = []
    choices: list[int] = []


class Retained(Record, frozen=True, kw_only=True):
    """How far the messages of a conversation were taken away for their age: nothing said up to `upto` stands."""

    conversation: str
    upto: int


class Invitation(Record, frozen=True, kw_only=True):
    """An invitation by the SHA-256 of its code: `many` for the house, `one` for one person.

    `ended` is empty while it stands, else "spent" or "replaced": kept, so that a late guest hears which.
    """

    id: str
    kind: str
    expires_at: int
    ended: str = ""
    seq: int = 0


class Marks(Record, frozen=True, kw_only=True):
    """How far one person has come in one conversation; the key is `<conversation>|<person>`.

    `passed` is how far it is not new to them, read or not: a thread over what people say whom they have blocked, the
    room of the whole house up to when they came.
    """

    conversation: str
    person: str
    read: int = 0
    delivered: int = 0
    passed: int = 0


class Preferred(Record, frozen=True, kw_only=True):
    """What one person wants to hear of one conversation; the key is that of their marks. In one's own: of all."""

    conversation: str
    person: str
    preference: Preference = Preference()


class Subscription(Record, frozen=True, kw_only=True):
    """Where and under which keys a device is pushed to while it has no connection (RFC 8291)."""

    device: str
    person: str
    endpoint: str
    p256dh: str
    auth: str
    at: int = 0


class Mentioned(Record, frozen=True, kw_only=True):
    """The newest messages of a conversation, or of a thread, that name this person; the key is that of their marks.

    Those that name everybody stand once, under no person, each with its author, whom it does not call; `deaf` are those
    who had blocked them then, by seq, where anybody had.
    """

    conversation: str
    person: str
    seqs: list[int] = []
    authors: list[str] = []
    deaf: dict[int, list[str]] = {}


class LastSeen(Record, frozen=True, kw_only=True):
    """When a person's last connection closed, in ms."""

    person: str
    at: int


class DeviceSeen(Record, frozen=True, kw_only=True):
    """When a device's last connection closed, in ms."""

    device: str
    at: int


class Status(Record, frozen=True, kw_only=True):
    """What a person said of themselves last, until `until` (ms; 0: until they say otherwise)."""

    person: str
    status: StatusKind = "available"
    text: str = ""
    until: int = 0


class Block(Record, frozen=True, kw_only=True):
    """`person` blocked `other`. There is no row when nobody did."""

    person: str
    other: str
    seq: int = 0

    @property
    def key(self) -> str:
        """Its key on the shelf."""
        return block_key(self.person, self.other)


def block_key(person: str, other: str) -> str:
    """The key of the row that says that `person` blocked `other`."""
    return f"{person}|{other}"


class File(Record, frozen=True, kw_only=True):
    """An uploaded file. `type` was found in its bytes; `at` is when it began to come, `done` when it was here (ms).

    `came` is how many bytes were uploaded, where the server made something else of them; 0 where these are they.
    """

    id: str
    uploader: str
    name: str
    size: int
    type: str = "application/octet-stream"
    sha256: str = ""
    width: int = 0
    height: int = 0
    thumbnail: bool = False
    seconds: int = 0
    preview: bool = False
    voice: bool = False
    complete: bool = False
    at: int = 0
    came: int = 0
    done: int = 0


class Hold(Record, frozen=True, kw_only=True):
    """The places of a file, as conversation -> seqs: whoever may see one of them may have the file.

    The directory among them means an avatar, which everybody may see. Without places it was let go and is collected,
    unless there were more of them `beyond` those that are kept. `roots` has the first message of the thread that a
    place is in: who may not see that one may see nothing of the thread.
    """

    file: str
    places: dict[str, list[int]] = {}
    beyond: bool = False
    roots: dict[str, int] = {}

    def root(self, conversation: str, seq: int) -> int:
        """The first message of the thread that a place is in, 0 for none."""
        return self.roots.get(self.place(conversation, seq), 0)

    @staticmethod
    def place(conversation: str, seq: int) -> str:
        """What `roots` calls a place."""
        return f"{conversation}|{seq}"


class Alerted(Fleeting, frozen=True, kw_only=True):
    """A device that rings, and takes an offer before it answers."""

    call: str
    device: str


class Silenced(Fleeting, frozen=True, kw_only=True):
    """Somebody in a call of a room who was muted by somebody who leads it, and has not unmuted since."""

    by: str


class Declined(Fleeting, frozen=True, kw_only=True):
    """Somebody for whom a call of a room rang, and who said no."""


class Claim(Fleeting, frozen=True, kw_only=True):
    """A device that says "That's me" and waits for a yes. Passing: in memory only, asked again after a restart.

    `token` is the SHA-256 of the secret the new device holds; `code` is what both screens show. `allowed` is None
    while nobody has answered, and stays so while a yes is being written (`settling`). `address` is the network address
    it came from, empty when unknown; `by`, whether it named the person or brought a code of theirs.
    """

    id: str
    person: str
    device: str
    device_name: str
    token: str
    code: str
    address: str = ""
    by: Literal["name", "code"] = "name"
    device_kind: DeviceKind = ""
    allowed: bool | None = None
    settling: bool = False


R = TypeVar("R", bound=Record)
GROWS = {"marks": ("read", "delivered", "passed"), "last_seen": ("at",), "devices_seen": ("at",)}  # fields, by table


def grown(table: str, before: R | None, row: R) -> R:
    """The row where another stood before: a mark and a last seen only grow, all else is as was said last."""
    if before is None:
        return row
    return replaced(row, **{field: max(getattr(before, field), getattr(row, field)) for field in GROWS.get(table, ())})
