"""What comes back with `ok`, one shape for each query.

A frame inside an answer is the event's own bytes, packed once.
"""

from typing import Literal

import msgspec

from protocol.shapes import (
    Attended,
    ConversationId,
    DeviceId,
    DeviceKind,
    FileInfo,
    GroupCall,
    HitPlace,
    Mark,
    Milliseconds,
    PersonCard,
    PersonId,
    Preference,
    Presence,
    Reaction,
    Role,
    RoomCard,
    Seq,
    StandingCall,
    Tally,
    ThreadCard,
    ThreadNews,
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
    """How far one member has come. What was said up to `since` was there before they came: it does not wait for them,
    and they are not said to have read it.
    """

    person: PersonId
    read: Seq
    delivered: Seq
    since: Seq = 0


class Row(Answer, frozen=True, kw_only=True):
    """One conversation of the list. `marks` are all members' (own included) up to 20 members, else only one's own.

    `members` are empty in the room "Everyone", whose members are the house, and in a room of more than 50 people.
    `unread` is counted up to 100. `preference` is one's own. `last` is the frame of the newest event worth a line, or
    null, and `edit` the frame of its last edit. `pins` are the pinned messages, the latest pin last, and
    `threads` those with something new to this person. `mentions` are the unread messages that name one. `group_call` is
    the call that goes on in a room.
    """

    conversation: ConversationId
    kind: str
    members: list[PersonId]
    head: Seq
    unread: int
    marks: list[PersonMark]
    last: bytes | None
    edit: bytes | None = None
    call: StandingCall | None = None
    preference: Preference = Preference()
    pins: list[Seq] = []
    mentions: list[Seq] = []
    room: RoomCard | None = None
    threads: list[ThreadNews] = []
    group_call: GroupCall | None = None


class Rows(Answer, frozen=True, kw_only=True):
    """Rows, newest first, the cards of all people they name, and the cursor for `sync.list` ("" when that was all).

    `fresh` says that the client's epoch was another one: drop the cache (not the outbox). `blocked` are the people one
    blocked, told with a resume only; `gone` are the rooms among the heads it named that are not there for it any more.
    """

    epoch: str
    fresh: bool
    rows: list[Row]
    people: list[PersonCard]
    before: str
    blocked: list[PersonId] = []
    gone: list[ConversationId] = []


class About(Answer, frozen=True, kw_only=True):
    """What stands of the message `seq`, as of the event `upto`: events about it up to there are in it already.

    `edit` is the frame of its last edit. `mine` are the emoji and `chosen` the options of who asks; `votes` has one
    tally for each option once somebody voted.
    """

    seq: Seq
    upto: Seq
    edit: bytes | None = None
    reactions: list[Reaction] = []
    mine: list[str] = []
    votes: list[Tally] = []
    chosen: list[int] = []
    closed: bool = False
    thread: ThreadCard | None = None


class Events(Answer, frozen=True, kw_only=True):
    """`frames` in order of seq, oldest first.

    Of a pull: all of `first..last` that this person may see, and `more` says that the head is further on. Of a page:
    the entries in `first..last`, with the events of calls among them and `about` for messages of which more is to be
    said; `more` says that there is something older, `newer` that there is something newer.
    """

    conversation: ConversationId
    head: Seq
    first: Seq
    last: Seq
    frames: list[bytes]
    reach: list[Reach]
    more: bool
    newer: bool = False
    about: list[About] = []


class Messages(Answer, frozen=True, kw_only=True):
    """Those of the messages asked for that this person may see, oldest first, and what stands of them."""

    frames: list[bytes]
    about: list[About]


class History(Answer, frozen=True, kw_only=True):
    """Frames: the message as it was first, then each edit."""

    frames: list[bytes]


class Receipts(Answer, frozen=True, kw_only=True):
    """How many others have read a message, and to how many it was only delivered; the first 100 of each."""

    read: Tally
    delivered: Tally
    people: list[PersonCard]


class Stance(Answer, frozen=True, kw_only=True):
    """What one person holds of a message: the emoji they put under it, the options they chose."""

    person: PersonId
    emoji: list[str]
    choices: list[int]


class Stances(Answer, frozen=True, kw_only=True):
    """People in order of id; `after` continues, "" when that was all."""

    stances: list[Stance]
    people: list[PersonCard]
    after: str


class MemberCard(Answer, frozen=True, kw_only=True):
    """Somebody in a room."""

    person: PersonId
    role: Role


class Members(Answer, frozen=True, kw_only=True):
    """The members of a room in order of id, their cards, and where to go on ("" when that was all)."""

    members: list[MemberCard]
    people: list[PersonCard]
    after: str


class FoundRooms(Answer, frozen=True, kw_only=True):
    """Rooms in order of id; `after` continues, "" when that was all. `everyone`: that room is on."""

    rooms: list[RoomCard]
    after: str
    everyone: bool


class LookedAt(Answer, frozen=True, kw_only=True):
    """A room, and whether one is in it. `barred`: one was removed and cannot join by oneself."""

    room: RoomCard
    member: bool
    barred: bool = False


class HungFile(Answer, frozen=True, kw_only=True):
    """A file, the message it hangs in, and who sent it when."""

    seq: Seq
    author: PersonId
    at: Milliseconds
    file: FileInfo


class Files(Answer, frozen=True, kw_only=True):
    """What hangs in a conversation, newest first; `before` continues, 0 when that was all."""

    conversation: ConversationId
    files: list[HungFile]
    before: Seq


class DeviceCard(Answer, frozen=True, kw_only=True):
    """A device of one's own. `at` is when it was added, `seen` when it was last connected (0: never).

    `seen` is meaningless while `online`.
    """

    id: DeviceId
    name: str
    at: Milliseconds
    kind: DeviceKind = ""
    seen: Milliseconds = 0
    online: bool = False


class Opened(Answer, frozen=True, kw_only=True):
    """A conversation afresh: its state at `head` and its newest page.

    `row` is what the list shows; `devices` and `blocked` (people) only in one's own.
    """

    row: Row
    page: Events
    people: list[PersonCard]
    devices: list[DeviceCard] = []
    blocked: list[PersonId] = []


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


class PushState(Answer, frozen=True, kw_only=True):
    """`key` is what a browser subscribes with (RFC 8292), empty where this server pushes nothing.

    `reached`: whether a push service answered when this server last called one.
    """

    key: str
    subscribed: bool
    reached: Literal["unknown", "yes", "no"]


class PushTried(Answer, frozen=True, kw_only=True):
    """What became of a push: `sent` when the push service took it, `gone` when it knows this browser no longer.

    `later` when it asked to wait, `unreachable` when nobody answered, `refused` when it will not take it.
    """

    outcome: Literal["sent", "gone", "later", "unreachable", "refused"]


class MessageHit(Answer, frozen=True, kw_only=True):
    """A message that was found.

    `pieces` are the words around the match: before, match, between, match, after. Every second one matched. `in_file`
    says that they are of a file's name. `thread` is the seq of the first message of its thread, 0 outside of one;
    `files` are at most 4. `poll` says that it is one: with a `question` they are of its options, else of what it asks.
    """

    conversation: ConversationId
    seq: Seq
    author: PersonId
    at: Milliseconds
    pieces: list[str]
    thread: Seq = 0
    in_file: bool = False
    files: list[FileInfo] = []
    poll: bool = False
    question: str = ""


class FoundMessages(Answer, frozen=True, kw_only=True):
    """Hits, newest first, and the cards of who wrote them. `more` is where to go on, null when that was all.

    `partial`: the text was too short for the index, so only the newest messages were looked through, one by one. Not
    `ready`: the index is being made, so there may be more.
    """

    hits: list[MessageHit]
    people: list[PersonCard]
    more: HitPlace | None = None
    partial: bool = False
    ready: bool = True


class Attendance(Answer, frozen=True, kw_only=True):
    """Who was in a call, in order of coming, their cards, and who is in it still. The call began at `at`."""

    at: Milliseconds
    seconds: int
    attended: list[Attended]
    present: list[PersonId]
    people: list[PersonCard]


class CallServers(Answer, frozen=True, kw_only=True):
    """TURN servers as RTCPeerConnection takes them, beside those of `hello`.

    `until` is how long their login is good, 0 where there are none.
    """

    ice_servers: list[dict[str, str | list[str]]]
    until: Milliseconds


ANSWERS: list[type[Answer]] = Answer.__subclasses__()
