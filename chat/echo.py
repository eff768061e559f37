"""The echo: a device alone with the forwarding unit, which gives back what it sends a second later.

It is a call of the unit and of nothing else: no room has it, no log tells of it, nobody is asked.
"""

from functools import partial

from calls.call import Counted, Event, Offered
from calls.unit import echo_of
from chat.dispatch import tell
from protocol.answers import Answer, Done
from protocol.codec import pack_event
from protocol.echo import CloseEcho, EchoOffered, OpenEcho, TakeEcho
from protocol.errors import Refusal
from protocol.shapes import Track
from store import Store, Who
from store.sockets import Connection

ECHO_SECONDS = 300  # whoever tries longer than that went away from an open page


def follow_echoes(store: Store) -> None:
    """Begin to take note of devices that go in the middle of one. Once, at start."""
    store.sockets.moved.append(partial(_moved, store))


@tell(OpenEcho)
def open_echo(_: OpenEcho, who: Who, store: Store) -> Answer:
    """An offer to this device follows."""
    try:
        store.media.echo(who.device)
    except KeyError:
        raise Refusal("not-connected", "The server cannot pass on sound and pictures right now.") from None
    store.timers.later(_key(who.device), ECHO_SECONDS, partial(_end, store, who.device))
    return Done()


@tell(TakeEcho)
def take_echo(command: TakeEcho, who: Who, store: Store) -> Answer:
    """To the unit's offer; one that comes late fits nothing."""
    try:
        store.media.answer(echo_of(who.device), who.device, command.version, command.sdp)
    except KeyError:
        raise Refusal("not-connected", "This device has no echo. Begin one first.") from None
    except ValueError as error:
        raise Refusal("bad-field", f"That answer does not fit: {error}.", field="sdp") from None
    return Done()


@tell(CloseEcho)
def close_echo(_: CloseEcho, who: Who, store: Store) -> Answer:
    """It is over."""
    _end(store, who.device)
    return Done()


def hear_echo(event: Event, store: Store) -> bool:
    """Pass on what the unit says to a device that tries itself. Whether it was about an echo."""
    if isinstance(event, Counted):
        return event.call.startswith(echo_of(""))  # no log tells of it
    if event.call != echo_of(event.peer or ""):
        return False
    if isinstance(event, Offered):
        tracks = {mid: Track(device=device, source=source) for mid, (device, source) in event.tracks.items()}
        offered = EchoOffered(version=event.version, sdp=event.sdp, tracks=tracks)
        store.sockets.tell_device_here(pack_event(offered), event.peer)
    return True


def _moved(store: Store, connection: Connection) -> None:
    if not store.sockets.of_device(connection.device):  # the unit is this node's
        _end(store, connection.device)


def _end(store: Store, device: str) -> None:
    store.timers.cancel(_key(device))
    if device in store.media.peers(echo_of(device)):
        store.media.leave(echo_of(device), device)


def _key(device: str) -> str:
    return f"echo:{device}"
