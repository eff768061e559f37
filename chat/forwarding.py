"""Between calls and the forwarding unit: who is in a call is a peer there, and its words reach its device.

A peer's name is its device's id, a call's is `<conversation> <call>`. The log leads: whoever it says is in a call is
joined to the unit, and whoever is not is taken out. So it is in the calls of rooms, and in one between two that was
relayed. Of several servers one, the call's home, forwards it for all; the others hand on what their devices say.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from calls.call import Counted, Event, Offered, Sent, Spoke
from chat.dispatch import after, guard, tell
from chat.echo import hear_echo
from chat.floor import show_floors_to, videos_changed
from chat.group_calls import devices
from chat.relaying import require_through, through
from chat.roles import may
from chat.silencing import place_of, silenced_by
from protocol.answers import Answer, Done
from protocol.between import Signalled
from protocol.calls import CallEnded, CallRelayed
from protocol.codec import pack_event
from protocol.errors import Refusal
from protocol.events import MemberChanged
from protocol.group_calls import (
    AnswerMedia,
    CallChanged,
    CallClosed,
    CallGranted,
    CallJoined,
    CallLeft,
    JoinCall,
    MediaOffered,
    RenewMedia,
    SpeakerChanged,
    VideosChanged,
    ViewMedia,
)
from protocol.shapes import Right, Track
from store import Store, Who
from store.rows import Conversation, Gathering

SOURCES: dict[Right, tuple[str, ...]] = {
    "speak": ("microphone",),
    "show": ("camera",),
    "share": ("screen", "screen-sound"),
}
"""What a right lets through the unit."""

ANEW = "anew"  # handed on: a device that begins anew

log = logging.getLogger("parley.calls")


def name_of(conversation: str, call: str) -> str:
    """What the unit calls a call."""
    return f"{conversation} {call}"


# -- what devices say -------------------------------------------------------------------------------------------------


@tell(AnswerMedia)
def answer_media(command: AnswerMedia, who: Who, store: Store) -> Answer:
    """To the unit's offer; one that comes late fits nothing, and the offer after it is on its way."""
    require_through(store.view(), who, command.conversation, command.call)
    name = name_of(command.conversation, command.call)
    if _hand_on(store, name, who.device, command.name, version=command.version, sdp=command.sdp):
        return Done()
    try:
        store.media.answer(name, who.device, command.version, command.sdp)
    except KeyError:
        raise _not_connected() from None
    except ValueError as error:
        raise Refusal("bad-field", f"That answer does not fit: {error}.", field="sdp") from None
    return Done()


@tell(RenewMedia)
def renew_media(command: RenewMedia, who: Who, store: Store) -> Answer:
    """Offer again to a device that is in the call; one that the unit forgot, over a restart, is joined anew.

    Its line to the server may have been gone: it learns again how the others take part, and what comes from them.
    """
    require_through(store.view(), who, command.conversation, command.call)
    name = name_of(command.conversation, command.call)
    _require_heard(store, name)
    show_floors_to(store, who.device, command.conversation, command.call)
    if not _hand_on(store, name, who.device, ANEW if command.anew else command.name):
        _find_home(store, name)
        _renew(store, command.conversation, command.call, who.device, anew=command.anew)
    return Done()


def _renew(store: Store, conversation: str, call: str, device: str, *, anew: bool) -> None:
    if anew:
        _join(store, conversation, call, device)
        return
    try:
        store.media.restart(name_of(conversation, call), device)
    except KeyError:
        _join(store, conversation, call, device)


@tell(ViewMedia)
def view_media(command: ViewMedia, who: Who, store: Store) -> Answer:
    """What is on the screen decides what is sent there."""
    require_through(store.view(), who, command.conversation, command.call)
    name = name_of(command.conversation, command.call)
    shown = [(one.device, str(one.source), one.height) for one in command.shown]
    if _hand_on(store, name, who.device, command.name, shown=shown):
        return Done()
    try:
        store.media.show(name, who.device, _heights(shown))
    except KeyError:
        raise _not_connected() from None
    return Done()


def _heights(shown: Sequence[tuple[str, str, int]]) -> dict[tuple[str, str], int]:
    return {(device, source): height for device, source, height in shown}


def _not_connected() -> Refusal:
    return Refusal("not-connected", "This device has no media in the call. Ask for a new offer.")


# -- where the unit of a call is --------------------------------------------------------------------------------------


@guard(JoinCall)
def require_reachable(command: JoinCall, who: Who, store: Store) -> None:
    """Raises Refusal `not-connected` where the media is at another server, and the servers do not hear each other."""
    _require_heard(store, name_of(command.conversation, command.call))


def _require_heard(store: Store, name: str) -> None:
    """While servers do not hear each other, a call that is not here may be at another: a second home helps nobody."""
    nodes = store.nodes
    if nodes and not nodes.is_heard() and not nodes.homes.is_ours(name):
        raise Refusal("not-connected", "The servers of this house do not hear each other just now. Please try again.")


def follow_media(store: Store) -> None:
    """Begin to hold back who is muted, and to do what devices of other nodes say to the unit of this one. At start."""
    store.silenced.turned.append(partial(_allow_held, store))
    if store.nodes is not None:
        store.nodes.signalled = partial(_hear_device, store)
        store.nodes.homes.lost.append(partial(_lose_home, store))


def _hear_device(store: Store, said: Signalled) -> None:
    """The node it is connected to has looked whether it may; what does not fit any more has a new offer on its way."""
    conversation, _, call = said.call.partition(" ")
    if not _is_home(store, said.call) or said.peer not in through(store.view(), conversation, call):
        return
    with suppress(KeyError, ValueError):
        if said.what == AnswerMedia.name:
            store.media.answer(said.call, said.peer, said.version, said.sdp)
        elif said.what == ViewMedia.name:
            store.media.show(said.call, said.peer, _heights(said.shown))
        else:
            _renew(store, conversation, call, said.peer, anew=said.what == ANEW)


def _hand_on(store: Store, name: str, device: str, what: str, **said: Any) -> bool:
    return store.nodes is not None and store.nodes.signal(name, device, what, **said)


def _is_home(store: Store, name: str) -> bool:
    return store.nodes is None or store.nodes.homes.is_ours(name)


def _find_home(store: Store, name: str) -> None:
    """A call that no living node has is this one's from now on."""
    if store.nodes is not None and store.nodes.homes.of(name) is None:
        store.nodes.take_home(name)


def _lose_home(store: Store, name: str) -> None:
    """Another node took it at the same moment: whose media was here comes to that one."""
    for device in store.media.peers(name):
        store.media.leave(name, device)


@after(CallJoined, once=True)
@after(CallRelayed, once=True)
def home_found(event: CallJoined | CallRelayed, store: Store) -> None:
    """The media of a call is where the first came in, or where it was found that it must be forwarded."""
    _find_home(store, name_of(event.conversation, event.call))


# -- what the log says ------------------------------------------------------------------------------------------------


@after(CallJoined)
def peer_joined(event: CallJoined, store: Store) -> None:
    """Whoever is in the call now is a peer, and another device of theirs no longer is."""
    if on := store.view().gathering(event.conversation):
        _sort_out(store, on.conversation, on.call.call, devices(on))
        _join(store, on.conversation, on.call.call, event.device)


@after(CallRelayed)
def peers_relayed(event: CallRelayed, store: Store) -> None:
    """The two devices of the call, and nobody else."""
    for device in through(store.view(), event.conversation, event.call):
        _join(store, event.conversation, event.call, device)


@after(CallLeft)
@after(CallClosed)
@after(CallEnded)
def peers_left(event: CallLeft | CallClosed | CallEnded, store: Store) -> None:
    """Whoever is in it no longer is no peer."""
    there = through(store.view(), event.conversation, event.call)
    _sort_out(store, event.conversation, event.call, there)
    if store.nodes is not None and not there:
        store.nodes.release_home(name_of(event.conversation, event.call))


@after(CallChanged)
@after(CallGranted)
@after(MemberChanged)
def rights_changed(event: CallChanged | CallGranted | MemberChanged, store: Store) -> None:
    """What may be heard and seen follows at once."""
    if on := store.view().gathering(event.conversation):
        _allow(store, on)


def join_all(store: Store) -> None:
    """Everybody who is in a call, with a unit that knows nobody yet; who is away asks when they are back."""
    relayed = [(row.id, row.call.call) for row in store.shelves.conversations if row.call and row.call.relayed]
    for place, call in [*((on.conversation, on.call.call) for on in store.shelves.gatherings), *relayed]:
        for device in through(store.view(), place, call):
            if store.sockets.is_connected(device):
                _join(store, place, call, device)  # where this is its home


def _join(store: Store, conversation: str, call: str, device: str) -> None:
    if not _is_home(store, name_of(conversation, call)):
        return
    store.media.join(name_of(conversation, call), device)
    if on := store.view().gathering(conversation):
        _allow(store, on)


def _sort_out(store: Store, conversation: str, call: str, there: Sequence[str]) -> None:
    name = name_of(conversation, call)
    for device in store.media.peers(name):
        if device not in there:
            store.media.leave(name, device)


def _allow(store: Store, on: Gathering, person: str = "") -> None:
    """Say it of this person, of everybody when none is named."""
    row = store.view().conversation(on.conversation)
    name = name_of(on.conversation, on.call.call)
    known = set(store.media.peers(name))
    for one in on.call.attendees:
        if row and one.device in known and (not person or one.person == person):
            store.media.allow(name, one.device, _sources(store, row, on, one.person))


def _allow_held(store: Store, key: str) -> None:
    """Somebody was muted by who leads the call, or unmuted themselves."""
    conversation, call, person = place_of(key)
    on = store.view().gathering(conversation)
    if on and on.call.call == call:
        _allow(store, on, person)


def _sources(store: Store, row: Conversation, on: Gathering, person: str) -> frozenset[str]:
    """What reaches the others: as one's rights have it, but no microphone of who was muted."""
    view = store.view()
    rights = [right for right in SOURCES if may(view, row, on.call, person, right)]
    sources = frozenset(source for right in rights for source in SOURCES[right])
    return sources - {"microphone"} if silenced_by(store, on.conversation, on.call.call, person) else sources


# -- what the unit says -----------------------------------------------------------------------------------------------


def hear_unit(event: Event, store: Store) -> None:
    """Pass on what devices must know; that a peer vanished is known from its line to the server, or will be."""
    if hear_echo(event, store):
        return
    if isinstance(event, Counted):
        count = store.forwarded.over if event.over else store.forwarded.minute
        count(event.call, event.figures)
        log.info("call=%s %s", event.call.replace(" ", "/"), _line(event.over, event.figures))
        return
    conversation, _, call = event.call.partition(" ")
    there = through(store.view(), conversation, call)
    if not there:
        return
    where = {"conversation": conversation, "call": call}
    if isinstance(event, Offered):
        tracks = {mid: Track(device=device, source=source) for mid, (device, source) in event.tracks.items()}
        offered = MediaOffered(**where, version=event.version, sdp=event.sdp, tracks=tracks)
        store.sockets.tell_device(pack_event(offered), event.peer)
    elif isinstance(event, Spoke):
        _tell(store, there, pack_event(SpeakerChanged(**where, device=event.peer or "")))
    elif isinstance(event, Sent):
        videos_changed(VideosChanged(**where, device=event.peer, sources=list(event.sources)), store)


def _line(over: bool, figures: Mapping[str, object]) -> str:
    """`name=value` for each, so that a line can be searched and added up; docs/operations.md says what each is."""
    layers = figures.get("layers")
    shown = {"layers": ",".join(f"{name}:{n}" for name, n in layers.items()) or "-"} if isinstance(layers, dict) else {}
    told = {"account": "whole" if over else "minute", **figures, **shown}
    return " ".join(f"{name}={value}" for name, value in told.items())


def _tell(store: Store, there: Sequence[str], frame: bytes) -> None:
    for device in there:
        store.sockets.tell_device(frame, device)
