"""Health tells the truth."""

import pytest

from store.durable import NotSaved
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
