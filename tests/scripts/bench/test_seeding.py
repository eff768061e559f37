"""A seeded house is one that a server starts on: all in it was decided by the rules, and it ends before today."""

import asyncio
import time
from pathlib import Path

from chat.dispatch import Registry, tell_event
from chat.invitations import digest
from scripts.bench.seeding import Seeded, Talk, seed
from store import Store
from store.durable.sqlite import Sqlite

TALKS = [Talk("A room", 700, room=True), Talk("Emine", 40)]


async def opened(data: Path, seeded: Seeded) -> tuple[list[str], list[int], bool]:
    """The names of all events of the room, the heads by talk, and whether Anna's token opens her device."""
    store = Store(Sqlite(data / "parley.db", lambda: time.time_ns() // 1_000_000), Registry(), tell_event, lambda: 0)
    await store.start()
    rows = await store.durable.after(seeded.conversations["A room"], 0, 10_000, 1 << 30)
    heads = [store.view().conversation(seeded.conversations[talk.name]).head for talk in TALKS]  # type: ignore[union-attr]
    is_hers = any(device.token == digest(seeded.token) for device in store.shelves.devices)
    assert store.newest_at < time.time_ns() // 1_000_000
    await store.close()
    return [row.name for row in rows], heads, is_hers


def test_a_house_is_filled_as_it_was_asked_for(tmp_path: Path) -> None:
    seeded = seed(tmp_path / "data", TALKS)
    names, heads, is_hers = asyncio.run(opened(tmp_path / "data", seeded))
    assert names.count("message.sent") == 700
    assert 20 < names.count("reaction.changed") + names.count("reaction.set") < 200
    assert heads[1] >= 40
    assert is_hers
    assert any((tmp_path / "data" / "thumbnails").rglob("*"))
