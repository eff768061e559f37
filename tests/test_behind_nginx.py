"""docs/deploy/nginx.conf as it is, but for names, ports and certificates: two servers behind it are one house."""

import asyncio
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest

from chat.visibility import EVERYONE
from scripts.faults import fronted
from scripts.faults.nodes import Nodes
from scripts.faults.phone import LOST, Phone
from scripts.faults.victim import Guest, Victim
from tests.nginx import require_nginx
from tests.postgres import require_programs
from tests.redis import require_program
from tests.test_nodes import hears, uploads
from tests.test_postgres import all_of_it, say

PATIENCE_SECONDS = 60.0


class House:
    """Both servers, and where people find them."""

    def __init__(self, nodes: Nodes, front: Victim) -> None:
        self.nodes = nodes
        self.front = front


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """One that runs behind nginx."""
    require_programs()
    require_program()
    require_nginx()
    with fronted.house(2, tmp_path) as (nodes, front):
        yield House(nodes, front)


async def joined(house: House) -> list[Phone]:
    """Four people or more, until each server has one: their tokens say where they come to."""
    phones: list[Phone] = []
    async with asyncio.timeout(PATIENCE_SECONDS), AsyncExitStack() as lines:
        while len(phones) < 4 or not await asyncio.to_thread(each_has_some, house.nodes.servers):
            guest = await asyncio.to_thread(house.front.join, f"Person {len(phones)}")
            phones.append(await lines.enter_async_context(Phone(house.front, guest, EVERYONE).connected()))
            await phones[-1].catches_up()
    return phones


def each_has_some(servers: Sequence[Victim]) -> bool:
    """Whether somebody is connected to each."""
    return all((server.health() or {}).get("connections") for server in servers)


async def comes_back(phone: Phone) -> None:
    """Behind the proxy, to whichever server is there."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            with suppress(*LOST):
                async with phone.connected():
                    await phone.sends()
                    await phone.catches_up()
                    return


def test_where_ci_looks_a_missing_nginx_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install nginx-light"):
        require_nginx()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="apt-get install nginx-light"):
        require_nginx()


def reads(front: Victim, guest: Guest) -> int:
    """The status of who asks for the people."""
    return front.ask("GET", "/api/users", Authorization=f"Bearer {guest.token}")[0]


def test_what_health_says_is_passed_on_and_no_server_counts_as_gone_for_it(house: House) -> None:
    """With the database away each server answers 503; people go on reading at all of them."""
    front = house.front
    anna = front.join("Anna")
    end = time.monotonic() + PATIENCE_SECONDS
    while reads(front, anna) != 200:  # the server she comes to hears of her in a moment
        assert time.monotonic() < end
    house.nodes.database.stop()
    try:
        for _ in range(8):
            status, body, _ = front.ask("GET", "/health")
            assert (status, b"not-saved" in body) == (503, True)
        assert [reads(front, anna) for _ in range(4)] == [200] * 4
    finally:
        house.nodes.database.start()


def test_people_talk_and_upload_behind_nginx_and_go_on_when_a_server_is_killed(house: House) -> None:
    front, content = house.front, os.urandom(300_000)

    async def live() -> None:
        phones = await joined(house)
        anna, ben = phones[0], phones[1]
        async with anna.connected(), ben.connected():
            await ben.catches_up()
            await say(anna, "hello")
            await hears(ben, "hello")
        for phone in phones:
            status, where = await asyncio.to_thread(uploads, front, phone, content)
            assert status == 201
            got, body, _ = await asyncio.to_thread(
                front.ask, "GET", where, None, Authorization=f"Bearer {phone.guest.token}"
            )
            assert (got, body == content) == (200, True)
        for server in house.nodes.servers:
            for phone in phones:
                phone.writes(f"{phone.guest.person} {server.port}")
            await asyncio.to_thread(server.kill)
            for phone in phones:
                await comes_back(phone)
            await asyncio.to_thread(server.start)
        async with anna.connected():
            texts = await all_of_it(anna)
        assert len(texts) == len(set(texts)) == 1 + len(phones) * 2

    asyncio.run(live())
    files = list((house.nodes.files / "files").glob("??/*"))
    assert len(files) == 1, "all servers keep equal files once"
    assert not any("Traceback" in server.said() for server in house.nodes.servers)
