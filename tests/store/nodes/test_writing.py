"""The writer where several nodes write: whatever becomes of a commit, both nodes come to the same log."""

import pytest

from chat.visibility import direct
from protocol.errors import Refusal
from protocol.events import MessageSent
from store.rows import LastSeen
from tests.neighbours import House, Phone, lived, passes, settles
from tests.store.bus.local import LocalBus
from tests.store.fates import BLIND, BROKEN, HIDDEN, LOST, REFUSED, Fated
from tests.store.nodes.commons import Commons, SharedMemory


async def fated() -> tuple[Fated, House, House, Phone, Phone]:
    """Anna at a node whose commits end as told, Ben at another."""
    commons = Commons()
    disk = Fated(SharedMemory(commons))
    here = await House(disk, LocalBus(commons.hub), "a").start()
    there = await commons.node("b")
    anna, ben = await here.joins("Anna"), await there.joins("Ben")
    await ben.says("first", anna)
    await passes(2)
    return disk, here, there, anna, ben


async def told(house: House, phone: Phone, other: Phone) -> list[str]:
    """The conversation of these two, as this node has it, and that its numbers are dense."""
    log = await house.log(phone, direct(phone.person, other.person))
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    return [event.text for event in log if isinstance(event, MessageSent)]


@pytest.mark.parametrize(("fate", "is_kept"), [(REFUSED, False), (LOST, False), (HIDDEN, True), (BROKEN, False)])
def test_what_became_of_a_commit_is_told_truly(fate: str, is_kept: bool) -> None:
    @lived
    async def live() -> None:
        disk, here, there, anna, ben = await fated()
        disk.fates.append(fate)
        try:
            await anna.says("fated", ben)
            assert is_kept
        except Refusal:
            assert not is_kept
        await ben.says("later", anna)
        await settles()
        expected = ["first", "fated", "later"] if is_kept else ["first", "later"]
        assert await told(here, anna, ben) == await told(there, ben, anna) == expected
        assert ben.texts() == anna.texts() == expected
        await here.close()
        await there.close()

    live()


@lived
async def test_one_that_nobody_could_look_up_is_found_without_another_to_write() -> None:
    disk, here, there, anna, ben = await fated()
    disk.fates.append(BLIND)
    with pytest.raises(Refusal):
        await anna.says("blind", ben)
    await ben.says("later", anna)
    await passes(3)
    assert await told(here, anna, ben) == await told(there, ben, anna) == ["first", "blind", "later"]
    assert anna.texts() == ben.texts() == ["first", "blind", "later"]
    await here.close()
    await there.close()


@lived
async def test_rows_alone_that_were_lost_sight_of_are_true_at_both() -> None:
    disk, here, there, _, _ = await fated()
    disk.fates.append(BLIND)
    here.store.keep_soon("last_seen", LastSeen(person="p", at=7))
    await passes(5)
    for house in (here, there):
        assert house.store.shelves.last_seen.get("p") == LastSeen(person="p", at=7)
    await here.close()
    await there.close()
