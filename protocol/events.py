"""What the server may tell, in the past tense. Each class is one event.

A *logged* event has a place in a conversation's log and the same bytes on disk, on the bus and on every socket. A
*passing* event has no place and is not kept. Never rename a field of a logged event: old bytes would lose it.
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from protocol.shapes import (
    CallId,
    ClaimId,
    ConversationId,
    DeviceId,
    Digest,
    FileInfo,
    Milliseconds,
    PersonId,
    Presence,
    Seq,
)

CallEnding = Literal["ended", "declined", "cancelled", "missed", "busy", "failed"]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Anything that can be told. `name` is its name on the wire."""

    name: ClassVar[str]


class Logged(Event, frozen=True, kw_only=True):
    """An event of a conversation's log. The rule leaves `seq`, `author` and `at` empty; the writer fills them in.

    `is_line`: worth a line in the conversation and in the list.
    """

    is_line: ClassVar[bool] = False

    conversation: ConversationId
    seq: Seq = 0
    author: str = ""
    at: Milliseconds = 0


class Passing(Event, frozen=True, kw_only=True):
    """An event that is told once and kept nowhere."""


# -- logged -----------------------------------------------------------------------------------------------------------


class ConversationCreated(Logged, frozen=True, kw_only=True):
    """Always seq 1 of its conversation."""

    name = "conversation.created"
    kind: Literal["direct", "own", "directory", "house", "room"]
    members: list[PersonId] = []


class MessageSent(Logged, frozen=True, kw_only=True):
    """A message. `nonce` is the sender's, so that the page that wrote it knows its own echo."""

    name = "message.sent"
    is_line = True
    text: str = ""
    files: list[FileInfo] = []
    nonce: str = ""


class PersonChanged(Logged, frozen=True, kw_only=True):
    """In the directory: a person's whole card as it now is."""

    name = "person.changed"
    person: PersonId
    display_name: str
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False


class DeviceAdded(Logged, frozen=True, kw_only=True):
    """In the person's own conversation. `token` is the SHA-256 of a 256-bit secret, so knowing it opens nothing."""

    name = "device.added"
    person: PersonId
    device: DeviceId
    device_name: str
    token: Digest


class DeviceRevoked(Logged, frozen=True, kw_only=True):
    """In the person's own conversation: this device is signed out for good."""

    name = "device.revoked"
    person: PersonId
    device: DeviceId


class InvitationMade(Logged, frozen=True, kw_only=True):
    """In the house's log: `invitation` is the SHA-256 of the code. A `many` one ends those before it."""

    name = "invitation.made"
    invitation: Digest
    kind: Literal["many", "one"]
    expires_at: Milliseconds


class InvitationSpent(Logged, frozen=True, kw_only=True):
    """In the house's log: it works no longer. Somebody joined by it, or, of the house's own, somebody was removed."""

    name = "invitation.spent"
    invitation: Digest
    person: PersonId


class CallRang(Logged, frozen=True, kw_only=True):
    """`author` called from `device`."""

    name = "call.rang"
    call: CallId
    device: DeviceId
    video: bool = False


class CallPickedUp(Logged, frozen=True, kw_only=True):
    """`author` answered on `device`; every other device stops ringing. `target` is the ring's seq."""

    name = "call.picked_up"
    target: Seq
    call: CallId
    device: DeviceId


class CallEnded(Logged, frozen=True, kw_only=True):
    """The call is over. `seconds` is how long they talked, 0 when nobody picked up. `target` is the ring's seq."""

    name = "call.ended"
    is_line = True
    target: Seq
    call: CallId
    caller: PersonId
    reason: CallEnding
    video: bool = False
    seconds: Annotated[int, Meta(ge=0)] = 0


# -- told of marks ----------------------------------------------------------------------------------------------------


class MarkChanged(Passing, frozen=True, kw_only=True):
    """A person has come this far in a conversation; gathered for 250 ms."""

    name = "mark.changed"
    conversation: ConversationId
    person: PersonId
    read: Seq
    delivered: Seq


# -- passing ----------------------------------------------------------------------------------------------------------


class Hello(Passing, frozen=True, kw_only=True):
    """The first thing a connection hears. `page` is the version of the page the server serves now."""

    name = "hello"
    protocol: int
    epoch: str
    person: PersonId
    device: DeviceId
    page: str
    at: Milliseconds
    ice_servers: list[dict[str, str | list[str]]] = []


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


class ClaimAsked(Passing, frozen=True, kw_only=True):
    """To a person's own devices: a device says "That's me". Asked again at every `hello` while it stands."""

    name = "claim.asked"
    claim: ClaimId
    device_name: str
    code: str
    expires_at: Milliseconds


class ClaimSettled(Passing, frozen=True, kw_only=True):
    """To a person's own devices: that claim was answered, stop asking."""

    name = "claim.settled"
    claim: ClaimId


class CallAlerted(Passing, frozen=True, kw_only=True):
    """To the caller's device: a device of the other person rings now."""

    name = "call.alerted"
    conversation: ConversationId
    call: CallId
    device: DeviceId


class CallOffered(Passing, frozen=True, kw_only=True):
    """An SDP offer from `device` of `person`."""

    name = "call.offered"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    sdp: str


class CallAnswered(Passing, frozen=True, kw_only=True):
    """An SDP answer from `device` of `person`."""

    name = "call.answered"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    sdp: str


class CallCandidate(Passing, frozen=True, kw_only=True):
    """An ICE candidate from `device` of `person`: RTCIceCandidateInit as a JSON text."""

    name = "call.candidate"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    candidate: str


def _leaves(base: type[Event]) -> list[type[Event]]:
    below = base.__subclasses__()
    return [base] if not below else [leaf for child in below for leaf in _leaves(child)]


EVENTS: dict[str, type[Event]] = {leaf.name: leaf for leaf in _leaves(Event)}
"""Every event by its wire name."""
