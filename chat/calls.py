"""Calls between two: who may ring, who was first, how it ended. Nothing of media is known here.

The log decides. Two devices that answer at once, two people who call each other at once, an answer that crosses a
cancellation: whoever's command the writer takes first was first. A person is in one call at a time, ringing counts.
"""

from chat.conversations import born
from chat.dispatch import fold, rule
from chat.messages import require_company
from chat.visibility import pair, require_member
from protocol.calls import CallRelayed, RelayCall
from protocol.commands import EndCall, ExpireCall, PickUpCall, RingCall
from protocol.errors import Refusal
from protocol.events import CallEnded, CallEnding, CallPickedUp, CallRang, Logged
from protocol.records import replaced
from protocol.shapes import StandingCall
from store import View, Who
from store.drafts import Draft
from store.rows import Conversation

CALL_OVER = "That call is over."
ELSEWHERE = "That call was answered on another device."


# -- rules ------------------------------------------------------------------------------------------------------------


@rule(RingCall)
def ring(command: RingCall, who: Who, view: View) -> list[Logged]:
    """Call the other person of a direct conversation. Who rings while being rung there has picked up."""
    row = require_member(view, who, command.conversation)
    other = _other(row, who.person)
    if row.call and row.call.caller == other and not row.call.picked_up_by:
        return [_picked_up(row.id, row.call, who)]
    if busy := view.call_of(who.person):
        raise Refusal("in-a-call", _why_busy(busy[1], who))
    if view.gathering_of(who.person):
        raise Refusal("in-a-call", "You are in the call of a room. Leave it first.")
    require_company(view, who, [other])
    rang = CallRang(conversation=row.id, call=command.call, device=who.device, video=command.video)
    events = [*born(view, row), rang]
    if view.call_of(other) or view.gathering_of(other):
        return [*events, _busy(rang, seq=row.head + len(events), caller=who.person)]
    return events


@rule(PickUpCall)
def pick_up(command: PickUpCall, who: Who, view: View) -> list[Logged]:
    """Answer on this device, if nobody was before."""
    row = require_member(view, who, command.conversation)
    call = standing(row, command.call)
    if call.caller == who.person:
        raise Refusal("not-allowed", "This is your own call; the other person answers it.")
    if call.picked_up_by:
        raise Refusal("call-over", ELSEWHERE)
    return [_picked_up(row.id, call, who)]


@rule(EndCall)
def end(command: EndCall, who: Who, view: View) -> list[Logged]:
    """Decline, cancel or hang up. Once it is answered only the two devices that talk may end it.

    Otherwise a "Decline" that crosses the answer of one's other device would cut off the call.
    """
    row = require_member(view, who, command.conversation)
    call = standing(row, command.call)
    if not call.picked_up_by:
        return [ended_as(row.id, call, "cancelled" if who.person == call.caller else "declined")]
    if who.device not in talking(call):
        raise Refusal("call-over", ELSEWHERE)
    return [ended_as(row.id, call, "failed" if command.failed else "ended", until=view.now)]


@rule(RelayCall)
def relay(command: RelayCall, who: Who, view: View) -> list[Logged]:
    """The two devices reach each other through the forwarding unit. Once."""
    call = require_answered(view.conversation(command.conversation), command.call)
    if call.relayed:
        raise Refusal("stands-already", "That call goes through the server already.")
    return [CallRelayed(conversation=command.conversation, call=call.call)]


@rule(ExpireCall)
def expire(command: ExpireCall, who: Who, view: View) -> list[Logged]:
    """Nobody answered in time, or both devices are long gone. `until` is when one was last here, 0 when unknown."""
    call = standing(view.conversation(command.conversation), command.call)
    if not call.picked_up_by:
        return [ended_as(command.conversation, call, "missed")]
    if command.ringing:
        raise Refusal("call-over", "It was answered just in time.")
    return [ended_as(command.conversation, call, "ended", until=command.until)]


# -- folds ------------------------------------------------------------------------------------------------------------


@fold(CallRang)
def rang(event: CallRang, draft: Draft) -> None:
    """The call stands in its conversation."""
    call = StandingCall(
        call=event.call, caller=event.author, device=event.device, video=event.video, seq=event.seq, at=event.at
    )
    _stand(draft, event.conversation, call)


@fold(CallPickedUp)
def picked_up(event: CallPickedUp, draft: Draft) -> None:
    """It goes on between two devices."""
    row = draft.conversations.get(event.conversation)
    if row and row.call and row.call.call == event.call:
        _stand(draft, event.conversation, replaced(row.call, picked_up_by=event.device, since=event.at))


@fold(CallRelayed)
def relayed(event: CallRelayed, draft: Draft) -> None:
    """Its media goes another way."""
    row = draft.conversations.get(event.conversation)
    if row and row.call and row.call.call == event.call:
        _stand(draft, event.conversation, replaced(row.call, relayed=True))


@fold(CallEnded)
def ended(event: CallEnded, draft: Draft) -> None:
    """It stands no longer."""
    row = draft.conversations.get(event.conversation)
    if row and row.call and row.call.call == event.call:
        _stand(draft, event.conversation, None)


def _stand(draft: Draft, conversation: str, call: StandingCall | None) -> None:
    if row := draft.conversations.get(conversation):
        draft.conversations.put(replaced(row, call=call))


# -- what a call is made of -------------------------------------------------------------------------------------------


def _other(row: Conversation, person: str) -> str:
    people = pair(row.id)
    if people is None:
        raise Refusal("not-allowed", "A call is between two people: start it in the conversation with one person.")
    return people[1] if people[0] == person else people[0]


def standing(row: Conversation | None, call: str) -> StandingCall:
    """The call of this id, if it stands. Raises Refusal `call-over`."""
    if row is None or row.call is None or row.call.call != call:
        raise Refusal("call-over", CALL_OVER)
    return row.call


def require_answered(row: Conversation | None, call: str) -> StandingCall:
    """The call of this id, if it goes on between two devices. Raises Refusal `call-over`, `not-allowed`."""
    found = standing(row, call)
    if not found.picked_up_by:
        raise Refusal("not-allowed", "The call has not been answered yet.")
    return found


def talking(call: StandingCall) -> tuple[str, str]:
    """The two devices of a call; the second is empty while it rings."""
    return call.device, call.picked_up_by


def _why_busy(call: StandingCall, who: Who) -> str:
    if call.picked_up_by:
        here = who.device in talking(call)
        return "You are in a call already." if here else "You are in a call on another device already."
    if call.caller == who.person:
        return "You are calling somebody already."
    return "Somebody is calling you: answer or decline that call first."


def _picked_up(conversation: str, call: StandingCall, who: Who) -> Logged:
    return CallPickedUp(conversation=conversation, target=call.seq, call=call.call, device=who.device)


def _busy(rang: CallRang, seq: int, caller: str) -> Logged:
    """The end of a call that could not ring; `seq` is the place the writer will give to `rang`."""
    return CallEnded(
        conversation=rang.conversation, target=seq, call=rang.call, caller=caller, reason="busy", video=rang.video
    )


def ended_as(conversation: str, call: StandingCall, reason: CallEnding, until: int = 0) -> Logged:
    """How it ended. The clock may have been set back meanwhile, so the length is never below 0."""
    return CallEnded(
        conversation=conversation,
        target=call.seq,
        call=call.call,
        caller=call.caller,
        reason=reason,
        video=call.video,
        seconds=max(0, until - call.since) // 1000 if call.since else 0,
    )
