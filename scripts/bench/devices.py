"""As many devices as one process carries: what each takes, and how all come back after they were cut off at once.

Each has some of the others on its screen, and is told when they come and go. While all are away something is said in
"Everyone"; a device is back when it has resumed and holds that message. A minute later, when the server has forgotten
how late its loop was, something is said to all of them at once, again and again. Beside them a bystander asks for an
answer twenty times a second, in a process of its own.
"""

import argparse
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from chat.visibility import EVERYONE
from handlers.crowd import allow_many_files
from protocol.codec import MAX_SERVER_FRAME, pack_command, unpack
from protocol.commands import Ping, Pull, Resume, SendMessage, WatchPresence
from scripts.bench.baselines import loop_of_write_message
from scripts.bench.client import REFUSED, Place
from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import ADDRESS, House, Joined, free_port, is_open, nonce, running_house
from scripts.bench.measured import PROCESSES, Measured
from scripts.bench.sends import ACKNOWLEDGED
from scripts.bench.swarm import Line, Swarm

TEXT = "Said while everybody was away."
NEWS = "Said while everybody is here."
HELLO = b"\xa5hello"  # msgpack of the event's name
RESUME, PULL, WATCH = 1, 2, 3  # refs
CHANGED = b"\xb0presence.changed"
RESUMED = b"\x93" + bytes([RESUME]) + ACKNOWLEDGED
WATCHED = b"\x93" + bytes([WATCH]) + ACKNOWLEDGED
CAUGHT_UP = b"\x93" + bytes([PULL]) + ACKNOWLEDGED
PATIENCE = 600.0  # seconds
PLAIN = 1000  # sockets of the baseline
FIRST = 20  # connections that come before, so that what is loaded once is not counted
CALM_SECONDS = 3.0
QUIET_SECONDS = 61.0  # the server remembers for a minute how late its loop was
SAID = 20  # messages, each when all have the one before
PAUSE_SECONDS = 0.05
PACE = 0.002  # seconds that a bystander sleeps at most while nothing comes
SHOWN = 20  # people on each screen: as many as the lines of a list of conversations


def _goes(_: Line, payload: bytes) -> None:
    if REFUSED in payload:
        raise RuntimeError(f"expected no refusal, got {payload!r}")


class Devices:
    """A swarm that says what a page says when it opens, and counts who is there.

    `shown` are the people on each screen.
    """

    def __init__(self, places: list[Place], shown: Sequence[list[str]] = ()) -> None:
        self.greeted = 0
        self.caught_up = 0
        self.heard = 0
        """How many have what was said last while all were here."""
        self.watching = 0
        """How many of them will be told of the people on their screen from now on."""
        self.changes = 0
        """How often a device was told of the people on its screen."""
        self.epoch = ""
        self.after = 0
        """What they hold of "Everyone" when they come back; with an epoch, they come back."""
        self._places = places
        self._shown = {place.token: people for place, people in zip(places, shown, strict=False)}
        self.swarm = Swarm(places[0], self._hears)

    def open(self) -> None:
        """All of them; returns when each has been told hello, or holds all that was said."""
        self.greeted = self.caught_up = 0
        self.swarm.open(self._places, PATIENCE)
        self.swarm.run_until(self._all_are_here, PATIENCE)

    def wait(self, seconds: float) -> None:
        """Hear what comes for so long."""
        end = time.monotonic() + seconds
        self.swarm.run_until(lambda: time.monotonic() >= end, seconds + PATIENCE, min(seconds, 1.0))

    def hear_from(self, place: Place) -> None:
        """Somebody says something in "Everyone" SAID times; returns when it is heard. Raises RuntimeError if not."""
        speaker = Swarm(place, _goes)
        speaker.open([place], PATIENCE)
        for _ in range(SAID):
            self.heard = 0
            speaker.lines[0].send(pack_command(1, SendMessage(conversation=EVERYONE, text=NEWS, nonce=nonce())))
            self.swarm.run_until(lambda: self.heard >= len(self._places), PATIENCE)
        speaker.close()

    def _all_are_here(self) -> bool:
        return (self.caught_up if self.epoch else self.greeted) >= len(self._places)

    def _hears(self, line: Line, payload: bytes) -> None:
        _goes(line, payload)
        if HELLO in payload:
            self.greeted += 1
            if people := self._shown.get(line.place.token):
                line.send(pack_command(WATCH, WatchPresence(people=people)))
            if self.epoch:
                line.send(pack_command(RESUME, Resume(epoch=self.epoch, heads={EVERYONE: self.after})))
        self.heard += payload.count(NEWS.encode())
        self.watching += payload.count(WATCHED)
        self.changes += payload.count(CHANGED)
        if RESUMED in payload:
            line.send(pack_command(PULL, Pull(conversation=EVERYONE, after=self.after)))
        if CAUGHT_UP in payload:
            if TEXT.encode() not in payload:
                raise RuntimeError(f"expected what was said meanwhile, got {payload!r}")
            self.caught_up += 1


class Bystander:
    """Somebody in a process of their own who asks for an answer again and again."""

    def __init__(self, place: Place) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=_stand_by, args=(theirs, place), daemon=True)
        self._process.start()

    def waits(self) -> list[float]:
        """Seconds of each answer since this was asked last."""
        self._pipe.send("waits")
        waits: list[float] = self._pipe.recv()
        return waits

    def close(self) -> None:
        """Leave."""
        self._process.kill()
        self._process.join()


def _stand_by(pipe: Connection, place: Place) -> None:
    """Asks when it is time, whether the one before was answered or not: a second's silence is seen twenty times."""
    waits, asked = list[float](), deque[float]()

    def hears(line: Line, payload: bytes) -> None:
        for _ in range(payload.count(ACKNOWLEDGED)):
            waits.append(time.perf_counter() - asked.popleft())

    swarm = Swarm(place, hears)
    swarm.open([place], PATIENCE)
    due = time.perf_counter()
    while True:
        asked.append(due)
        swarm.lines[0].send(pack_command(1, Ping()))
        due += PAUSE_SECONDS
        swarm.run_until(lambda due=due: time.perf_counter() >= due, PATIENCE, PACE)  # type: ignore[misc]
        if pipe.poll():
            pipe.recv()
            pipe.send(waits)
            waits.clear()


def plain_cost(house: House, sockets: int) -> tuple[float, float, float]:
    """Bytes, CPU seconds and seconds of each of so many connections to the plainest server, which then do nothing."""
    port = free_port()
    with Measured(loop_of_write_message, port, house.certs) as server:
        server.wait_until(lambda: is_open(port))
        place = Place(port, house.authority)
        swarm = Swarm(place, lambda *_: None)
        swarm.open([place] * FIRST, PATIENCE)
        memory, cpu, began = server.resident_bytes(), server.cpu_seconds(), time.perf_counter()
        swarm.open([place] * sockets, PATIENCE)
        taken = time.perf_counter() - began
        each = (server.resident_bytes() - memory) / sockets, (server.cpu_seconds() - cpu) / sockets, taken / sockets
        swarm.close()
        return each


def latest_beat(port: int) -> float:
    """How late the loop was at most in the last minute, in seconds, as `/metrics` tells."""
    with urllib.request.urlopen(f"http://{ADDRESS}:{port}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return float(next(line for line in lines if line.startswith("parley_loop_late_seconds ")).split()[1])


def next_ones(people: list[Joined], count: int) -> list[list[str]]:
    """For each of them the ids of so many others, all the way round."""
    ids = [one.person for one in people]
    return [[ids[(at + step) % len(ids)] for step in range(1, min(count, len(ids) - 1) + 1)] for at in range(len(ids))]


def measure(devices: int, shown: int) -> list[Figure]:
    """Kilobytes, milliseconds and seconds."""
    inner = free_port()
    with running_house("sqlite", "--metrics-port", str(inner)) as house:
        bytes_plain, cpu_plain, seconds_plain = plain_cost(house, min(PLAIN, devices))
        host, *people = house.join_all([f"Person {number}" for number in range(devices + 1)])
        bystander, server = Bystander(host.place), house.measured
        try:
            crowd = Devices([one.place for one in people], next_ones(people, shown))
            memory, cpu = server.resident_bytes(), server.cpu_seconds()
            crowd.open()
            each = (server.resident_bytes() - memory) / devices
            cpu_first = (server.cpu_seconds() - cpu) / devices
            bystander.waits()
            time.sleep(CALM_SECONDS)
            calm = bystander.waits()
            crowd.swarm.cut_all()
            crowd.epoch, crowd.after = said_meanwhile(host.place)
            bystander.waits()
            cpu, began = server.cpu_seconds(), time.perf_counter()
            crowd.open()
            back, cpu_back = time.perf_counter() - began, (server.cpu_seconds() - cpu) / devices
            busy, late = bystander.waits(), latest_beat(inner)
            crowd.wait(QUIET_SECONDS)
            bystander.waits()
            crowd.hear_from(host.place)
            beside, late_beside = bystander.waits(), latest_beat(inner)
            crowd.swarm.close()
        finally:
            bystander.close()
    plain = Figure("memory of a plain Tornado socket", bytes_plain / 1e3, "kB")
    plain_cpu = Figure("CPU to connect to a plain Tornado socket", cpu_plain * 1e3, "ms")
    plain_way = Figure("until as many have connected to a plain Tornado socket", seconds_plain * devices, "s")
    before = Figure("a bystander's answer before, p99", middle(calm, 0.99) * 1e3, "ms")
    return [
        plain,
        Figure(f"memory of each of {devices:,} devices", each / 1e3, "kB", plain),
        plain_cpu,
        Figure("CPU to come for the first time", cpu_first * 1e3, "ms", plain_cpu),
        Figure("CPU to come back and catch up", cpu_back * 1e3, "ms", plain_cpu),
        plain_way,
        Figure("until all are back and caught up", back, "s", plain_way),
        before,
        Figure("a bystander's answer while all come back, p99", middle(busy, 0.99) * 1e3, "ms", before),
        Figure("the loop late at most, in the last minute", late * 1e3, "ms", before),
        Figure("a bystander's answer while all are told of a message, p99", middle(beside, 0.99) * 1e3, "ms", before),
        Figure("the loop late at most meanwhile", late_beside * 1e3, "ms", before),
    ]


def said_meanwhile(place: Place) -> tuple[str, int]:
    """Says something in "Everyone"; the epoch, and the seq before it."""
    told = list[bytes]()
    swarm = Swarm(place, lambda _, payload: told.append(payload))
    swarm.open([place], PATIENCE)
    swarm.lines[0].send(pack_command(1, SendMessage(conversation=EVERYONE, text=TEXT, nonce=nonce())))
    swarm.run_until(lambda: any(ACKNOWLEDGED in payload for payload in told), PATIENCE)
    swarm.close()
    values = [value for payload in told for value in unpack(payload, MAX_SERVER_FRAME, None)]
    epoch = next(body["epoch"] for _, name, body in values if name == "hello")
    return epoch, next(body["seq"] for ref, name, body in values if (ref, name) == (1, "ok")) - 1


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="What thousands of devices take, and how they come back.")
    parser.add_argument("--devices", type=int, default=10_000, help="devices, one a person (default 10,000)")
    parser.add_argument(
        "--shown", type=int, default=SHOWN, help=f"people whose coming and going each is told (default {SHOWN})"
    )
    asked = parser.parse_args(arguments)
    allow_many_files()
    title = f"devices, TLS, {asked.devices:,} of them, each with {asked.shown} people on its screen"
    show(title, measure(asked.devices, asked.shown))


if __name__ == "__main__":
    main()
