"""The nodes of a house: several servers on one log, of which this is one. A server that is alone has none of this.

What counts goes by the log (`following`); the bus makes it quick, and carries what is never written: passing events,
who is connected where (`elsewhere`), and notes that lie in memory (`noted`). A newcomer's first mistake is to answer
a message of the bus with a message: two nodes would never come to rest.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import astuple
from secrets import token_hex
from typing import Any

from protocol.between import Between, Committed, Here, Homed, Left, Passed, Remembered, Signalled, Wondered
from protocol.codec import pack_between, read_between
from protocol.errors import BadFrame
from store.bus import Bus
from store.durable import Batch, Commit, LogRow, Shared
from store.nodes.elsewhere import Device, Elsewhere
from store.nodes.following import Following
from store.nodes.homes import Homes
from store.sockets import GOING_AWAY, Connection, Sockets
from store.timers import Timers

BEAT_SECONDS = 5.0
GATHER_SECONDS = 0.05  # for who comes and goes, told together
MAX_SAID = 256 * 1024  # bytes of a commit that the bus carries; what is longer is read from the log

log = logging.getLogger("parley.nodes")


class Nodes:
    """This node among the others. `take_in` makes true here what another one committed."""

    def __init__(self, bus: Bus, durable: Shared, sockets: Sockets, take_in: Callable[[Commit], None]) -> None:
        self.id = token_hex(8)
        self.elsewhere = Elsewhere(_time)
        self.homes = Homes(self.id, _time)
        self.signalled: Callable[[Signalled], None] = lambda _: None
        """Called with what a device of another node says to the unit of this one."""
        self.following = Following(durable, take_in, self._made)
        self.following.went_stale = self._send_away
        self.noted: dict[str, Callable[[str, bytes | None], None]] = {}
        """By the table's name: called with key and row of what another node noted."""
        self.notes: list[Callable[[], Iterable[tuple[str, str, bytes]]]] = []
        """Each answers all that this node has noted of a table: table, key, row."""
        self._bus = bus
        self._sockets = sockets
        self._timers = Timers()
        self._version = 0  # of who is here
        self._moved: dict[str, None] = {}  # devices that came, went or were touched since it was told
        self._unknown = False
        sockets.moved.append(self._note)
        sockets.turned.append(self._note)
        sockets.beyond = self
        self.elsewhere.changed = sockets.elsewhere_moved

    def start(self, house: str, number: int, commit_id: str) -> None:
        """Begin to follow and to be heard, on what is true at this commit."""
        self.following.start(number, commit_id)
        self._bus.start(f"parley:{house}", self._hear, self._back)
        self._beat()

    async def close(self) -> None:
        """Say goodbye, so that nobody waits for this node to be silent."""
        self._timers.close()
        self._say(Left(node=self.id))
        await self.following.close()
        await self._bus.close()

    def checks(self) -> dict[str, Callable[[], str]]:
        """What /health asks, by name; each answers "ok" or a sentence."""
        return {"bus": self._bus.check, "nodes": self.following.check}

    def leads(self) -> bool:
        """Whether this node does what one of them must do, as far as it knows: two may, where they do not hear.

        One that does not follow leads nobody, for it may not know by now what is held.
        """
        return self.following.check() == "ok" and all(self.id < other for other in self.elsewhere.nodes())

    def _send_away(self) -> None:
        """To another node: what is true here may be long over, who was signed out since too."""
        self._sockets.close_all(GOING_AWAY, "this server does not follow the others")

    # -- as the sockets see it ----------------------------------------------------------------------------------------

    def is_online(self, person: str) -> bool:
        """Whether this person is connected to another node."""
        return self.elsewhere.is_online(person)

    def idle_of(self, person: str) -> list[bool]:
        """Of each of their devices at other nodes, whether no hand is on it."""
        return self.elsewhere.idle_of(person)

    def is_connected(self, device: str) -> bool:
        """Whether this device is connected to another node."""
        return self.elsewhere.is_connected(device)

    def tell(self, frame: bytes, people: Iterable[str]) -> None:
        """For those of these people who are connected to other nodes."""
        if there := [person for person in people if self.elsewhere.is_online(person)]:
            self._say(Passed(node=self.id, frame=frame, people=there))

    def tell_device(self, frame: bytes, device: str) -> bool:
        """For a device of another node. False when it is connected to none."""
        if not self.elsewhere.is_connected(device):
            return False
        self._say(Passed(node=self.id, frame=frame, device=device))
        return True

    # -- calls whose media goes through a node ------------------------------------------------------------------------

    def is_heard(self) -> bool:
        """Whether nodes hear each other now."""
        return self._bus.check() == "ok"

    def take_home(self, call: str) -> None:
        """This node forwards the media of the call from now on."""
        self.homes.take(call)
        self._say_homes()

    def release_home(self, call: str) -> None:
        """It is over."""
        if self.homes.release(call):
            self._say_homes()

    def signal(self, call: str, peer: str, what: str, **said: Any) -> bool:
        """Hand what a device says on to the node that has the call; False when that is this one, or none."""
        home = self.homes.of(call)
        if home is None or home == self.id:
            return False
        self._say(Signalled(node=self.id, to=home, call=call, peer=peer, what=what, **said))
        return True

    def _say_homes(self) -> None:
        self._say(Homed(node=self.id, calls=self.homes.ours()))

    # -- what lies in memory ------------------------------------------------------------------------------------------

    def note(self, table: str, key: str, row: bytes | None) -> None:
        """Tell the others of a row that is kept nowhere else, or that it went."""
        self._say(Remembered(node=self.id, table=table, key=key, row=row))

    # -- what is said -------------------------------------------------------------------------------------------------

    def _made(self, batch: Batch, before: str) -> None:
        """One of our commits is true, which followed the one of the id `before`."""
        size = sum(len(row.frame) + len(row.text) for row in (*batch.rows, *batch.rewrites))
        size += sum(len(value or b"") + len(key) for _, key, value in batch.shelves)
        made = Committed(node=self.id, number=batch.number, id=batch.id, before=before, whole=False)
        if size <= MAX_SAID:
            made = Committed(
                node=self.id,
                number=batch.number,
                id=batch.id,
                before=before,
                whole=True,
                rows=list(map(astuple, batch.rows)),
                rewrites=list(map(astuple, batch.rewrites)),
                shelves=batch.shelves,
            )
        self._say(made)

    def _note(self, connection: Connection) -> None:
        self._moved[connection.device] = None
        self._timers.soon("moved", GATHER_SECONDS, self._tell_moved)

    def _tell_moved(self) -> None:
        moved, self._moved = self._moved, {}
        self._version += 1
        self._say(Here(node=self.id, version=self._version, devices={device: self._how(device) for device in moved}))

    def _how(self, device: str) -> Device | None:
        lines = self._sockets.of_device(device)
        return (lines[0].person, all(line.idle for line in lines)) if lines else None

    def _tell_all(self) -> None:
        """To a node that begins: who is here, and what is noted."""
        for notes in self.notes:
            for table, key, row in notes():
                self.note(table, key, row)
        self._timers.cancel("moved")
        self._moved = {}
        devices = {line.device: self._how(line.device) for line in self._sockets.everyone()}
        self._version += 1
        self._say(Here(node=self.id, version=self._version, devices=devices, whole=True))

    def _beat(self) -> None:
        for name, people in self.elsewhere.forget_silent().items():
            log.warning("node %s is silent: nobody counts as connected to it", name)
            self.homes.forget(name)
            self._see_to_left(people)
        self._say(Here(node=self.id, version=self._version))
        self._say_homes()
        self._timers.later("beat", BEAT_SECONDS, self._beat)

    def _see_to_left(self, people: Iterable[str]) -> None:
        """Their node cannot do any more what is done when somebody left."""
        for person in people if self.leads() else ():
            if not self._sockets.is_online(person):
                for hook in self._sockets.left:
                    hook(person)

    def _say(self, said: Between) -> None:
        self._bus.publish(pack_between(said))

    # -- what is heard ------------------------------------------------------------------------------------------------

    def _back(self) -> None:
        """The bus works again: what was said meanwhile is lost."""
        self.following.look()
        self._tell_all()
        self._say(Wondered(node=self.id))

    def _hear(self, message: bytes) -> None:
        try:
            said = read_between(message)
        except BadFrame as error:
            if not self._unknown:
                self._unknown = True
                log.warning("a node of another version is heard, and not understood: %s", error)
            return
        if said.node != self.id:
            self._take(said)

    def _take(self, said: Between) -> None:
        match said:
            case Committed():
                self._committed(said)
            case Passed():
                self._passed(said)
            case Here() if not self.elsewhere.hear(said):
                self._say(Wondered(node=self.id, of=said.node))
            case Wondered(of=("" | self.id)):
                self._timers.soon("asked", GATHER_SECONDS, self._tell_all)
            case Left():
                self.elsewhere.leave(said.node)
                self.homes.forget(said.node)
            case Remembered():
                self.noted.get(said.table, _nobody)(said.key, said.row)
            case Homed():
                self.homes.hear(said.node, said.calls)
            case Signalled(to=self.id):
                self.signalled(said)

    def _passed(self, said: Passed) -> None:
        if said.device:
            self._sockets.tell_device_here(said.frame, said.device)
        else:
            self._sockets.tell_here(said.frame, said.people)

    def _committed(self, said: Committed) -> None:
        if said.whole:
            rows, rewrites = [LogRow(*row) for row in said.rows], [LogRow(*row) for row in said.rewrites]
            self.following.hear(Commit(said.number, said.id, rows, rewrites, said.shelves), said.before)
        elif said.number > self.following.number:
            self.following.look()


def _time() -> float:
    return asyncio.get_running_loop().time()


def _nobody(key: str, row: bytes | None) -> None:
    """A table of another version."""
