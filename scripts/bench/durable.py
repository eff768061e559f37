"""Commits and messages a second through the SQLite store, beside the bare library and the bare disk in the same run.

The disk sets the pace, for a commit waits for it once: so the first baseline is as much written and synced.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import ROOT
from store.durable import Batch, LogRow
from store.durable.schema import open_writer
from store.durable.sqlite import Sqlite

FRAME = b"m" * 200  # bytes, about what a message of a line takes
CONVERSATION = "direct.paaaaaaaaaaaaa.pbbbbbbbbbbbbb"
TOGETHER = 100  # messages in one commit, as the writer gathers them under load
ROUNDS = 3


def batch(seqs: Iterator[int], size: int) -> Batch:
    """What the writer commits for `size` messages: their rows, their nonces, the conversation's shelf row."""
    rows = [
        LogRow(CONVERSATION, next(seqs), "message.sent", None, "paaaaaaaaaaaaa", "a line of text", FRAME)
        for _ in range(size)
    ]
    answers = [("daaaaaaaaaaaaa", f"{row.seq:022}", b'{"seq":1}') for row in rows]
    return Batch(rows=rows, answers=answers, shelves=[("conversations", CONVERSATION, FRAME)])


def disk(folder: Path, times: int) -> float:
    """Seconds for a write and a sync of four pages, as a small commit makes."""
    with (folder / "disk").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _ in range(times):
            file.write(bytes(4 * 4096))
            os.fsync(file.fileno())
        return (time.perf_counter() - began) / times


def library(folder: Path, times: int, size: int) -> float:
    """Seconds for a commit by the library alone, in one thread, with the same pragmas and tables."""
    link = open_writer(folder / f"library-{size}.db", 0)
    seqs = count(1)
    batches = [batch(seqs, size) for _ in range(times)]
    began = time.perf_counter()
    for each in batches:
        link.execute("begin immediate")
        rows = [(r.conversation, r.seq, r.name, r.target, r.author, r.text, r.frame) for r in each.rows]
        link.executemany("insert into log values (?, ?, ?, ?, ?, ?, ?)", rows)
        link.executemany("insert into answers values (?, ?, ?)", each.answers)
        link.executemany("insert or replace into shelves values (?, ?, ?)", each.shelves)
        link.execute("commit")
    seconds = (time.perf_counter() - began) / times
    link.close()
    return seconds


async def ours(folder: Path, times: int, size: int) -> float:
    """Seconds for a commit through the port."""
    store = Sqlite(folder / f"ours-{size}.db", lambda: 0)
    await store.start()
    seqs = count(1)
    batches = [batch(seqs, size) for _ in range(times)]
    began = time.perf_counter()
    for each in batches:
        await store.commit(each)
    seconds = (time.perf_counter() - began) / times
    await store.close()
    return seconds


def measure(times: int) -> list[Figure]:
    """All figures, each the middle of three rounds in which all take their turn."""
    kept = ROOT / "data"  # on the disk that people use: a system's folder for temporary files may be memory
    kept.mkdir(exist_ok=True)
    seconds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="bench-", dir=kept) as name:
            folder = Path(name)
            seconds.setdefault("disk", []).append(disk(folder, times))
            for size in (1, TOGETHER):
                some = max(1, times // size) if size == 1 else max(1, times // 10)
                seconds.setdefault(f"library {size}", []).append(library(folder, some, size))
                seconds.setdefault(f"ours {size}", []).append(asyncio.run(ours(folder, some, size)))
    each = {name: 1 / middle(taken) for name, taken in seconds.items()}
    synced = Figure("16 KiB written and synced", each["disk"], "a second")
    alone = Figure("commits of one message, bare sqlite3", each["library 1"], "a second", synced)
    many = Figure(
        f"messages in commits of {TOGETHER}, bare sqlite3", each[f"library {TOGETHER}"] * TOGETHER, "a second", synced
    )
    return [
        synced,
        alone,
        Figure("commits of one message, the store", each["ours 1"], "a second", alone),
        many,
        Figure(f"messages in commits of {TOGETHER}, the store", each[f"ours {TOGETHER}"] * TOGETHER, "a second", many),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="Commits and messages a second through the SQLite store.")
    parser.add_argument("--times", type=int, default=2000, help="commits of one message (default 2000)")
    show("durable", measure(parser.parse_args(arguments).times))


if __name__ == "__main__":
    main()
