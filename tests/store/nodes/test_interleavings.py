"""Random lives of several nodes: commits that fail, a bus that loses, doubles and reorders, and one log for all."""

import asyncio
import random
from collections.abc import Awaitable

import pytest

from chat.visibility import direct
from protocol.answers import Written
from protocol.errors import Refusal
from protocol.events import MessageSent
from tests.neighbours import House, Phone, lived, passes
from tests.store.bus.local import Hub, LocalBus
from tests.store.fates import BLIND, HIDDEN, KEPT, LOST, REFUSED, Fated
from tests.store.nodes.commons import Commons, SharedMemory

NODES = 3
TURNS = 60
SHELVES = ("people", "devices", "conversations", "members", "marks", "mentions", "threads", "holds", "invitations")


class NoisyBus(LocalBus):
    """Says some messages late, some twice and some never."""

    def __init__(self, hub: Hub, chance: random.Random) -> None:
        super().__init__(hub)
        self._chance = chance

    def publish(self, message: bytes) -> None:
        for _ in range(self._chance.choice([0, 1, 1, 1, 2])):
            asyncio.get_running_loop().call_later(self._chance.random() / 4, super().publish, message)


async def outcome(doing: Awaitable[Written]) -> int:
    """The seq it was given, 0 where it was refused."""
    try:
        return (await doing).seq
    except Refusal:
        return 0


async def talk(house: House, phone: Phone, place: str) -> list[tuple[int, str]]:
    """Its messages, as this node has it, and that it has no gap."""
    log = await house.log(phone, place)
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    return [(event.seq, event.text) for event in log if isinstance(event, MessageSent)]


@pytest.mark.parametrize("seed", range(25))
def test_every_node_comes_to_the_same_and_nothing_acknowledged_is_lost_or_doubled(seed: int) -> None:
    chance = random.Random(seed)

    @lived
    async def live() -> None:
        commons = Commons()
        disks = [Fated(SharedMemory(commons)) for _ in range(NODES)]
        houses = [
            await House(disk, NoisyBus(commons.hub, chance), letter).start()
            for disk, letter in zip(disks, "abc", strict=True)
        ]
        phones = [await house.joins(f"Person {number}") for number, house in enumerate(houses)]
        await passes(3)
        said: dict[str, asyncio.Future[int]] = {}
        for turn in range(TURNS):
            number = chance.randrange(NODES)
            if chance.random() < 0.3:
                disks[number].fates.append(chance.choice([KEPT, REFUSED, LOST, HIDDEN, BLIND]))
            text = f"turn {turn}"
            other = phones[(number + chance.choice([1, 2])) % NODES]
            said[text] = asyncio.ensure_future(outcome(phones[number].says(text, other)))
            await passes(chance.choice([0, 0, 0.01, 0.4]))
        acked = {text: await done for text, done in said.items()}
        for disk in disks:
            disk.fates.clear()
        await passes(5)
        for one, other in ((0, 1), (0, 2), (1, 2)):
            place = direct(phones[one].person, phones[other].person)
            talks = [await talk(houses[at], phones[at], place) for at in (one, other)]
            assert talks[0] == talks[1]
            texts = [text for _, text in talks[0]]
            assert len(texts) == len(set(texts))
            for seq, text in talks[0]:
                assert acked.pop(text) in (0, seq)
        assert not any(acked.values()), "acknowledged and lost"
        for table in SHELVES:
            rows = [sorted(map(repr, getattr(house.store.shelves, table))) for house in houses]
            assert rows[0] == rows[1] == rows[2], table
        for house in houses:
            await house.close()

    live()
