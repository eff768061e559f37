"""Memory and CPU that a connection takes which does nothing: a signed-in socket over TLS, beside Tornado's own."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.bench.baselines import loop_of_write_message
from scripts.bench.client import Crowd, Place
from scripts.bench.fanout import MARK
from scripts.bench.figures import Figure, show
from scripts.bench.house import free_port, is_open, running_house
from scripts.bench.measured import Measured

FIRST = 20  # connections that come before, so that what is loaded once is not counted


def cost(server: Measured, place: Place, connections: int) -> tuple[float, float]:
    """Resident bytes and CPU seconds of each connection."""
    with Crowd(place, FIRST, MARK):
        bytes_before, cpu_before = server.resident_bytes(), server.cpu_seconds()
        with Crowd(place, connections, MARK):
            bytes_after, cpu_after = server.resident_bytes(), server.cpu_seconds()
    return (bytes_after - bytes_before) / connections, (cpu_after - cpu_before) / connections


def measure(connections: int) -> list[Figure]:
    """Kilobytes and milliseconds."""
    with running_house() as house:
        ours, our_cpu = cost(house.measured, house.join("Anna").place, connections)
        port = free_port()
        with Measured(loop_of_write_message, port, house.certs) as server:
            server.wait_until(lambda: is_open(port))
            theirs, their_cpu = cost(server, Place(port, house.authority), connections)
    plain = Figure("an idle connection to a plain Tornado socket", theirs / 1000, "kB")
    plain_cpu = Figure("CPU to connect to a plain Tornado socket", their_cpu * 1000, "ms")
    return [
        plain,
        Figure("an idle connection to Parley", ours / 1000, "kB", plain),
        plain_cpu,
        Figure("CPU to connect to Parley, hello included", our_cpu * 1000, "ms", plain_cpu),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="What a connection takes that does nothing.")
    parser.add_argument("--connections", type=int, default=1000, help="connections (default 1000)")
    asked = parser.parse_args(arguments)
    show(f"idle, TLS, {asked.connections} connections", measure(asked.connections))


if __name__ == "__main__":
    main()
