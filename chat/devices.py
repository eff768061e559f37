"""Devices: each signed-in browser or program, listed in its person's own conversation, named and revocable.

When one was last here is a mark, as a person's last seen is: a shelf row and no event.
"""

from collections.abc import Sequence
from functools import partial

from chat.dispatch import after, fold, rule
from chat.names import clean_label
from chat.visibility import own
from protocol.commands import AddDevice, JoinHouse, RenameDevice, RevokeDevice
from protocol.errors import Refusal
from protocol.events import DeviceAdded, DeviceChanged, DeviceRevoked, Logged
from protocol.records import replaced
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Device, DeviceSeen
from store.sockets import SIGNED_OUT, Connection

MAX_DEVICES = 100  # of one person
SEEN_SECONDS = 300.0


@rule(AddDevice)
def add_device(command: AddDevice, who: Who, view: View) -> Sequence[Logged]:
    """For somebody who is here. Each device may ask so much a second, so nobody has devices without end."""
    person = view.person(command.person)
    if person is None or person.removed:
        raise Refusal("not-found", "There is no such person here.", field="person")
    if len(view.devices_of(person.id)) >= MAX_DEVICES:
        raise Refusal("too-many", f"{person.name} has {MAX_DEVICES} devices. Sign some of them out, then try again.")
    return [added(command)]


@rule(RevokeDevice)
def revoke_device(command: RevokeDevice, who: Who, view: View) -> Sequence[Logged]:
    """One's own devices only, the asking one too."""
    return [revoked(_own_device(view, who, command.device))]


@rule(RenameDevice)
def rename_device(command: RenameDevice, who: Who, view: View) -> Sequence[Logged]:
    """One's own devices only."""
    device = _own_device(view, who, command.device)
    name = clean_label(command.device_name)
    if not name:
        raise Refusal("bad-field", "Please type a name for the device.", field="device_name")
    return [DeviceChanged(conversation=own(who.person), person=who.person, device=device.id, device_name=name)]


def added(command: AddDevice | JoinHouse) -> DeviceAdded:
    """The event of a device that a command brings."""
    return DeviceAdded(
        conversation=own(command.person),
        author=command.person,
        person=command.person,
        device=command.device,
        device_name=clean_label(command.device_name),
        token=command.token,
        kind=command.device_kind,
    )


def revoked(device: Device) -> DeviceRevoked:
    """The event of a device that is signed out."""
    return DeviceRevoked(conversation=own(device.person), person=device.person, device=device.id)


@fold(DeviceAdded)
def keep_device(event: DeviceAdded, draft: Draft) -> None:
    """From now on its token opens the door."""
    draft.devices.put(
        Device(
            id=event.device,
            person=event.person,
            name=event.device_name,
            token=event.token,
            at=event.at,
            kind=event.kind,
            seq=event.seq,
        )
    )


@fold(DeviceChanged)
def rename(event: DeviceChanged, draft: Draft) -> None:
    """From now on it is called so."""
    if device := draft.devices.get(event.device):
        draft.devices.put(replaced(device, name=event.device_name))


@fold(DeviceRevoked)
def drop_device(event: DeviceRevoked, draft: Draft) -> None:
    """From now on it does not."""
    draft.devices.drop(event.device)


@after(DeviceRevoked)
def close_its_connections(event: DeviceRevoked, store: Store) -> None:
    """A signed-out device hears so and nothing after it, gets the answers it still waits for, and is cut off."""
    retired = store.sockets.retire_device(event.device)
    store.timers.later(f"cut off {event.device}", 0, partial(_cut_off, retired))


def follow_devices(store: Store) -> None:
    """Begin to take note of which devices are here. Called once, at start."""
    store.sockets.moved.append(lambda connection: _moved(store, connection))
    store.timers.later("devices seen", SEEN_SECONDS, lambda: _note_all(store))


def _moved(store: Store, connection: Connection) -> None:
    if not store.sockets.is_connected(connection.device):
        _note(store, connection.device)


def _note(store: Store, device: str) -> None:
    if store.view().device(device):  # one that is signed out is noted no more
        store.keep_soon("devices_seen", DeviceSeen(device=device, at=store.clock()))


def _note_all(store: Store) -> None:
    for device in {one.device for one in store.sockets.everyone()}:
        _note(store, device)
    store.timers.later("devices seen", SEEN_SECONDS, lambda: _note_all(store))


def _own_device(view: View, who: Who, device: str) -> Device:
    row = view.device(device)
    if row is None or row.person != who.person:
        raise Refusal("not-found", "There is no such device of yours.", field="device")
    return row


def _cut_off(connections: list[Connection]) -> None:
    for connection in connections:
        connection.flush()
        connection.close(SIGNED_OUT, "signed out")
