"""Several servers of one house: one is killed, one loses the bus, the bus and the database go and come back.

Meanwhile people write at all of them.

A newcomer's first mistake is to let phones wait for the server that was killed: behind a proxy they come to another.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from scripts.bench.house import ADDRESS, ROOT
from scripts.faults import postgres, redis_server
from scripts.faults.database import BACK_SECONDS as SAVED_SECONDS
from scripts.faults.database import PAUSE_SECONDS, WAYS, gone
from scripts.faults.phone import LOST, Phone, Refused, Said
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Victim
from scripts.faults.wire import Wire

TIMES, FEW = 20, 2  # of each fault; the few in the quick part
WRITERS = 4
PATIENCE_SECONDS = 60.0  # on a busy machine; figures hold what is meant
BACK_SECONDS = 5.0  # until each has something acknowledged at another server, after theirs was killed
FOLLOWS_SECONDS = 2.0  # until another server has what one was told is saved, with the bus or without


@dataclass(frozen=True)
class Nodes:
    """The servers of one house, and what they share."""

    database: postgres.Server
    bus: redis_server.Redis
    servers: list[Victim]
    url: str
    files: Path
    wires: list[Wire]  # each server's own way to the bus, where that was asked for


@contextmanager
def running(count: int, folder: Path, *flags: str, front: Path | None = None, wired: bool = False) -> Iterator[Nodes]:
    """So many that run, gone afterwards with their database and their bus.

    `front` is the folder whose authority their certificates are of, where they have not each its own; `wired` ones hear
    the bus through a wire each.
    """
    with ExitStack() as leaving:
        database, bus = leaving.enter_context(postgres.running()), leaving.enter_context(redis_server.running())
        url = database.database()
        wires = [leaving.enter_context(closing(Wire(bus.port))) for _ in range(count if wired else 0)]
        buses = [f"redis://{ADDRESS}:{wire.port}" for wire in wires] or [bus.url] * count
        servers = [node(folder, number, url, its, *flags) for number, its in enumerate(buses)]
        for server in servers:
            leaving.callback(server.kill)
            server.trusts = front or server.folder
            server.start()
        yield Nodes(database, bus, servers, url, folder / "data", wires)


def node(folder: Path, number: int, url: str, bus: str, *flags: str) -> Victim:
    """One of them, not started: the files are everybody's, the rest is its own. `url` and `bus` are where those are."""
    own = folder / f"node-{number}"
    own.mkdir(parents=True, exist_ok=True)
    shared = ("--data", str(folder / "data"), "--node-data", str(own / "own"))
    return Victim(own, *UNLIMITED, "--store", url, "--bus", bus, *shared, *flags)


def run(*, long: bool) -> list[Shown]:
    """All of it with two servers, and in the long part with three."""
    return [shown for count in ((2, 3) if long else (2,)) for shown in _of(count, TIMES if long else FEW)]


def _of(count: int, times: int) -> list[Shown]:
    place = ROOT / "data"
    place.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=place) as name, running(count, Path(name), wired=True) as nodes:
        return asyncio.run(_suffer(nodes, times))


async def _suffer(nodes: Nodes, times: int) -> list[Shown]:
    writers = [Writer(nodes.servers, number % len(nodes.servers), f"Writer {number}") for number in range(WRITERS)]
    for writer in writers:
        await writer.joins()
    seen = Seen()
    async with writing(writers):
        for number in range(times):
            at = number % len(nodes.servers)
            seen.back.append(await without_one(writers, nodes.servers[at]))
            seen.late.append(await _without_bus(nodes, writers))
            seen.split.append(await _split(nodes, writers, at))
            seen.saved.append(await _without_database(nodes, writers, WAYS[-1 - number % len(WAYS)], seen.told))
    return await _figures(nodes, writers, seen)


@dataclass
class Seen:
    """Seconds of each time, and what people were told while nothing could be saved."""

    back: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    split: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    told: set[str] = field(default_factory=set)


async def without_one(writers: "Sequence[Writer]", victim: Victim) -> float:
    """Seconds until everybody has written on, after this server was killed; it runs again then."""
    await each_has_written(writers)
    await asyncio.to_thread(victim.kill)
    began = time.monotonic()
    await each_has_written(writers)
    back = time.monotonic() - began
    await asyncio.to_thread(victim.start)
    return back


@asynccontextmanager
async def writing(writers: "Sequence[Writer]") -> AsyncIterator[None]:
    """They go on for as long as this lasts, and until all is taken; when one breaks, it ends in that error at once."""
    enough = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for writer in writers:
            group.create_task(writer.goes_on(enough))
        yield
        enough.set()


async def _without_bus(nodes: Nodes, writers: "Sequence[Writer]") -> float:
    """How long at most what is written at one server takes to be at another while the bus is away, in seconds."""
    await asyncio.to_thread(nodes.bus.stop)
    try:
        await each_has_written(writers)
        return await _takes(nodes, 0, 1)
    finally:
        await asyncio.to_thread(nodes.bus.start)


async def _split(nodes: Nodes, writers: "Sequence[Writer]", at: int) -> float:
    """The same while one server has lost the bus and the others have not, there and back: the longer of both."""
    with nodes.wires[at].apart():
        await each_has_written(writers)
        next_to_it = (at + 1) % len(nodes.servers)
        return max(await _takes(nodes, at, next_to_it), await _takes(nodes, next_to_it, at))


async def _takes(nodes: Nodes, here: int, there: int) -> float:
    one, other = [Writer(nodes.servers, at, f"Looker {time.monotonic_ns()}") for at in (here, there)]
    await one.joins()
    await other.joins()
    async with one.phone.connected(), other.phone.connected():
        await one.phone.catches_up()
        await other.phone.catches_up()
        one.phone.writes("said without a bus")
        await one.phone.sends()
        (seq,) = one.phone.acked.values()
        began = time.monotonic()
        while len(other.phone.log) < seq:
            await other.phone.catches_up()
        return time.monotonic() - began


async def _without_database(nodes: Nodes, writers: "Sequence[Writer]", way: str, told: set[str]) -> float:
    """How long it takes after its return until everybody has written. All are refused meanwhile: `told` has how."""
    for writer in writers:
        writer.refused.clear()
    async with gone(nodes.database, way), asyncio.timeout(PATIENCE_SECONDS):
        for writer in writers:
            await writer.refused.wait()
            told.add(writer.told)
    began = time.monotonic()
    await each_has_written(writers)
    return time.monotonic() - began


async def each_has_written(writers: "Sequence[Writer]") -> None:
    """Something more."""
    before = [len(writer.phone.acked) for writer in writers]
    async with asyncio.timeout(PATIENCE_SECONDS):
        for writer, had in zip(writers, before, strict=True):
            while len(writer.phone.acked) <= had:
                writer.wrote.clear()
                await writer.wrote.wait()


async def _figures(nodes: Nodes, writers: "Sequence[Writer]", seen: Seen) -> list[Shown]:
    times, count = len(seen.back), len(nodes.servers)
    fault = f"{count} servers: one killed, the bus away, one without it, PostgreSQL away, {times} times each"
    return [
        *await kept(fault, nodes, writers),
        Shown(
            fault,
            "without PostgreSQL a message is answered not-saved",
            ", ".join(sorted(seen.told)),
            seen.told == {"not-saved"},
        ),
        timed(fault, "each writes on at another server", seen.back, BACK_SECONDS),
        timed(fault, "without the bus another server has it", seen.late, FOLLOWS_SECONDS),
        timed(fault, "from and at a server without the bus others have it", seen.split, FOLLOWS_SECONDS),
        timed(fault, "after PostgreSQL's return messages are saved", seen.saved, SAVED_SECONDS),
    ]


async def kept(fault: str, nodes: Nodes, writers: "Sequence[Writer]") -> list[Shown]:
    """What is in the log of each when all is over, beside what they were told is in it."""
    logs = [await writer.all_of_it() for writer in writers]
    acked = {nonce: seq for writer in writers for nonce, seq in writer.phone.acked.items()}
    said = writers[0].phone.log
    texts = [one.text for one in said if one.text.startswith("w ")]
    wrong = lost(acked.values(), said)
    broke = any("Traceback" in server.said() for server in nodes.servers)
    return [
        Shown(
            fault, "every phone ends with the same log", f"{len(said):,} events", all(one == logs[0] for one in logs)
        ),
        Shown(fault, "acknowledged and lost: 0", f"{wrong:,} of {len(acked):,}", wrong == 0 and len(acked) > 0),
        Shown(fault, "doubled: 0", str(len(texts) - len(set(texts))), len(texts) == len(set(texts))),
        Shown(fault, "no traceback in any log", "some" if broke else "none", not broke),
    ]


def timed(fault: str, what: str, seconds: Sequence[float], most: float) -> Shown:
    """The longest of these times beside the most that is allowed."""
    return Shown(
        fault, f"{what} within {most:.0f} s", f"after {max(seconds):.1f} s at most", max(seconds) < most, timed=True
    )


def lost(acked: Iterable[int], said: Sequence[Said]) -> int:
    """How many of these seqs the log ends before, or has something else at."""
    return sum(seq > len(said) or said[seq - 1].name != "message.sent" for seq in acked)


class Writer:
    """Somebody who writes at one of the servers, and goes to the next when it is gone, as behind a proxy."""

    def __init__(self, servers: Sequence[Victim], at: int, name: str) -> None:
        self._servers = servers
        self._at = at
        self._name = name
        self._count = 0
        self.phone: Phone
        self.wrote, self.refused = asyncio.Event(), asyncio.Event()
        self.told = ""  # the code by which something was refused last

    async def joins(self) -> None:
        """At the server they are at."""
        server = self._servers[self._at]
        self.phone = Phone(server, await asyncio.to_thread(server.join, self._name), EVERYONE)

    async def goes_on(self, enough: asyncio.Event) -> None:
        """Write one message after another until it is enough and all are taken."""
        while self.phone.outbox or not enough.is_set():
            try:
                async with self.phone.connected():
                    await self._write(enough)
            except LOST:
                self._at = (self._at + 1) % len(self._servers)
                self.phone.victim = self._servers[self._at]

    async def all_of_it(self) -> list[object]:
        """The whole log, from the beginning, as the server they are at has it; it may look for PostgreSQL yet."""
        self.phone.log.clear()
        async with self.phone.connected():
            while True:
                try:
                    await self.phone.catches_up()
                    return list(self.phone.log)
                except Refused as refused:
                    if str(refused) != "not-read":
                        raise
                    await asyncio.sleep(PAUSE_SECONDS)

    async def _write(self, enough: asyncio.Event) -> None:
        while self.phone.outbox or not enough.is_set():
            if not self.phone.outbox:
                self._count += 1
                self.phone.writes(f"w {self._name} {self._count}")
            try:
                await self.phone.sends()
                self.wrote.set()
            except Refused as refused:  # not saved just now: the outbox keeps it
                self.told = str(refused)
                self.refused.set()
                await asyncio.sleep(PAUSE_SECONDS)
