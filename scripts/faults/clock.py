"""A clock that jumps a year ahead and back under a real server, while people write and when it starts again.

What is shown is odd then, and nothing may be lost, doubled or out of order. A newcomer's first mistake is to trust that
the clock did jump: it is looked for in what was written.
"""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from protocol.codec import MAX_SERVER_FRAME, unpack
from protocol.commands import Pull
from scripts.bench.house import ROOT
from scripts.faults.faked import Faked
from scripts.faults.kill import judge
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED

YEAR = 365  # days
JUMPS = (YEAR, -YEAR)
HALF = YEAR * 24 * 3600 * 1000 // 2  # ms


def run(*, long: bool) -> list[Shown]:
    """Twenty jumps under ten writers, a start after each; one ahead and one back under three in the quick part."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        server = Faked(Path(name), "--backups", "2", *UNLIMITED)
        try:
            server.start()
            return asyncio.run(_jump(server, 20, 10) if long else _jump(server, 2, 3))
        finally:
            server.kill()


async def _jump(server: Faked, times: int, writers: int) -> list[Shown]:
    seen = Counter[str]()
    phones = [Phone(server, server.join(f"Writer {number}"), EVERYONE) for number in range(writers)]
    for number in range(times):
        server.set_clock(JUMPS[number % len(JUMPS)] if number % 3 else 0)
        for phone in phones:
            await _write(phone, 3)
        before = await _newest(phones[0])
        days = JUMPS[number % len(JUMPS)]
        async with phones[0].connected():
            phones[0].writes(f"{phones[0].guest.person} {len(phones[0].acked)}")
            await phones[0].sends()
            server.set_clock(days * 2)
            phones[0].writes(f"{phones[0].guest.person} {len(phones[0].acked)}")
            await phones[0].sends()
        seen["jumped"] += abs(await _newest(phones[0]) - before) > HALF
        server.kill()
        await asyncio.to_thread(server.start)
        for phone in phones:
            await _write(phone, 2)
        told = await asyncio.to_thread(server.health) or {"checks": {}}
        seen["well"] += told["checks"].get("store") == "ok"
    reader = phones[0]
    reader.log.clear()
    async with reader.connected():
        await reader.catches_up()
    fault = f"the clock jumps by a year or more, {times} times under {writers} writers"
    return [
        *figures(fault, seen, times, broke="Traceback" in server.said()),
        *judge(fault, times, phones, reader),
    ]


async def _write(phone: Phone, messages: int) -> None:
    async with phone.connected():
        for _ in range(messages):
            phone.writes(f"{phone.guest.person} {len(phone.acked)}")
            await phone.sends()
        await phone.catches_up()


async def _newest(phone: Phone) -> int:
    """When the last event was written, as the server believed (ms)."""
    async with phone.connected():
        page = await phone.ask(Pull(conversation=phone.place, after=max(phone.acked.values()) - 1))
    [(_, _, body)] = unpack(page["frames"][-1], MAX_SERVER_FRAME)
    return int(body["at"])


def figures(fault: str, seen: Counter[str], times: int, *, broke: bool) -> list[Shown]:
    """What must hold, beside what was."""
    jumped, well = seen["jumped"], seen["well"]
    return [
        Shown(fault, "the server's own times jump by more than half a year", f"{jumped} of {times}", jumped == times),
        Shown(fault, "it starts again, knows everybody's devices and saves", f"{well} of {times}", well == times),
        Shown(fault, "no traceback", "some" if broke else "none", not broke),
    ]
