"""The store's front: rows that are kept soon, starting on what another version wrote, and leaving."""

import asyncio

import pytest

from store.durable import Batch, CannotStart
from store.durable.memory import Memory
from store.rows import LastSeen
from tests.neighbours import House, lived, passes, settles
from tests.store.fates import REFUSED, Fated


async def on_disk(disk: Fated) -> dict[str, bytes | None]:
    return {key: raw for table, key, raw in (await disk.start()).shelves if table == "last_seen"}


@lived
async def test_what_is_kept_soon_is_true_at_once_and_on_disk_within_a_second_in_one_commit() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    for at in range(50):
        house.store.keep_soon("last_seen", LastSeen(person=f"p{at % 5}", at=at))
    assert house.store.shelves.last_seen.get("p4") == LastSeen(person="p4", at=49)
    await settles()
    assert await on_disk(disk) == {}
    await passes(1)
    assert (len(await on_disk(disk)), len(disk.batches)) == (5, 1)
    await house.close()


@lived
async def test_an_older_row_that_reaches_the_disk_late_does_not_come_back_in_memory() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    house.store.keep_soon("last_seen", LastSeen(person="p", at=1))
    disk.gate.clear()
    await passes(1.5)
    house.store.keep_soon("last_seen", LastSeen(person="p", at=2))
    disk.gate.set()
    await settles()
    assert house.store.shelves.last_seen.get("p") == LastSeen(person="p", at=2)
    await house.close()
    assert b'"at":2' in (await on_disk(disk))["p"]


@lived
async def test_what_could_not_be_kept_is_tried_again() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    disk.fates.extend([REFUSED, REFUSED])
    house.store.keep_soon("last_seen", LastSeen(person="p", at=1))
    await passes(1.5)
    assert await on_disk(disk) == {}
    await passes(3)
    assert list(await on_disk(disk)) == ["p"]
    await house.close()


@lived
async def test_what_could_not_be_kept_does_not_overwrite_what_came_since() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    disk.fates.append(REFUSED)
    house.store.keep_soon("last_seen", LastSeen(person="p", at=1))
    disk.gate.clear()
    await passes(1.5)
    house.store.keep_soon("last_seen", LastSeen(person="p", at=2))
    disk.gate.set()
    await passes(5)
    assert b'"at":2' in (await on_disk(disk))["p"]
    await house.close()


@lived
async def test_leaving_keeps_what_was_to_be_kept_soon() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    house.store.keep_soon("last_seen", LastSeen(person="p", at=1))
    await house.close()
    assert list(await on_disk(disk)) == ["p"]


@pytest.mark.parametrize(("table", "raw"), [("rooms", b"{}"), ("people", b"{"), ("people", b'{"id": 5}')])
def test_data_of_another_version_is_told_in_one_sentence(table: str, raw: bytes) -> None:
    async def start() -> None:
        disk = Memory()
        await disk.start()
        await disk.commit(Batch(shelves=[(table, "x", raw)]))
        await House(disk).start()

    with pytest.raises(CannotStart, match="Start the version that wrote it"):
        asyncio.run(start())


@lived
async def test_the_next_start_finds_what_the_last_left() -> None:
    disk = Memory()
    house = await House(disk).start()
    anna = await house.joins("Anna")
    epoch = house.store.epoch
    await house.close()
    again = await House(disk).start()
    assert again.store.view().person(anna.person) == house.store.view().person(anna.person)
    assert again.store.epoch == epoch
    await again.close()
