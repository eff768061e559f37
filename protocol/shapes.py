"""The words of the protocol: ids, texts and numbers, each with the limit that is checked while decoding."""

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

MAX_TEXT = 4000  # characters of a message
MAX_NAME = 40  # characters of a person's name, after trimming
MAX_ABOUT = 200  # characters
MAX_LABEL = 80  # characters of a device's name
MAX_STATUS = 80  # characters of a status
MAX_FILES = 20  # files in one message
MAX_SDP = 48 * 1024  # characters; Chromium's largest two-person offer is under 8 KiB
MAX_PULL = 200  # events in one answer to `sync.pull`
MAX_PULL_BYTES = 48 * 1024
MAX_PAGE = 100  # events in one page
MAX_ROWS = 500  # conversations in one answer, heads in one resume
MAX_WATCH = 200  # people on one screen
MAX_TITLE = 60  # characters of a room's name
MAX_TOPIC = 300  # characters
MAX_ADDED = 100  # people added to a room at once
MAX_TAKEN_IN = 8  # people who are taken into a call at once
MAX_FOUND = 50  # rooms in one answer
MAX_QUERY = 60  # characters typed to find a room
MAX_SOUGHT = 200  # characters that are looked for
MAX_HITS = 50  # messages in one answer of a search
MAX_BEHIND = 1000  # a client further behind than this opens afresh
MAX_VOICE_MS = 60 * 60 * 1000  # of a voice message; the page itself stops at 15 minutes
MAX_LEVELS = 64  # bars of a voice message's waveform
MAX_EMOJI = 40  # characters of one reaction: a family of four with skin tones has 11, a flag of a region 7
MAX_NAMED = 20  # people named beside a count: of an emoji, of an option
MAX_MENTIONS = 50  # people in one message
MAX_OPTIONS = 12  # of a poll
MAX_OPTION = 120  # characters
MAX_EXPIRED = 50  # messages that go in one transaction, in large rooms fewer
MAX_GET = 50  # messages in one answer to `message.get`
MAX_SHOWN = 64  # pictures of a call on one screen
MAX_ATTENDED = 1000  # people who were in one call, one after another

PersonId = Annotated[str, Meta(pattern=r"^p[a-z2-7]{13}\Z", description="a person")]
DeviceId = Annotated[str, Meta(pattern=r"^d[a-z2-7]{13}\Z", description="one signed-in browser or program")]
FileId = Annotated[str, Meta(pattern=r"^f[a-z2-7]{26}\Z", description="an uploaded file")]
PersonIdOrEmpty = Annotated[str, Meta(pattern=r"^(p[a-z2-7]{13})?\Z", description="a person, or empty")]
FileIdOrEmpty = Annotated[str, Meta(pattern=r"^(f[a-z2-7]{26})?\Z", description="an uploaded file, or empty")]
CallId = Annotated[str, Meta(pattern=r"^c[a-z2-7]{13}\Z", description="a call, chosen by the caller")]
ClaimId = Annotated[str, Meta(pattern=r"^q[a-z2-7]{13}\Z", description='a "That\'s me" waiting for a yes')]
ConversationId = Annotated[
    str,
    Meta(
        pattern=r"^(directory|house|own\.p[a-z2-7]{13}|direct\.p[a-z2-7]{13}\.p[a-z2-7]{13}|room\.r[a-z2-7]{13})\Z",
        description="`directory`, `house`, `own.<person>`, `direct.<lower person>.<higher person>` or `room.<id>`",
    ),
]
RoomId = Annotated[str, Meta(pattern=r"^room\.r[a-z2-7]{13}\Z", description="a room")]
RoomIdOrEmpty = Annotated[str, Meta(pattern=r"^(room\.r[a-z2-7]{13})?\Z", description="a room, or empty")]
Nonce = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z", description="128 random bits, base64url")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", description="SHA-256, hexadecimal")]
DigestOrEmpty = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z", description="SHA-256, hexadecimal, or empty")]
PushAddress = Annotated[
    str,
    Meta(
        pattern=r"^https://[!-~]{1,2000}\Z",
        max_length=2008,
        description="where a browser's push service takes messages",
    ),
]
PushKey = Annotated[
    str, Meta(pattern=r"^B[A-P][A-Za-z0-9_-]{85}=?\Z", description="a P-256 point, uncompressed, base64url")
]
PushSecret = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}(==)?\Z", description="16 random bytes, base64url")]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1, description="a place in a conversation's log, from 1; 0 is before all")]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1, description="ms since the epoch, server's clock")]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
About = Annotated[str, Meta(max_length=MAX_ABOUT)]
Label = Annotated[str, Meta(max_length=MAX_LABEL)]
DeviceKind = Literal["", "phone", "tablet", "computer", "program"]
StatusText = Annotated[str, Meta(max_length=MAX_STATUS)]
StatusKind = Literal["available", "away", "busy"]
Title = Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
Topic = Annotated[str, Meta(max_length=MAX_TOPIC)]
History = Literal["start", "joining"]
Role = Literal["owner", "moderator", "member"]
Sdp = Annotated[str, Meta(min_length=1, max_length=MAX_SDP)]
Emoji = Annotated[str, Meta(min_length=1, max_length=MAX_EMOJI, description="one emoji, as it is typed")]
Option = Annotated[str, Meta(min_length=1, max_length=MAX_OPTION)]
Choice = Annotated[int, Meta(ge=0, le=MAX_OPTIONS - 1, description="an option of a poll, counted from 0")]

EveryoneWord = Annotated[
    str,
    Meta(
        max_length=24,
        description="the word behind the @ that names everybody in the room, as the text has it; empty: nobody is",
    ),
]

Notify = Literal["", "all", "mentions", "none"]


class FileInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A file as a message carries it; the bytes are at `/api/files/<id>`.

    `type` is the media type the server found in the bytes, never the one a client claimed. `width` and `height` are
    pixels after rotation, 0 when there is nothing to see; where `thumbnail` is true, `/api/files/<id>/thumbnail` has a
    small picture of it, and where `preview` is, `/api/files/<id>/preview` a large one of what browsers cannot show.
    `seconds` is how long a film lasts, 0 when it does not say.
    """

    id: FileId
    name: str
    type: str
    size: int
    width: int = 0
    height: int = 0
    thumbnail: bool = False
    seconds: int = 0
    preview: bool = False


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a message's one file a voice message: how long it is, and how loud from its start to its end.

    Both are the sender's own words, for showing before a byte is loaded; nothing is decided by them. Each byte of
    `levels` is 0 for silence to 255.
    """

    milliseconds: Annotated[int, Meta(ge=1, le=MAX_VOICE_MS)]
    levels: Annotated[bytes, Meta(max_length=MAX_LEVELS)]


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event of one conversation."""

    conversation: ConversationId
    seq: Seq


class Poll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question asked with a message, whose text is the question. With `multiple` one may choose several options."""

    options: Annotated[list[Option], Meta(min_length=2, max_length=MAX_OPTIONS)]
    multiple: bool = False


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many people stand behind one thing, and the first 20 of them still standing."""

    count: int = 0
    people: list[PersonId] = []


class Reaction(msgspec.Struct, frozen=True, kw_only=True):
    """One emoji under a message, in the order in which they first came."""

    emoji: str
    tally: Tally


class ThreadCard(msgspec.Struct, frozen=True, kw_only=True):
    """A thread as its first message shows it, as of the event `upto`: its answers, the last, the first five people.

    `follows`, `chosen` and `read` are of who asks: whether they have a part in it and so follow it unasked, what they
    chose instead, if anything, and how far they have read it. Where they chose before anybody answered, nothing else
    is said.
    """

    count: int = 0
    last: Seq = 0
    last_at: Milliseconds = 0
    last_author: str = ""
    people: list[PersonId] = []
    upto: Seq = 0
    follows: bool = False
    chosen: bool | None = None
    read: Seq = 0


class ThreadNews(msgspec.Struct, frozen=True, kw_only=True):
    """The thread under the message `thread` has something new to who asks, up to its answer `last`.

    `mentions` are the unread answers that name them. Without `follows` these are all that is new to them.
    """

    thread: Seq
    last: Seq
    follows: bool = True
    mentions: list[Seq] = []


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a person has come in one conversation, or in the thread of its message `thread`.

    Both seqs only grow; `read` implies `delivered`.
    """

    conversation: ConversationId
    thread: Seq = 0
    read: Seq = 0
    delivered: Seq = 0


class Preference(msgspec.Struct, frozen=True, kw_only=True):
    """How much one person wants to hear of one conversation: theirs alone, and told to nobody else.

    An empty `notify` is the usual: everything, in rooms of more than 50 mentions only. Until `muted_until` nothing
    sounds or shows; mentions still count. `previews` stands in one's own conversation only: whether pushes show text.
    `seq` is that of the event in one's own conversation that said so; of two the higher is newer.
    """

    notify: Notify = ""
    muted_until: Milliseconds = 0
    previews: bool = True
    seq: Seq = 0


class PersonCard(msgspec.Struct, frozen=True, kw_only=True):
    """A person as others see them. `avatar` is a file id or empty."""

    id: PersonId
    name: str
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False


class RoomCard(msgspec.Struct, frozen=True, kw_only=True):
    """A room as those see it who are in it, or who may join it. `picture` is a file id or empty.

    `history` is how far back somebody who joins may read, `announcements` that only owner and moderators write, `size`
    how many people are in it. The room "Everyone" has an empty `title` until a host names it, and no owner: every host
    is one there.
    """

    conversation: RoomId
    title: str
    topic: str = ""
    picture: str = ""
    public: bool = False
    announcements: bool = False
    history: History = "start"
    owner: str = ""
    moderators: list[PersonId] = []
    size: int = 0


class HitPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a page of found messages ended; sent back to go on from there."""

    at: Milliseconds
    conversation: ConversationId
    seq: Seq


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """`last_seen` is ms since the epoch, 0 for never; meaningless while `online`.

    `status` and `text` are what the person said of themselves, until `until` (0: until they say otherwise). `idle` is
    what their devices say: all that are connected have had no hand on them for a while.
    """

    person: PersonId
    online: bool
    last_seen: Milliseconds = 0
    status: StatusKind = "available"
    text: str = ""
    until: Milliseconds = 0
    idle: bool = False


class StandingCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that rings or goes on. `at` is when it rang, `since` when it was answered.

    `picked_up_by` is the answering device, empty while it rings. When `relayed` its media goes through the forwarding
    unit.
    """

    call: CallId
    caller: PersonId
    device: DeviceId
    video: bool
    seq: Seq
    at: Milliseconds
    picked_up_by: str = ""
    since: Milliseconds = 0
    relayed: bool = False


Right = Literal["speak", "show", "share", "write"]
"""What one may do in a call of a room: be heard, be seen, share a screen, and write in the room meanwhile."""


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is in a call now, on this device. `at` is when they came."""

    person: PersonId
    device: DeviceId
    at: Milliseconds


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was called into a call that went on already, by whom, and when."""

    person: PersonId
    by: PersonId
    at: Milliseconds


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was in a call: when they first came, when they last went, and how long they were there in all."""

    person: PersonId
    first: Milliseconds
    last: Milliseconds
    seconds: Annotated[int, Meta(ge=0)]


class Floor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a device takes part in a call. `hand` is when it was raised, 0 when it is down; `asks` are rights wanted.

    `line` says how the device finds its own connection, when that is not good.
    """

    muted: bool = False
    camera: bool = False
    sharing: bool = False
    hand: Milliseconds = 0
    asks: Annotated[list[Right], Meta(max_length=len(get_args(Right)))] = []
    line: Literal["", "fair", "poor"] = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture of a call on somebody's screen, so many pixels tall."""

    device: DeviceId
    source: Literal["camera", "screen"]
    height: Annotated[int, Meta(ge=0, le=10_000)]


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """Whose a section of an offer is: "microphone", "camera", "screen" or "screen-sound" of a device."""

    device: DeviceId
    source: str


class GroupCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that goes on in a room. `began` is who began it, at `at`.

    `rights` are what everybody may do, `granted` what single people may beside that. `admitted` may pass the lobby,
    `barred` were put out. `called` are those whose devices were made to ring by name, whenever.
    """

    call: CallId
    began: PersonId
    seq: Seq
    at: Milliseconds
    video: bool
    rights: list[Right]
    ring: bool = False
    attendees: list[Attendee] = []
    locked: bool = False
    lobby: bool = False
    granted: dict[PersonId, list[Right]] = {}
    admitted: list[PersonId] = []
    barred: list[PersonId] = []
    called: list[Called] = []
