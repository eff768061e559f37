"""A data folder with a server's uploads over it, which tests may restart and whose disk they may fill."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from protocol.errors import Refusal
from store.rows import File
from store.uploads import Settings, Uploads

ADA, BO = "p" + "a" * 13, "p" + "b" * 13
ONE, TWO = "f" + "a" * 26, "f" + "b" * 26
DAY = 24 * 3600 * 1000  # ms
PLENTY = 1 << 40  # bytes
BYTES = bytes(range(256)) * 5000  # 1.28 MB, no picture


@dataclass
class Disk:
    """A data folder, the rows kept from it, and a clock and a free space that tests may turn."""

    folder: Path
    rows: dict[str, File] = field(default_factory=dict)
    later: int = 0
    free: int = PLENTY
    refusals: list[Refusal] = field(default_factory=list)

    async def keep(self, table: str, row: File) -> None:
        """What store.keep does; fails once for every refusal laid out."""
        if self.refusals:
            raise self.refusals.pop()
        assert table == "files"
        self.rows[row.id] = row

    def uploads(self, **settings: int) -> Uploads:
        """A server's uploads over this folder."""
        return Uploads(
            self.folder, self.keep, self.now, settings=Settings(margin=0, **settings), free=lambda _: self.free
        )

    def now(self) -> int:
        """ms since the epoch."""
        return int(time.time() * 1000) + self.later

    def names(self, pattern: str) -> list[str]:
        """Files in the folder that match, by name."""
        return sorted(path.name for path in self.folder.glob(pattern) if path.is_file())


Journey = Callable[[Uploads], Awaitable[Any]]


def on(disk: Disk, *journeys: Journey, **settings: int) -> Any:
    """Run each journey on a server of its own, one after another: between two of them it was restarted."""

    async def run(journey: Journey) -> Any:
        uploads = disk.uploads(**settings)
        await uploads.start()
        try:
            return await journey(uploads)
        finally:
            await uploads.close()

    return [asyncio.run(run(journey)) for journey in journeys][-1]


async def add(uploads: Uploads, content: bytes, upload: str = ONE, offset: int = 0, person: str = ADA) -> int:
    """One request's worth of bytes, in pieces as the network brings them."""
    receiving = uploads.receive(upload, person, offset, lambda: None)
    for first in range(0, len(content), 65536):
        await receiving.write(content[first : first + 65536])
    return await uploads.finish(upload, receiving)


async def whole(
    uploads: Uploads, content: bytes, upload: str = ONE, person: str = ADA, name: str = "a.bin", voice: bool = False
) -> None:
    """All of a file at once."""
    await uploads.create(upload, person, len(content), name, voice)
    if content:
        await add(uploads, content, upload, person=person)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def refused(code: str) -> Any:
    """A block that has to be refused with this code."""

    class Refused:
        def __enter__(self) -> None: ...

        def __exit__(self, kind: object, error: object, trace: object) -> bool:
            assert isinstance(error, Refusal), f"expected a refusal, got {error!r}"
            assert error.code == code
            return True

    return Refused()
