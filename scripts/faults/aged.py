"""Messages that go by age, at a real server: written while its clock was a hundred days back, taken away today.

The server waits five minutes after its start until it looks; here it waits a second. A newcomer's first mistake is to
let it start a hundred days later: it believes no clock that moved so far, so it was on five days ago, too.
"""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults.faked import Faked
from scripts.faults.phone import Phone
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED

SOON = """
import functools, sys
sys.path.insert(0, sys.argv[1])
del sys.argv[1]
from chat import retention
retention.Rhythm = functools.partial(retention.Rhythm, first_seconds=1.0)
import server
sys.exit(server.main())
"""
KEPT = 90  # days
PATIENCE_SECONDS = 300.0


class Keeping(Faked):
    """One that looks for what is old a second after its start."""

    @property
    def command(self) -> list[str]:
        """The same server, with a shorter wait."""
        first, program, *flags = super().command
        return [first, "-c", SOON, str(Path(program).parent), *flags]


def run(*, long: bool) -> list[Shown]:
    """5,000 messages that are old and 500 that are young; 30 and 5 in the quick part."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        return asyncio.run(_age(Path(name), 5000, 500) if long else _age(Path(name), 30, 5))


async def _age(folder: Path, old: int, young: int) -> list[Shown]:
    server = Faked(folder, "--backups", "0", *UNLIMITED)
    keeping = Keeping(folder, "--backups", "0", *UNLIMITED, "--keep-messages", str(KEPT))
    try:
        server.set_clock(-100)
        await asyncio.to_thread(server.start)
        phone = Phone(server, server.join("Anna"), EVERYONE)
        await _says(phone, "old", old)
        server.leave()
        server.set_clock(-5)
        await asyncio.to_thread(server.start)
        await _says(phone, "young", young)
        server.leave()
        keeping.set_clock(0)
        await asyncio.to_thread(keeping.start)
        phone.victim = keeping
        return await _seen(phone, old, young)
    finally:
        server.kill()
        keeping.kill()


async def _says(phone: Phone, what: str, messages: int) -> None:
    async with phone.connected():
        for number in range(messages):
            phone.writes(f"{what} {number}")
            await phone.sends()


async def _seen(phone: Phone, old: int, young: int) -> list[Shown]:
    """When nothing old is there any more, or that took too long."""
    began = time.monotonic()
    while "old" in (texts := await _texts(phone)) and time.monotonic() < began + PATIENCE_SECONDS:  # noqa: ASYNC110
        await asyncio.sleep(0.2)
    seconds, head = time.monotonic() - began, len(phone.log)
    said = [one for one in phone.log if one.name == "message.sent"]
    fault = f"{old} messages older than {KEPT} days and {young} younger ones"
    left = texts.count("old")
    return [
        Shown(fault, "no word of the old ones is there any more", f"{left} left, after {seconds:.0f} s", left == 0),
        Shown(fault, "every young one is", f"{texts.count('young')} of {young}", texts.count("young") == young),
        Shown(
            fault,
            "that something was said stays, seq dense",
            f"{len(said)} of {old + young} messages, {head} events",
            len(said) == old + young,
        ),
        Shown(
            fault,
            "no traceback",
            "some" if "Traceback" in phone.victim.said() else "none",
            "Traceback" not in phone.victim.said(),
        ),
    ]


async def _texts(phone: Phone) -> list[str]:
    """The first word of each, from the beginning."""
    phone.log.clear()
    async with phone.connected():
        await phone.catches_up()
    return [text.partition(" ")[0] for text in phone.texts()]
