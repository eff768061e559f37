"""Presence: who is here, told to those who look.

Online means that a node holds a connection; it is never stored. Last seen is written when the last connection closes
and every 5 minutes. Nothing here may cost members squared: a page names at most 200 people and hears of those only.
"""

from chat.dispatch import after, tell
from chat.visibility import DIRECTORY
from protocol.answers import Watched
from protocol.codec import pack_event
from protocol.commands import WatchPresence
from protocol.events import DirectoryMoved, PersonChanged, PresenceChanged
from protocol.shapes import Presence
from store import Store, Who
from store.rows import LastSeen

GATHER_SECONDS = 1.0
SEEN_SECONDS = 300.0


@tell(WatchPresence)
def watch_presence(command: WatchPresence, who: Who, store: Store) -> Watched:
    """From now on this connection hears of these people; the answer says how they all are."""
    if who.connection is not None:
        store.sockets.watch(who.connection, frozenset(command.people), directory=command.directory)
    return Watched(people=[presence(store, person) for person in command.people], head=directory_head(store))


def presence(store: Store, person: str) -> Presence:
    """How somebody is right now."""
    seen = store.shelves.last_seen.get(person)
    return Presence(person=person, online=store.sockets.is_online(person), last_seen=seen.at if seen else 0)


def directory_head(store: Store) -> int:
    """Where the directory ends."""
    row = store.shelves.conversations.get(DIRECTORY)
    return row.head if row else 0


def follow(store: Store) -> None:
    """Begin to take note of who comes and goes. Called once, at start."""
    store.sockets.arrived.append(lambda person: _changed(store, person))
    store.sockets.left.append(lambda person: _left(store, person))
    store.timers.later("last seen", SEEN_SECONDS, lambda: _note_all(store))


@after(PersonChanged)
def directory_moved(event: PersonChanged, store: Store) -> None:
    """Pages that show People pull, at most once a second."""
    store.timers.soon("directory", GATHER_SECONDS, lambda: _tell_directory(store))


def _tell_directory(store: Store) -> None:
    frame = pack_event(DirectoryMoved(head=directory_head(store)))
    for connection in store.sockets.everyone():
        if connection.watches_directory:
            store.sockets.send(connection, frame)


def _left(store: Store, person: str) -> None:
    _note(store, person)
    _changed(store, person)


def _note(store: Store, person: str) -> None:
    store.keep_soon("last_seen", LastSeen(person=person, at=store.clock()))


def _note_all(store: Store) -> None:
    for person in store.sockets.people():
        _note(store, person)
    store.timers.later("last seen", SEEN_SECONDS, lambda: _note_all(store))


def _changed(store: Store, person: str) -> None:
    if store.sockets.watchers(person):
        store.timers.gather("presence", person, GATHER_SECONDS, lambda people: _tell(store, people))


def _tell(store: Store, people: set[str]) -> None:
    """One event for each watcher with all that changed on its screen."""
    now = {person: presence(store, person) for person in people}
    for connection in {one for person in people for one in store.sockets.watchers(person)}:
        seen = [now[person] for person in sorted(connection.watching & people)]
        store.sockets.send(connection, pack_event(PresenceChanged(people=seen)))
