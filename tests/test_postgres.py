"""server.py with --store postgresql://: people talk while it is killed, and while its database goes and comes back."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from chat.visibility import EVERYONE
from scripts.faults.phone import Phone, Refused
from scripts.faults.victim import UNLIMITED, Victim
from tests.house.tree import ROOT
from tests.postgres import Server, running

BACK_SECONDS = 10.0


@pytest.fixture
def database() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def victim(database: Server, tmp_path: Path) -> Iterator[Victim]:
    """A server whose messages are in that database."""
    one = Victim(tmp_path, *UNLIMITED, "--store", database.database())  # its phones ask again at once
    one.start()
    yield one
    one.kill()


def two(victim: Victim) -> tuple[Phone, Phone]:
    return Phone(victim, victim.join("Anna"), EVERYONE), Phone(victim, victim.join("Ben"), EVERYONE)


async def say(phone: Phone, text: str) -> None:
    phone.writes(text)
    await phone.sends()


async def say_again(phone: Phone) -> None:
    """The outbox, by the same nonces, until it is taken."""
    async with asyncio.timeout(BACK_SECONDS):
        while phone.outbox:
            with suppress(Refused):
                await phone.sends()


async def all_of_it(phone: Phone) -> list[str]:
    """What the server has, from the beginning, and that there is no gap."""
    phone.log.clear()
    await phone.catches_up()
    return phone.texts()


def test_what_was_said_outlives_a_kill_and_is_there_once(victim: Victim) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, victim)
        async with anna.connected(), ben.connected():
            for number in range(20):
                await say(anna, f"anna {number}")
                await say(ben, f"ben {number}")
            anna.writes("on its way")
            asking = asyncio.create_task(anna.sends())
            victim.kill()
            await asyncio.wait([asking])
            asking.exception()
        await asyncio.to_thread(victim.start)
        async with anna.connected(), ben.connected():
            await anna.sends()
            await say(ben, "back")
            spoken = [f"{name} {number}" for number in range(20) for name in ("anna", "ben")]
            assert await all_of_it(ben) == await all_of_it(anna) == [*spoken, "on its way", "back"]
            seqs = [*anna.acked.values(), *ben.acked.values()]
            assert len(set(seqs)) == len(seqs) == 42
            assert {anna.log[seq - 1].name for seq in seqs} == {"message.sent"}

    asyncio.run(live())


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_database_that_is_stopped_costs_no_word_and_no_truth(victim: Victim, database: Server, how: str) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, victim)
        async with anna.connected(), ben.connected():
            await say(anna, "before")
            await asyncio.to_thread(database.stop, how)
            for phone in (anna, ben):
                with pytest.raises(Refused, match="not-saved"):
                    await say(phone, "meanwhile")
            status, told = await asyncio.to_thread(health, victim)
            assert status == 503
            assert "PostgreSQL cannot be reached" in told
            await asyncio.to_thread(database.start)
            await say_again(anna)
            await say_again(ben)
            assert await all_of_it(ben) == ["before", "meanwhile", "meanwhile"]
            assert (await asyncio.to_thread(health, victim))[0] == 200

    asyncio.run(live())
    assert "Traceback" not in victim.said()


def test_a_frozen_database_makes_nobody_wait_for_ever_and_nothing_false(victim: Victim, database: Server) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, victim)
        async with anna.connected(), ben.connected():
            await say(anna, "before")
            with database.frozen():
                for phone in (anna, ben):
                    with pytest.raises(Refused, match="not-saved"):
                        await say(phone, f"meanwhile {phone.guest.person}")
                assert (await asyncio.to_thread(health, victim))[0] == 503
            await say_again(anna)
            await say_again(ben)
            heard = ["before", *(f"meanwhile {phone.guest.person}" for phone in (anna, ben))]
            assert await all_of_it(ben) == await all_of_it(anna) == heard

    asyncio.run(live())
    assert "Traceback" not in victim.said()


def health(victim: Victim) -> tuple[int, str]:
    """The status of /health, and what it says."""
    status, body, _ = victim.ask("GET", "/health")
    return status, body.decode()


def refusal(*command: str, code: int = 2) -> str:
    """What a command says that ends at once, in one line."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    said = done.stderr.decode().splitlines()
    assert (done.returncode, len(said)) == (code, 1), done.stderr.decode()
    return said[0]


def test_a_second_server_and_a_backup_are_refused_in_one_sentence_each(victim: Victim, tmp_path: Path) -> None:
    url = victim.command[victim.command.index("--store") + 1]
    second = Victim(tmp_path / "second", "--store", url)
    second.folder.mkdir()
    assert "without --bus one PostgreSQL database serves one server" in refusal(*second.command, code=1)
    assert "pg_dump" in refusal(sys.executable, "scripts/backup.py", "--data", str(victim.data))
    victim.kill()
    sqlite = Victim(tmp_path, "--store", "sqlite")
    assert "are in PostgreSQL" in refusal(*sqlite.command)


def test_a_house_is_put_back_from_pg_dump_and_phones_begin_anew(
    victim: Victim, database: Server, tmp_path: Path
) -> None:
    async def says(text: str) -> None:
        anna = Phone(victim, await asyncio.to_thread(victim.join, "Anna"), EVERYONE)
        async with anna.connected():
            await say(anna, text)

    asyncio.run(says("to be kept"))
    victim.kill()
    url = victim.command[victim.command.index("--store") + 1]
    dump = tmp_path / "house.dump"
    database.program("pg_dump", "--format=custom", f"--file={dump}", url)
    back = database.database()
    database.program("pg_restore", "--no-owner", "--role=parley", f"--dbname={back}", str(dump))
    before = epoch(url)
    with psycopg.connect(back, autocommit=True) as link:
        link.execute(page_says("update parley.meta").encode())
    assert epoch(back) not in ("", before)
    again = Victim(tmp_path, "--store", back)
    again.start()
    try:
        assert again.health() is not None
        with psycopg.connect(back) as link:
            (found,) = link.execute("select text from parley.log where name = 'message.sent'").fetchall()
        assert found == (b"to be kept",)
    finally:
        again.kill()


def epoch(url: str) -> str:
    with psycopg.connect(url) as link:
        row = link.execute("select value from parley.meta where key = 'epoch'").fetchone()
    return "" if row is None else str(row[0])


def page_says(beginning: str) -> str:
    """The statement of docs/operations.md that begins so."""
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    return page[page.index(beginning) :].partition('"')[0]


def test_a_start_without_its_database_is_one_that_may_be_tried_again(tmp_path: Path) -> None:
    with running() as server:
        alone = Victim(tmp_path, "--store", server.database())
        server.stop()
        assert "cannot be reached" in refusal(*alone.command, code=1)
        server.start()
        alone.start()
        alone.kill()
