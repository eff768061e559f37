"""What the server may tell, in the past tense. Each class is one event.

A *logged* event has a place in a conversation's log and the same bytes on disk, on the bus and on every socket. A
*passing* event has no place and is not kept. Never rename a field of a logged event: old bytes would lose it.
"""

from typing import Literal

import protocol.echo
import protocol.group_calls  # noqa: F401 - the same
from protocol.calls import CallAlerted as CallAlerted
from protocol.calls import CallAnswered as CallAnswered
from protocol.calls import CallCandidate as CallCandidate
from protocol.calls import CallEnded as CallEnded
from protocol.calls import CallEnding as CallEnding
from protocol.calls import CallOffered as CallOffered
from protocol.calls import CallPickedUp as CallPickedUp
from protocol.calls import CallRang as CallRang
from protocol.people import BlockChanged as BlockChanged
from protocol.people import ClaimAsked as ClaimAsked
from protocol.people import ClaimSettled as ClaimSettled
from protocol.people import DeviceAdded as DeviceAdded
from protocol.people import DeviceChanged as DeviceChanged
from protocol.people import DeviceRevoked as DeviceRevoked
from protocol.people import InvitationMade as InvitationMade
from protocol.people import InvitationSpent as InvitationSpent
from protocol.people import OfferEnded as OfferEnded
from protocol.people import PersonChanged as PersonChanged
from protocol.rooms import ConversationChanged as ConversationChanged
from protocol.rooms import MemberChanged as MemberChanged
from protocol.rooms import MemberJoined as MemberJoined
from protocol.rooms import MemberLeft as MemberLeft
from protocol.shapes import (
    ConversationId,
    DeviceId,
    FileInfo,
    History,
    Milliseconds,
    Notify,
    PersonId,
    Poll,
    Presence,
    Seq,
    Voice,
)
from protocol.telling import Event as Event
from protocol.telling import Logged as Logged
from protocol.telling import Passing as Passing
from protocol.threads import ThreadFollowed as ThreadFollowed
from protocol.threads import ThreadMoved as ThreadMoved

# -- logged -----------------------------------------------------------------------------------------------------------


class ConversationCreated(Logged, frozen=True, kw_only=True):
    """Always seq 1 of its conversation."""

    name = "conversation.created"
    kind: Literal["direct", "own", "directory", "house", "room"]
    members: list[PersonId] = []
    title: str = ""
    topic: str = ""
    picture: str = ""
    public: bool = False
    announcements: bool = False
    history: History = "start"


class MessageSent(Logged, frozen=True, kw_only=True):
    """A message. `nonce` is the sender's, so that the page that wrote it knows its own echo.

    `reply` is the message it quotes, `target` the one whose thread it belongs to, 0 for none. `forwarded` is who said
    it first, where it was forwarded. `deleted` stands in what is left of a message that was taken back. With `voice`
    its one file is a recording of somebody speaking. With `everyone` it names all who are in the room, by that word.
    """

    name = "message.sent"
    is_line = True
    text: str = ""
    files: list[FileInfo] = []
    nonce: str = ""
    voice: Voice | None = None
    reply: Seq = 0
    target: Seq = 0
    mentions: list[PersonId] = []
    everyone: str = ""
    forwarded: str = ""
    poll: Poll | None = None
    deleted: bool = False

    def blanked(self) -> "MessageSent":
        """What is left of it when it is deleted: that somebody said something, and where."""
        kept = {field: getattr(self, field) for field in ("conversation", "seq", "author", "at", "nonce", "target")}
        return MessageSent(**kept, deleted=True)


class MessageEdited(Logged, frozen=True, kw_only=True):
    """The message in `target` now says this."""

    name = "message.edited"
    target: Seq
    text: str = ""
    mentions: list[PersonId] = []
    everyone: str = ""
    deleted: bool = False

    def blanked(self) -> "MessageEdited":
        """What is left of it when its message is deleted."""
        kept = {field: getattr(self, field) for field in ("conversation", "seq", "author", "at", "target")}
        return MessageEdited(**kept, deleted=True)


class MessageDeleted(Logged, frozen=True, kw_only=True):
    """The message in `target` was taken back; `person` had said it. `thread` is the root of its thread, 0 for none.

    Without an author the server did it, because it keeps messages no longer than that.
    """

    name = "message.deleted"
    target: Seq
    person: PersonId
    thread: Seq = 0


class ReactionChanged(Logged, frozen=True, kw_only=True):
    """`author` put this emoji under the message in `target`, or took it away. It is never said twice in a row."""

    name = "reaction.changed"
    target: Seq
    emoji: str
    on: bool

    def blanked(self) -> "ReactionChanged":
        """What is left of it when its message was taken away for its age. No emoji counts for nothing."""
        kept = {field: getattr(self, field) for field in ("conversation", "seq", "author", "at", "target", "on")}
        return ReactionChanged(**kept, emoji="")


class PinChanged(Logged, frozen=True, kw_only=True):
    """The message in `target` is pinned from now on, or no longer."""

    name = "pin.changed"
    target: Seq
    on: bool


class VoteChanged(Logged, frozen=True, kw_only=True):
    """`author` now chooses these options of the poll in `target`, and chose `before` until now."""

    name = "vote.changed"
    target: Seq
    choices: list[int]
    before: list[int] = []

    def blanked(self) -> "VoteChanged":
        """What is left of it when its message was taken away for its age."""
        kept = {field: getattr(self, field) for field in ("conversation", "seq", "author", "at", "target")}
        return VoteChanged(**kept, choices=[])


class PollClosed(Logged, frozen=True, kw_only=True):
    """Nobody votes any more in the poll in `target`."""

    name = "poll.closed"
    target: Seq


class PreferenceChanged(Logged, frozen=True, kw_only=True):
    """In the person's own conversation: how much they want to hear of the conversation `subject` from now on.

    Where that is their own, `previews` says whether what is pushed to their devices shows who wrote and what.
    """

    name = "preference.changed"
    subject: ConversationId
    notify: Notify = ""
    muted_until: Milliseconds = 0
    previews: bool = True


# -- told of marks ----------------------------------------------------------------------------------------------------


class MarkChanged(Passing, frozen=True, kw_only=True):
    """A person has come this far in a conversation, or, told to nobody else, in a thread of it; gathered for 250 ms.

    `since`, of a conversation: where they came into it, as in a row's marks.
    """

    name = "mark.changed"
    conversation: ConversationId
    person: PersonId
    read: Seq
    delivered: Seq
    thread: Seq = 0
    since: Seq = 0


# -- passing ----------------------------------------------------------------------------------------------------------


class Hello(Passing, frozen=True, kw_only=True):
    """The first thing a connection hears. `page` is the version of the page the server serves now.

    Messages are kept for `keep_days`, 0 for ever.
    """

    name = "hello"
    protocol: int
    epoch: str
    person: PersonId
    device: DeviceId
    page: str
    at: Milliseconds
    ice_servers: list[dict[str, str | list[str]]] = []
    keep_days: int = 0


class Hidden(Passing, frozen=True, kw_only=True):
    """In place of a logged event about something this person may not see: there was one, and nothing more."""

    name = "hidden"
    conversation: ConversationId
    seq: Seq


class PresenceChanged(Passing, frozen=True, kw_only=True):
    """How some of the watched people now are; gathered for 1 s."""

    name = "presence.changed"
    people: list[Presence]


class DirectoryMoved(Passing, frozen=True, kw_only=True):
    """For a page that shows People: pull the directory up to `head`. At most once a second."""

    name = "directory.moved"
    head: Seq


class TypingChanged(Passing, frozen=True, kw_only=True):
    """Somebody writes, or stopped."""

    name = "typing.changed"
    conversation: ConversationId
    person: PersonId
    typing: bool


def _leaves(base: type[Event]) -> list[type[Event]]:
    below = base.__subclasses__()
    return [base] if not below else [leaf for child in below for leaf in _leaves(child)]


EVENTS: dict[str, type[Event]] = {leaf.name: leaf for leaf in _leaves(Event)}
"""Every event by its wire name."""
