"""What the people in a call show each other: muted, camera, screen, a raised hand. Never written down.

It is the call of a room, or one between two that was relayed; devices that reach each other say it to each other.

How each device takes part lies in memory, in `store.floors`, while it is in the call, so that whoever comes in learns
it at once. Rights that one asks for are a part of it, like a raised hand. A newcomer's first mistake is to keep it by
the call's id alone: whoever begins a call chooses that, and may choose one of another conversation.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from chat.dispatch import after, tell
from chat.group_calls import devices, has_rung, leaders_in, require_attending, require_gathering
from chat.pushing import push_room_over
from chat.reactions import clean_emoji
from chat.relaying import require_through, through
from chat.roles import LEADERS, require_role
from chat.visibility import require_member
from protocol.answers import Answer, Done
from protocol.calls import CallEnded
from protocol.codec import pack_event
from protocol.errors import Refusal
from protocol.events import Passing
from protocol.group_calls import (
    CallCheered,
    CallClosed,
    CallDeclined,
    CallJoined,
    CallKnocked,
    CallLeft,
    CallSilenced,
    CheerCall,
    DeclineCall,
    DeferRight,
    FloorChanged,
    KnockCall,
    RightDeferred,
    SetFloor,
    SilenceCall,
)
from protocol.records import from_json, to_json
from protocol.shapes import Floor
from store import Store, Who

FLOORS = "floors"  # what other nodes are told under


@tell(SetFloor)
def set_floor(command: SetFloor, who: Who, store: Store) -> Answer:
    """Keep it for who comes later, and tell the others."""
    there = require_through(store.view(), who, command.conversation, command.call)
    place = (command.conversation, command.call)
    _set(store, place, who.device, command.floor)
    if store.nodes is not None:
        store.nodes.note(FLOORS, " ".join([*place, who.device]), to_json(command.floor))
    changed = FloorChanged(conversation=command.conversation, call=command.call, floors={who.device: command.floor})
    _tell(changed, there, store)
    return Done()


@tell(CheerCall)
def cheer(command: CheerCall, who: Who, store: Store) -> Answer:
    """Everybody in the call sees it, who sent it too. Raises Refusal `bad-field` for what is no emoji."""
    on = require_attending(store.view(), who, command.conversation, command.call)
    emoji = clean_emoji(command.emoji)
    cheered = CallCheered(conversation=on.conversation, call=command.call, person=who.person, emoji=emoji)
    _tell(cheered, devices(on), store)
    return Done()


@tell(SilenceCall)
def silence(command: SilenceCall, who: Who, store: Store) -> Answer:
    """Ask one, or all the others, to mute themselves. What they may not do is another thing: chat/group_calls.py."""
    row = require_role(store.view(), who, command.conversation, *LEADERS)
    on = require_gathering(store.view(), row.id, command.call)
    frame = pack_event(CallSilenced(conversation=row.id, call=command.call, person=who.person))
    for one in on.call.attendees:
        if one.person == command.person or (not command.person and one.person != who.person):
            store.sockets.tell_device(frame, one.device)
    return Done()


@tell(DeferRight)
def defer_right(command: DeferRight, who: Who, store: Store) -> Answer:
    """Somebody asked for a right and is told not now; their device takes the question back."""
    row = require_role(store.view(), who, command.conversation, *LEADERS)
    on = require_gathering(store.view(), row.id, command.call)
    deferred = RightDeferred(conversation=row.id, call=command.call, person=who.person, right=command.right)
    frame = pack_event(deferred)
    for one in on.call.attendees:
        if one.person == command.person:
            store.sockets.tell_device(frame, one.device)
    return Done()


@tell(KnockCall)
def knock(command: KnockCall, who: Who, store: Store) -> Answer:
    """Tell those who may open. Raises Refusal `not-connected` when none of them is in the call."""
    view = store.view()
    row = require_member(view, who, command.conversation)
    on = require_gathering(view, row.id, command.call)
    if who.person in on.call.barred:
        raise Refusal("call-closed", "You were put out of this call.")
    if on.call.locked:
        raise Refusal("call-closed", "This call is locked: nobody else comes in.")
    if not on.call.lobby or who.person in on.call.admitted:
        raise Refusal("not-allowed", "Nobody has to let you in: join the call.")
    knocked = pack_event(CallKnocked(conversation=row.id, call=command.call, person=who.person, at=store.clock()))
    told = [store.sockets.tell_device(knocked, one.device) for one in leaders_in(view, row, on)]
    if not any(told):
        raise Refusal("not-connected", "Nobody who may let you in is in the call right now.")
    return Done()


@tell(DeclineCall)
def decline(command: DeclineCall, who: Who, store: Store) -> Answer:
    """All devices of this person stop ringing; nobody else hears of it."""
    row = require_member(store.view(), who, command.conversation)
    on = require_gathering(store.view(), row.id, command.call)
    store.sockets.tell(pack_event(CallDeclined(conversation=row.id, call=on.call.call)), [who.person])
    if has_rung(on.call, who.person):
        push_room_over(store, who.person, row.id, on.call.call)
    return Done()


def follow_floors(store: Store) -> None:
    """Begin to hear how devices of other nodes take part. Called once, at start.

    It is no `Noted`, which has one row a key and forgets it at every node: these are asked for by call, heard only of
    who is in it, and forgotten by the log, which each node follows by itself.
    """
    if store.nodes is not None:
        store.nodes.noted[FLOORS] = partial(_hear, store)
        store.nodes.notes.append(partial(_say_all, store))


def _hear(store: Store, key: str, raw: bytes | None) -> None:
    conversation, call, device = key.split(" ")
    if raw is not None and device in through(store.view(), conversation, call):
        _set(store, (conversation, call), device, from_json(raw, Floor))


def _say_all(store: Store) -> Iterator[tuple[str, str, bytes]]:
    for place, floors in store.floors.items():
        for device, floor in floors.items():
            yield FLOORS, " ".join([*place, device]), to_json(floor)


def _set(store: Store, place: tuple[str, str], device: str, floor: Floor) -> None:
    store.floors.update(place, lambda known: {**(known or {}), device: floor})


@after(CallJoined)
def show_floors(event: CallJoined, store: Store) -> None:
    """Whoever comes in learns how the others take part; of their own other device nothing is left."""
    show_floors_to(store, event.device, event.conversation, event.call)
    there = through(store.view(), event.conversation, event.call)
    _keep(store, event, [device for device in there if device != event.device])


def show_floors_to(store: Store, device: str, conversation: str, call: str) -> None:
    """Tell a device that is connected here how all in the call take part."""
    known = store.floors.get((conversation, call)) or {}
    store.sockets.tell_device_here(pack_event(FloorChanged(conversation=conversation, call=call, floors=known)), device)


@after(CallLeft)
def forget_floor(event: CallLeft, store: Store) -> None:
    """Only who is in a call takes part in it."""
    _keep(store, event, through(store.view(), event.conversation, event.call))


@after(CallClosed)
@after(CallEnded)
def forget_floors(event: CallClosed | CallEnded, store: Store) -> None:
    """It is over."""
    store.floors.pop((event.conversation, event.call))


def _keep(store: Store, event: CallJoined | CallLeft, there: Sequence[str]) -> None:
    """Of these devices alone."""
    place = (event.conversation, event.call)
    known = store.floors.get(place) or {}
    if stays := {device: floor for device, floor in known.items() if device in there}:
        store.floors.put(place, stays)
    else:
        store.floors.pop(place)


def _tell(event: Passing, there: Sequence[str], store: Store) -> None:
    frame = pack_event(event)
    for device in there:
        store.sockets.tell_device(frame, device)
