"""Making a whole room ring: how often somebody may, so that nobody's evening can be spoilt again and again.

Taking people into a call between two makes their room ring, too, and calling them into one of a room rings them. Only
rings that became true are counted, in memory. A newcomer's first mistake is to count what was asked: a command that is
sent again after a lost line is the same ring.
"""

import math

from chat.dispatch import after, guard
from chat.group_calls import ringing
from protocol.calls import AddToCall
from protocol.errors import Refusal
from protocol.group_calls import CallOpened, OpenCall, PeopleSummoned, SummonPeople
from store import Store, Who

MAX_RINGS = 5
WINDOW = 10 * 60_000  # ms in which a person may make rooms ring so often


@guard(OpenCall)
def require_patience(command: OpenCall, who: Who, store: Store) -> None:
    """Raises Refusal `too-many` for who has just made rooms ring again and again; without ringing they may begin.

    Where a call is on nothing rings: it is joined. The call's id says nothing, for it may be one that was there before.
    """
    rings = command.ring and store.view().gathering(command.conversation) is None
    if rings and (minutes := _wait_minutes(who, store)):
        raise Refusal(
            "too-many", f"You made a room ring {MAX_RINGS} times. Wait {minutes} min, or start it without ringing."
        )


@guard(AddToCall)
def require_patience_to_add(command: AddToCall, who: Who, store: Store) -> None:
    """The same. Where the call between two is over, as after a command that is sent again, nobody rings."""
    row = store.view().conversation(command.conversation)
    if row and row.call and row.call.call == command.call and (minutes := _wait_minutes(who, store)):
        raise Refusal("too-many", f"You made a room ring {MAX_RINGS} times. Wait {minutes} min, then add them.")


@guard(SummonPeople)
def require_patience_to_summon(command: SummonPeople, who: Who, store: Store) -> None:
    """The same, but for a command that is sent again: those it names are called already."""
    on = store.view().gathering(command.conversation)
    called = {one.person for one in ringing(on.call, store.clock())} if on else set()
    if not called.issuperset(command.people) and (minutes := _wait_minutes(who, store)):
        raise Refusal("too-many", f"You made a room ring {MAX_RINGS} times. Wait {minutes} min, then call them.")


def _wait_minutes(who: Who, store: Store) -> int:
    """How long until this person may make a room ring again, 0 if they may now."""
    recent = [at for at, _ in store.rung.get(who.person) or () if store.clock() - WINDOW < at]
    if len(recent) < MAX_RINGS:
        return 0
    return max(1, math.ceil((recent[-MAX_RINGS] + WINDOW - store.clock()) / 60_000))


@after(CallOpened)
def note_ring(event: CallOpened, store: Store) -> None:
    """It counts for ten minutes."""
    if event.ring:
        _count(event, store)


@after(PeopleSummoned)
def note_summons(event: PeopleSummoned, store: Store) -> None:
    """Like a ring of the whole room."""
    _count(event, store)


def _count(event: CallOpened | PeopleSummoned, store: Store) -> None:
    rung = (*(store.rung.get(event.author) or ()), (event.at, event.call))
    store.rung.put(event.author, rung[-MAX_RINGS:])
