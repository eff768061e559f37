"""Who is connected to other nodes, as those say. Never stored: a node that falls silent has nobody.

A newcomer's first mistake is to believe a change without its number: one that was lost would leave somebody online for
ever. Whoever hears a number that does not follow asks for the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from protocol.between import Here

SILENT_SECONDS = 15.0  # after which nobody is online at a node

Device = tuple[str, bool]
"""A person, and whether no hand is on this device of theirs."""


@dataclass(slots=True)
class Node:
    """What one said last, and when (seconds of the loop)."""

    heard: float
    version: int = -1
    devices: dict[str, Device] = field(default_factory=dict)


class Elsewhere:
    """All other nodes. `time` answers seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._nodes: dict[str, Node] = {}
        self._of_person: dict[str, dict[tuple[str, str], bool]] = {}  # (node, device) -> idle
        self._of_device: dict[str, set[str]] = {}  # the nodes it is connected to
        self.changed: list[Callable[[str, str], None]] = []
        """Called with a person and the device that came, went, or was touched somewhere else."""

    def nodes(self) -> list[str]:
        """Those that live."""
        return sorted(self._nodes)

    def hear(self, said: Here) -> bool:
        """Take note. False when it does not follow what was known: the whole is to be asked for."""
        node = self._nodes.setdefault(said.node, Node(self._time()))
        node.heard = self._time()
        follows = said.whole or said.version == node.version + bool(said.devices)
        if not follows:
            return said.version < node.version  # an old one, come late
        node.version = said.version
        gone = [device for device in node.devices if device not in said.devices] if said.whole else []
        for device in gone:
            self._put(said.node, device, None)
        for device, how in said.devices.items():
            self._put(said.node, device, how)
        return True

    def leave(self, node: str) -> None:
        """It is gone, and everybody who was connected to it."""
        left = self._nodes.get(node)
        for device in list(left.devices) if left else ():
            self._put(node, device, None)
        self._nodes.pop(node, None)

    def forget_silent(self) -> dict[str, list[str]]:
        """The nodes that have said nothing for too long are gone; answers which, with who was connected to each."""
        now = self._time()
        silent = {
            name: sorted({person for person, _ in node.devices.values()})
            for name, node in self._nodes.items()
            if now - node.heard > SILENT_SECONDS
        }
        for name in silent:
            self.leave(name)
        return silent

    def is_online(self, person: str) -> bool:
        """Whether this person is connected to another node."""
        return person in self._of_person

    def idle_of(self, person: str) -> list[bool]:
        """Of each of their devices there, whether no hand is on it."""
        return list(self._of_person.get(person, {}).values())

    def is_connected(self, device: str) -> bool:
        """Whether this device is connected to another node."""
        return device in self._of_device

    def _put(self, name: str, device: str, how: Device | None) -> None:
        node = self._nodes[name]
        before = node.devices.pop(device, None)
        if how == before:
            if how is not None:
                node.devices[device] = how
            return
        if before is not None:
            self._drop(name, device, before[0])
        if how is not None:
            node.devices[device] = how
            self._of_person.setdefault(how[0], {})[name, device] = how[1]
            self._of_device.setdefault(device, set()).add(name)
        for hook in self.changed:
            for person in {one[0] for one in (before, how) if one is not None}:
                hook(person, device)

    def _drop(self, name: str, device: str, person: str) -> None:
        theirs, places = self._of_person[person], self._of_device[device]
        theirs.pop((name, device), None)
        places.discard(name)
        if not theirs:
            del self._of_person[person]
        if not places:
            del self._of_device[device]
