"""A proxy between phones and the server that drops, delays, doubles and cuts as chance has it: all end with the same.

It speaks WebSocket frames to both sides, so that a frame can be lost or come twice while the line lives on; and TLS to
the server alone, for two programs of one process keep no secrets. Each history is a life of a few phones in a
conversation of their own.
"""

import asyncio
import random
import ssl
import sys
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import WebSocketException

from chat.visibility import direct
from scripts.bench.house import ADDRESS
from scripts.faults.phone import LOST, Phone, Refused
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Victim, victim

MANY, FEW = 10_000, 6  # histories
PHONES = 4  # two people with two devices each
SAYS = 5  # messages of each in a history
AT_ONCE = 40  # histories beside one another
TOLD = 500  # histories, after which the long part says how it goes
ANSWER_SECONDS = 1.5  # what a phone waits for before it takes its line for dead

Outcome = tuple[bool, int]
"""Of a history: whether its phones differ at the end, and how many messages there are."""


@dataclass
class Weather:
    """How often a frame is dropped, doubled, delayed, or its line cut; and how often that was done."""

    chance: random.Random
    drop: float = 0.04
    double: float = 0.06
    delay: float = 0.1
    cut: float = 0.04

    def __post_init__(self) -> None:
        self.done: Counter[str] = Counter()

    def next(self) -> str:
        """What becomes of the next frame."""
        drawn = self.chance.random()
        for name in ("drop", "double", "delay", "cut"):
            share: float = getattr(self, name)
            if drawn < share:
                self.done[name] += 1
                return name
            drawn -= share
        return "pass"


def run(*, long: bool, many: int = MANY) -> list[Shown]:
    """As many histories as the long part is asked for; 6 in the quick part."""
    return histories(many if long else FEW)


def histories(number: int) -> list[Shown]:
    """So many, and what came of them."""
    return asyncio.run(_live(number))


async def _live(number: int) -> list[Shown]:
    weather = Weather(random.Random(7))
    with victim(*UNLIMITED) as server:
        trusts = server.context()
        async with serve(
            lambda line: _stand_between(line, server, trusts, weather),
            ADDRESS,
            0,
            compression=None,
            ping_interval=None,
            max_size=None,
        ) as between:
            port = next(iter(between.sockets)).getsockname()[1]
            turn = asyncio.Semaphore(AT_ONCE)
            ends = [_one(server, port, turn, seed) for seed in range(number)]
            outcomes = await _gathered(ends)
        broke = server.said().count("Traceback")
    wrong = [seed for seed, (differs, _) in enumerate(outcomes) if differs]
    said = sum(count for _, count in outcomes)
    done = ", ".join(f"{weather.done[name]:,} {name}" for name in ("drop", "double", "delay", "cut"))
    fault = f"{number:,} histories of {PHONES} phones through a proxy ({done})"
    return [
        Shown(
            fault,
            "every phone ends with the same ordered set, each message once",
            f"{len(wrong)} differ{f' ({wrong[:5]}…)' if wrong else ''} of {said:,} messages",
            not wrong and said == number * PHONES * SAYS,
        ),
        Shown(fault, "no traceback", str(broke), broke == 0),
    ]


async def _gathered(ends: list[Coroutine[Any, Any, Outcome]]) -> list[Outcome]:
    """What became of each, in order; says meanwhile how many are over: a run that is cut off has told that."""
    over = list[Outcome]()

    async def told(end: Coroutine[Any, Any, Outcome]) -> Outcome:
        outcome = await end
        over.append(outcome)
        if len(over) % TOLD == 0:
            differ = sum(differs for differs, _ in over)
            print(f"{len(over):,} of {len(ends):,} histories are over, {differ} differ", file=sys.stderr, flush=True)
        return outcome

    return await asyncio.gather(*(told(end) for end in ends))


async def _one(server: Victim, port: int, turn: asyncio.Semaphore, seed: int) -> Outcome:
    """One history."""
    async with turn:
        chance = random.Random(seed)
        anna, ben = [await asyncio.to_thread(server.join, f"{name} {seed}") for name in ("Anna", "Ben")]
        place = direct(anna.person, ben.person)
        phones = [Phone(server, guest, place) for guest in (anna, anna, ben, ben)]
        await asyncio.gather(*(_lives(phone, port, chance, f"{seed} {n}") for n, phone in enumerate(phones)))
        for phone in phones:
            async with phone.connected():
                await phone.catches_up()
    texts = [phone.texts() for phone in phones]
    expected = Counter(f"{seed} {n} {said}" for n in range(PHONES) for said in range(SAYS))
    in_order = all(
        [text for text in texts[0] if text.startswith(f"{seed} {n} ")] == [f"{seed} {n} {said}" for said in range(SAYS)]
        for n in range(PHONES)
    )
    same = all(phone.log == phones[0].log for phone in phones)
    return not (same and in_order and Counter(texts[0]) == expected), len(texts[0])


async def _lives(phone: Phone, port: int, chance: random.Random, name: str) -> None:
    """Says all it has to say, coming back whenever its line is gone or silent."""
    waiting = [f"{name} {number}" for number in range(SAYS)]
    while waiting or phone.outbox:
        with suppress(*LOST):
            async with phone.connected(port), asyncio.timeout(20 * ANSWER_SECONDS):
                while waiting or phone.outbox:
                    if not phone.outbox:
                        phone.writes(waiting.pop(0))
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await phone.sends()
                    if chance.random() < 0.3:
                        with suppress(Refused):
                            async with asyncio.timeout(ANSWER_SECONDS):
                                await phone.catches_up()


async def _stand_between(phone: ServerConnection, server: Victim, trusts: ssl.SSLContext, weather: Weather) -> None:
    bearer = {"Authorization": phone.request.headers["Authorization"]} if phone.request else {}
    with suppress(OSError, WebSocketException):
        async with connect(
            f"wss://{ADDRESS}:{server.port}/ws",
            ssl=trusts,
            additional_headers=bearer,
            compression=None,
            proxy=None,
            max_size=None,
        ) as line:
            ways = [asyncio.create_task(_pass(phone, line, weather)), asyncio.create_task(_pass(line, phone, weather))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.wait(ways)
            phone.transport.abort()
            line.transport.abort()


async def _pass(
    source: ServerConnection | ClientConnection, target: ServerConnection | ClientConnection, weather: Weather
) -> None:
    """One direction, frame by frame and in order, until the line is cut."""
    with suppress(WebSocketException):
        async for frame in source:
            what = weather.next()
            if what == "cut":
                return
            if what == "delay":
                await asyncio.sleep(weather.chance.uniform(0, 0.1))
            for _ in range({"drop": 0, "double": 2}.get(what, 1)):
                await target.send(frame)
