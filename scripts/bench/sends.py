"""How much one process writes: messages acknowledged a second, each synced to the disk first, and how long each waits.

People stand in a ring and each writes to the next, over TLS and with the real protocol, from a process of its own.
The baseline writes as many rows through the bare library, in one thread, with nobody to hear of them.
"""

import argparse
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from protocol.codec import pack_command
from protocol.commands import SendMessage
from scripts.bench.client import REFUSED
from scripts.bench.durable import disk, library
from scripts.bench.fanout import TEXT
from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import House, Joined, direct, nonce, running_house
from scripts.bench.swarm import Line, Swarm

ACKNOWLEDGED = b"\xa2ok"  # msgpack of "ok", the name of an answer; no text here has it
WRITERS = 100
WINDOW = 8  # messages of one writer that wait for their answer
RATE = 500  # messages a second of the second part, together
PATIENCE = 120.0  # seconds
TOGETHER = 100  # rows in a commit of the baseline


@dataclass(slots=True)
class Writing:
    """One person's line, and when each message that waits for its answer was sent."""

    conversation: str
    line: Line
    sent: deque[float] = field(default_factory=deque)
    number: int = 0

    def send(self, late: float = 0.0) -> None:
        """The next message, which waits since so many seconds: it was due then."""
        self.number += 1
        self.sent.append(time.perf_counter() - late)
        self.line.send(pack_command(self.number, SendMessage(conversation=self.conversation, text=TEXT, nonce=nonce())))


class Ring:
    """Everybody writes to the next. `seconds` has how long each answer took."""

    def __init__(self, people: list[Joined]) -> None:
        self.seconds: list[float] = []
        self.again = False
        """Whether an answer calls for the next message at once."""
        self._of: dict[Line, Writing] = {}
        self._swarm = Swarm(people[0].place, self._hears)
        self._swarm.open([one.place for one in people], PATIENCE)
        after = [*people[1:], people[0]]
        pairs = zip(people, after, self._swarm.lines, strict=True)
        self.writers = [Writing(direct(one, other), line) for one, other, line in pairs]
        self._of = {writing.line: writing for writing in self.writers}

    def run(self, seconds: float, pace: float, turn: "Turn") -> float:
        """Serves for so long, asking `turn` for what to do meanwhile; then until all is answered. How long it took."""
        began = time.perf_counter()

        def is_over() -> bool:
            now = time.perf_counter() - began
            if now < seconds:
                turn.take(now)
            else:
                self.again = False
            return now >= seconds and not any(writing.sent for writing in self.writers)

        self._swarm.run_until(is_over, seconds + PATIENCE, pace)
        return time.perf_counter() - began

    def close(self) -> None:
        """Everybody leaves."""
        self._swarm.close()

    def _hears(self, line: Line, payload: bytes) -> None:
        if REFUSED in payload:
            raise RuntimeError(f"expected no refusal, got {payload!r}")
        for _ in range(payload.count(ACKNOWLEDGED)):
            writing = self._of[line]
            self.seconds.append(time.perf_counter() - writing.sent.popleft())
            if self.again:
                writing.send()


class Turn:
    """Nothing to do but to answer answers."""

    def take(self, now: float) -> None:
        """Called again and again with the seconds since the beginning."""


class Metronome(Turn):
    """So many messages a second, by one writer after another, whatever the answers do."""

    def __init__(self, ring: Ring, rate: float) -> None:
        self._ring = ring
        self._rate = rate
        self._done = 0

    def take(self, now: float) -> None:
        """What is due by now."""
        while self._done < now * self._rate:
            self._ring.writers[self._done % len(self._ring.writers)].send(now - self._done / self._rate)
            self._done += 1


def as_many_as_go(house: House, ring: Ring, seconds: float) -> tuple[float, float]:
    """Messages acknowledged a second, and the server's CPU seconds for each."""
    ring.seconds.clear()
    ring.again = True
    before = house.measured.cpu_seconds()
    for writing in ring.writers:
        for _ in range(WINDOW):
            writing.send()
    taken = ring.run(seconds, 1.0, Turn())
    return len(ring.seconds) / taken, (house.measured.cpu_seconds() - before) / len(ring.seconds)


def steadily(ring: Ring, seconds: float) -> list[float]:
    """Seconds from each message to its answer, at `RATE` a second."""
    ring.seconds.clear()
    ring.run(seconds, 0.2 / RATE, Metronome(ring, RATE))
    return ring.seconds


def measure(writers: int, seconds: float, loop: str = "") -> list[Figure]:
    """Messages a second, and milliseconds."""
    with running_house(loop=loop) as house:
        ring = Ring([house.join(f"Person {number}") for number in range(writers)])
        try:
            rate, cpu = as_many_as_go(house, ring, seconds)
            waits = steadily(ring, seconds)
        finally:
            ring.close()
        bare = TOGETHER / library(house.certs, 100, TOGETHER)
        sync = disk(house.certs, 500)
    plain = Figure(f"rows in commits of {TOGETHER}, bare sqlite3", bare, "a second")
    synced = Figure("four pages written and synced", sync * 1e3, "ms")
    return [
        plain,
        Figure(f"messages acknowledged, {writers} writers, {WINDOW} waiting each", rate, "a second", plain),
        Figure("the server's CPU for each", cpu * 1e6, "µs", Figure("a row through bare sqlite3", 1e6 / bare, "µs")),
        synced,
        Figure(f"sent to acknowledged at {RATE} a second, p50", middle(waits) * 1e3, "ms", synced),
        Figure(f"sent to acknowledged at {RATE} a second, p99", middle(waits, 0.99) * 1e3, "ms", synced),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="Messages acknowledged a second, each on the disk first.")
    parser.add_argument("--writers", type=int, default=WRITERS, help=f"people who write (default {WRITERS})")
    parser.add_argument("--seconds", type=float, default=10, help="of each of the two parts (default 10)")
    parser.add_argument(
        "--loop", choices=["asyncio", "uvloop"], default="", help="the server's loop, if not ours; uvloop is of PyPI"
    )
    asked = parser.parse_args(arguments)
    show(f"sends, TLS{', ' + asked.loop if asked.loop else ''}", measure(asked.writers, asked.seconds, asked.loop))


if __name__ == "__main__":
    main()
