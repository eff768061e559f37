"""SIGKILL under writers: what was acknowledged is there, once, in a log without gaps, however often it happens."""

import asyncio
import random
from collections import Counter
from contextlib import suppress

from chat.visibility import EVERYONE
from scripts.faults.phone import LOST, Phone
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Victim, victim

LONGEST_SECONDS = 0.4  # of writing before the kill


def run(*, long: bool) -> list[Shown]:
    """200 kills under 50 writers; 2 under 8 in the quick part."""
    return asyncio.run(_kills(200, 50) if long else _kills(2, 8))


async def _kills(times: int, writers: int) -> list[Shown]:
    chance = random.Random(5)
    with victim(*UNLIMITED) as server:
        phones = [Phone(server, server.join(f"Writer {number}"), EVERYONE) for number in range(writers)]
        for _ in range(times):
            await _write_until_killed(server, phones, chance.uniform(0.05, LONGEST_SECONDS))
            await asyncio.to_thread(server.start)
        reader = phones[0]
        for phone in phones:
            async with phone.connected():
                await phone.sends()  # what was on its way at the last kill
        reader.log.clear()
        async with reader.connected():
            await reader.catches_up()
        return judge(f"SIGKILL {times} times under {writers} writers", times, phones, reader)


async def _write_until_killed(server: Victim, phones: list[Phone], seconds: float) -> None:
    ready = asyncio.Barrier(len(phones) + 1)
    async with asyncio.TaskGroup() as writing:
        for phone in phones:
            writing.create_task(_write(phone, ready))
        await ready.wait()
        await asyncio.sleep(seconds)
        server.kill()


async def _write(phone: Phone, ready: asyncio.Barrier) -> None:
    async with phone.connected():
        await ready.wait()
        with suppress(*LOST):
            while True:
                await phone.sends()  # what the last kill left, first
                phone.writes(f"{phone.guest.person} {len(phone.acked)}")


def judge(fault: str, least: int, phones: list[Phone], reader: Phone) -> list[Shown]:
    """What must hold of what was acknowledged, more than `least`, beside what the reader pulled from the beginning."""
    acked = {(seq, nonce) for phone in phones for nonce, seq in phone.acked.items()}
    there = Counter(reader.texts())
    lost = sum(
        seq > len(reader.log) or reader.log[seq - 1].text != f"{phone.guest.person} {number}"
        for phone in phones
        for number, seq in enumerate(phone.acked.values())
    )
    doubled = sum(count - 1 for count in there.values())
    return [
        Shown(fault, "acknowledged and lost: 0", f"{lost} of {len(acked)}", lost == 0 and len(acked) > least),
        Shown(fault, "doubled: 0", str(doubled), doubled == 0),
        Shown(
            fault,
            "as many in the log as were acknowledged, seq dense",
            f"{len(there)} of {len(acked)}, {len(reader.log)} events",
            len(there) == len(acked),
        ),
    ]
