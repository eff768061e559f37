"""The bus over Redis: away, it is said once; back, it is found by itself."""

import logging
from collections.abc import Awaitable, Callable

import pytest

from store.bus import Bus, redis
from store.bus.redis import MAX_WAITING, RedisBus
from tests.redis import Redis
from tests.store.bus.ends import End, turn

pytestmark = pytest.mark.gen_test(timeout=60)
Joins = Callable[[Bus, str], Awaitable[End]]


async def test_it_is_away_once_in_the_log_and_comes_back_by_itself(
    own: Redis, joins: Joins, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis, "AGAIN_SECONDS", 0.01)
    with caplog.at_level(logging.INFO):
        one, other = await joins(RedisBus(own.url), "house"), await joins(RedisBus(own.url), "house")
        one.back.clear()
        other.back.clear()
        own.stop()
        while one.bus.check() == "ok" or other.bus.check() == "ok":
            one.bus.publish(b"lost")
            await turn()
        one.bus.publish(b"lost, too")
        assert "log says more" in one.bus.check()
        own.start()
        await one.back.wait()
        await other.back.wait()
        one.bus.publish(b"heard")
        await other.hears(b"heard")
    said = [record.getMessage() for record in caplog.records]
    assert sum("is away" in line for line in said) == 2, "once for each"
    assert sum("is back" in line for line in said) == 2


async def test_one_that_stands_still_is_noticed_and_met_again(
    own: Redis, joins: Joins, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AGAIN_SECONDS", "PATIENCE_SECONDS", "QUIET_SECONDS"):
        monkeypatch.setattr(redis, name, 0.2)
    one = await joins(RedisBus(own.url), "house")
    one.back.clear()
    with own.frozen():
        while one.bus.check() == "ok":
            await turn()
    await one.back.wait()


async def test_what_nobody_could_speak_in_time_is_lost_and_no_memory(redis: Redis, joins: Joins) -> None:
    bus = RedisBus(redis.url)
    one, other = await joins(bus, "full"), await joins(RedisBus(redis.url), "full")
    for _ in range(100):
        one.bus.publish(bytes(1024 * 1024))
    assert 0 < bus._waiting_bytes <= MAX_WAITING
    while bus._waiting_bytes:
        await turn()
    one.bus.publish(b"small")
    await other.hears(b"small")
    assert other.heard.empty()


async def test_the_log_names_neither_user_nor_password(caplog: pytest.LogCaptureFixture) -> None:
    bus = RedisBus("redis://user:swordfish@127.0.0.1:1/0")
    bus.start("house", lambda _: None, lambda: None)
    while "is away" not in caplog.text:
        await turn()
    await bus.close()
    assert "127.0.0.1:1" in caplog.text
    assert "swordfish" not in caplog.text


async def test_a_mistake_of_the_library_ends_neither_listening_nor_speaking(
    own: Redis, joins: Joins, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(redis, "AGAIN_SECONDS", 0.01)
    bus = RedisBus(own.url)
    one, other = await joins(bus, "house"), await joins(RedisBus(own.url), "house")
    publish, hear_all = bus._client.publish, bus._hear_all

    async def fails(*_: object) -> None:
        raise ValueError("nobody foresaw this")

    monkeypatch.setattr(bus._client, "publish", fails)
    one.bus.publish(b"lost")
    while one.bus.check() == "ok":
        await turn()
    monkeypatch.setattr(bus._client, "publish", publish)
    monkeypatch.setattr(bus, "_hear_all", fails)
    one.back.clear()
    own.stop()
    while bus._listens:
        await turn()
    own.start()
    while caplog.text.count("is away") < 2:
        await turn()
    monkeypatch.setattr(bus, "_hear_all", hear_all)
    await one.back.wait()
    one.bus.publish(b"heard")
    await other.hears(b"heard")
    assert "nobody foresaw this" in caplog.text


async def test_the_library_tries_nothing_again_by_itself(redis: Redis) -> None:
    bus = RedisBus(redis.url)
    assert bus._client.connection_pool.connection_kwargs["retry"].get_retries() == 0
    await bus.close()
