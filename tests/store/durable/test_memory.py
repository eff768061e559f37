"""The store in memory, in the one point where it differs: it keeps nothing."""

import pytest

from store.durable import Batch
from store.durable.memory import Memory
from tests.store.durable.rows import PLENTY, ROOM, said

pytestmark = pytest.mark.gen_test


async def test_the_next_process_starts_with_nothing_and_another_epoch() -> None:
    first, second = Memory(), Memory()
    epoch = (await first.start()).epoch
    await first.commit(Batch(rows=[said(1)], shelves=[("people", "a", b"{}")], answers=[("d1", "n1", b"kept")]))
    loaded = await second.start()
    assert loaded.epoch != epoch
    assert loaded.shelves == []
    assert await second.after(ROOM, 0, 10, PLENTY) == []
    assert await second.answers([("d1", "n1")]) == {}
