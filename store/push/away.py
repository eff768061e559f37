"""Away: who has a device that may be pushed to and holds no connection just now.

Kept as devices come and go, so that a message in a room of the whole house asks for those few and not for everybody.
It says nothing of what they want to hear.
"""

from store.rows import Subscription
from store.shelves import Shelf
from store.sockets import Connection, Sockets


class Away:
    """People by their devices that are away from the whole house."""

    def __init__(self, subscriptions: Shelf[Subscription], sockets: Sockets) -> None:
        self._subscriptions = subscriptions
        self._sockets = sockets
        self._devices: dict[str, set[str]] = {}
        self._person_of: dict[str, str] = {}
        subscriptions.changed.append(self._look_at)
        sockets.moved.append(self._moved)
        sockets.elsewhere_moved.append(lambda _person, device: self._look_at(device))

    def __len__(self) -> int:
        return len(self._devices)

    def __contains__(self, person: str) -> bool:
        return person in self._devices

    def people(self) -> list[str]:
        """Everybody with such a device, as it is now."""
        return list(self._devices)

    def _moved(self, connection: Connection) -> None:
        self._look_at(connection.device)

    def _look_at(self, device: str) -> None:
        before = self._person_of.pop(device, None)
        if before is not None:
            self._devices[before].discard(device)
            if not self._devices[before]:
                del self._devices[before]
        row = self._subscriptions.get(device)
        if row is not None and not self._sockets.is_connected(device):
            self._person_of[device] = row.person
            self._devices.setdefault(row.person, set()).add(device)
