"""The real server for a bench: somebody can join and write, and nothing of it is left."""

import asyncio
import subprocess
import sys

from protocol.codec import pack_command
from protocol.commands import SendMessage
from scripts.bench.client import connected
from scripts.bench.fanout import pack_ref
from scripts.bench.house import House, direct, free_port, is_open, nonce, opens, running_house


async def say(house: House) -> bytes:
    anna, ben = house.join("Anna"), house.join("Ben")
    async with connected(anna.place) as client:
        client.send(pack_command(300, SendMessage(conversation=direct(anna, ben), text="hello", nonce=nonce())))
        return await client.receive_until(pack_ref(300))


def test_somebody_joins_and_is_answered_and_nothing_is_left() -> None:
    with running_house(store="memory") as house:
        assert direct(house.join("Carl"), house.join("Dora")).startswith("direct.p")
        assert b"ok" in asyncio.run(say(house))
        port, folder = house.port, house.certs.parent
        assert is_open(port)
    assert not is_open(port)
    assert not folder.exists()


def test_what_asks_nothing_of_its_device_is_not_slowed_down() -> None:
    with running_house(store="memory") as house:
        assert len({house.join(f"Person {number}").person for number in range(40)}) == 40


def test_a_process_that_ends_opens_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    assert not opens(free_port(), ended, 60)
