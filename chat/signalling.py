"""Call signalling: passed from one device of a call to the other, kept nowhere, never read.

It goes only between the device that called and the one that picked up. Before that nothing passes but "this one rings".
"""

from collections.abc import Callable
from functools import partial

from chat.calls import standing, talking
from chat.dispatch import tell
from chat.visibility import require_member
from protocol.answers import Answer, Done
from protocol.codec import pack_event
from protocol.commands import AlertCall, AnswerCall, OfferCall, TrickleCandidate
from protocol.errors import Refusal
from protocol.events import CallAlerted, CallAnswered, CallCandidate, CallOffered, Passing
from store import Store, Who

Signal = OfferCall | AnswerCall | TrickleCandidate


@tell(AlertCall)
def alert(command: AlertCall, who: Who, store: Store) -> Answer:
    """Tell the caller's device that this one rings."""
    row = require_member(store.view(), who, command.conversation)
    call = standing(row, command.call)
    if call.caller == who.person or call.picked_up_by:
        raise Refusal("not-allowed", "Only a device that is being called can say that it rings.")
    return _pass(CallAlerted(conversation=row.id, call=call.call, device=who.device), call.device, store)


@tell(OfferCall)
def offer(command: OfferCall, who: Who, store: Store) -> Answer:
    """Pass an offer to the other device of the call."""
    return _signal(partial(CallOffered, sdp=command.sdp), command, who, store)


@tell(AnswerCall)
def answer(command: AnswerCall, who: Who, store: Store) -> Answer:
    """Pass an answer to the other device of the call."""
    return _signal(partial(CallAnswered, sdp=command.sdp), command, who, store)


@tell(TrickleCandidate)
def candidate(command: TrickleCandidate, who: Who, store: Store) -> Answer:
    """Pass a candidate to the other device of the call."""
    return _signal(partial(CallCandidate, candidate=command.candidate), command, who, store)


def _signal(make: Callable[..., Passing], command: Signal, who: Who, store: Store) -> Answer:
    _require_talking(command, who, store)
    event = make(conversation=command.conversation, call=command.call, person=who.person, device=who.device)
    return _pass(event, command.to, store)


def _require_talking(command: Signal, who: Who, store: Store) -> None:
    row = require_member(store.view(), who, command.conversation)
    call = standing(row, command.call)
    if not call.picked_up_by:
        raise Refusal("not-allowed", "The call has not been answered yet.")
    if {who.device, command.to} != set(talking(call)):
        raise Refusal("not-allowed", "Only the two devices of the call pass this to each other.", field="to")


def _pass(event: Passing, device: str, store: Store) -> Answer:
    if not store.sockets.tell_device(pack_event(event), device):
        raise Refusal("not-connected", "The other device is not connected right now.")
    return Done()
