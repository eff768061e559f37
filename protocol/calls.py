"""What may be asked of calls, and what is told of them."""

from typing import Annotated, Literal

from msgspec import Meta

from protocol.asking import Asks, Inner, Tells, Writes
from protocol.shapes import (
    MAX_TAKEN_IN,
    CallId,
    ConversationId,
    DeviceId,
    Milliseconds,
    PersonId,
    Sdp,
    Seq,
    Title,
)
from protocol.telling import Logged, Passing

CallEnding = Literal["ended", "declined", "cancelled", "missed", "busy", "failed", "continued"]
"""`continued`: with more people, as the call of a room that has the same id."""

Fingerprint = Annotated[str, Meta(max_length=256)]
"""Of a certificate, as it stands in an SDP behind the name of the hash."""

# -- commands ---------------------------------------------------------------------------------------------------------


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


class MoveCall(Tells, frozen=True, kw_only=True):
    """The two devices do not reach each other: the call is to go on through the forwarding unit.

    `call.relayed` follows, and then the unit's offer to each of the two as `call.media`. Refused `not-connected` while
    the server has no unit.
    """

    name = "call.move"
    conversation: ConversationId
    call: CallId


class RelayCall(Inner, frozen=True, kw_only=True):
    """One of the two asked for it."""

    name = "call.relay"
    conversation: ConversationId
    call: CallId


class AddToCall(Writes, frozen=True, kw_only=True):
    """Take more people into a call between two: all go on in the call of a room, which has the same id, and these ring.

    The room is one in which exactly these people are, or a new one of this title. The answer names the event in it.
    """

    name = "call.add"
    conversation: ConversationId
    call: CallId
    people: Annotated[list[PersonId], Meta(min_length=1, max_length=MAX_TAKEN_IN)]
    title: Title


class AlertCall(Tells, frozen=True, kw_only=True):
    """This device rings now: the caller may say "ringing". `early`: it takes an offer before it answers."""

    name = "call.alert"
    conversation: ConversationId
    call: CallId
    early: bool = False


class AskServers(Asks, frozen=True, kw_only=True):
    """Logins to the host's TURN servers, for a call between two that begins or would outlast the last ones."""

    name = "call.servers"


class OfferCall(Tells, frozen=True, kw_only=True):
    """An SDP offer for one device of the other person.

    The caller's device may offer to those that ring and take it early, before one of them answers: then without
    candidates, for who does not answer need not know where the caller is, and a device that is told of an address
    writes to it. One with candidates is refused until the call is answered: `bad-field`.
    """

    name = "call.offer"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    sdp: Sdp


class AnswerCall(Tells, frozen=True, kw_only=True):
    """An SDP answer for the device that offered.

    `offer` is the fingerprint in what is answered, "" where that is not said.
    """

    name = "call.answer"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    sdp: Sdp
    offer: Fingerprint = ""


class TrickleCandidate(Tells, frozen=True, kw_only=True):
    """One ICE candidate, as the browser gave it (RTCIceCandidateInit, a JSON text)."""

    name = "call.candidate"
    conversation: ConversationId
    call: CallId
    to: DeviceId
    candidate: Annotated[str, Meta(max_length=4096)]


# -- events -----------------------------------------------------------------------------------------------------------


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


class CallRelayed(Logged, frozen=True, kw_only=True):
    """The media of the call goes through the forwarding unit from now on, on the same two devices."""

    name = "call.relayed"
    call: CallId


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


class CallAlerted(Passing, frozen=True, kw_only=True):
    """To the caller's device: a device of the other person rings now. `early`: it takes an offer before it answers."""

    name = "call.alerted"
    conversation: ConversationId
    call: CallId
    device: DeviceId
    early: bool = False


class CallOffered(Passing, frozen=True, kw_only=True):
    """An SDP offer from `device` of `person`."""

    name = "call.offered"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    sdp: str


class CallAnswered(Passing, frozen=True, kw_only=True):
    """An SDP answer from `device` of `person`, to the offer with this fingerprint: an earlier page's fits no longer."""

    name = "call.answered"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    sdp: str
    offer: str = ""


class CallCandidate(Passing, frozen=True, kw_only=True):
    """An ICE candidate from `device` of `person`: RTCIceCandidateInit as a JSON text."""

    name = "call.candidate"
    conversation: ConversationId
    call: CallId
    person: PersonId
    device: DeviceId
    candidate: str
