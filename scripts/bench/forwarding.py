"""CPU and delay for each packet of a call that is passed on: the unit, Janus, and the plainest loop, in one run.

Each is a process of its own in a network of its own, and gets the same packets of the same people (`crowd.py`). What is
counted is its whole CPU: reading, opening, sealing, sending, reports. Janus is measured where it is installed (on
Debian: apt-get install janus).
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.bench import janus
from scripts.bench.awake import awake
from scripts.bench.crowd import Crowd, Load, tidied
from scripts.bench.figures import Figure, middle, rounded, show, today
from scripts.bench.forwarders import Filled, plainest, unit
from scripts.bench.measured import cpu_seconds_of
from scripts.bench.namespace import Network, network
from scripts.bench.straight import measure_straight

PEOPLE, MANY = 16, 20
OTHERS = 8  # whom one sees of a page of nine pictures
WARM_SECONDS = 2.0  # until everybody is sent everything

PLAINEST, OURS = "the plainest loop", "the unit"

Forwarder = Callable[[Load, Network], AbstractAsyncContextManager[Filled]]


@dataclass(frozen=True, slots=True)
class Passed:
    """What one measurement came to; the delays are of the copies that were opened."""

    cpu: float  # seconds for each copy
    core: float  # share of one
    copies: float  # a second
    arrived: float  # share
    p50: float  # seconds
    p99: float


async def measure(forwarder: Forwarder, load: Load, place: Network, seconds: float) -> Passed:
    """Everybody comes in, and speaks for so long."""
    async with forwarder(load, place) as filled:
        crowd = Crowd(load, filled.people)
        while not crowd.meter.came:  # its process has yet to begin
            await crowd.talk(WARM_SECONDS)
        await crowd.talk(WARM_SECONDS)
        await crowd.settle()
        crowd.meter.clear()
        with tidied():
            cpu, begun = cpu_seconds_of(filled.pid), time.monotonic()
            await crowd.talk(seconds)
            used, took = cpu_seconds_of(filled.pid) - cpu, time.monotonic() - begun
        await crowd.settle()
        came, delays = crowd.meter.came, crowd.meter.seconds
        return Passed(
            used / came, used / took, came / took, came / crowd.meter.expected, middle(delays), middle(delays, 0.99)
        )


def middling(rounds: list[Passed]) -> Passed:
    """The middle of each figure."""
    return Passed(*(middle(getattr(one, name) for one in rounds) for name in Passed.__slots__))


@dataclass(slots=True)
class Table:
    """All forwarders under one load, the first of them the baseline."""

    load: Load
    forwarders: dict[str, Forwarder]

    def measure(self, place: Network, asked: argparse.Namespace) -> dict[str, Passed]:
        """Each in turn, as often as was asked."""
        rounds: dict[str, list[Passed]] = {name: [] for name in self.forwarders}
        for _ in range(asked.rounds):
            for name, forwarder in self.forwarders.items():
                rounds[name].append(asyncio.run(measure(forwarder, self.load, place, asked.seconds)))
        return {name: middling(found) for name, found in rounds.items()}

    def print(self, found: dict[str, Passed]) -> None:
        """A column for each forwarder, and the unit beside Janus."""
        print(f"{self.load.name}, load average {load_average():.1f}: {today()}\n")
        beside = [name for name in found if name not in (PLAINEST, OURS)]
        heads = ["what", *found, *(f"the unit beside {name}" for name in beside)]
        print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
        for what, unit_name, factor, field in ROWS:
            values = {name: getattr(passed, field) * factor for name, passed in found.items()}
            cells = [f"{rounded(value)}{unit_name}" for value in values.values()]
            cells += [f"{values[OURS] / values[name]:.2f} x" for name in beside]
            print(f"| {what} | {' | '.join(cells)} |")
        print(flush=True)


ROWS = (
    ("CPU for each packet passed on", " µs", 1e6, "cpu"),
    ("of a core", " %", 100, "core"),
    ("delay, p50", " ms", 1e3, "p50"),
    ("delay, p99", " ms", 1e3, "p99"),
    ("packets passed on a second", "", 1, "copies"),
    ("of what was sent arrived", " %", 100, "arrived"),
)


def load_average() -> float:
    """Of the last minute, 0 where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def straight(people: int, asked: argparse.Namespace) -> None:
    """What is handed straight to the unit, which depends least on how busy the machine is: the least of all rounds."""
    rounds = [asyncio.run(measure_straight(people, int(asked.seconds * 500))) for _ in range(asked.rounds)]
    least = Figure("the plainest loop, packets handed straight to it", min(one[0] for one in rounds) * 1e6, "µs")
    ours = Figure("the unit, packets handed straight to it", min(one[1] for one in rounds) * 1e6, "µs", least)
    show(f"forwarding without a network, {people} people, load average {load_average():.1f}", [least, ours])


def main(arguments: list[str] | None = None) -> None:
    """Prints a table for each load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="in the call of whom everybody sees everybody")
    parser.add_argument("--many", type=int, default=MANY, help="in the larger call; 0 leaves it out")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dozing", action="store_true", help="let the cores fall asleep between two packets")
    parser.add_argument("--no-janus", action="store_true", help="leave it out, also where it is installed")
    asked = parser.parse_args(arguments)
    others: dict[str, Forwarder] = {OURS: unit}
    version = "" if asked.no_janus else janus.version()
    if version:
        others[f"Janus {version}"] = janus.janus
    elif not asked.no_janus:
        print("Janus is not installed, so it is not measured. On Debian: apt-get install janus\n")
    tables = [Table(Load(asked.people, asked.people - 1), {PLAINEST: plainest, **others})]
    if asked.many:
        tables.append(Table(Load(asked.many, asked.many - 1), others))
        tables.append(Table(Load(asked.many, OTHERS), others))
    straight(asked.people, asked)
    with network() as place, nullcontext(0) if asked.dozing else awake() as cores:
        way = "virtual cables into a namespace" if place.name else "loopback"
        print(f"Over {way}, with {cores} cores kept awake.\n")
        for table in tables:
            table.print(table.measure(place, asked))


if __name__ == "__main__":
    main()
