"""Several servers behind one nginx, as docs/deploy has it: each is killed in turn, and people write on.

A newcomer's first mistake is to let phones choose their server: behind a proxy they know one address and come back to
it.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench.house import ADDRESS, ROOT
from scripts.faults import nginx
from scripts.faults.nodes import (
    BACK_SECONDS,
    FEW,
    TIMES,
    WRITERS,
    Nodes,
    Writer,
    kept,
    running,
    timed,
    without_one,
    writing,
)
from scripts.faults.shown import Shown
from scripts.faults.victim import Victim


def run(*, long: bool) -> list[Shown]:
    """With two servers, and in the long part with three."""
    return [shown for count in ((2, 3) if long else (2,)) for shown in _of(count, TIMES if long else FEW)]


def _of(count: int, times: int) -> list[Shown]:
    place = ROOT / "data"
    place.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=place) as name, house(count, Path(name)) as (nodes, front):
        return asyncio.run(_suffer(nodes, front, times))


@contextmanager
def house(count: int, folder: Path) -> Iterator[tuple[Nodes, Victim]]:
    """So many servers behind one nginx, and where people find them: what is `front` here is not started itself."""
    certs = folder / "front" / "certs"
    command = [sys.executable, "scripts/generate_certs.py", "--certs", str(certs)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    own = ("--cert", str(certs / "server.pem"), "--key", str(certs / "server.key"), "--proxy", ADDRESS)
    with running(count, folder, *own, front=folder / "front") as nodes:
        front = Victim(folder / "front")
        with nginx.running(folder, certs, front.port, [server.port for server in nodes.servers]):
            yield nodes, front


async def _suffer(nodes: Nodes, front: Victim, times: int) -> list[Shown]:
    writers = [Writer([front], 0, f"Writer {number}") for number in range(WRITERS)]
    for writer in writers:
        await writer.joins()
    async with writing(writers):
        back = [await without_one(writers, nodes.servers[number % len(nodes.servers)]) for number in range(times)]
    fault = f"{len(nodes.servers)} servers behind nginx, one of them killed, {times} times"
    return [*await kept(fault, nodes, writers), timed(fault, "each writes on at the same address", back, BACK_SECONDS)]
