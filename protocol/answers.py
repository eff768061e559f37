"""What comes back with `ok`, one shape for each query.

A frame inside an answer is the event's own bytes, packed once.
"""

import msgspec

from protocol.shapes import (
    ConversationId,
    DeviceId,
    Mark,
    Milliseconds,
    PersonCard,
    PersonId,
    Presence,
    Seq,
    StandingCall,
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The body of an `ok`."""


class Done(Answer, frozen=True, kw_only=True):
    """There is nothing more to say."""


class Written(Answer, frozen=True, kw_only=True):
    """The event that was asked for (not the `conversation.created` before it). A resend gets exactly this again."""

    conversation: ConversationId
    seq: Seq
    at: Milliseconds


class Reach(Answer, frozen=True, kw_only=True):
    """Range of seq this person may see, both ends included."""

    first: Seq
    last: Seq


class PersonMark(Answer, frozen=True, kw_only=True):
    """How far one member has come."""

    person: PersonId
    read: Seq
    delivered: Seq


class Row(Answer, frozen=True, kw_only=True):
    """One conversation of the list. `marks` are all members' (own included) up to 20 members, else only one's own.

    `unread` is counted up to 100. `last` is the frame of the newest event worth a line, or null.
    """

    conversation: ConversationId
    kind: str
    members: list[PersonId]
    head: Seq
    unread: int
    marks: list[PersonMark]
    last: bytes | None
    call: StandingCall | None = None


class Rows(Answer, frozen=True, kw_only=True):
    """Rows, newest first, the cards of all people they name, and the cursor for `sync.list` ("" when that was all).

    `fresh` says that the client's epoch was another one: drop the cache (not the outbox).
    """

    epoch: str
    fresh: bool
    rows: list[Row]
    people: list[PersonCard]
    before: str


class Events(Answer, frozen=True, kw_only=True):
    """`frames` in order of seq, oldest first; all of `first..last` that this person may see is in them.

    For a pull `more` says that the head is further on; for a page, that there is something older.
    """

    conversation: ConversationId
    head: Seq
    first: Seq
    last: Seq
    frames: list[bytes]
    reach: list[Reach]
    more: bool


class DeviceCard(Answer, frozen=True, kw_only=True):
    """A device of one's own. `at` is when it was added."""

    id: DeviceId
    name: str
    at: Milliseconds


class Opened(Answer, frozen=True, kw_only=True):
    """A conversation afresh: its state at `head` and its newest page.

    `row` is what the list shows; `devices` only in one's own.
    """

    row: Row
    page: Events
    people: list[PersonCard]
    devices: list[DeviceCard] = []


class People(Answer, frozen=True, kw_only=True):
    """Everyone in order of id; `after` continues, "" when that was all. `head` is the directory's."""

    people: list[PersonCard]
    presence: list[Presence]
    head: Seq
    after: str


class Watched(Answer, frozen=True, kw_only=True):
    """How the watched people are right now. `head` is the directory's."""

    people: list[Presence]
    head: Seq


class Marked(Answer, frozen=True, kw_only=True):
    """The marks as they now stand (they only grow, and never past the head)."""

    marks: list[Mark]


ANSWERS: list[type[Answer]] = Answer.__subclasses__()
