"""What the people in a call show each other: muted, camera, screen, a raised hand, what comes of it. Never kept.

It is the call of a room, or one between two that was relayed; devices that reach each other say it to each other.

How each device takes part lies in memory, in `store.floors`, while it is in the call, and so do the videos that come
from it, in `store.videos`, so that whoever comes in learns both at once. Rights that one asks for are a part of it,
like a raised hand. A newcomer's first mistake is to keep it by the call's id alone: whoever begins a call chooses that,
and may choose one of another conversation.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeVar

from chat.declining import forget_all_declined, note_declined
from chat.dispatch import after, tell
from chat.group_calls import devices, has_rung, leaders_in, require_attending, require_gathering
from chat.pushing import push_room_over
from chat.reactions import clean_emoji
from chat.relaying import require_through, through
from chat.roles import LEADERS, require_role
from chat.silencing import heed, hold, place_of, silenced_by
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
    VideosChanged,
)
from protocol.records import from_json, replaced, to_json
from protocol.shapes import Floor
from store import Store, Who
from store.concurrent import ConcurrentDict

FLOORS = "floors"  # what other nodes are told under
VIDEOS = "videos"

T = TypeVar("T", Floor, VideosChanged)
Kept = ConcurrentDict[tuple[str, str], dict[str, T]]  # by conversation and call, then by device


@tell(SetFloor)
def set_floor(command: SetFloor, who: Who, store: Store) -> Answer:
    """Keep it for who comes later, and tell the others. A device that was muted and does not say so is asked again."""
    there = require_through(store.view(), who, command.conversation, command.call)
    place = (command.conversation, command.call)
    before = (store.floors.get(place) or {}).get(who.device)
    _keep(store, FLOORS, store.floors, place, who.device, command.floor)
    heed(store, *place, who.person, before, command.floor)
    _tell(_floors(store, place, [who.device]), there, store)
    if not command.floor.muted and (by := silenced_by(store, *place, who.person)):
        store.sockets.tell_device(_question(place, by), who.device)
    return Done()


def videos_changed(changed: VideosChanged, store: Store) -> None:
    """The unit says which videos come from a device: keep it for who comes later, and tell all who are in the call."""
    there = through(store.view(), changed.conversation, changed.call)
    if changed.device in there:
        _keep(store, VIDEOS, store.videos, (changed.conversation, changed.call), changed.device, changed)
    _tell(changed, there, store)


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
    """Hold one back, or all the others, and ask them to mute themselves: chat/silencing.py.

    What they may not do is another thing: chat/group_calls.py.
    """
    row = require_role(store.view(), who, command.conversation, *LEADERS)
    on = require_gathering(store.view(), row.id, command.call)
    for one in on.call.attendees:
        if one.person == command.person or (not command.person and one.person != who.person):
            hold(store, row.id, command.call, one.person, who.person)
    return Done()


def _hear_held(store: Store, key: str) -> None:
    """Somebody is held back, or no longer: this server said it, or another, maybe late. All at once are one word."""
    conversation, call, person = place_of(key)
    store.timers.gather(f"held {conversation} {call}", person, 0, partial(_tell_held, store, (conversation, call)))


def _tell_held(store: Store, place: tuple[str, str], people: set[str]) -> None:
    """Ask who of these is held, and is connected here, to mute themselves; who is here sees them muted."""
    on = store.view().gathering(place[0])
    if on is None or on.call.call != place[1]:
        return
    held = [(one.device, silenced_by(store, *place, one.person)) for one in on.call.attendees if one.person in people]
    asked = {device: by for device, by in held if by}
    for device, by in asked.items():
        store.sockets.tell_device_here(_question(place, by), device)
    if asked:
        shown = pack_event(_floors(store, place, list(asked)))
        for device in devices(on):
            store.sockets.tell_device_here(shown, device)


def _question(place: tuple[str, str], by: str) -> bytes:
    conversation, call = place
    return pack_event(CallSilenced(conversation=conversation, call=call, person=by))


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
        note_declined(store, row.id, on.call.call, who.person)
        push_room_over(store, who.person, row.id, on.call.call)
    return Done()


def follow_floors(store: Store) -> None:
    """Begin to tell who is held back, and to hear how devices of other nodes take part. Called once, at start.

    It is no `Noted`, which has one row a key and forgets it at every node: these are asked for by call, heard only of
    who is in it, and forgotten by the log, which each node follows by itself.
    """
    store.silenced.turned.append(partial(_hear_held, store))
    if store.nodes is not None:
        store.nodes.noted[FLOORS] = partial(_hear_floor, store)
        store.nodes.notes.append(partial(_say_all, FLOORS, store.floors))
        store.nodes.noted[VIDEOS] = partial(_hear, store, store.videos, VideosChanged)
        store.nodes.notes.append(partial(_say_all, VIDEOS, store.videos))


def _hear_floor(store: Store, key: str, raw: bytes | None) -> None:
    """The node of a device may not have heard that it is held, and then frees nobody: whoever has, heeds it too."""
    conversation, call, device = key.split(" ")
    place = (conversation, call)
    before = (store.floors.get(place) or {}).get(device)
    _hear(store, store.floors, Floor, key, raw)
    now, owner = (store.floors.get(place) or {}).get(device), store.view().device(device)
    if now and owner:
        heed(store, *place, owner.person, before, now)


def _hear(store: Store, kept: Kept[T], kind: type[T], key: str, raw: bytes | None) -> None:
    conversation, call, device = key.split(" ")
    if raw is not None and device in through(store.view(), conversation, call):
        _set(kept, (conversation, call), device, from_json(raw, kind))


def _say_all(table: str, kept: Kept[T]) -> Iterator[tuple[str, str, bytes]]:
    for place, rows in kept.items():
        for device, row in rows.items():
            yield table, _key(place, device), to_json(row)


def _keep(store: Store, table: str, kept: Kept[T], place: tuple[str, str], device: str, row: T) -> None:
    """Here, and at every other node."""
    _set(kept, place, device, row)
    if store.nodes is not None:
        store.nodes.note(table, _key(place, device), to_json(row))


def _key(place: tuple[str, str], device: str) -> str:
    """What `_hear` takes apart again."""
    return " ".join([*place, device])


def _set(kept: Kept[T], place: tuple[str, str], device: str, row: T) -> None:
    kept.update(place, lambda known: {**(known or {}), device: row})


@after(CallJoined)
def show_floors(event: CallJoined, store: Store) -> None:
    """Whoever comes in learns how the others take part; of their own other device nothing is left."""
    there = through(store.view(), event.conversation, event.call)
    _leave_only(store, event, [device for device in there if device != event.device])
    show_floors_to(store, event.device, event.conversation, event.call)


def show_floors_to(store: Store, device: str, conversation: str, call: str) -> None:
    """Tell a device that is connected here how all in the call take part, and which of their videos come."""
    place = (conversation, call)
    told: list[Passing] = [_floors(store, place, list(store.floors.get(place) or {}))]
    told += (store.videos.get(place) or {}).values()
    for event in told:
        store.sockets.tell_device_here(pack_event(event), device)


@after(CallLeft)
def forget_floor(event: CallLeft, store: Store) -> None:
    """Only who is in a call takes part in it."""
    _leave_only(store, event, through(store.view(), event.conversation, event.call))


@after(CallClosed)
@after(CallEnded)
def forget_floors(event: CallClosed | CallEnded, store: Store) -> None:
    """It is over, at every server; who said no was passed over in chat/pushing.py, which hears of it first."""
    store.floors.pop((event.conversation, event.call))
    store.videos.pop((event.conversation, event.call))
    forget_all_declined(store, event.conversation, event.call)


def _floors(store: Store, place: tuple[str, str], there: Sequence[str]) -> FloorChanged:
    """How these devices take part, as they said it; but who is held back is muted, whatever they say."""
    conversation, call = place
    known = store.floors.get(place) or {}
    floors = {device: known.get(device, Floor()) for device in there}
    for device, floor in floors.items():
        owner = store.view().device(device)
        if owner and silenced_by(store, *place, owner.person):
            floors[device] = replaced(floor, muted=True)
    return FloorChanged(conversation=conversation, call=call, floors=floors)


def _leave_only(store: Store, event: CallJoined | CallLeft, there: Sequence[str]) -> None:
    """Of these devices alone."""
    place = (event.conversation, event.call)
    _strip(store.floors, place, there)
    _strip(store.videos, place, there)


def _strip(kept: Kept[T], place: tuple[str, str], there: Sequence[str]) -> None:
    known = kept.get(place) or {}
    if stays := {device: row for device, row in known.items() if device in there}:
        kept.put(place, stays)
    else:
        kept.pop(place)


def _tell(event: Passing, there: Sequence[str], store: Store) -> None:
    frame = pack_event(event)
    for device in there:
        store.sockets.tell_device(frame, device)
