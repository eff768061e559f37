"""A backup of a server while people write and upload, by the command, and a house that is restored from it.

A newcomer's first mistake is to compare databases byte by byte: what is compared is each file with the hash that was
noted, every row of the database, and what phones are shown.
"""

import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults.phone import LOST, Phone
from scripts.faults.shown import Shown, each_time
from scripts.faults.victim import UNLIMITED, Victim, victim
from store.backups.kept import DATABASE, Kept, one_backup
from store.durable.snapshot import epoch

FILE = 100_000  # bytes of each that is uploaded


def run(*, long: bool) -> list[Shown]:
    """Twenty backups under 20 writers; one under 4 in the quick part."""
    return asyncio.run(_back_up(20, 20) if long else _back_up(1, 4))


async def _back_up(times: int, writers: int) -> list[Shown]:
    seen = Counter[str]()
    with victim(*UNLIMITED) as server:
        phones = [Phone(server, server.join(f"Writer {number}"), EVERYONE) for number in range(writers)]
        for _ in range(times):
            enough = asyncio.Event()
            async with asyncio.TaskGroup() as writing:
                for phone in phones:
                    writing.create_task(_write(phone, enough))
                seen += await _once(server, phones, enough)
        broke = "Traceback" in server.said()
    return figures(
        f"{times} backups under {writers} writers who upload, and a restore of each", seen, times, broke=broke
    )


async def _write(phone: Phone, enough: asyncio.Event) -> None:
    async with phone.connected():
        while not enough.is_set():
            phone.writes(f"{phone.guest.person} {len(phone.acked)}")
            await phone.sends()
            if len(phone.acked) % 20 == 1:
                with suppress(*LOST):
                    await asyncio.to_thread(upload, phone)


async def _once(server: Victim, phones: list[Phone], enough: asyncio.Event) -> Counter[str]:
    """What held of one backup: each 1."""
    try:
        had = [len(phone.acked) for phone in phones]
        while any(len(phone.acked) < n + 20 for phone, n in zip(phones, had, strict=True)):  # noqa: ASYNC110 - of several
            await asyncio.sleep(0.01)
        before = {nonce: seq for phone in phones for nonce, seq in phone.acked.items()}
        await asyncio.to_thread(_command, "backup.py", server.folder)
        after = sum(len(phone.acked) for phone in phones)
    finally:
        enough.set()
    kept = one_backup(server.data / "backups")
    with TemporaryDirectory(prefix="restored-", dir=server.folder) as name:
        new = Victim(Path(name), "--backups", "0", *UNLIMITED)
        await asyncio.to_thread(_command, "restore.py", new.folder, str(kept.path))
        held = Counter(beside=after > len(before), same=_is_same(kept, new.data))
        held["another"] = epoch(new.data / DATABASE) != epoch(kept.path / DATABASE)
        try:
            await asyncio.to_thread(new.start)
            reader = Phone(new, phones[0].guest, EVERYONE)
            async with reader.connected():
                await reader.catches_up()
        finally:
            new.kill()
    phones[0].log.clear()
    async with phones[0].connected():
        await phones[0].catches_up()
    held["whole"] = reader.log == phones[0].log[: len(reader.log)] and max(before.values()) <= len(reader.log)
    return held


def _is_same(kept: Kept, data: Path) -> bool:
    """Every file as it was noted, and every row but those about the store itself."""
    entries = [entry for entry in kept.manifest().entries if not entry.path.startswith("certs/")]
    files = [entry for entry in entries if entry.path != DATABASE]
    same = all(hashlib.sha256((data / one.path).read_bytes()).hexdigest() == one.sha256 for one in files)
    return same and any(one.path.startswith("files/") for one in files) and _rows(data) == _rows(kept.path)


def _rows(folder: Path) -> str:
    with closing(sqlite3.connect(f"{(folder / DATABASE).as_uri()}?immutable=1", uri=True)) as link:
        lines = (line for line in link.iterdump() if '"meta"' not in line)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _command(name: str, folder: Path, *words: str) -> None:
    places = ["--data", str(folder / "data"), "--certs", str(folder / "certs")]
    subprocess.run([sys.executable, str(ROOT / "scripts" / name), *words, *places], check=True, capture_output=True)


def upload(phone: Phone) -> int:
    """The status that a whole file of bytes that nobody else has is answered with. Raises as `Victim.ask`."""
    status, _, _ = phone.victim.ask(
        "POST",
        "/api/files",
        os.urandom(FILE),
        Authorization=f"Bearer {phone.guest.token}",
        Tus_Resumable="1.0.0",
        Upload_Length=str(FILE),
        Content_Type="application/offset+octet-stream",
    )
    return status


def figures(fault: str, seen: Counter[str], times: int, *, broke: bool) -> list[Shown]:
    """What must hold, beside what was."""
    musts = {
        "beside": "people are answered while it is made",
        "same": "what is restored has the hash of every file, and every row",
        "another": "the restored store has an epoch of its own",
        "whole": "it shows all that was acknowledged before the backup began, and the log up to one moment",
    }
    return each_time(fault, musts, seen, times, broke=broke)
