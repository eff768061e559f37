"""The clock of calls: a ring lasts 45 s, and a call that both sides lost does not stand for ever.

Everything here only asks the writer to expire a call; the rule in chat/calls.py decides whether it still may. A
newcomer's first mistake is to reckon with the time in an event: another node may have written it, by another clock.
"""

import asyncio
import secrets
from functools import partial

from chat.calls import talking
from chat.dispatch import SERVER, after
from protocol.commands import ExpireCall
from protocol.errors import Refusal
from protocol.events import CallEnded, CallPickedUp, CallRang, DeviceRevoked
from protocol.shapes import StandingCall
from store import Store

RING_SECONDS = 45
LOOK_SECONDS = 60  # how often a call that goes on is looked after; nobody there at two looks in a row ends it


@after(CallRang)
def start_timer(event: CallRang, store: Store) -> None:
    """A ring lasts 45 s from when this node hears it, so a clock that is ahead ends it for nobody."""
    row = store.shelves.conversations.get(event.conversation)
    if row and row.call and row.call.call == event.call:
        _ring_out(store, row.id, row.call, RING_SECONDS)


@after(CallPickedUp)
def start_watch(event: CallPickedUp, store: Store) -> None:
    """A call that goes on is looked after, so that one that both sides lost does not stand for ever."""
    store.timers.cancel(_key(event.call))
    _look_later(store, event.conversation, event.call, until=event.at)


@after(CallEnded)
def stop_timer(event: CallEnded, store: Store) -> None:
    """Nothing more to wait for."""
    store.timers.cancel(_key(event.call))


@after(DeviceRevoked, once=True)
def end_of_device(event: DeviceRevoked, store: Store) -> None:
    """A device that was signed out is in no call any more."""
    found = store.view().call_of(event.person)
    if found and event.device in talking(found[1]):
        _expire(store, found[0], found[1].call, until=event.at)


def take_up_standing(store: Store) -> None:
    """Take up the timers of every standing call, once, when the server starts."""
    for row in store.shelves.conversations:
        if row.call and row.call.picked_up_by:
            _look_later(store, row.id, row.call.call, until=0)
        elif row.call:
            _ring_out(store, row.id, row.call, _left_of(store, row.call))


def _left_of(store: Store, call: StandingCall) -> float:
    """What is left of a ring for a server that was started again. Of several, another one may have begun it."""
    if store.nodes is not None:
        return RING_SECONDS
    return min(max(RING_SECONDS - (store.clock() - call.at) / 1000, 0.0), RING_SECONDS)


def _ring_out(store: Store, conversation: str, call: StandingCall, seconds: float) -> None:
    store.timers.later(_key(call.call), seconds, partial(_expire, store, conversation, call.call, ringing=True))


def _look_later(store: Store, conversation: str, call: str, *, until: int, gone: bool = False) -> None:
    store.timers.later(_key(call), LOOK_SECONDS, partial(_look, store, conversation, call, until, gone))


def _look(store: Store, conversation: str, call_id: str, until: int, gone: bool) -> None:
    row = store.shelves.conversations.get(conversation)
    if row is None or row.call is None or row.call.call != call_id:
        return
    if any(map(store.sockets.is_connected, talking(row.call))):
        _look_later(store, conversation, call_id, until=store.clock())
    elif gone:
        _expire(store, conversation, call_id, until=until)
    else:
        _look_later(store, conversation, call_id, until=until, gone=True)


def _expire(store: Store, conversation: str, call: str, *, until: int = 0, ringing: bool = False) -> None:
    nonce = secrets.token_urlsafe(16)
    command = ExpireCall(nonce=nonce, conversation=conversation, call=call, until=until, ringing=ringing)
    store.write(command, SERVER).add_done_callback(partial(_expired, store, command))


def _expired(store: Store, command: ExpireCall, outcome: "asyncio.Future[object]") -> None:
    if outcome.cancelled() or not isinstance(error := outcome.exception(), Refusal):
        return
    if error.code == "not-saved":  # the disk is full or gone: the call stands until it can be written
        again = partial(
            _expire, store, command.conversation, command.call, until=command.until, ringing=command.ringing
        )
        store.timers.later(_key(command.call), LOOK_SECONDS, again)


def _key(call: str) -> str:
    return f"call:{call}"
