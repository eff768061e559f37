"""Several servers behind one nginx, as docs/deploy has it: each is killed in turn, and people write on.

A newcomer's first mistake is to let phones choose their server: behind a proxy they know one address and come back to
it.
"""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench.house import ADDRESS, ROOT
from scripts.faults import nginx
from scripts.faults.nodes import (
    BACK_SECONDS,
    FEW,
    TIMES,
    Nodes,
    Writer,
    each_has_written,
    lost,
    running,
    timed,
    writing,
)
from scripts.faults.shown import Shown
from scripts.faults.victim import Victim

WRITERS = 4


def run(*, long: bool) -> list[Shown]:
    """With two servers, and in the long part with three."""
    return [shown for count in ((2, 3) if long else (2,)) for shown in _of(count, TIMES if long else FEW)]


def _of(count: int, times: int) -> list[Shown]:
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        folder = Path(name)
        certs = folder / "front" / "certs"
        command = [sys.executable, "scripts/generate_certs.py", "--certs", str(certs)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        own = ("--cert", str(certs / "server.pem"), "--key", str(certs / "server.key"), "--proxy", ADDRESS)
        with running(count, folder, *own, front=folder / "front") as nodes:
            front = Victim(folder / "front")
            with nginx.running(folder, certs, front.port, [server.port for server in nodes.servers]):
                return asyncio.run(_suffer(nodes, front, times))


async def _suffer(nodes: Nodes, front: Victim, times: int) -> list[Shown]:
    writers = [Writer([front], 0, f"Writer {number}") for number in range(WRITERS)]
    for writer in writers:
        await writer.joins()
    back = list[float]()
    async with writing(writers):
        for number in range(times):
            back.append(await _without_one(writers, nodes.servers[number % len(nodes.servers)]))
    logs = [await writer.all_of_it() for writer in writers]
    fault = f"{len(nodes.servers)} servers behind nginx, one of them killed, {times} times"
    acked = {nonce: seq for writer in writers for nonce, seq in writer.phone.acked.items()}
    wrong = lost(acked.values(), writers[0].phone.log)
    texts = [text for text in writers[0].phone.texts() if text.startswith("w ")]
    broke = any("Traceback" in server.said() for server in nodes.servers)
    return [
        Shown(
            fault, "every phone ends with the same log", f"{len(logs[0])} events", all(one == logs[0] for one in logs)
        ),
        Shown(fault, "acknowledged and lost: 0", f"{wrong} of {len(acked)}", wrong == 0 and len(acked) > 0),
        Shown(fault, "doubled: 0", str(len(texts) - len(set(texts))), len(texts) == len(set(texts))),
        Shown(fault, "no traceback in any log", "some" if broke else "none", not broke),
        timed(fault, "each writes on at the same address", back, BACK_SECONDS),
    ]


async def _without_one(writers: list[Writer], victim: Victim) -> float:
    """How long it takes until everybody has written on, after this one was killed; it runs again then."""
    await each_has_written(writers)
    await asyncio.to_thread(victim.kill)
    began = time.monotonic()
    await each_has_written(writers)
    took = time.monotonic() - began
    await asyncio.to_thread(victim.start)
    return took
