"""Several server.py on one PostgreSQL and one Redis: people talk across them, and lose nothing when one is killed."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from chat.ids import new_nonce
from chat.visibility import EVERYONE
from protocol.commands import RevokeDevice, SendMessage, SetTyping
from protocol.events import TypingChanged
from scripts.faults.nodes import Nodes, node, running
from scripts.faults.phone import Phone
from scripts.faults.victim import Victim
from tests.house.tree import ROOT
from tests.postgres import require_programs
from tests.redis import require_program
from tests.test_postgres import all_of_it, refusal, say


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Two that run."""
    require_programs()
    require_program()
    with running(2, tmp_path) as house:
        yield house


def two(nodes: Nodes) -> tuple[Phone, Phone]:
    """Anna at one and Ben at the other."""
    one, other = nodes.servers
    return Phone(one, one.join("Anna"), EVERYONE), Phone(other, other.join("Ben"), EVERYONE)


async def hears(phone: Phone, text: str) -> None:
    """Live, without asking."""
    async with asyncio.timeout(60):
        while text not in phone.texts():
            had = phone.values
            while phone.values == had:
                await asyncio.to_thread(lambda: None)


async def reaches(phone: Phone, seq: int) -> None:
    """Its own server has the log up to there."""
    async with asyncio.timeout(60):
        while len(phone.log) < seq:
            await phone.catches_up()


async def bus_is(nodes: Nodes, *, well: bool) -> None:
    """So says /health of each server."""
    async with asyncio.timeout(60):
        for server in nodes.servers:
            while (await asyncio.to_thread(bus_of, server) == "ok") != well:
                pass


def bus_of(server: Victim) -> str:
    """What its /health says of the bus; nothing while it does not answer."""
    health = server.health()
    return str(health["checks"]["bus"]) if health else ""


def uploads(server: Victim, phone: Phone, content: bytes) -> tuple[int, str]:
    """By tus, in one request: the status, and where it is."""
    name = base64.b64encode(b"a.bin").decode()
    status, _, headers = server.ask(
        "POST",
        "/api/files",
        content,
        Authorization=f"Bearer {phone.guest.token}",
        Tus_Resumable="1.0.0",
        Upload_Length=str(len(content)),
        Upload_Metadata=f"filename {name}",
        Content_Type="application/offset+octet-stream",
    )
    return status, headers["Location"] or ""


def test_what_is_uploaded_at_one_server_is_read_at_the_other_by_whom_it_was_sent_to(nodes: Nodes) -> None:
    one, other = nodes.servers
    content = os.urandom(300_000)

    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        status, where = await asyncio.to_thread(uploads, one, anna, content)
        assert status == 201
        file = where.rpartition("/")[2]
        async with anna.connected(), ben.connected():
            sent = SendMessage(nonce=new_nonce(), conversation=EVERYONE, text="a film", files=[file])
            await reaches(ben, (await anna.ask(sent))["seq"])
        for guest in (ben.guest, anna.guest):
            got, body, _ = await asyncio.to_thread(other.ask, "GET", where, None, Authorization=f"Bearer {guest.token}")
            assert (got, body == content) == (200, True)

    asyncio.run(live())


def test_a_message_that_is_sent_at_one_server_is_heard_at_the_other(nodes: Nodes) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with anna.connected(), ben.connected():
            await anna.catches_up()
            await ben.catches_up()
            await say(anna, "hello")
            await hears(ben, "hello")
            await say(ben, "hello yourself")
            await hears(anna, "hello yourself")

    asyncio.run(live())
    assert not any("Traceback" in server.said() for server in nodes.servers)


def test_who_writes_at_both_at_once_makes_one_dense_log_with_nothing_doubled(nodes: Nodes) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with anna.connected(), ben.connected():
            for phone in (anna, ben):
                for number in range(50):
                    phone.writes(f"{phone.guest.person} {number}")
            await asyncio.gather(anna.sends(), ben.sends())
            last = max(*anna.acked.values(), *ben.acked.values())
            await reaches(anna, last)
            await reaches(ben, last)
            assert await all_of_it(anna) == await all_of_it(ben)
            assert sorted(anna.texts()) == sorted(
                f"{phone.guest.person} {number}" for phone in (anna, ben) for number in range(50)
            )
            assert len({*anna.acked.values(), *ben.acked.values()}) == 100

    asyncio.run(live())


def test_a_device_that_is_signed_out_at_one_server_is_cut_off_at_the_other(nodes: Nodes) -> None:
    one, other = nodes.servers

    async def live() -> None:
        guest = await asyncio.to_thread(one.join, "Anna")
        here, there = Phone(one, guest, EVERYONE), Phone(other, guest, EVERYONE)
        async with here.connected(), there.connected():
            status, body, _ = await asyncio.to_thread(
                one.ask, "GET", "/api/session", None, Authorization=f"Bearer {guest.token}"
            )
            device = json.loads(body)["device"]
            assert status == 200
            with suppress(ConnectionError):
                await here.ask(RevokeDevice(nonce=new_nonce(), device=device))
            assert there._line is not None
            with suppress(ConnectionClosed):
                await there._line.wait_closed()
            assert there._line.close_code == 4001
        status, _, _ = await asyncio.to_thread(
            other.ask, "DELETE", "/api/session", None, Authorization=f"Bearer {guest.token}"
        )
        assert status == 401

    asyncio.run(live())


def test_with_the_bus_away_the_other_server_follows_by_the_log(nodes: Nodes) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with anna.connected(), ben.connected():
            await ben.catches_up()
            await asyncio.to_thread(nodes.bus.stop)
            await say(anna, "without")
            await hears(ben, "without")
            await bus_is(nodes, well=False)
            assert (await asyncio.to_thread(nodes.servers[0].ask, "GET", "/health"))[0] == 200
            await asyncio.to_thread(nodes.bus.start)
            await say(anna, "with")
            await hears(ben, "with")
            await bus_is(nodes, well=True)

    asyncio.run(live())
    for server in nodes.servers:
        assert server.said().count("the bus at") == 2, "away, and back"


def test_a_client_of_a_server_that_was_killed_goes_on_at_the_other(nodes: Nodes) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with ben.connected():
            async with anna.connected():
                for number in range(20):
                    await say(anna, f"before {number}")
                anna.writes("on its way")
                asking = asyncio.create_task(anna.sends())
                await asyncio.to_thread(nodes.servers[0].kill)
                await asyncio.wait([asking])
                asking.exception()
            anna.victim = nodes.servers[1]
            async with anna.connected():
                await anna.sends()
                expected = [*(f"before {number}" for number in range(20)), "on its way"]
                assert await all_of_it(anna) == await all_of_it(ben) == expected

    asyncio.run(live())


def test_typing_passes_between_servers(nodes: Nodes) -> None:
    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with anna.connected(), ben.connected():
            await ben.catches_up()
            async with asyncio.timeout(60):
                while not ben.heard[TypingChanged.name]:
                    await anna.ask(SetTyping(conversation=EVERYONE, typing=True))

    asyncio.run(live())


def test_a_server_without_the_bus_is_refused_and_the_other_way_round(nodes: Nodes, tmp_path: Path) -> None:
    alone = node(tmp_path, 9, nodes.url, nodes.bus.url)
    words = alone.command
    at = words.index("--bus")
    assert "without --bus one PostgreSQL database serves one server" in refusal(*words[:at], *words[at + 2 :], code=1)
    for server in nodes.servers:
        server.kill()
    alone._flags = tuple(word for word in alone._flags if word not in ("--bus", nodes.bus.url))
    alone.start()
    try:
        assert "A Parley without --bus is running on it" in refusal(*nodes.servers[0].command, code=1)
    finally:
        alone.kill()


def test_a_bus_needs_a_database_that_can_be_shared(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "server.py", "--data", str(tmp_path), "--bus", "redis://127.0.0.1:1"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "give --store postgresql://" in done.stderr.decode()) == (2, True)


def test_a_server_leaves_when_it_is_asked_to_and_its_people_are_gone_at_the_other(nodes: Nodes) -> None:
    one, other = nodes.servers

    async def live() -> None:
        anna, ben = await asyncio.to_thread(two, nodes)
        async with ben.connected():
            async with anna.connected():
                await say(anna, "hello")
            assert one.process is not None
            one.process.terminate()
            assert await asyncio.to_thread(one.process.wait, 60) == 0
            await say(ben, "still here")

    asyncio.run(live())
    assert "is silent" not in other.said()
