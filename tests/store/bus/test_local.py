"""The bus of the tests, where nobody else may be there."""

import pytest

from tests.store.bus.ends import End
from tests.store.bus.local import Hub, LocalBus

pytestmark = pytest.mark.gen_test


async def test_with_no_hub_nobody_else_is_there() -> None:
    alone, other = End(LocalBus()), End(LocalBus())
    for end in (alone, other):
        end.bus.start("house", end.heard.put_nowait, end.back.set)
    alone.bus.publish(b"to nobody")
    other.bus.publish(b"to oneself")
    assert await other.heard.get() == b"to oneself"
    assert other.heard.empty()
    for end in (alone, other):
        await end.bus.close()


async def test_a_second_goodbye_changes_nothing() -> None:
    bus = LocalBus(Hub())
    bus.start("house", lambda _: None, lambda: None)
    await bus.close()
    await bus.close()
