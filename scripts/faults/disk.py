"""A disk that is full, for messages and for files: told, reading goes on, and it recovers by itself.

The data lies on a small disk in memory that only this server sees (a mount in a namespace of its own), so this needs
Linux and root.
"""

import asyncio
import errno
import http.client
from pathlib import Path
from tempfile import TemporaryDirectory

from chat.visibility import EVERYONE
from scripts.bench.house import ROOT
from scripts.faults.phone import Phone, Refused
from scripts.faults.shown import Shown
from scripts.faults.victim import UNLIMITED, Guest, Victim

SIZE_MB = 24
BIG = "x" * 3900
FAULT = f"a disk of {SIZE_MB} MB that is full"


class SmallDisk(Victim):
    """A server whose data is on a disk of its own."""

    @property
    def command(self) -> list[str]:
        """The disk is there before it starts, and gone with it."""
        self.data.mkdir(exist_ok=True)
        mount = f'mount -t tmpfs -o size={SIZE_MB}m,mode=700 small "$0" && exec "$@"'
        return ["unshare", "--mount", "sh", "-c", mount, str(self.data), *super().command]

    def fill(self) -> None:
        """Until nothing more goes in."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def empty(self) -> None:
        """As it was."""
        self._filler.unlink()

    @property
    def _filler(self) -> Path:
        if self.process is None:
            raise RuntimeError("expected a server that was started")
        return Path(f"/proc/{self.process.pid}/root{self.data}/filler")


def run(*, long: bool) -> list[Shown]:
    """Filled and emptied ten times; once in the quick part."""
    kept = ROOT / "data"
    kept.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="faults-", dir=kept) as name:
        server = SmallDisk(Path(name), "--backups", "0", "--keep-free", "1MB", *UNLIMITED)
        try:
            server.start()
            return asyncio.run(_fill(server, 10 if long else 1))
        finally:
            server.kill()


async def _fill(server: SmallDisk, times: int) -> list[Shown]:
    guest = server.join("Anna")
    phone = Phone(server, guest, EVERYONE)
    seen = _Seen()
    async with phone.connected():
        phone.writes("before")
        await phone.sends()
        for _ in range(times):
            seen.uploads_before.append(await asyncio.to_thread(_upload, server, guest))
            server.fill()
            await _write_until_refused(phone, seen)
            await phone.catches_up()
            seen.read += phone.texts()[:1] == ["before"]
            told = await asyncio.to_thread(server.health)
            seen.health.append("" if told is None else str(told["checks"]["store"]))
            seen.uploads_full.append(await asyncio.to_thread(_upload, server, guest))
            server.empty()
            await phone.sends()  # the very same messages, by their nonces
            seen.uploads_after.append(await asyncio.to_thread(_upload, server, guest))
        await phone.catches_up()
    doubled = len(phone.texts()) - len(set(phone.acked.values()))
    return seen.figures(times, doubled, "Traceback" in server.said())


async def _write_until_refused(phone: Phone, seen: "_Seen") -> None:
    for _ in range(SIZE_MB * 300):
        phone.writes(BIG)
        try:
            await phone.sends()
        except Refused as refused:
            seen.refusals.append(str(refused))
            return


class _Seen:
    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.read = 0
        self.health: list[str] = []
        self.uploads_before: list[int] = []
        self.uploads_full: list[int] = []
        self.uploads_after: list[int] = []

    def figures(self, times: int, doubled: int, broke: bool) -> list[Shown]:
        """What must hold, beside what was."""
        created = http.client.CREATED
        said = set(self.refusals)
        return [
            Shown(
                FAULT, "a message is answered not-saved", f"{len(self.refusals)} times {said}", said == {"not-saved"}
            ),
            Shown(FAULT, "reading goes on", f"{self.read} of {times}", self.read == times),
            Shown(FAULT, "/health says so", f"{set(self.health)}", all("disk is full" in one for one in self.health)),
            Shown(FAULT, "a file is refused", f"{set(self.uploads_full)}", not {created} & set(self.uploads_full)),
            Shown(
                FAULT,
                "with room again all goes on by itself, nothing doubled, no traceback",
                f"files {set(self.uploads_after)}, doubled {doubled}, traceback {broke}",
                {*self.uploads_before, *self.uploads_after} == {created} and doubled == 0 and not broke,
            ),
        ]


def _upload(server: Victim, guest: Guest, size: int = 200_000) -> int:
    """The status that a small file is answered with, all in one request (tus: creation-with-upload)."""
    status, _, _ = server.ask(
        "POST",
        "/api/files",
        bytes(size),
        Authorization=f"Bearer {guest.token}",
        Tus_Resumable="1.0.0",
        Upload_Length=str(size),
        Content_Type="application/offset+octet-stream",
    )
    return status
