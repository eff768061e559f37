"""A house that an older version wrote is taken up as it is: `samples/house-N.sql` was written by a server of that time.

A sample stays for good; with the next step of the schema one more is laid beside it.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from chat.ids import new_nonce
from chat.rooms import ensure_everyone
from chat.visibility import direct
from protocol.answers import FoundMessages, Written
from protocol.commands import DeleteMessage, EditMessage, FindMessages, SendMessage, SetReaction
from protocol.events import CallEnded, MessageSent
from store import Who
from store.durable import schema
from store.durable.schema import STEPS
from store.durable.sqlite import Sqlite
from tests.neighbours import NOON, House, Phone, pull_all

SAMPLES = Path(__file__).parent / "samples"
ANNA = Who("paaaaaaaaaaaab", "daaaaaaaaaaaba")
BEN = Who("paaaaaaaaaaabb", "daaaaaaaaaabaa")
PLACE = direct(ANNA.person, BEN.person)
FIRST_NONCE = f"{4:022}"  # of Anna's "the first words"
SIX_MONTHS = 180 * 24 * 3600 * 1000  # ms


@pytest.fixture(params=sorted(path.name for path in SAMPLES.glob("house-*.sql")))
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file as that version left it."""
    path = tmp_path / "parley.db"
    with closing(sqlite3.connect(path)) as link:
        link.executescript((SAMPLES / request.param).read_text("utf-8"))
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as link:
        return int(link.execute("pragma user_version").fetchone()[0])


def lives(path: Path, live: Callable[[Phone, Phone], Awaitable[None]]) -> None:
    """Today's server takes that house up, Anna and Ben come back, and it is closed again."""

    class Later(House):
        def clock(self) -> int:
            return NOON + SIX_MONTHS

    async def run() -> None:
        house = Later(Sqlite(path, lambda: NOON + SIX_MONTHS))
        await house.start()
        try:
            await ensure_everyone(house.store)
            await live(Phone(house, ANNA), Phone(house, BEN))
        finally:
            await house.close()

    asyncio.run(run())


def test_the_file_is_brought_to_today_s_shape_once(database: Path) -> None:
    async def nothing(anna: Phone, ben: Phone) -> None:
        assert (anna.who, ben.who) == (ANNA, BEN)

    assert version(database) < len(STEPS)
    lives(database, nothing)
    assert version(database) == len(STEPS)
    lives(database, nothing)


def test_all_that_was_said_is_there_and_can_be_spoken_about(database: Path) -> None:
    async def reads_and_writes(anna: Phone, ben: Phone) -> None:
        rows = await anna.resumes()
        assert {row.conversation: row.unread for row in rows.rows}[PLACE] == 2  # what Ben said after her last words
        log = await pull_all(anna, PLACE)
        assert [event.seq for event in log] == list(range(1, 32))
        said = [event.text for event in log if isinstance(event, MessageSent)]
        assert said == ["the first words", "look", *(f"line {n}" for n in range(24)), ""]
        assert [event for event in log if isinstance(event, CallEnded)]
        (card,) = [card for card in rows.people if card.id == BEN.person]
        assert card.name == "Ben"
        first = {"conversation": PLACE, "target": 2}
        await anna.asks(EditMessage(nonce=new_nonce(), text="the very first words", **first))
        await ben.asks(SetReaction(nonce=new_nonce(), emoji="👍", on=True, **first))
        await ben.asks(SendMessage(nonce=new_nonce(), conversation=PLACE, text="so long ago", reply=2))
        await ben.asks(DeleteMessage(nonce=new_nonce(), conversation=PLACE, target=5))
        found = await ben.asks(FindMessages(text="very first"), FoundMessages)
        assert [hit.seq for hit in found.hits] == [2]

    async def reads_again(anna: Phone, _ben: Phone) -> None:
        opened = await anna.opens(PLACE)
        assert opened.row.head == 35
        assert [event.seq for event in await pull_all(anna, PLACE)] == list(range(1, 36))

    lives(database, reads_and_writes)
    lives(database, reads_again)


def test_what_was_answered_then_is_answered_alike_now(database: Path) -> None:
    async def says_again(anna: Phone, _ben: Phone) -> None:
        command = SendMessage(nonce=FIRST_NONCE, conversation=PLACE, text="the first words")
        assert (await anna.asks(command, Written)).seq == 2
        assert (await anna.opens(PLACE)).row.head == 31

    lives(database, says_again)


def test_a_sample_stands_for_every_shape_the_schema_has_left() -> None:
    """Who adds a step lays the house of before beside it: run that version, and dump its file."""
    assert {path.name for path in SAMPLES.glob("*.sql")} >= {f"house-{n}.sql" for n in range(1, len(schema.STEPS))}
