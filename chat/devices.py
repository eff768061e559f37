"""Devices: each signed-in browser or program, listed in its person's own conversation, and revocable."""

from collections.abc import Sequence
from functools import partial

from chat.dispatch import after, fold, rule
from chat.names import clean_label
from chat.visibility import own
from protocol.commands import AddDevice, JoinHouse, RevokeDevice
from protocol.errors import Refusal
from protocol.events import DeviceAdded, DeviceRevoked, Logged
from store import Store, View, Who
from store.drafts import Draft
from store.rows import Device
from store.sockets import SIGNED_OUT, Connection

MAX_DEVICES = 100  # of one person


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
    device = view.device(command.device)
    if device is None or device.person != who.person:
        raise Refusal("not-found", "There is no such device of yours.", field="device")
    return [revoked(device)]


def added(command: AddDevice | JoinHouse) -> DeviceAdded:
    """The event of a device that a command brings."""
    return DeviceAdded(
        conversation=own(command.person),
        author=command.person,
        person=command.person,
        device=command.device,
        device_name=clean_label(command.device_name),
        token=command.token,
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
            seq=event.seq,
        )
    )


@fold(DeviceRevoked)
def drop_device(event: DeviceRevoked, draft: Draft) -> None:
    """From now on it does not."""
    draft.devices.drop(event.device)


@after(DeviceRevoked)
def close_its_connections(event: DeviceRevoked, store: Store) -> None:
    """A signed-out device hears so and nothing after it, gets the answers it still waits for, and is cut off."""
    retired = store.sockets.retire_device(event.device)
    store.timers.later(f"cut off {event.device}", 0, partial(_cut_off, retired))


def _cut_off(connections: list[Connection]) -> None:
    for connection in connections:
        connection.flush()
        connection.close(SIGNED_OUT, "signed out")
