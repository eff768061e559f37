"""Random frames: bytes, broken and twisted commands, and frames that are no frames. No traceback, no leak, no harm."""

import asyncio
import random
import time
from contextlib import suppress
from typing import Any

import msgpack
from websockets.asyncio.client import ClientConnection, connect

from chat.visibility import EVERYONE
from protocol.commands import COMMANDS
from scripts.bench.house import ADDRESS
from scripts.faults.phone import LOST, Phone
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Guest, Victim, victim

LINES = 8
MOST_MB = 5.0


def run(*, long: bool) -> list[Shown]:
    """Ten minutes; five seconds in the quick part."""
    return asyncio.run(_noise(600.0 if long else 5.0))


async def _noise(seconds: float) -> list[Shown]:
    with victim(*UNLIMITED) as server:
        guests = [server.join(f"Noisy {number}") for number in range(LINES)]
        phone = Phone(server, server.join("Anna"), EVERYONE)
        async with phone.connected():
            await _for(seconds / 2, server, guests, phone)  # by then everything has been taken into memory once
            before = server.resident_mb()
            frames, answered = await _for(seconds / 2, server, guests, phone)
            grown = server.resident_mb() - before
        fault = f"random frames for {seconds:.0f} s on {LINES} lines"
        broke = server.said().count("Traceback")
        return [
            Shown(fault, "no traceback", f"{broke} in {frames} frames of the second half", broke == 0 and frames > 0),
            Shown(
                fault, f"memory grows by at most {MOST_MB:g} MB in the second half", f"{grown:.1f} MB", grown <= MOST_MB
            ),
            Shown(fault, "somebody else is answered all the while", f"{answered} messages", answered > 0),
        ]


async def _for(seconds: float, server: Victim, guests: list[Guest], phone: Phone) -> tuple[int, int]:
    """How many frames were sent, and how many messages of somebody else were answered meanwhile."""
    until = time.monotonic() + seconds
    noisy = [asyncio.create_task(_be_noisy(server, guest, until, number)) for number, guest in enumerate(guests)]
    before = len(phone.acked)
    while time.monotonic() < until:
        phone.writes("undisturbed")
        await phone.sends()
        await asyncio.sleep(0.05)
    return sum(await asyncio.gather(*noisy)), len(phone.acked) - before


async def _be_noisy(server: Victim, guest: Guest, until: float, seed: int) -> int:
    chance, sent = random.Random(seed), 0
    while time.monotonic() < until:
        with suppress(*LOST):
            async with connect(
                f"wss://{ADDRESS}:{server.port}/ws",
                ssl=server.context(),
                additional_headers={"Authorization": f"Bearer {guest.token}"},
                compression=None,
                proxy=None,
                max_size=None,
            ) as line:
                hearing = asyncio.create_task(_hear(line))
                try:
                    while time.monotonic() < until and not hearing.done():
                        await line.send(frame(chance))
                        sent += 1
                        await asyncio.sleep(0)
                finally:
                    hearing.cancel()
    return sent


async def _hear(line: ClientConnection) -> None:
    """All that is answered; else the library does not see that its line was ended, and sends to nobody."""
    with suppress(*LOST):
        async for _ in line:
            pass


def frame(chance: random.Random) -> str | bytes:
    """One frame of any kind; most of them are near enough to a command to be looked at."""
    kind = chance.random()
    if kind < 0.02:
        return chance.randbytes(chance.randrange(300))
    if kind < 0.03:
        return "text where bytes belong"
    packed: bytes = msgpack.packb([chance.choice([1, 7, 2**40]), chance.choice(list(COMMANDS)), _body(chance)])
    if kind < 0.06:
        place = chance.randrange(len(packed))
        return packed[:place] + chance.randbytes(1) + packed[place + 1 :]
    return packed


def _body(chance: random.Random) -> Any:
    fields = chance.choice(list(COMMANDS.values())).__struct_fields__
    return {field: _value(chance, 3) for field in fields if chance.random() < 0.8}


def _value(chance: random.Random, depth: int) -> Any:
    plain = [0, -1, 2**63, 1.5, None, True, "", "a" * 22, EVERYONE, "p" + "a" * 13, b"\xff", "\u202e", "x" * 5000]
    if depth and chance.random() < 0.3:
        return [_value(chance, depth - 1) for _ in range(chance.randrange(5))]
    if depth and chance.random() < 0.2:
        return {"__proto__": _value(chance, depth - 1), "text": _value(chance, depth - 1)}
    return chance.choice(plain)
