"""What a client may ask, in the imperative. Each class is one command and its limits.

A command is of exactly one kind: it *writes* (a rule decides, the writer logs), it *asks* (a query reads), it *tells*
(passing things and marks, nothing logged), or it is *inner* (it writes, but only the server itself may say it).
"""

from typing import Annotated, Literal

from msgspec import Meta

import protocol.echo
import protocol.group_calls  # noqa: F401 - the same
from protocol.asking import Asks as Asks
from protocol.asking import Command as Command
from protocol.asking import Inner as Inner
from protocol.asking import Targets as Targets
from protocol.asking import Tells as Tells
from protocol.asking import Writes as Writes
from protocol.calls import AlertCall as AlertCall
from protocol.calls import AnswerCall as AnswerCall
from protocol.calls import EndCall as EndCall
from protocol.calls import ExpireCall as ExpireCall
from protocol.calls import OfferCall as OfferCall
from protocol.calls import PickUpCall as PickUpCall
from protocol.calls import RingCall as RingCall
from protocol.calls import TrickleCandidate as TrickleCandidate
from protocol.people import AddDevice as AddDevice
from protocol.people import AllowClaim as AllowClaim
from protocol.people import BlockPerson as BlockPerson
from protocol.people import ChangeProfile as ChangeProfile
from protocol.people import JoinHouse as JoinHouse
from protocol.people import MakeInvitation as MakeInvitation
from protocol.people import NameHost as NameHost
from protocol.people import RemovePerson as RemovePerson
from protocol.people import RenameDevice as RenameDevice
from protocol.people import RevokeDevice as RevokeDevice
from protocol.people import UnblockPerson as UnblockPerson
from protocol.rooms import AddMembers as AddMembers
from protocol.rooms import BeginEveryone as BeginEveryone
from protocol.rooms import ChangeMember as ChangeMember
from protocol.rooms import ChangeRoom as ChangeRoom
from protocol.rooms import CreateRoom as CreateRoom
from protocol.rooms import FindRooms as FindRooms
from protocol.rooms import JoinRoom as JoinRoom
from protocol.rooms import LeaveRoom as LeaveRoom
from protocol.rooms import ListMembers as ListMembers
from protocol.rooms import LookAtRoom as LookAtRoom
from protocol.rooms import RemoveMember as RemoveMember
from protocol.shapes import (
    MAX_EXPIRED,
    MAX_FILES,
    MAX_GET,
    MAX_HITS,
    MAX_MENTIONS,
    MAX_OPTIONS,
    MAX_PAGE,
    MAX_ROWS,
    MAX_SOUGHT,
    MAX_WATCH,
    Choice,
    ConversationId,
    Emoji,
    EveryoneWord,
    FileId,
    HitPlace,
    Mark,
    Milliseconds,
    Notify,
    PersonId,
    PersonIdOrEmpty,
    Place,
    Poll,
    PushAddress,
    PushKey,
    PushSecret,
    Seq,
    StatusKind,
    StatusText,
    Text,
    Voice,
)
from protocol.threads import FollowThread as FollowThread
from protocol.threads import PageThread as PageThread

# -- messages ---------------------------------------------------------------------------------------------------------


class SendMessage(Writes, frozen=True, kw_only=True):
    """Say something. A direct conversation that does not exist yet comes to be with its first message.

    `reply` is the message that is quoted, `target` the one whose thread this belongs to; 0 for none. `mentions` are the
    people whose names stand in the text as `@Name`; with `everyone` it names all who are in the room, from who may:
    anybody where few are, else who leads it. From others that word is a word like others. With `forward` text and
    files are those of that message, and none may be given here. With `voice` it is a voice message, whose one file is
    the recording.
    """

    name = "message.send"
    conversation: ConversationId
    text: Text = ""
    files: Annotated[list[FileId], Meta(max_length=MAX_FILES)] = []
    voice: Voice | None = None
    reply: Seq = 0
    target: Seq = 0
    mentions: Annotated[list[PersonId], Meta(max_length=MAX_MENTIONS)] = []
    everyone: EveryoneWord = ""
    forward: Place | None = None
    poll: Poll | None = None

    def places(self) -> list[tuple[str, int]]:
        """The root of its thread, and what it forwards."""
        thread = [(self.conversation, self.target)] if self.target else []
        return [*thread, (self.forward.conversation, self.forward.seq)] if self.forward else thread


class EditMessage(Targets, frozen=True, kw_only=True):
    """Say one's own message in other words. What it said before stays readable in its history.

    Whom it names anew is shown as named, and not called for it.
    """

    name = "message.edit"
    text: Text
    mentions: Annotated[list[PersonId], Meta(max_length=MAX_MENTIONS)] = []
    everyone: EveryoneWord = ""


class DeleteMessage(Targets, frozen=True, kw_only=True):
    """Take a message back: its words and files are gone for everybody, on the disk too."""

    name = "message.delete"


class ExpireMessages(Inner, frozen=True, kw_only=True):
    """Take away messages that are older than the host keeps them; what does not stand any more is passed over."""

    name = "message.expire"
    conversation: ConversationId
    targets: Annotated[list[Seq], Meta(max_length=MAX_EXPIRED)]

    def places(self) -> list[tuple[str, int]]:
        """The messages."""
        return [(self.conversation, target) for target in self.targets]


class SetReaction(Targets, frozen=True, kw_only=True):
    """Put an emoji under a message, or take one's own away."""

    name = "reaction.set"
    emoji: Emoji
    on: bool


class SetPin(Targets, frozen=True, kw_only=True):
    """Pin a message for everybody in the conversation, or let it go. Whoever may write there may."""

    name = "pin.set"
    on: bool


class Vote(Targets, frozen=True, kw_only=True):
    """One's whole choice in a poll; it replaces the one before, and an empty one takes it back."""

    name = "poll.vote"
    choices: Annotated[list[Choice], Meta(max_length=MAX_OPTIONS)]


class ClosePoll(Targets, frozen=True, kw_only=True):
    """Nobody votes any more in one's own poll."""

    name = "poll.close"


class GetMessages(Asks, frozen=True, kw_only=True):
    """Some messages of a conversation, by their seq: what is quoted, pinned or found."""

    name = "message.get"
    conversation: ConversationId
    seqs: Annotated[list[Seq], Meta(max_length=MAX_GET)]


class ReadHistory(Asks, frozen=True, kw_only=True):
    """What a message said before, in all its versions."""

    name = "message.history"
    conversation: ConversationId
    target: Seq


class ListReceipts(Asks, frozen=True, kw_only=True):
    """How far a message has come: for its author, in conversations too large for everybody's marks."""

    name = "message.receipts"
    conversation: ConversationId
    target: Seq


class ListStances(Asks, frozen=True, kw_only=True):
    """Who reacted to a message and who chose what, person after person in order of id."""

    name = "message.stances"
    conversation: ConversationId
    target: Seq
    after: PersonIdOrEmpty = ""


# -- what one wants to hear -------------------------------------------------------------------------------------------


class SetPreference(Writes, frozen=True, kw_only=True):
    """How much one wants to hear of a conversation one is in. It replaces what was said before, all of it.

    In one's own conversation only `previews` means something: whether what is pushed to one's devices shows who wrote
    and what, or only that something came.
    """

    name = "preference.set"
    conversation: ConversationId
    notify: Notify = ""
    muted_until: Milliseconds = 0
    previews: bool = True


class SubscribePush(Asks, frozen=True, kw_only=True):
    """From now on this device may be told by its browser's push service while it has no connection (RFC 8291)."""

    name = "push.subscribe"
    endpoint: PushAddress
    p256dh: PushKey
    auth: PushSecret


class UnsubscribePush(Asks, frozen=True, kw_only=True):
    """No longer."""

    name = "push.unsubscribe"


class AskPush(Asks, frozen=True, kw_only=True):
    """Whether there is push here, and for this device."""

    name = "push.state"


class TestPush(Asks, frozen=True, kw_only=True):
    """Send this device a push now and say what became of it."""

    name = "push.test"


# -- marks and passing things -----------------------------------------------------------------------------------------


class SetMarks(Tells, frozen=True, kw_only=True):
    """How far this person has come, cumulative, at most one such command a second for all conversations together."""

    name = "mark.set"
    marks: Annotated[list[Mark], Meta(max_length=MAX_ROWS)]


class SetTyping(Tells, frozen=True, kw_only=True):
    """Writing, or no longer. Said again every 3 s while it lasts; hearers forget it after 6 s."""

    name = "typing.set"
    conversation: ConversationId
    typing: bool


class SetStatus(Tells, frozen=True, kw_only=True):
    """How one is, for others to see, with a few words. `until` is when that ends by itself, 0 for never."""

    name = "status.set"
    status: StatusKind
    text: StatusText = ""
    until: Milliseconds = 0


class SetIdle(Tells, frozen=True, kw_only=True):
    """Nobody has touched this device for a while, or somebody does again. Said once each time it changes."""

    name = "presence.idle"
    idle: bool


class WatchPresence(Tells, frozen=True, kw_only=True):
    """Who is on the screen: replaces what was watched before, and is answered with how they all are."""

    name = "presence.watch"
    people: Annotated[list[PersonId], Meta(max_length=MAX_WATCH)]
    directory: bool = False


# -- following along --------------------------------------------------------------------------------------------------


class Resume(Asks, frozen=True, kw_only=True):
    """Where this client stands, first thing after `hello`. Answered with the newest rows, whatever the heads are."""

    name = "sync.resume"
    epoch: Annotated[str, Meta(max_length=40)] = ""
    heads: Annotated[dict[ConversationId, Seq], Meta(max_length=MAX_ROWS)] = {}


class ListConversations(Asks, frozen=True, kw_only=True):
    """The next rows of the conversation list, older than the cursor of the answer before."""

    name = "sync.list"
    before: Annotated[str, Meta(max_length=120)]


class Pull(Asks, frozen=True, kw_only=True):
    """The events after `after`: at most 200 or 48 KiB, and whether there is more."""

    name = "sync.pull"
    conversation: ConversationId
    after: Seq


class OpenConversation(Asks, frozen=True, kw_only=True):
    """A conversation afresh: its state at the head and its newest page."""

    name = "conversation.open"
    conversation: ConversationId


class PageConversation(Asks, frozen=True, kw_only=True):
    """A page of entries, oldest first: those before `before`, those after `after`, or those around `around`.

    An entry is an event that is not about another one; what stands of each comes with it. Exactly one of the four is
    given, `at` (ms since the epoch) being the page around the first entry of that time or later.
    """

    name = "conversation.page"
    conversation: ConversationId
    before: Seq = 0
    after: Seq | None = None
    around: Seq = 0
    at: Milliseconds = 0
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class ListFiles(Asks, frozen=True, kw_only=True):
    """What hangs in a conversation, newest first: what can be looked at (`media`), or all other `files`.

    `before` is the cursor of the answer before, 0 at first. Voice messages are not among them.
    """

    name = "files.list"
    conversation: ConversationId
    kind: Literal["media", "files"] = "media"
    before: Seq = 0


class ListPeople(Asks, frozen=True, kw_only=True):
    """Everyone of the house in order of id, after a person; with presence."""

    name = "people.list"
    after: PersonIdOrEmpty = ""
    limit: Annotated[int, Meta(ge=1, le=MAX_ROWS)] = MAX_ROWS


class FindMessages(Asks, frozen=True, kw_only=True):
    """Messages that hold all words of `text`, in their own words or a file's name, in one conversation or in all.

    Case and accents do not matter, and a word may begin anywhere. `after` is the earliest time and `before` the first
    that is too late, 0 for no end. `older_than` is the `more` of the answer before.
    """

    name = "search.find"
    text: Annotated[str, Meta(max_length=MAX_SOUGHT)] = ""
    conversation: ConversationId | None = None
    author: PersonIdOrEmpty = ""
    after: Milliseconds = 0
    before: Milliseconds = 0
    has_file: bool = False
    older_than: HitPlace | None = None
    limit: Annotated[int, Meta(ge=1, le=MAX_HITS)] = 20


class Ping(Asks, frozen=True, kw_only=True):
    """Are you there? A page cannot see WebSocket pings, so it has its own."""

    name = "sync.ping"


def _leaves(base: type[Command]) -> list[type[Command]]:
    below = base.__subclasses__()
    return [base] if not below else [leaf for child in below for leaf in _leaves(child)]


COMMANDS: dict[str, type[Command]] = {leaf.name: leaf for leaf in _leaves(Command)}
"""Every command by its wire name, inner ones too."""
