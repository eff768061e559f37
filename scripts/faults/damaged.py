"""A database that is damaged, cut short, emptied or gone at the start: refused, kept, and the last backup offered.

What is offered is typed in as it stands, and the house lives on from that backup, also where the same disk has spoilt a
file, whose bytes every backup shares. A newcomer's first mistake is to harm a file whose newest pages lie in the log
beside it, where they are read from.
"""

import asyncio
import hashlib
import http.client
import random
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults.phone import Phone
from scripts.faults.saved import upload
from scripts.faults.shown import Shown, each_time
from scripts.faults.victim import PATIENCE_SECONDS, UNLIMITED, Victim, victim
from store.backups.kept import one_backup

PAGE = 4096  # bytes
WAYS = ("a page overwritten", "cut short", "emptied", "gone", "gone with all its folder")
REFUSED = 2  # the exit code of what a person must put right
OFFER = "To take it: "
LACKING = re.compile(r"Files that the backup's disk has spoilt or lost, and that are lacking now: (\d+)\.")
MESSAGES = 40  # before each backup, so that there is more than a page of them


def run(*, long: bool) -> list[Shown]:
    """Each way ten times, another page each time; three of them once in the quick part."""
    return asyncio.run(_damage(WAYS * 10 if long else (WAYS[0], *WAYS[-2:])))


async def _damage(ways: Sequence[str]) -> list[Shown]:
    chance, seen = random.Random(5), Counter[str]()
    with victim(*UNLIMITED) as server:
        phone = Phone(server, server.join("Anna"), EVERYONE)
        for way in ways:
            if not await _once(server, phone, way, chance, seen):
                break
        broke = "Traceback" in server.said()
    return figures(seen, ways, broke=broke)


async def _once(server: Victim, phone: Phone, way: str, chance: random.Random, seen: Counter[str]) -> bool:
    """What held of one damage: each 1. Answers whether there is a house to go on with."""
    saved = await phone.says_all(*_words(MESSAGES))
    await asyncio.to_thread(_uploads, phone)
    stick = server.folder / "stick"
    backs_up(server, *([str(stick)] if way == WAYS[-1] else []))
    spoil_files(server.data)
    spoilt = spoilt_in(one_backup(stick if way == WAYS[-1] else server.data / "backups").path)
    await phone.says_all(*_words(3))
    server.leave()
    database = server.data / "parley.db"
    harm(database, way, chance)
    left = fingerprint(database)
    code, said = refusal(server, "--backups-to", str(stick))
    seen["refused"] += code == REFUSED and str(database) in said
    seen["kept"] += fingerprint(database) == left
    _, _, command = said.partition(OFFER)
    seen["offered"] += bool(command)
    told = await asyncio.to_thread(typed_in, command, server.folder)
    seen["lacking"] += lacking_in(told) == spoilt > 0
    seen["aside"] += bool(told) and (left == "" or left in map(fingerprint, server.data.glob("aside-*/parley.db")))
    if not told:
        return False
    await asyncio.to_thread(server.start)
    seen["lives"] += await phone.says_all("on it goes") == [*saved, "on it goes"]
    return True


def _uploads(phone: Phone) -> None:
    """One file more. Raises RuntimeError if it is not taken."""
    if (status := upload(phone)) != http.client.CREATED:
        raise RuntimeError(f"expected a file to be taken, got {status}")


def _words(messages: int) -> list[str]:
    return [f"{number} {'x' * 200}" for number in range(messages)]


def harm(database: Path, way: str, chance: random.Random) -> None:
    """One of these WAYS."""
    content = database.read_bytes()
    if way == "gone with all its folder":
        shutil.rmtree(database.parent)
    elif way == "gone":
        database.unlink()
    elif way == "emptied":
        database.write_bytes(b"")
    elif way == "cut short":
        database.write_bytes(content[: len(content) // 2 // PAGE * PAGE])
    else:
        used = [at for at in range(PAGE, len(content), PAGE) if content[at] in (2, 5, 10, 13)]  # of a tree of SQLite
        at = chance.choice(used)
        database.write_bytes(content[:at] + b"\xff" * PAGE + content[at + PAGE :])


def backs_up(server: Victim, *folder: str) -> None:
    """By the command, while it runs; elsewhere than in the data where a folder is named. Raises CalledProcessError."""
    places = ["--data", str(server.data), "--certs", str(server.folder / "certs")]
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "backup.py"), *folder, *places], check=True, capture_output=True
    )


def spoil_files(data: Path) -> None:
    """Other bytes in the place of a page of each, as a disk does it: under every name that they have."""
    for path in data.glob("files/??/*"):
        with path.open("rb+") as file:
            file.write(b"\xff" * PAGE)


def spoilt_in(backup: Path) -> int:
    """How many of its files are not what their names say."""
    return sum(fingerprint(path) != path.name for path in backup.glob("files/??/*"))


def lacking_in(told: str) -> int:
    """How many files are lacking, by what was said of a backup that was put back."""
    said = LACKING.search(told)
    return int(said[1]) if said else 0


def typed_in(command: str, folder: Path) -> str:
    """What a command said that was typed in as it stands, from some folder; empty if it did not work, or is none."""
    if not command:
        return ""
    done = subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode else done.stdout


def refusal(server: Victim, *flags: str) -> tuple[int, str]:
    """How such a start ended, and what it said last. Raises subprocess.TimeoutExpired where it does not end."""
    done = subprocess.run(
        [*server.command, *flags], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    return done.returncode, done.stderr.strip().rpartition("\n")[2]


def fingerprint(path: Path) -> str:
    """Of its bytes; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def figures(seen: Counter[str], ways: Sequence[str], *, broke: bool) -> list[Shown]:
    """What must hold, beside what was."""
    times = len(ways)
    fault = f"a database damaged at the start ({', '.join(dict.fromkeys(ways))}), {times} times"
    musts = {
        "refused": "the start is refused in one sentence, and no empty house begins",
        "kept": "the file is left as it is",
        "offered": "the last good backup is offered",
        "aside": "what is offered works as it stands, and keeps the damaged file aside",
        "lacking": "that works beside a file which the disk spoilt in all backups, and says that it is lacking",
        "lives": "all that was said before the backup is there, and people write on",
    }
    return each_time(fault, musts, seen, times, broke=broke)
