"""What a client may ask, in the imperative. Each class is one command and its limits.

A command is of exactly one kind: it *writes* (a rule decides, the writer logs), it *asks* (a query reads), it *tells*
(passing things and marks, nothing logged), or it is *inner* (it writes, but only the server itself may say it).
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from protocol.shapes import (
    MAX_FILES,
    MAX_PAGE,
    MAX_ROWS,
    MAX_WATCH,
    About,
    CallId,
    ClaimId,
    ConversationId,
    DeviceId,
    Digest,
    DigestOrEmpty,
    FileId,
    FileIdOrEmpty,
    Label,
    Mark,
    Milliseconds,
    Name,
    Nonce,
    PersonId,
    PersonIdOrEmpty,
    Sdp,
    Seq,
    Text,
)


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything that can be asked. `name` is its name on the wire."""

    name: ClassVar[str]


class Writes(Command, frozen=True, kw_only=True):
    """A command whose rule yields logged events. (device, nonce) is remembered for ever: a resend never doubles."""

    nonce: Nonce


class Inner(Writes, frozen=True, kw_only=True):
    """A command that writes and that only the server itself gives; a client that sends it is told it is unknown."""


class Asks(Command, frozen=True, kw_only=True):
    """A query: it reads, and logs nothing itself."""


class Tells(Command, frozen=True, kw_only=True):
    """Passing things and marks: told on, never logged."""


# -- messages ---------------------------------------------------------------------------------------------------------


class SendMessage(Writes, frozen=True, kw_only=True):
    """Say something. A direct conversation that does not exist yet comes to be with its first message."""

    name = "message.send"
    conversation: ConversationId
    text: Text = ""
    files: Annotated[list[FileId], Meta(max_length=MAX_FILES)] = []


# -- people and devices -----------------------------------------------------------------------------------------------


class ChangeProfile(Writes, frozen=True, kw_only=True):
    """Change one's own card; a field left out (null) stays. An empty `avatar` removes the picture."""

    name = "profile.change"
    display_name: Name | None = None
    about: About | None = None
    avatar: FileIdOrEmpty | None = None


class RevokeDevice(Writes, frozen=True, kw_only=True):
    """Sign out one of one's own devices."""

    name = "device.revoke"
    device: DeviceId


class AllowClaim(Asks, frozen=True, kw_only=True):
    """Say yes or no to a device that says "That's me". On a yes the server itself adds the device."""

    name = "claim.allow"
    claim: ClaimId
    allow: bool


class RemovePerson(Writes, frozen=True, kw_only=True):
    """The host removes a person: every device signed out, the name kept."""

    name = "person.remove"
    person: PersonId


class JoinHouse(Inner, frozen=True, kw_only=True):
    """A newcomer with their first device.

    `invitation` is the SHA-256 of the code they brought, empty when none was needed. `host` is None where the first to
    join is the host.
    """

    name = "person.join"
    person: PersonId
    display_name: Name
    invitation: DigestOrEmpty
    device: DeviceId
    device_name: Label
    token: Digest
    host: bool | None = None


class NameHost(Inner, frozen=True, kw_only=True):
    """This person is the host from now on, as the command line said."""

    name = "host.name"
    person: PersonId


class AddDevice(Inner, frozen=True, kw_only=True):
    """Another device for a person who already is one."""

    name = "device.add"
    person: PersonId
    device: DeviceId
    device_name: Label
    token: Digest


class MakeInvitation(Inner, frozen=True, kw_only=True):
    """A new invitation: for the house (`many`, and every older `many` one ends) or for one person (`one`)."""

    name = "invitation.make"
    invitation: Digest
    kind: Literal["many", "one"]
    expires_at: Milliseconds


# -- calls ------------------------------------------------------------------------------------------------------------


class RingCall(Writes, frozen=True, kw_only=True):
    """Start a call in a direct conversation: every device of the other person rings."""

    name = "call.ring"
    conversation: ConversationId
    call: CallId
    video: bool


class PickUpCall(Writes, frozen=True, kw_only=True):
    """Answer on this device; the others stop ringing. Who is first is decided by the log."""

    name = "call.pick_up"
    conversation: ConversationId
    call: CallId


class EndCall(Writes, frozen=True, kw_only=True):
    """Decline, cancel or hang up: which of them it is follows from who says it and when."""

    name = "call.end"
    conversation: ConversationId
    call: CallId
    failed: bool = False


class ExpireCall(Inner, frozen=True, kw_only=True):
    """Nobody answered in time, or both sides are long gone.

    `until` is when a device of it was last here, 0 when unknown. With `ringing` it counts only while nobody has
    answered.
    """

    name = "call.expire"
    conversation: ConversationId
    call: CallId
    until: Milliseconds = 0
    ringing: bool = False


class AlertCall(Tells, frozen=True, kw_only=True):
    """This device rings now: the caller may say "ringing"."""

    name = "call.alert"
    conversation: ConversationId
    call: CallId


class OfferCall(Tells, frozen=True, kw_only=True):
    """An SDP offer for one device of the other person."""

    name = "call.offer"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    sdp: Sdp


class AnswerCall(Tells, frozen=True, kw_only=True):
    """An SDP answer for the device that offered."""

    name = "call.answer"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    sdp: Sdp


class TrickleCandidate(Tells, frozen=True, kw_only=True):
    """One ICE candidate, as the browser gave it (RTCIceCandidateInit, a JSON text)."""

    name = "call.candidate"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    candidate: Annotated[str, Meta(max_length=4096)]


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
    """The page before `before`, oldest first."""

    name = "conversation.page"
    conversation: ConversationId
    before: Seq
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 50


class ListPeople(Asks, frozen=True, kw_only=True):
    """Everyone of the house in order of id, after a person; with presence."""

    name = "people.list"
    after: PersonIdOrEmpty = ""
    limit: Annotated[int, Meta(ge=1, le=MAX_ROWS)] = MAX_ROWS


class Ping(Asks, frozen=True, kw_only=True):
    """Are you there? A page cannot see WebSocket pings, so it has its own."""

    name = "sync.ping"


def _leaves(base: type[Command]) -> list[type[Command]]:
    below = base.__subclasses__()
    return [base] if not below else [leaf for child in below for leaf in _leaves(child)]


COMMANDS: dict[str, type[Command]] = {leaf.name: leaf for leaf in _leaves(Command)}
"""Every command by its wire name, inner ones too."""
