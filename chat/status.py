"""Status: what people say of themselves, such as busy until three; the last word counts.

It is a marked kind of truth: true at once, on disk within a second, told with presence. It ends by itself, by a timer
here and by whoever reads it later; a newcomer's first mistake is to trust the timer alone, which a restart forgets.
"""

from functools import partial

from chat.dispatch import tell
from chat.names import EMOJI_FORM, JOINER, UNSEEN
from chat.presence import changed
from protocol.answers import Done
from protocol.commands import SetStatus
from protocol.errors import Refusal
from store import Store, Who
from store.rows import Status

LONGEST_MS = 400 * 24 * 3600 * 1000  # a status may be set for so long; longer is a slip of the hand
LOOK_SECONDS = 24 * 3600.0  # a timer far ahead looks again once a day, so that a clock that is set counts


@tell(SetStatus)
def set_status(command: SetStatus, who: Who, store: Store) -> Done:
    """One's own. Raises Refusal `bad-field` when it would have ended already."""
    now = store.clock()
    if command.until and not now < command.until <= now + LONGEST_MS:
        raise Refusal("bad-field", "Please choose a time that is still to come, within a year.", field="until")
    row = Status(person=who.person, status=command.status, text=clean_words(command.text), until=command.until)
    store.keep_soon("statuses", row)
    changed(store, who.person)
    _await_end(store, row)
    return Done()


def take_up_statuses(store: Store) -> None:
    """Take up the timers of every status that ends, and hear of those said at other nodes. Once, at start."""
    for row in store.shelves.statuses:
        _await_end(store, row)
    if store.nodes is not None:
        store.shelves.statuses.changed.append(partial(_said, store))


def _said(store: Store, person: str) -> None:
    changed(store, person)
    if row := store.shelves.statuses.get(person):
        _await_end(store, row)


def clean_words(text: str) -> str:
    """A few words on one line, without what cannot be seen or turns the writing round; emoji stay whole."""
    return " ".join("".join(one if _may_stand(one) else " " for one in text).split())


def _may_stand(letter: str) -> bool:
    return letter in (JOINER, EMOJI_FORM) or (letter.isprintable() and not UNSEEN.match(letter))


def _await_end(store: Store, row: Status) -> None:
    key, left = f"status:{row.person}", (row.until - store.clock()) / 1000
    store.timers.cancel(key)
    if row.until and left > 0:
        store.timers.later(key, min(left, LOOK_SECONDS), partial(_look, store, row.person))


def _look(store: Store, person: str) -> None:
    row = store.shelves.statuses.get(person)
    if row and row.until > store.clock():
        _await_end(store, row)
    else:
        changed(store, person)
