"""An answer leaves only when the disk has what it speaks of: seen from outside, by the system calls of a real server.

A kill cannot tell whether the disk was waited for, for the system keeps what was written. strace can.
"""

import asyncio
import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Victim

WATCHED = "trace=pwrite64,fdatasync,fsync"
WRITTEN = re.compile(r"^\d+ +([\d.]+) pwrite64\(\d+<[^>]*parley\.db-wal>")
SYNC = re.compile(r"^(\d+) +([\d.]+) f(?:data)?sync\(\d+<[^>]*parley\.db-wal>(?:.*= 0 <([\d.]+)>|.*unfinished)")
SYNCED = re.compile(r"^(\d+) +([\d.]+) <\.\.\. f(?:data)?sync resumed>.*= 0")

Span = tuple[float, float]
"""When something began and ended, in seconds since the epoch."""


def run(*, long: bool) -> list[Shown]:
    """200 messages, one after another; 20 in the quick part."""
    if shutil.which("strace") is None:
        raise RuntimeError("strace is missing. On Debian: apt-get install strace")
    return asyncio.run(_watch(200 if long else 20))


async def _watch(messages: int) -> list[Shown]:
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        trace = Path(name) / "trace"
        watch = ["strace", "-f", "-y", "-ttt", "-T", "-s", "0", "-o", str(trace), "-e", WATCHED]
        server = Victim(Path(name), "--backups", "0", *UNLIMITED, before=watch)
        server.start()
        try:
            phone = Phone(server, server.join("Anna"), EVERYONE)
            spans = []
            async with phone.connected():
                for number in range(messages):
                    phone.writes(f"message {number}")
                    began = time.time()
                    await phone.sends()
                    spans.append((began, time.time()))
        finally:
            server.kill()
        early = too_early(trace.read_text(errors="replace").splitlines(), spans)
    fault = f"{messages} messages under strace"
    must = "answered before its own write was synced: 0"
    return [Shown(fault, must, f"{early} of {len(spans)}", early == 0)]


def too_early(lines: list[str], spans: list[Span]) -> int:
    """Of messages sent one after another: how many were answered while no write and sync after it had been seen."""
    writes: list[float] = []
    syncs: list[Span] = []
    begun: dict[str, float] = {}
    for line in lines:
        if written := WRITTEN.search(line):
            writes.append(float(written[1]))
        elif sync := SYNC.search(line):
            at = float(sync[2])
            if sync[3]:
                syncs.append((at, at + float(sync[3])))
            else:
                begun[sync[1]] = at
        elif (done := SYNCED.search(line)) and done[1] in begun:
            syncs.append((begun.pop(done[1]), float(done[2])))
    return sum(not _is_synced(span, writes, syncs) for span in spans)


def _is_synced(span: Span, writes: list[float], syncs: list[Span]) -> bool:
    sent, answered = span
    first = min((at for at in writes if sent <= at <= answered), default=answered)
    return any(first <= began and ended <= answered for began, ended in syncs)
