"""Call signalling: passed from one device of a call to the other, kept nowhere, never read.

It goes only between the device that called and the one that picked up. Before that nothing passes but "this one rings",
and the caller's offer, so that there is nothing left to ask for when somebody answers. Whoever is called says nothing,
and no address passes: a browser that learns of one writes to it at once.
"""

import re
from collections.abc import Callable
from functools import partial

from chat.blocks import require_unblocked
from chat.calls import require_answered, standing, talking
from chat.dispatch import tell
from chat.visibility import pair, require_member
from protocol.answers import Answer, Done
from protocol.codec import pack_event
from protocol.commands import AlertCall, AnswerCall, OfferCall, TrickleCandidate
from protocol.errors import Refusal
from protocol.events import CallAlerted, CallAnswered, CallCandidate, CallOffered, Passing
from protocol.shapes import StandingCall
from store import Store, Who
from store.rows import Alerted

CANDIDATE = re.compile(r"(?:^|[\r\n])\s*a\s*=[^:\r\n]*candidate", re.IGNORECASE)  # RFC 8839 section 5.1, read leniently

REMEMBERED_MS = 10 * 60 * 1000  # well above a ring, by whichever node's clock

Signal = OfferCall | AnswerCall | TrickleCandidate


@tell(AlertCall)
def alert(command: AlertCall, who: Who, store: Store) -> Answer:
    """Tell the caller's device that this one rings; one that says `early` may be offered to from now on."""
    row = require_member(store.view(), who, command.conversation)
    call = standing(row, command.call)
    if call.caller == who.person or call.picked_up_by:
        raise Refusal("not-allowed", "Only a device that is being called can say that it rings.")
    _note(call, command, who, store)
    return _pass(
        CallAlerted(conversation=row.id, call=call.call, device=who.device, early=command.early), call.device, store
    )


@tell(OfferCall)
def offer(command: OfferCall, who: Who, store: Store) -> Answer:
    """Pass an offer to the other device of the call; while it rings, of the caller's to one that may answer."""
    row = require_member(store.view(), who, command.conversation)
    call = standing(row, command.call)
    if not call.picked_up_by:
        _require_called(call, command, who, store)
    else:
        _require_talking(command, who, store)
    return _send(partial(CallOffered, sdp=command.sdp), command, who, store)


@tell(AnswerCall)
def answer(command: AnswerCall, who: Who, store: Store) -> Answer:
    """Pass an answer to the other device of the call."""
    _require_talking(command, who, store)
    return _send(partial(CallAnswered, sdp=command.sdp, offer=command.offer), command, who, store)


@tell(TrickleCandidate)
def candidate(command: TrickleCandidate, who: Who, store: Store) -> Answer:
    """Pass a candidate to the other device of the call."""
    _require_talking(command, who, store)
    return _send(partial(CallCandidate, candidate=command.candidate), command, who, store)


def _send(make: Callable[..., Passing], command: Signal, who: Who, store: Store) -> Answer:
    event = make(conversation=command.conversation, call=command.call, person=who.person, device=who.device)
    return _pass(event, command.to, store)


def _require_called(call: StandingCall, command: OfferCall, who: Who, store: Store) -> None:
    """Nobody is found out by trying: neither who is connected where, nor who blocked whom."""
    to = store.view().device(command.to)
    people = pair(command.conversation) or ()
    has_alerted = store.alerted.get(_key(call.call, command.to)) is not None
    if who.device != call.device or to is None or to.person not in people or not has_alerted:
        raise Refusal(
            "not-allowed", "While it rings only the caller's device offers, to those that take one early.", field="to"
        )
    require_unblocked(store.view(), who, [to.person])
    if CANDIDATE.search(command.sdp):
        raise Refusal("bad-field", "An offer before the answer holds no candidates.", field="sdp")


def _note(call: StandingCall, command: AlertCall, who: Who, store: Store) -> None:
    now = store.clock()
    for one in store.alerted.values():
        if one.expires_at <= now:
            store.alerted.drop_here(_key(one.call, one.device))
    key = _key(call.call, who.device)
    if command.early:
        store.alerted.put(key, Alerted(call=call.call, device=who.device, expires_at=now + REMEMBERED_MS))
    else:
        store.alerted.pop(key)


def _key(call: str, device: str) -> str:
    return f"{call} {device}"


def _require_talking(command: Signal, who: Who, store: Store) -> None:
    row = require_member(store.view(), who, command.conversation)
    call = require_answered(row, command.call)
    if {who.device, command.to} != set(talking(call)):
        raise Refusal("not-allowed", "Only the two devices of the call pass this to each other.", field="to")


def _pass(event: Passing, device: str, store: Store) -> Answer:
    if not store.sockets.tell_device(pack_event(event), device):
        raise Refusal("not-connected", "The other device is not connected right now.")
    return Done()
