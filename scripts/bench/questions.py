"""What somebody waits for who searches among a million messages: the whole question, over a socket of the server.

scripts/bench/search.py times the index alone, by the processor. Here the queue before the readers, the rows of the log,
the words around each match and the way there and back count too, by the clock. What is said is the same as there: it is
written beside the rules as they would have, from now on a minute each, and indexed in the server's own way.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from chat.ids import id_from
from protocol.codec import pack_event
from protocol.commands import Command, FindMessages, Ping
from protocol.events import MessageSent
from protocol.shapes import FileInfo
from scripts.bench.figures import middle, rounded, today
from scripts.bench.house import ROOT, nonce
from scripts.bench.search import AMONG, TARGET, TIMES, Town, kinds, wanted_town
from scripts.bench.seeding import ANNA, Talk, catch_up, seed
from scripts.faults.phone import Phone
from scripts.faults.victim import UNLIMITED, Guest, Victim
from store.drafts import member_key
from store.durable.schema import open_writer
from store.search.changes import Said
from store.search.finding import Question

ROOMS = 400  # a person may be in 500, and one is in all of them
PATIENCE_SECONDS = 1800.0  # until all is indexed
Row = tuple[str, int, str, None, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Filled:
    """A house that was filled: the token of her who asks, its rooms, the loudest first, and when all began (ms)."""

    token: str
    rooms: list[str]
    begin: int

    def command(self, question: Question) -> FindMessages | None:
        """The question as a page asks it; None of one that is asked by somebody who is elsewhere."""
        places = [int(name.partition(".")[2]) for name in question.reaches]
        if len(places) != 1 and places != list(range(min(AMONG, len(self.rooms)))):
            return None
        return FindMessages(
            text=question.text,
            conversation=self.rooms[places[0]] if len(places) == 1 else None,
            author=_person(question.author) if question.author else "",
            after=question.after and self.begin + question.after,
            before=question.before and self.begin + question.before,
            has_file=question.files,
        )


def _person(author: str) -> str:
    return id_from("p", author)


def fill(data: Path, town: Town) -> Filled:
    """A server's data folder with all that is said in a town."""
    people = [Talk(f"p{number}", 1) for number in range(town.people)]
    names = [f"Room {number}" for number in range(town.conversations)]
    seeded = seed(data, [*people, *(Talk(name, 1, room=True) for name in names)])
    rooms = [seeded.conversations[name] for name in names]
    with closing(open_writer(data / "parley.db", 0)) as link:
        link.execute("begin immediate")
        told = link.execute("select key, value from shelves where name = 'conversations'").fetchall()
        rows = {key: json.loads(value) for key, value in told if key in rooms}
        begin = max(row["line_at"] for row in rows.values())
        link.executemany("insert into log values (?, ?, ?, ?, ?, ?, ?)", _said(town, rooms, rows, begin))
        link.executemany(
            "update shelves set value = ? where name = 'conversations' and key = ?",
            ((json.dumps(row).encode(), key) for key, row in rows.items()),
        )
        link.executemany(
            "delete from shelves where name = 'members' and key = ?",
            ((member_key(room, _person(ANNA)),) for room in rooms[AMONG:]),
        )
        link.execute("commit")
    catch_up(data)
    return Filled(seeded.token, rooms, begin)


def _said(town: Town, rooms: list[str], rows: dict[str, Any], begin: int) -> Iterator[Row]:
    """All of it, oldest first; each room's row moves along."""
    place = dict(zip(town.reach(0, town.conversations), rooms, strict=True))
    for name, _, said in town.steps():
        if isinstance(said, Said):
            row, at, author = rows[place[name]], begin + said.at, _person(said.author)
            row["head"] = row["line"] = seq = row["head"] + 1
            row["line_at"] = at
            files = [FileInfo(id=id_from("f", one, 26), name=one, type="image/jpeg", size=1) for one in said.names]
            event = MessageSent(
                conversation=row["id"], seq=seq, at=at, author=author, text=said.text, nonce=nonce(), files=files
            )
            yield row["id"], seq, event.name, None, author, said.text, pack_event(event)


async def ask_all(server: Victim, filled: Filled, town: Town) -> bool:
    """Asks one question after another and prints a row of each kind; whether 95 of 100 of each are in time."""
    phone, good = Phone(server, Guest("", filled.token), ""), True
    async with phone.connected():
        async with asyncio.timeout(PATIENCE_SECONDS):
            await _is_indexed(phone)
        _row("a ping", "", [(await _timed(phone, Ping()))[0] for _ in range(TIMES)])
        for name, questions in kinds(town).items():
            commands = [command for question in questions if (command := filled.command(question))]
            if commands:
                asked = [await _timed(phone, command) for command in commands]
                took = [ms for ms, _ in asked]
                _row(name, f"{middle(len(answer['hits']) for _, answer in asked):.0f}", took)
                good = good and middle(took, 0.95) <= TARGET
    return good


async def _is_indexed(phone: Phone) -> None:
    while True:
        if (await phone.ask(FindMessages(text=ANNA)))["ready"]:
            return
        await asyncio.sleep(1)


async def _timed(phone: Phone, command: Command) -> tuple[float, Any]:
    """Milliseconds, and the answer."""
    began = time.perf_counter()
    answer = await phone.ask(command)
    return (time.perf_counter() - began) * 1000, answer


def _row(name: str, hits: str, took: list[float]) -> None:
    cells = [f"{rounded(ms)} ms" for ms in (middle(took), middle(took, 0.95), max(took))]
    print(f"| {name} | {hits} | {' | '.join(cells)} |", flush=True)


def main(given: list[str] | None = None) -> int:
    """Fills, starts the server, asks, prints; 1 when a kind of question misses the target."""
    town = wanted_town(given, __doc__, conversations=ROOMS)
    (ROOT / "data").mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=ROOT / "data") as folder:
        server = Victim(Path(folder), "--backups", "0", *UNLIMITED)
        filled = fill(server.data, town)
        server.start()
        try:
            print(f"whole questions, {town.messages:,} messages in {town.conversations:,} conversations: {today()}\n")
            print("| what is asked of the server | hits | p50 | p95 | worst |")
            print("|---|---|---|---|---|")
            return 0 if asyncio.run(ask_all(server, filled, town)) else 1
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main())
