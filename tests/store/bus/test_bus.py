"""The contract of the bus, run over each."""

from collections.abc import Awaitable, Callable
from secrets import token_hex

import pytest

from store.bus import Bus
from tests.store.bus.ends import End

pytestmark = pytest.mark.gen_test
Joins = Callable[[Bus, str], Awaitable[End]]


async def test_what_one_says_the_others_hear_byte_for_byte_and_in_order(make: Callable[[], Bus], joins: Joins) -> None:
    channel = token_hex(8)
    one, other, third = [await joins(make(), channel) for _ in range(3)]
    said = [bytes([number]) * 300 + b"\x00\xff" for number in range(50)]
    for message in said:
        one.bus.publish(message)
    for end in (other, third):
        assert [await end.heard.get() for _ in said] == said
    assert one.bus.check() == "ok"


async def test_another_channel_hears_nothing_of_it(make: Callable[[], Bus], joins: Joins) -> None:
    one, stranger = await joins(make(), token_hex(8)), await joins(make(), token_hex(8))
    one.bus.publish(b"ours")
    stranger.bus.publish(b"theirs")
    assert await stranger.heard.get() == b"theirs"
    assert await one.heard.get() == b"ours"


async def test_who_left_hears_no_more(make: Callable[[], Bus], joins: Joins) -> None:
    channel = token_hex(8)
    one, other, third = [await joins(make(), channel) for _ in range(3)]
    await other.bus.close()
    one.bus.publish(b"after")
    await third.hears(b"after")
    assert other.heard.empty()


async def test_what_one_cannot_hear_keeps_it_from_nothing_else(
    make: Callable[[], Bus], joins: Joins, caplog: pytest.LogCaptureFixture
) -> None:
    channel = token_hex(8)
    one = await joins(make(), channel)
    broken, heard = make(), list[bytes]()

    def hear(message: bytes) -> None:
        heard.append(message)
        raise RuntimeError("a bug")

    broken.start(channel, hear, lambda: None)
    other = await joins(make(), channel)
    while len(heard) < 2:
        one.bus.publish(b"again")
        await other.hears(b"again")
    await broken.close()
    assert "hearing 5 bytes of the bus" in caplog.text


async def test_what_was_said_last_is_heard_though_one_leaves_at_once(make: Callable[[], Bus], joins: Joins) -> None:
    for _ in range(20):
        channel = token_hex(8)
        one, other = [await joins(make(), channel) for _ in range(2)]
        one.bus.publish(b"before")
        await other.hears(b"before")
        one.bus.publish(b"goodbye")
        await one.bus.close()
        await other.hears(b"goodbye")
