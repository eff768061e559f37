"""Who said no to the call of a room that rang for them: they have not missed it, and nobody else learns of it.

It lies in memory, in `store.declined`, by call and person, until the call is over, so after a restart a no may be told
as a call missed. Who is called again is asked again. Only what is pushed heeds a no: the line that a call leaves in the
room is one for all, and says missed to who said no, too.
"""

from chat.dispatch import after
from protocol.group_calls import PeopleSummoned
from store import Store
from store.rows import Declined

NOTED_MS = 24 * 3600_000


def note_declined(store: Store, conversation: str, call: str, person: str) -> None:
    """They said no. What is older than a day is forgotten by the way."""
    now = store.clock()
    for key, row in store.declined.items():
        if row.expires_at <= now:
            store.declined.drop_here(key)
    store.declined.put(_key(conversation, call, person), Declined(expires_at=now + NOTED_MS))


def has_declined(store: Store, conversation: str, call: str, person: str) -> bool:
    """Whether they said no, and were not called again since."""
    return store.declined.get(_key(conversation, call, person)) is not None


def forget_all_declined(store: Store, conversation: str, call: str) -> None:
    """The call is over, and who missed it was told."""
    of_call = _key(conversation, call, "")
    for key in [key for key, _ in store.declined.items() if key.startswith(of_call)]:
        store.declined.drop_here(key)


@after(PeopleSummoned)
def forget_declined(event: PeopleSummoned, store: Store) -> None:
    """They are called by name now."""
    for person in event.people:
        store.declined.drop_here(_key(event.conversation, event.call, person))


def _key(conversation: str, call: str, person: str) -> str:
    return f"{conversation} {call} {person}"
