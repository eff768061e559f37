"""Calls of rooms: who may begin one and come in, who is in it, what they may do, and who was there. No media here.

Who comes and goes is logged, so that everybody in the room sees who is in a call, and a restarted server knows it too.
A newcomer's first mistake is to look for the call in the room's row: it has a row of its own, `Gathering`.
"""

from collections.abc import Sequence
from typing import Any, get_args

from calls.call import MAX_PEERS
from chat.attendance import attended_by, with_stay
from chat.dispatch import fold, rule
from chat.ringing import RING_SECONDS
from chat.roles import LEADERS, may_outrank, require_role, require_voice, role_in
from chat.visibility import is_present, require_member, size
from protocol.errors import Refusal
from protocol.events import Logged
from protocol.group_calls import (
    CallChanged,
    CallClosed,
    CallGranted,
    CallJoined,
    CallLeft,
    CallOpened,
    ChangeCall,
    CloseCall,
    DropAttendee,
    GrantCall,
    JoinCall,
    LeaveCall,
    OpenCall,
    RemoveAttendee,
)
from protocol.records import replaced
from protocol.shapes import MAX_ATTENDED, Attendee, Called, GroupCall, Right, Role
from store import View, Who
from store.drafts import Draft
from store.rows import Conversation, Gathering

MAX_ATTENDEES = MAX_PEERS  # in one call at a time
MAX_RINGING = 50  # people in a room whose devices may all be made to ring
MAX_NAMED = 200  # people named in a call: who was let in or put out, and what they may do; as many as called into it

CALL_OVER = "That call is over."


# -- rules ------------------------------------------------------------------------------------------------------------


@rule(OpenCall)
def open_call(command: OpenCall, who: Who, view: View) -> Sequence[Logged]:
    """Begin a call in a room. Where one is on already, this is how to come into it."""
    row = require_member(view, who, command.conversation)
    if row.kind != "room":
        raise Refusal("not-allowed", "A call between two people rings; only a room has one to join.")
    if on := view.gathering(row.id):
        return _coming(view, who, row, on)
    require_voice(view, who, row)
    require_free(view, who)
    if command.ring and size(view, row) > MAX_RINGING:
        raise Refusal("too-many", f"A call rings for {MAX_RINGING} people at most. Start it without ringing.")
    return [
        CallOpened(conversation=row.id, call=command.call, video=command.video, ring=command.ring),
        CallJoined(conversation=row.id, call=command.call, device=who.device),
    ]


@rule(JoinCall)
def join_call(command: JoinCall, who: Who, view: View) -> Sequence[Logged]:
    """Come in, come back after a line was lost, or move the call to this device."""
    row = require_member(view, who, command.conversation)
    return _coming(view, who, row, require_gathering(view, row.id, command.call))


@rule(LeaveCall)
def leave_call(command: LeaveCall, who: Who, view: View) -> Sequence[Logged]:
    """Go. A device that has given the call to another of the same person has nothing to leave."""
    row = require_member(view, who, command.conversation)
    on = require_gathering(view, row.id, command.call)
    if who.device not in devices(on):
        raise Refusal("call-over", "This device is not in that call.")
    return going(view, on, who.person)


@rule(CloseCall)
def close_call(command: CloseCall, who: Who, view: View) -> Sequence[Logged]:
    """End it for everybody."""
    row = require_member(view, who, command.conversation)
    on = require_gathering(view, row.id, command.call)
    if who.person != on.call.began and role_in(view, who.person, row) not in LEADERS:
        raise Refusal("not-allowed", "Who began the call may end it for all, and the owner and moderators of the room.")
    return [_closed(view, on)]


@rule(ChangeCall)
def change_call(command: ChangeCall, who: Who, view: View) -> Sequence[Logged]:
    """Lock it, give it a lobby, or say what everybody may do."""
    on = _require_led(view, who, command.conversation, command.call)
    wanted: dict[str, Any] = {"locked": command.locked, "lobby": command.lobby, "rights": command.rights}
    if command.rights is not None:
        wanted["rights"] = _in_order(command.rights)
    different = {name: value for name, value in wanted.items() if value is not None and value != getattr(on.call, name)}
    if not different:
        raise Refusal("not-allowed", "That is how this call is already.")
    return [CallChanged(conversation=on.conversation, call=on.call.call, **different)]


@rule(GrantCall)
def grant_call(command: GrantCall, who: Who, view: View) -> Sequence[Logged]:
    """Let one person in, or let them do what not everybody may."""
    on = _require_led(view, who, command.conversation, command.call)
    row = _require_in_room(view, on.conversation, command.person)
    if command.person == who.person:
        _require_not_barred(on.call, who.person, role_in(view, who.person, row))
    rights = _in_order(command.rights)
    if rights or command.admitted:
        require_place(on.call, command.person)
    return [
        CallGranted(
            conversation=on.conversation,
            call=on.call.call,
            person=command.person,
            admitted=command.admitted,
            rights=rights,
        )
    ]


@rule(RemoveAttendee)
def remove_attendee(command: RemoveAttendee, who: Who, view: View) -> Sequence[Logged]:
    """Put out whoever one stands above, or turn them away at the door."""
    on = _require_led(view, who, command.conversation, command.call)
    row = _require_in_room(view, on.conversation, command.person)
    if not may_outrank(view, who.person, command.person, row):
        raise Refusal("not-allowed", "Only the owner may put out a moderator, and nobody the owner.", field="person")
    require_place(on.call, command.person)
    return going(view, on, command.person, removed=True)


@rule(DropAttendee)
def drop_attendee(command: DropAttendee, who: Who, view: View) -> Sequence[Logged]:
    """A device that is gone for good is not in a call, unless its person came back on another."""
    on = require_gathering(view, command.conversation, command.call)
    for one in on.call.attendees:
        if one.device == command.device:
            return going(view, on, one.person)
    raise Refusal("call-over", "That device is not in this call.")


def require_place(call: GroupCall, person: str) -> None:
    """The row of a call goes to everybody in the room, which in "Everyone" is the whole house."""
    named = {*call.granted, *call.admitted, *call.barred}
    if person not in named and len(named) >= MAX_NAMED:
        raise Refusal("too-many", f"{MAX_NAMED} people are named in this call. Change what holds for all of them.")


def _coming(view: View, who: Who, row: Conversation, on: Gathering) -> Sequence[Logged]:
    """What follows when somebody comes. Who is in it already may always come back, whatever was closed meanwhile."""
    require_free(view, who, besides=row.id)
    is_in = any(one.person == who.person for one in on.call.attendees)
    if not is_in:
        _require_welcome(on.call, who.person, role_in(view, who.person, row))
    if not is_in and len(on.call.attendees) >= MAX_ATTENDEES:
        raise Refusal("too-many", f"This call is full: it holds {MAX_ATTENDEES} people.")
    known = any(one.person == who.person for one in on.attended)
    if not known and len(on.attended) >= MAX_ATTENDED:
        raise Refusal("too-many", f"{MAX_ATTENDED} people have been in this call. Start another one.")
    return [CallJoined(conversation=row.id, call=on.call.call, device=who.device)]


def _require_welcome(call: GroupCall, person: str, role: Role) -> None:
    _require_not_barred(call, person, role)
    if role in LEADERS or person in call.admitted:
        return
    if call.locked:
        raise Refusal("call-closed", "This call is locked: nobody else comes in.")
    if call.lobby:
        raise Refusal("call-lobby", "Somebody in the call has to let you in.")


def _require_not_barred(call: GroupCall, person: str, role: Role) -> None:
    """A moderator whom the owner put out is out; an owner cannot be, and may have become it since."""
    if person in call.barred and role != "owner":
        raise Refusal("call-closed", "You were put out of this call.")


def going(view: View, on: Gathering, person: str, *, removed: bool = False) -> list[Logged]:
    """What follows when somebody leaves a call, however that comes about: the last one closes it."""
    left = CallLeft(conversation=on.conversation, call=on.call.call, person=person, removed=removed)
    stays = any(one.person != person for one in on.call.attendees)
    return [left] if stays else [left, _closed(view, on)]


def out_of_room(view: View, room: str, person: str) -> list[Logged]:
    """What follows in the call of a room when somebody is no longer in the room."""
    on = view.gathering(room)
    return going(view, on, person) if on and any(one.person == person for one in on.call.attendees) else []


def _closed(view: View, on: Gathering) -> Logged:
    """With who was in it, who was called and is not, and who was put out. Their times are not everybody's to know."""
    call = on.call
    there = {one.person for one in call.attendees}
    return CallClosed(
        conversation=on.conversation,
        call=call.call,
        began=call.began,
        video=call.video,
        ring=call.ring,
        seconds=max(0, view.now - call.at) // 1000,
        people=[one.person for one in attended_by(on, view.now)],
        called=[one.person for one in call.called if one.person not in there],
        barred=call.barred,
        opened=call.seq,
    )


# -- folds ------------------------------------------------------------------------------------------------------------


@fold(CallOpened)
def opened(event: CallOpened, draft: Draft) -> None:
    """The call goes on in its room."""
    call = GroupCall(
        call=event.call,
        began=event.author,
        seq=event.seq,
        at=event.at,
        video=event.video,
        ring=event.ring,
        rights=list(get_args(Right)),
    )
    draft.gatherings.put(Gathering(conversation=event.conversation, call=call))


@fold(CallJoined)
def joined(event: CallJoined, draft: Draft) -> None:
    """In it on this device. Who comes back on another was there all the time."""
    if on := _standing(draft, event.conversation, event.call):
        before = next((one for one in on.call.attendees if one.person == event.author), None)
        now = Attendee(person=event.author, device=event.device, at=before.at if before else event.at)
        if before:
            attendees = [now if one is before else one for one in on.call.attendees]
        else:
            attendees = [*on.call.attendees, now]
        draft.gatherings.put(replaced(on, call=replaced(on.call, attendees=attendees)))


@fold(CallLeft)
def left(event: CallLeft, draft: Draft) -> None:
    """No longer in it, and barred when somebody put them out."""
    on = _standing(draft, event.conversation, event.call)
    if on is None:
        return
    attended = on.attended
    for one in on.call.attendees:
        if one.person == event.person:
            attended = with_stay(attended, one, event.at)
    attendees = [one for one in on.call.attendees if one.person != event.person]
    called = [one for one in on.call.called if one.person != event.person]
    call = replaced(on.call, attendees=attendees, called=called)
    if event.removed:
        admitted = [one for one in call.admitted if one != event.person]
        call = replaced(call, admitted=admitted, barred=_with(call.barred, event.person))
    draft.gatherings.put(replaced(on, call=call, attended=attended))


@fold(CallClosed)
def closed(event: CallClosed, draft: Draft) -> None:
    """It goes on no longer; who was there, and when, stands in the log."""
    if _standing(draft, event.conversation, event.call):
        draft.gatherings.drop(event.conversation)


@fold(CallChanged)
def changed(event: CallChanged, draft: Draft) -> None:
    """What holds for everybody from now on."""
    if on := _standing(draft, event.conversation, event.call):
        asked: dict[str, Any] = {"locked": event.locked, "lobby": event.lobby, "rights": event.rights}
        different = {name: value for name, value in asked.items() if value is not None}
        draft.gatherings.put(replaced(on, call=replaced(on.call, **different)))


@fold(CallGranted)
def granted(event: CallGranted, draft: Draft) -> None:
    """What holds for this person from now on. Who is admitted is not barred any longer."""
    on = _standing(draft, event.conversation, event.call)
    if on is None:
        return
    call = on.call
    rights = {person: given for person, given in call.granted.items() if person != event.person}
    if event.rights:
        rights[event.person] = event.rights
    admitted = [one for one in call.admitted if one != event.person]
    barred = call.barred
    if event.admitted:
        admitted, barred = [*admitted, event.person], [one for one in barred if one != event.person]
    call = replaced(call, granted=rights, admitted=admitted, barred=barred)
    draft.gatherings.put(replaced(on, call=call))


def _standing(draft: Draft, conversation: str, call: str) -> Gathering | None:
    on = draft.gatherings.get(conversation)
    return on if on and on.call.call == call else None


def _in_order(rights: list[Right]) -> list[Right]:
    return [one for one in get_args(Right) if one in rights]


def _with(people: list[str], person: str) -> list[str]:
    return people if person in people else [*people, person]


# -- what a call is made of -------------------------------------------------------------------------------------------


def require_gathering(view: View, conversation: str, call: str) -> Gathering:
    """The call of this id, if it goes on in that room. Raises Refusal `call-over`."""
    on = view.gathering(conversation)
    if on is None or on.call.call != call:
        raise Refusal("call-over", CALL_OVER)
    return on


def require_attending(view: View, who: Who, conversation: str, call: str) -> Gathering:
    """That call, if this device is in it. Raises Refusal `not-found`, `call-over`."""
    row = require_member(view, who, conversation)
    on = require_gathering(view, row.id, call)
    if who.device not in devices(on):
        raise Refusal("call-over", "This device is not in that call.")
    return on


def require_free(view: View, who: Who, besides: str = "") -> None:
    """Somebody who is in no other call. Raises Refusal `in-a-call`."""
    on = view.gathering_of(who.person)
    if view.call_of(who.person) or (on and on.conversation != besides):
        raise Refusal("in-a-call", "You are in another call already. Leave it first.")


def devices(on: Gathering) -> list[str]:
    """The devices that are in a call."""
    return [one.device for one in on.call.attendees]


def has_rung(call: GroupCall, person: str) -> bool:
    """Whether the devices of somebody may have rung for it: for the whole room, or for them by name."""
    return call.ring or any(one.person == person for one in call.called)


def ringing(call: GroupCall, now: int) -> list[Called]:
    """Those who were called by name and whose devices may still ring."""
    return [one for one in call.called if one.at > now - RING_SECONDS * 1000]


def leaders_in(view: View, row: Conversation, on: Gathering) -> list[Attendee]:
    """Those in the call who may let others in."""
    return [one for one in on.call.attendees if role_in(view, one.person, row) in LEADERS]


def _require_led(view: View, who: Who, conversation: str, call: str) -> Gathering:
    row = require_role(view, who, conversation, *LEADERS)
    return require_gathering(view, row.id, call)


def _require_in_room(view: View, conversation: str, person: str) -> Conversation:
    row = view.conversation(conversation)
    if row is None or not is_present(view, person, row):
        raise Refusal("not-found", "They are not in this room.", field="person")
    return row
