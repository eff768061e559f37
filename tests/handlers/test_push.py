"""A worker's new subscription: the same rule as over the socket, behind the same door."""

import pytest

from tests.handlers.house import House, read

MADE = {
    "endpoint": "https://push.example.org/send/one",
    "expirationTime": None,
    "keys": {"p256dh": "BA" + "q" * 85, "auth": "a" * 22},
}


@pytest.mark.gen_test
async def test_a_subscription_that_a_worker_made_is_kept(house: House) -> None:
    anna = await house.join("Anna")
    answer = await house.ask("PUT", "/api/push", MADE, **anna.bearer)
    assert (answer.code, read(answer)["subscribed"]) == (200, True)
    assert [row.endpoint for row in house.store.shelves.subscriptions] == [MADE["endpoint"]]


@pytest.mark.gen_test
async def test_a_stranger_subscribes_nothing(house: House) -> None:
    assert (await house.ask("PUT", "/api/push", MADE)).code in (401, 403)
    assert list(house.store.shelves.subscriptions) == []


@pytest.mark.parametrize(
    "hostile",
    [{}, {"endpoint": 5}, {"endpoint": "https://127.0.0.1/x"}, {"keys": []}, {"keys": {"p256dh": {}, "auth": None}}],
)
@pytest.mark.gen_test
async def test_what_no_browser_made_is_refused(house: House, hostile: dict[str, object]) -> None:
    anna = await house.join("Anna")
    body = {**MADE, **hostile} if hostile else {}
    answer = await house.ask("PUT", "/api/push", body, **anna.bearer)
    assert (answer.code, read(answer)["code"]) == (400, "bad-field")
    assert list(house.store.shelves.subscriptions) == []
