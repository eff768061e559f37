"""Who is in a call and is not there: a device that stays away is dropped, so that no call goes on with nobody in it.

Everything here only asks the writer to drop a device; the rule in chat/group_calls.py decides whether it still may.
"""

import asyncio
from functools import partial

from chat.dispatch import SERVER, after
from chat.group_calls import devices
from chat.ids import new_nonce
from protocol.errors import Refusal
from protocol.events import ConversationChanged, DeviceRevoked
from protocol.group_calls import CallJoined, DropAttendee
from store import Store
from store.rows import Gathering

AWAY_SECONDS = 45  # a page that is loaded again, a change of network and a restarted server take less


def follow_attendees(store: Store) -> None:
    """Begin to take note of devices that come and go, and wait for those that were in a call. Once, at start."""
    store.sockets.moved.append(lambda connection: _moved(store, connection.person, connection.device))
    store.sockets.elsewhere_moved.append(partial(_moved, store))
    for on in store.shelves.gatherings:
        for device in devices(on):
            _wait_for(store, on, device)


@after(CallJoined)
def wait_for_joined(event: CallJoined, store: Store) -> None:
    """A device whose line broke before its coming was written is not there either."""
    on = store.view().gathering(event.conversation)
    if on and not store.sockets.is_connected(event.device):
        _wait_for(store, on, event.device)


@after(DeviceRevoked, once=True)
def device_revoked(event: DeviceRevoked, store: Store) -> None:
    """A device that was signed out is in no call any more."""
    on = store.view().gathering_of(event.person)
    if on and event.device in devices(on):
        _drop(store, on.conversation, on.call.call, event.device)


@after(ConversationChanged, once=True)
def room_closed(event: ConversationChanged, store: Store) -> None:
    """A room that was turned off has no call."""
    on = store.view().gathering(event.conversation) if event.closed else None
    for device in devices(on) if on else ():
        _drop(store, event.conversation, on.call.call if on else "", device)


def _moved(store: Store, person: str, device: str) -> None:
    """It came or went, at this node or at another: whichever lives looks after it."""
    on = store.view().gathering_of(person)
    if on is None or device not in devices(on):
        return
    if store.sockets.is_connected(device):
        store.timers.cancel(_key(device))
    else:
        _wait_for(store, on, device)


def _wait_for(store: Store, on: Gathering, device: str) -> None:
    look = partial(_look, store, on.conversation, on.call.call, device)
    store.timers.later(_key(device), AWAY_SECONDS, look)


def _look(store: Store, conversation: str, call: str, device: str) -> None:
    if not store.sockets.is_connected(device):
        _drop(store, conversation, call, device)


def _drop(store: Store, conversation: str, call: str, device: str) -> None:
    command = DropAttendee(nonce=new_nonce(), conversation=conversation, call=call, device=device)
    store.write(command, SERVER).add_done_callback(partial(_dropped, store, command))


def _dropped(store: Store, command: DropAttendee, outcome: "asyncio.Future[object]") -> None:
    if outcome.cancelled() or not isinstance(error := outcome.exception(), Refusal):
        return
    if error.code == "not-saved":  # the disk is full or gone: they stand in the call until it can be written
        again = partial(_look, store, command.conversation, command.call, command.device)
        store.timers.later(_key(command.device), AWAY_SECONDS, again)


def _key(device: str) -> str:
    return f"attending:{device}"
