"""From sending a message to its acknowledgement, over a real TLS socket, the commit on the disk included.

Below it nothing can go: the baseline is an echo through Tornado and a sync of the disk, both in the same run.
"""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from protocol.codec import pack_command
from protocol.commands import SendMessage
from scripts.bench.baselines import loop_of_write_message
from scripts.bench.client import Place, connected
from scripts.bench.fanout import MARK, TEXT, pack_ref
from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import House, Joined, direct, free_port, is_open, nonce, running_house
from scripts.bench.measured import Measured

WRITERS = 20  # people who write at the same time, each waiting for their own answer
PAGES = bytes(4 * 4096)


async def timed(times: int, once: Callable[[int], Awaitable[object]]) -> list[float]:
    """Seconds of each."""
    taken = []
    for number in range(1, times + 1):
        began = time.perf_counter()
        await once(number)
        taken.append(time.perf_counter() - began)
    return taken


async def writing(writer: Joined, conversation: str, times: int) -> list[float]:
    """Seconds until each of the messages of one person was acknowledged."""
    async with connected(writer.place) as client:

        async def send(ref: int) -> None:
            client.send(pack_command(ref, SendMessage(conversation=conversation, text=TEXT, nonce=nonce())))
            await client.receive_until(pack_ref(ref))

        return await timed(times, send)


async def echoing(place: Place, times: int) -> list[float]:
    """Seconds until each frame came back."""
    async with connected(place) as client:

        async def send(_: int) -> None:
            client.send(MARK * 15)
            await client.receive()

        return await timed(times, send)


def syncing(folder: Path, times: int) -> list[float]:
    """Seconds of each write of four pages and its sync."""
    taken = []
    with (folder / "synced").open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(PAGES)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return taken


def echoed(house: House, times: int) -> list[float]:
    """The same through the plainest server."""
    port = free_port()
    with Measured(loop_of_write_message, port, house.certs) as server:
        server.wait_until(lambda: is_open(port))
        return asyncio.run(echoing(Place(port, house.authority), times))


async def crowded(pairs: list[tuple[Joined, Joined]], times: int) -> list[float]:
    """What each of them waits when all write at once."""
    each = await asyncio.gather(*(writing(writer, direct(writer, reader), times) for writer, reader in pairs))
    return [seconds for taken in each for seconds in taken]


def measure(times: int) -> list[Figure]:
    """All figures in milliseconds."""
    with running_house() as house:
        people = [house.join(f"Person {number}") for number in range(WRITERS + 1)]
        echo = echoed(house, times)
        sync = syncing(house.certs, times)
        alone = asyncio.run(writing(people[0], direct(people[0], people[1]), times))
        together = asyncio.run(crowded(list(pairwise(people)), max(1, times // WRITERS)))
    figures = []
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        floor = Figure(f"an echo and a sync, {name}", (middle(echo, share) + middle(sync, share)) * 1e3, "ms")
        figures += [
            floor,
            Figure(f"sent to acknowledged, {name}", middle(alone, share) * 1e3, "ms", floor),
            Figure(f"the same, {WRITERS} people writing at once, {name}", middle(together, share) * 1e3, "ms", floor),
        ]
    return figures


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="From sending a message to its acknowledgement.")
    parser.add_argument("--times", type=int, default=2000, help="messages (default 2000)")
    show("latency, TLS", measure(parser.parse_args(arguments).times))


if __name__ == "__main__":
    main()
