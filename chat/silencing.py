"""Muted by somebody who leads the call: the unit holds the microphone back until the device says it is unmuted.

It is asked to mute itself, as a page does, and the microphone of one that does not is not passed on; the sound of a
screen is, which a program may speak into. Each may unmute again: a device that said that it is muted, and then that it
is not, is heard from there on. Who is held lies in memory, in `store.silenced`, at every server, by person: who joins
again without leaving, or on another device, is held still. It ends when they leave the call, with the call, and when a
server that is alone is started again; where there are others, they tell it of it.

A newcomer's first mistake is to take the word of a device that never said it was muted: that word may have crossed the
question, and is not an answer to it. Of one that was muted before, it is taken even where it crossed: a page then hears
the question, mutes itself and says so.
"""

from chat.dispatch import after
from protocol.group_calls import CallClosed, CallLeft
from protocol.shapes import Floor
from store import Store
from store.rows import Silenced

NOTED_MS = 24 * 3600_000  # so long another server takes it in


def hold(store: Store, conversation: str, call: str, person: str, by: str) -> None:
    """From now on this person is not heard in the call.

    What is left of another call is forgotten by the way: a server's word may have come after its end.
    """
    now = store.clock()
    for key, before in store.silenced.items():
        if before.expires_at <= now and not _is_on(store, key):
            store.silenced.drop_here(key)
    row = Silenced(by=by, expires_at=now + NOTED_MS)
    store.silenced.put(_key(conversation, call, person), row)


def silenced_by(store: Store, conversation: str, call: str, person: str) -> str:
    """Who muted this person, "" when nobody holds them."""
    row = store.silenced.get(_key(conversation, call, person))
    return row.by if row else ""


def heed(store: Store, conversation: str, call: str, person: str, before: Floor | None, now: Floor) -> None:
    """Their device says how it takes part; `before` is what it said last, None when it has said nothing yet."""
    if before and before.muted and not now.muted:
        store.silenced.pop(_key(conversation, call, person))


def place_of(key: str) -> tuple[str, str, str]:
    """Conversation, call and person of a key of `store.silenced`."""
    conversation, call, person = key.split(" ")
    return conversation, call, person


@after(CallLeft)
def forget_silenced(event: CallLeft, store: Store) -> None:
    """Who comes in anew says anew how they take part."""
    store.silenced.drop_here(_key(event.conversation, event.call, event.person))


@after(CallClosed)
def forget_all_silenced(event: CallClosed, store: Store) -> None:
    """It is over."""
    for person in event.people:
        store.silenced.drop_here(_key(event.conversation, event.call, person))


def _is_on(store: Store, key: str) -> bool:
    """Whether the call of this key goes on: some go on for more than a day."""
    conversation, call, _ = place_of(key)
    on = store.view().gathering(conversation)
    return on is not None and on.call.call == call


def _key(conversation: str, call: str, person: str) -> str:
    return f"{conversation} {call} {person}"
