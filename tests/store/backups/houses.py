"""A house on a disk that is backed up: people, messages, files, notes and keys."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from store.backups.making import Source
from tests.store.attic import Attic

NOON = 1_700_000_000_000  # ms; 2023-11-14 22:13 UTC
PHOTO = bytes(range(256)) * 900
FILM = b"film" * 50_000

T = TypeVar("T")


def source_in(folder: Path) -> Source:
    """The folders of a house, with its notes and keys."""
    source = Source(folder / "data", folder / "certs")
    source.data.mkdir()
    (folder / "certs" / "authority").mkdir(parents=True)
    (folder / "certs" / "README.md").write_text("what is what")
    (folder / "certs" / "server.key").write_text("a key")
    (folder / "certs" / "authority" / "root.pem").write_text("a root")
    for name in ("secret", "invitation", "running.json"):
        (source.data / name).write_text(f"the {name}")
    return source


def lives(data: Path, live: Callable[[Attic], Awaitable[T]]) -> T:
    """What comes of this life in the house of that folder, which is closed after it."""

    async def run() -> T:
        async with Attic(data) as attic:
            return await live(attic)

    return asyncio.run(run())


async def sends_two_files(attic: Attic) -> list[int]:
    """Ada sends a photo and a film; the numbers of her messages."""
    return [(await attic.sends(await attic.upload(content))).seq for content in (PHOTO, FILM)]


def dump(database: Path) -> list[str]:
    """All that a database holds, but for what it says of itself."""
    link = sqlite3.connect(database)
    lines = [line for line in link.iterdump() if '"meta"' not in line]
    link.close()
    return lines


def paths(folder: Path) -> set[str]:
    """The files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
