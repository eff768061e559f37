"""Health tells the truth."""

import asyncio

import pytest

from chat.dispatch import SERVER
from chat.ids import new_nonce
from handlers.health import ask_checks
from protocol.people import NameHost
from store.durable import NotSaved
from store.media import NoMedia
from tests.handlers.house import House, read


@pytest.mark.gen_test
async def test_a_server_that_can_save_is_well(house: House) -> None:
    answer = await house.ask("GET", "/health")
    assert (answer.code, read(answer)["status"]) == (200, "ok")


@pytest.mark.gen_test
@pytest.mark.parametrize("path", ["/health", "/"])
async def test_a_server_that_cannot_save_says_503_and_why(
    house: House, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    async def full() -> None:
        raise NotSaved("the disk is full")

    monkeypatch.setattr(house.store.durable, "check", full)
    answer = await house.ask("GET", path, Accept="application/json")
    assert (answer.code, read(answer)["checks"]["store"]) == (503, "the disk is full")


class Surveyed(NoMedia):
    """A unit with one call."""

    async def survey(self) -> dict[str, object]:
        return {"port": 8444, "calls": {"room.x cabc": {"peers": {}}}}


@pytest.mark.gen_test
async def test_a_disk_that_hangs_is_told_and_holds_up_nobody_who_watches(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = asyncio.Event()
    monkeypatch.setattr(house.store.durable, "check", hangs.wait)
    assert "has not answered" in (await ask_checks(house.store, 0.05))["store"]


@pytest.mark.gen_test
async def test_the_host_alone_sees_what_passes_through_calls(house: House) -> None:
    house.store.media = Surveyed()
    anna, ben = await house.join("Anna"), await house.join("Ben")
    await house.store.write(NameHost(nonce=new_nonce(), person=anna.id), SERVER)
    secret = {"Authorization": f"Bearer {(house.folder / 'secret').read_text()}"}
    for headers in (anna.bearer, secret):
        answer = await house.ask("GET", "/health", **headers)
        assert read(answer)["calls"]["calls"] == {"room.x cabc": {"peers": {}}}
    for headers in ({}, ben.bearer, {"Authorization": "Bearer guessed"}, {"X-Forwarded-For": "127.0.0.1"}):
        answer = await house.ask("GET", "/health", **headers)
        assert (answer.code, "calls" in read(answer)) == (200, False)


@pytest.mark.gen_test
async def test_what_needs_the_host_is_said_while_the_server_goes_on(house: House) -> None:
    house.store.checks = {"disk": lambda: "ok", "backup": lambda: "No backup was made."}
    answer = await house.ask("GET", "/health")
    document = read(answer)
    assert (answer.code, document["status"]) == (200, "degraded")
    assert document["checks"] == {"store": "ok", "bus": "ok", "disk": "ok", "backup": "No backup was made."}
    house.store.checks["backup"] = lambda: "ok"
    assert read(await house.ask("GET", "/health"))["status"] == "ok"
