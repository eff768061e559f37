"""A house of a million messages: how long its server takes to start, and a page of an old conversation to come.

A few messages are said by the rules; all others are written beside them as the rules would have, each with its kept
answer, for a million would take ten minutes. The index of searches has caught up before anything is measured.
"""

import argparse
import asyncio
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from protocol.answers import Written
from protocol.codec import pack_event, pack_ok
from protocol.commands import Command, PageConversation, Ping
from protocol.events import MessageSent
from scripts.bench.figures import Figure, middle, show
from scripts.bench.house import ROOT, nonce
from scripts.bench.seeding import Talk, catch_up, seed
from scripts.faults.phone import Phone
from scripts.faults.victim import UNLIMITED, Guest, Victim
from store.durable.schema import open_writer

CONVERSATIONS = 200
TEXT = "This is a line of text, as long as most of them."
STARTS = 3  # the middle of which counts
PAGES = 300
Row = tuple[str, int, str, None, str, str, bytes]


def fill(data: Path, messages: int) -> tuple[str, dict[str, int]]:
    """Anna's token, and where each of her conversations ends, with so many messages in all of them together."""
    seeded = seed(data, [Talk(f"Friend {number}", 2) for number in range(CONVERSATIONS)])
    heads = {}
    with closing(open_writer(data / "parley.db", 0)) as link:
        link.execute("begin immediate")
        for place in seeded.conversations.values():
            (told,) = link.execute(
                "select value from shelves where name = 'conversations' and key = ?", (place,)
            ).fetchone()
            row = json.loads(told)
            begin, end = row["head"], messages // CONVERSATIONS
            author, device = link.execute(
                "select author, (select min(device) from answers) from log where conversation = ? and seq = ?",
                (place, begin),
            ).fetchone()
            link.executemany(
                "insert into log values (?, ?, ?, ?, ?, ?, ?)", _rows(place, author, begin, end, row["line_at"])
            )
            answers = (
                (device, nonce(), pack_ok(7, Written(conversation=place, seq=seq, at=0)))
                for seq in range(begin + 1, end + 1)
            )
            link.executemany("insert into answers values (?, ?, ?)", answers)
            row["head"] = row["line"] = heads[place] = max(begin, end)
            link.execute(
                "update shelves set value = ? where name = 'conversations' and key = ?",
                (json.dumps(row).encode(), place),
            )
        link.execute("commit")
    catch_up(data)
    return seeded.token, heads


def _rows(place: str, author: str, begin: int, end: int, at: int) -> Iterator[Row]:
    for seq in range(begin + 1, end + 1):
        text = f"{TEXT} {seq}"
        event = MessageSent(conversation=place, seq=seq, at=at, author=author, text=text, nonce=nonce())
        yield place, seq, event.name, None, author, text, pack_event(event)


def started(server: Victim) -> float:
    """Seconds until it answers."""
    began = time.perf_counter()
    server.start()
    return time.perf_counter() - began


def starts(server: Victim) -> float:
    """Seconds of the middle one of a few; it runs afterwards. The first does not count: it makes certificates."""
    started(server)
    seconds = []
    for _ in range(STARTS):
        server.kill()
        seconds.append(started(server))
    return middle(seconds)


async def asked(server: Victim, token: str, heads: dict[str, int]) -> tuple[list[float], list[float]]:
    """Seconds of each page, anywhere in any conversation, and of each ping beside it."""
    chance, pages, pings = random.Random(3), list[float](), list[float]()
    phone = Phone(server, Guest("", token), "")
    async with phone.connected():
        for _ in range(PAGES):
            place = chance.choice(list(heads))
            pages.append(
                await _timed(phone, PageConversation(conversation=place, before=chance.randint(2, heads[place])))
            )
            pings.append(await _timed(phone, Ping()))
    return pages, pings


async def _timed(phone: Phone, command: Command) -> float:
    began = time.perf_counter()
    await phone.ask(command)
    return time.perf_counter() - began


def measure(messages: int, kept: Path) -> list[Figure]:
    """Seconds, and milliseconds."""
    empty, full = (Victim(kept / name, "--backups", "0", *UNLIMITED) for name in ("empty", "full"))
    note = full.folder / "note.json"
    for server in (empty, full):
        server.folder.mkdir(parents=True, exist_ok=True)
    if not note.exists():
        shutil.rmtree(full.data, ignore_errors=True)  # what broke off is no house of that size
        note.write_text(json.dumps(fill(full.data, messages)), "utf-8")
    token, heads = json.loads(note.read_text("utf-8"))
    if (there := sum(heads.values())) != messages:
        raise ValueError(
            f"expected {messages} messages in {kept}, got {there}: {CONVERSATIONS} conversations are alike"
        )
    size = (full.data / "parley.db").stat().st_size
    try:
        alone = Figure("an empty server starts", starts(empty), "s")
        empty.kill()
        seconds = starts(full)
        memory = full.resident_mb()
        pages, pings = asyncio.run(asked(full, token, heads))
    finally:
        empty.kill()
        full.kill()
    ping = Figure("a ping is answered, p50", middle(pings) * 1e3, "ms")
    last = Figure("a ping is answered, p99", middle(pings, 0.99) * 1e3, "ms")
    return [
        alone,
        Figure(f"one with {messages:,} messages starts", seconds, "s", alone),
        Figure("its database", size / 1e6, "MB"),
        Figure("its memory", memory, "MB"),
        ping,
        Figure("a page of any conversation, anywhere in it, p50", middle(pages) * 1e3, "ms", ping),
        last,
        Figure("a page of any conversation, anywhere in it, p99", middle(pages, 0.99) * 1e3, "ms", last),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Reads the flags, measures, prints."""
    parser = argparse.ArgumentParser(description="How a server with many messages starts, and gives a page of them.")
    parser.add_argument("--messages", type=int, default=1_000_000, help="messages on its disk (default 1,000,000)")
    parser.add_argument("--kept", type=Path, help="a folder that keeps the filled house, or has it from the last time")
    asked_for = parser.parse_args(arguments)
    if asked_for.kept:
        show(f"a start with {asked_for.messages:,} messages", measure(asked_for.messages, asked_for.kept))
        return
    (ROOT / "data").mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=ROOT / "data") as name:
        show(f"a start with {asked_for.messages:,} messages", measure(asked_for.messages, Path(name)))


if __name__ == "__main__":
    main()
