"""On a sealed bus a house hears its own servers alone, each message once."""

import asyncio

import pytest

from store.bus.signing import SEAL_BYTES, Signed, bus_key
from tests.store.bus.ends import End
from tests.store.bus.local import Hub, LocalBus

pytestmark = pytest.mark.gen_test
KEY = bus_key("the secret of this house")


async def joined(bus: Signed | LocalBus, channel: str = "house") -> End:
    end = End(bus)
    bus.start(channel, end.heard.put_nowait, end.back.set)
    await end.back.wait()
    return end


async def told(end: End) -> list[bytes]:
    """Everything that has come by now."""
    loop = asyncio.get_running_loop()
    for _ in range(3):
        had = loop.create_future()
        loop.call_soon(had.set_result, None)
        await had
    return [end.heard.get_nowait() for _ in range(end.heard.qsize())]


async def test_servers_of_one_house_hear_each_other_byte_for_byte() -> None:
    hub = Hub()
    one, other = [await joined(Signed(LocalBus(hub), KEY)) for _ in range(2)]
    one.bus.publish(b"")
    one.bus.publish(b"\x00\xff")
    other.bus.publish(b"hello")
    assert sorted(await told(one)) == sorted(await told(other)) == sorted([b"", b"\x00\xff", b"hello"])
    assert one.bus.check() == "ok"
    for end in (one, other):
        await end.bus.close()


async def test_who_has_not_the_key_is_not_heard_and_that_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    hub = Hub()
    house = await joined(Signed(LocalBus(hub), KEY))
    stranger = await joined(Signed(LocalBus(hub), bus_key("another secret")))
    plain = await joined(LocalBus(hub))
    stranger.bus.publish(b"sign me in")
    for message in (b"", b"sign me in", bytes(SEAL_BYTES), bytes(200)):
        plain.bus.publish(message)
    assert await told(house) == []
    assert caplog.text.count("no server of this house") == 1 + 1, "the house once, the stranger once"
    for end in (house, stranger, plain):
        await end.bus.close()


async def test_what_was_overheard_is_heard_no_second_time_nor_changed_nor_on_another_channel() -> None:
    hub = Hub()
    one, other, spy = [
        await joined(bus) for bus in (Signed(LocalBus(hub), KEY), Signed(LocalBus(hub), KEY), LocalBus(hub))
    ]
    elsewhere, spy_there = await joined(Signed(LocalBus(hub), KEY), "copy"), await joined(LocalBus(hub), "copy")
    one.bus.publish(b"first")
    one.bus.publish(b"second")
    assert await told(other) == [b"first", b"second"]
    first, second = await told(spy)
    for again in (first, second, second[:-1] + b"!", second[:-1]):
        spy.bus.publish(again)
        spy_there.bus.publish(again)
    assert await told(other) == []
    assert await told(elsewhere) == []
    one.bus.publish(b"third")
    assert await told(other) == [b"third"]
    for end in (one, other, spy, elsewhere, spy_there):
        await end.bus.close()


async def test_the_key_is_not_the_secret() -> None:
    assert len(KEY) == SEAL_BYTES
    assert bus_key("another secret") != KEY
    assert b"secret" not in KEY
