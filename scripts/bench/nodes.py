"""What a message takes of each process where several servers are one house: nginx, the servers, PostgreSQL, Redis.

One, two and three servers do the same work in turn; nginx spreads people over them, and who writes to whom is mostly
at another one. Two cores cannot show how the sum grows with machines, so what counts is the CPU of each process, from
which docs/scaling.md is made. Needs Debian's `postgresql`, `redis-server` and `nginx-light`.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from chat.visibility import EVERYONE
from protocol.codec import pack_command
from protocol.commands import SendMessage
from scripts.bench.client import Place
from scripts.bench.fanout import MARK, TEXT
from scripts.bench.figures import Figure, show
from scripts.bench.house import ADDRESS, ROOT, Joined, nonce
from scripts.bench.measured import cpu_seconds_of
from scripts.bench.sends import ACKNOWLEDGED, Metronome, Ring
from scripts.bench.swarm import Line, Swarm
from scripts.faults import nginx
from scripts.faults.nodes import Nodes, running
from scripts.faults.victim import Victim
from trust import open_household, present

PEOPLE = 12
RATE = 100  # messages a second, together: each has a turn of the house to itself
LISTENERS = 120  # sockets that hear each message of the second part
MESSAGES = 50
PATIENCE = 120.0  # seconds

Taken = dict[str, float]
"""CPU seconds of each kind of process."""


def taken(nodes: Nodes, front: nginx.Front) -> Taken:
    """So far."""
    servers = [server.process.pid for server in nodes.servers if server.process]
    kinds = {
        "the servers": servers,
        "PostgreSQL": nodes.database.pids(),
        "Redis": [nodes.bus.pid],
        "nginx": front.pids(),
    }
    return {kind: sum(map(cpu_seconds_of, pids)) for kind, pids in kinds.items()}


def each(nodes: Nodes, front: nginx.Front, work: Callable[[], int]) -> Taken:
    """CPU seconds for each of so many things as `work` says it did."""
    before = taken(nodes, front)
    done = work()
    return {kind: (seconds - before[kind]) / done for kind, seconds in taken(nodes, front).items()}


def join(house: Victim, name: str) -> Joined:
    """A newcomer, at whichever server the proxy chooses."""
    guest = house.join(name)
    trusts = house.trusts / "certs" / "authority" / "root.pem"
    return Joined(guest.person, Place(house.port, trusts, guest.token, host=ADDRESS))


def sending(ring: Ring, seconds: float, rate: float) -> int:
    """Steadily, so many a second; how many were answered."""
    ring.seconds.clear()
    ring.run(seconds, 0.2 / rate, Metronome(ring, rate))
    return len(ring.seconds)


def telling(writer: Joined, readers: list[Joined]) -> int:
    """One message after another to all, who have many sockets at all servers; how many times one was heard."""
    heard, answered = [0], [0]

    def hears(line: Line, payload: bytes) -> None:
        if line.place.token == writer.place.token:
            answered[0] += payload.count(ACKNOWLEDGED)
        else:
            heard[0] += payload.count(MARK)

    swarm = Swarm(writer.place, hears)
    there = [readers[number % len(readers)].place for number in range(LISTENERS)]
    swarm.open([writer.place, *there], PATIENCE)
    for number in range(1, MESSAGES + 1):
        command = SendMessage(conversation=EVERYONE, text=TEXT, nonce=nonce())
        swarm.lines[0].send(pack_command(number, command))
        swarm.run_until(lambda number=number: answered[0] >= number, PATIENCE)  # type: ignore[misc]
    swarm.run_until(lambda: heard[0] >= MESSAGES * LISTENERS, PATIENCE)
    swarm.close()
    return heard[0]


def measure_some(count: int, seconds: float, rate: float) -> tuple[Taken, Taken]:
    """CPU seconds of a message with one receiver, and of each delivery of one with many."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=kept) as name:
        house = Victim(Path(name) / "front")
        certs = house.folder / "certs"
        open_household(certs, label="bench", hosts=[ADDRESS, "localhost"], now=present())
        own = ("--cert", str(certs / "server.pem"), "--key", str(certs / "server.key"), "--proxy", ADDRESS)
        with ExitStack() as leaving:
            nodes = leaving.enter_context(running(count, Path(name), *own, front=house.folder))
            ports = [server.port for server in nodes.servers]
            front = leaving.enter_context(nginx.running(Path(name), certs, house.port, ports))
            people = [join(house, f"Person {number}") for number in range(PEOPLE)]
            ring = Ring(people)
            sends = each(nodes, front, lambda: sending(ring, seconds, rate))
            ring.close()
            deliveries = each(nodes, front, lambda: telling(people[0], people[1:]))
    return sends, deliveries


def measure(most: int, seconds: float, rate: float) -> list[Figure]:
    """All figures in microseconds; with one server first, which is the baseline of its kind."""
    figures, first = list[Figure](), dict[str, Figure]()
    for count in range(1, most + 1):
        servers = "1 server" if count == 1 else f"{count} servers"
        for what, kinds in zip(("a message to one", "a delivery"), measure_some(count, seconds, rate), strict=True):
            for kind, cpu in kinds.items():
                figure = Figure(f"{what}, {kind}, {servers}", cpu * 1e6, "µs", first.get(what + kind))
                first.setdefault(what + kind, figure)
                figures.append(figure)
    return figures


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="CPU of each process for a message, with several servers.")
    parser.add_argument("--servers", type=int, default=3, help="at most so many servers (default 3)")
    parser.add_argument("--seconds", type=float, default=10, help="of sending, each time (default 10)")
    parser.add_argument("--rate", type=float, default=RATE, help=f"messages a second, together (default {RATE})")
    asked = parser.parse_args(arguments)
    show(f"nodes, TLS, {asked.rate:g} messages a second", measure(asked.servers, asked.seconds, asked.rate))


if __name__ == "__main__":
    main()
