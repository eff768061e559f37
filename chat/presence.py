"""Presence: who is here, told to those who look.

Online means that a node holds a connection, idle that nobody has touched any of them for a while; neither is stored.
Last seen is written when the last connection closes and every 5 minutes. Nothing here may cost members squared: a page
names at most 200 people and hears of those only.
"""

from chat.dispatch import after, tell
from chat.visibility import DIRECTORY
from protocol.answers import Done, Watched
from protocol.codec import pack_event
from protocol.commands import SetIdle, WatchPresence
from protocol.events import BlockChanged, DirectoryMoved, PersonChanged, PresenceChanged
from protocol.shapes import Presence
from store import Store, Who
from store.rows import LastSeen, Status
from store.sockets import Connection

GATHER_SECONDS = 1.0
SEEN_SECONDS = 300.0
NOTED_WITHIN = 200  # seconds of those


@tell(WatchPresence)
def watch_presence(command: WatchPresence, who: Who, store: Store) -> Watched:
    """From now on this connection hears of these people; the answer says how they all are."""
    if who.connection is not None:
        store.sockets.watch(who.connection, frozenset(command.people), directory=command.directory)
    how = [presence(store, person, who.person) for person in command.people]
    return Watched(people=how, head=directory_head(store))


@tell(SetIdle)
def set_idle(command: SetIdle, who: Who, store: Store) -> Done:
    """A person is idle when all of their devices are, so it is told when the last falls silent or the first wakes."""
    connection = who.connection
    if connection is not None and connection.idle != command.idle:
        if store.sockets.others_idle(connection):
            changed(store, who.person)
        store.sockets.turn(connection, idle=command.idle)
    return Done()


def presence(store: Store, person: str, viewer: str) -> Presence:
    """How somebody is right now, to this viewer; whoever they blocked sees one who was never here."""
    hidden = store.view().blocks(person, viewer)
    return Presence(person=person, online=False) if hidden else _presence(store, person)


def _presence(store: Store, person: str) -> Presence:
    seen, said = store.shelves.last_seen.get(person), standing_status(store, person)
    return Presence(
        person=person,
        online=store.sockets.is_online(person),
        last_seen=seen.at if seen else 0,
        status=said.status,
        text=said.text,
        until=said.until,
        idle=store.sockets.is_idle(person),
    )


def standing_status(store: Store, person: str) -> Status:
    """What a person said of themselves, unless its time is over."""
    said = store.shelves.statuses.get(person)
    over = said is None or 0 < said.until <= store.clock()
    return Status(person=person) if said is None or over else said


def directory_head(store: Store) -> int:
    """Where the directory ends."""
    row = store.shelves.conversations.get(DIRECTORY)
    return row.head if row else 0


def follow(store: Store) -> None:
    """Begin to take note of who comes and goes. Called once, at start."""
    store.sockets.arrived.append(lambda person: changed(store, person))
    store.sockets.left.append(lambda person: _left(store, person))
    store.sockets.moved.append(lambda connection: _moved(store, connection))
    store.timers.later("last seen", SEEN_SECONDS, lambda: _note_all(store))
    store.sockets.elsewhere_moved.append(lambda person, _device: changed(store, person))
    if store.nodes is not None:
        store.shelves.last_seen.changed.append(lambda person: changed(store, person))


@after(BlockChanged)
def presence_is_hidden(event: BlockChanged, store: Store) -> None:
    """Who was blocked sees the other leave, and nothing of them from then on; who is no longer sees how they are."""
    now = PresenceChanged(people=[presence(store, event.author, event.person)])
    for connection in store.sockets.watchers(event.author):
        if connection.person == event.person:
            store.sockets.send(connection, pack_event(now))


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
    changed(store, person)


def _moved(store: Store, connection: Connection) -> None:
    """A hand on one device, where all the others lie still, makes the difference by coming and by going."""
    if not connection.idle and store.sockets.is_online(connection.person) and store.sockets.others_idle(connection):
        changed(store, connection.person)


def _note(store: Store, person: str) -> None:
    store.keep_soon("last_seen", LastSeen(person=person, at=store.clock()))


def _note_all(store: Store) -> None:
    """Everybody who is here, some each second: ten thousand rows at once would hold up everybody's messages."""
    here = store.sockets.people()
    _note_some(store, here, -(-len(here) // NOTED_WITHIN), SEEN_SECONDS)


def _note_some(store: Store, left: list[str], few: int, seconds: float) -> None:
    """So few of those who are left; who went meanwhile was noted then. The next round begins in so many seconds."""
    for person in left[:few]:
        if store.sockets.is_online(person):
            _note(store, person)
    if left[few:]:
        store.timers.later("last seen", 1.0, lambda: _note_some(store, left[few:], few, seconds - 1.0))
    else:
        store.timers.later("last seen", seconds, lambda: _note_all(store))


def changed(store: Store, person: str) -> None:
    """How somebody is has changed: told to those who look, gathered."""
    if store.sockets.watchers(person):
        store.timers.gather("presence", person, GATHER_SECONDS, lambda people: _tell(store, people))


def _tell(store: Store, people: set[str]) -> None:
    """One event for each watcher with all that changed on its screen, but nothing of who blocked them."""
    view, now = store.view(), {person: _presence(store, person) for person in people}
    for connection in {one for person in people for one in store.sockets.watchers(person)}:
        theirs = sorted(connection.watching & people)
        seen = [now[person] for person in theirs if not view.blocks(person, connection.person)]
        if seen:
            store.sockets.send(connection, pack_event(PresenceChanged(people=seen)))
