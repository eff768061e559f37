"""What may be asked of calls in rooms, and what is told of them. Their media goes through the forwarding unit.

What is said of media and of how one takes part holds for a call between two as well, once it was relayed.
"""

from typing import Annotated, get_args

from msgspec import Meta

from protocol.asking import Asks, Inner, Tells, Writes
from protocol.shapes import (
    MAX_ATTENDED,
    MAX_SHOWN,
    MAX_TAKEN_IN,
    CallId,
    ConversationId,
    DeviceId,
    Emoji,
    Floor,
    Milliseconds,
    PersonId,
    PersonIdOrEmpty,
    Right,
    Sdp,
    Seq,
    Shown,
    Track,
)
from protocol.telling import Logged, Passing

COMING_IN = 10  # ordinary commands: to be connected takes 16 ms of everybody's with 30 people in the call
Rights = Annotated[list[Right], Meta(max_length=len(get_args(Right)))]

# -- commands ---------------------------------------------------------------------------------------------------------


class OpenCall(Writes, frozen=True, kw_only=True):
    """Start a call in a room and be the first in it, or join the one that is on.

    With `ring` the devices of everybody in the room ring.
    """

    name = "call.open"
    cost = COMING_IN
    conversation: ConversationId
    call: CallId
    video: bool
    ring: bool = False


class JoinCall(Writes, frozen=True, kw_only=True):
    """Be in it on this device, from now on; another device of the same person is no longer."""

    name = "call.join"
    cost = COMING_IN
    conversation: ConversationId
    call: CallId


class LeaveCall(Writes, frozen=True, kw_only=True):
    """This device goes. The call is over when the last one has gone."""

    name = "call.leave"
    conversation: ConversationId
    call: CallId


class CloseCall(Writes, frozen=True, kw_only=True):
    """End it for everybody: who began it may, and the owner and moderators of the room."""

    name = "call.close"
    conversation: ConversationId
    call: CallId


class ChangeCall(Writes, frozen=True, kw_only=True):
    """Owner and moderators say what holds for everybody; a field left out (null) stays.

    `locked`: nobody else comes in. `lobby`: who comes waits to be admitted. `rights` are what everybody may do without
    being allowed it by name.
    """

    name = "call.change"
    conversation: ConversationId
    call: CallId
    locked: bool | None = None
    lobby: bool | None = None
    rights: Rights | None = None


class GrantCall(Writes, frozen=True, kw_only=True):
    """Owner and moderators let one person in from the lobby (`admitted`), or say what they may do beside the others."""

    name = "call.grant"
    conversation: ConversationId
    call: CallId
    person: PersonId
    admitted: bool = True
    rights: Rights = []


class RemoveAttendee(Writes, frozen=True, kw_only=True):
    """Owner and moderators put somebody out, or turn them away: they do not come back into this call."""

    name = "call.remove"
    conversation: ConversationId
    call: CallId
    person: PersonId


class SummonPeople(Writes, frozen=True, kw_only=True):
    """The devices of these people ring for the call this device is in.

    Who is not in the room yet is added to it, and let into the call: owner and moderators may do that.
    """

    name = "call.summon"
    conversation: ConversationId
    call: CallId
    people: Annotated[list[PersonId], Meta(min_length=1, max_length=MAX_TAKEN_IN)]


class DropAttendee(Inner, frozen=True, kw_only=True):
    """A device of the call is long gone, or was signed out."""

    name = "call.drop"
    conversation: ConversationId
    call: CallId
    device: DeviceId


class SetFloor(Tells, frozen=True, kw_only=True):
    """How this device takes part, for the others in the call to see, and whether it unmuted after `call.silence`."""

    name = "call.show"
    conversation: ConversationId
    call: CallId
    floor: Floor


class SilenceCall(Tells, frozen=True, kw_only=True):
    """Owner and moderators mute one person in the call, or everybody else ("").

    Their microphone is not passed on until their device said by `call.show` that it is muted, and then that it is not,
    or they leave the call: each may unmute again. Who shall not speak has no right to: `call.change`, `call.grant`.
    """

    name = "call.silence"
    conversation: ConversationId
    call: CallId
    person: PersonIdOrEmpty = ""


class DeferRight(Tells, frozen=True, kw_only=True):
    """Owner and moderators answer somebody in the call who asks for a right: not now. To allow it is `call.grant`."""

    name = "call.defer"
    conversation: ConversationId
    call: CallId
    person: PersonId
    right: Right


class ReadAttendance(Asks, frozen=True, kw_only=True):
    """Who was in a call and for how long, for the room's owner and moderators.

    `seq` is that of its `call.closed`; 0 asks for the call that goes on, as of now.
    """

    name = "call.attendance"
    cost = COMING_IN
    conversation: ConversationId
    call: CallId
    seq: Seq = 0


class KnockCall(Tells, frozen=True, kw_only=True):
    """I am at the door of a call with a lobby. Said again every 10 s; hearers forget it after 25 s."""

    name = "call.knock"
    conversation: ConversationId
    call: CallId


class CheerCall(Tells, frozen=True, kw_only=True):
    """An emoji that floats over the call for a moment."""

    name = "call.cheer"
    conversation: ConversationId
    call: CallId
    emoji: Emoji


class DeclineCall(Tells, frozen=True, kw_only=True):
    """My devices need not ring for this call any longer."""

    name = "call.decline"
    conversation: ConversationId
    call: CallId


class AnswerMedia(Tells, frozen=True, kw_only=True):
    """This device's SDP answer to the forwarding unit's offer of this version."""

    name = "call.take"
    conversation: ConversationId
    call: CallId
    version: Annotated[int, Meta(ge=1, le=2**31)]
    sdp: Sdp


class RenewMedia(Tells, frozen=True, kw_only=True):
    """The network changed, or the line to the server was gone: the forwarding unit offers anew.

    `anew`: this page has no connection to the unit, or one that failed before media flowed, so there has to be another.
    """

    name = "call.renew"
    cost = COMING_IN
    conversation: ConversationId
    call: CallId
    anew: bool = False


class ViewMedia(Tells, frozen=True, kw_only=True):
    """What this device's screen shows of the others, all of it; what is not named is not sent to it."""

    name = "call.view"
    conversation: ConversationId
    call: CallId
    shown: Annotated[list[Shown], Meta(max_length=MAX_SHOWN)]


# -- events -----------------------------------------------------------------------------------------------------------


class CallOpened(Logged, frozen=True, kw_only=True):
    """`author` began a call in the room. The event after it says that they are in it."""

    name = "call.opened"
    is_line = True
    call: CallId
    video: bool = False
    ring: bool = False


class CallJoined(Logged, frozen=True, kw_only=True):
    """`author` is in the call on `device`, and on no other."""

    name = "call.joined"
    call: CallId
    device: DeviceId


class CallLeft(Logged, frozen=True, kw_only=True):
    """`person` is no longer in the call. When `removed` they do not come back, and they may never have been in it."""

    name = "call.left"
    call: CallId
    person: PersonId
    removed: bool = False


class CallClosed(Logged, frozen=True, kw_only=True):
    """The call is over. `began` is who began it, `people` who was in it, in order of coming.

    `ring`: it began by making devices ring. `called` are those who were called into it by name, whenever that was, and
    are not in it: their devices ring no longer. `barred` were put out or turned away. `opened` is the seq of the event
    with which it began. When everybody came and went, and for how long, is for who leads the room: `call.attendance`.
    """

    name = "call.closed"
    is_line = True
    call: CallId
    began: PersonId
    video: bool = False
    ring: bool = False
    seconds: Annotated[int, Meta(ge=0)] = 0
    people: Annotated[list[PersonId], Meta(max_length=MAX_ATTENDED)] = []
    called: list[PersonId] = []
    barred: list[PersonId] = []
    opened: Annotated[int, Meta(ge=0)] = 0


class CallChanged(Logged, frozen=True, kw_only=True):
    """What holds for everybody in the call is different in what is not null."""

    name = "call.changed"
    call: CallId
    locked: bool | None = None
    lobby: bool | None = None
    rights: Rights | None = None


class CallGranted(Logged, frozen=True, kw_only=True):
    """What `person` may do in the call beside what everybody may, and whether they may come in past the lobby."""

    name = "call.granted"
    call: CallId
    person: PersonId
    admitted: bool = True
    rights: Rights = []


class PeopleSummoned(Logged, frozen=True, kw_only=True):
    """The devices of these people ring, for 45 s, or until they are in it."""

    name = "call.summoned"
    call: CallId
    people: Annotated[list[PersonId], Meta(max_length=MAX_TAKEN_IN)]


class FloorChanged(Passing, frozen=True, kw_only=True):
    """How the devices of a call take part; to the others in it. Whoever joins hears of all."""

    name = "call.shown"
    conversation: ConversationId
    call: CallId
    floors: dict[DeviceId, Floor]


class MediaOffered(Passing, frozen=True, kw_only=True):
    """The forwarding unit's SDP offer to this device. `tracks` says by mid whose a section is."""

    name = "call.media"
    conversation: ConversationId
    call: CallId
    version: int
    sdp: str
    tracks: dict[str, Track]


class SpeakerChanged(Passing, frozen=True, kw_only=True):
    """This device has the floor now; nobody when it is empty."""

    name = "call.spoke"
    conversation: ConversationId
    call: CallId
    device: str


class VideosChanged(Passing, frozen=True, kw_only=True):
    """The videos that come from this device now, by their sources."""

    name = "call.videos"
    conversation: ConversationId
    call: CallId
    device: DeviceId
    sources: list[str]


class CallSilenced(Passing, frozen=True, kw_only=True):
    """To a device in the call: `person` muted it. Told again where it says that it is not muted, and never was."""

    name = "call.silenced"
    conversation: ConversationId
    call: CallId
    person: PersonId


class RightDeferred(Passing, frozen=True, kw_only=True):
    """To a device in the call: `person` does not let it do now what it asked for."""

    name = "call.deferred"
    conversation: ConversationId
    call: CallId
    person: PersonId
    right: Right


class CallKnocked(Passing, frozen=True, kw_only=True):
    """To the owner and moderators in the call: `person` waits in the lobby."""

    name = "call.knocked"
    conversation: ConversationId
    call: CallId
    person: PersonId
    at: Milliseconds


class CallCheered(Passing, frozen=True, kw_only=True):
    """An emoji of somebody in the call."""

    name = "call.cheered"
    conversation: ConversationId
    call: CallId
    person: PersonId
    emoji: str


class CallDeclined(Passing, frozen=True, kw_only=True):
    """To one's own devices: stop ringing for this call."""

    name = "call.declined"
    conversation: ConversationId
    call: CallId
