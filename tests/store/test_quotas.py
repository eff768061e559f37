"""What one person's files take, and when it would be too much."""

import asyncio
from pathlib import Path

import pytest

from store.quotas import Quotas, Usage, in_words
from store.uploads import Uploads
from tests.store.attic import Attic
from tests.store.disk import refused


def test_equal_bytes_of_one_person_count_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Uploads, "room", lambda _uploads: 7000)  # others write to this disk

    async def journey() -> None:
        async with Attic(tmp_path) as attic:
            quotas = Quotas(attic.store, attic.uploads, 5000)
            for content in (b"a" * 1000, b"a" * 1000, b"b" * 500):
                await attic.upload(content)
            assert quotas.usage(attic.ada.person) == Usage(1500, 5000, 7000)
            assert quotas.usage(attic.bo.person).used == 0

    asyncio.run(journey())


def test_what_is_on_its_way_counts_too_and_somebody_elses_does_not(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Attic(tmp_path) as attic:
            quotas = Quotas(attic.store, attic.uploads, 5000)
            await attic.uploads.create("f" + "a" * 26, attic.ada.person, 3000, "a.bin")
            quotas.require_room(attic.ada.person, 2000)
            with refused("over-quota"):
                quotas.require_room(attic.ada.person, 2001)
            quotas.require_room(attic.bo.person, 5000)

    asyncio.run(journey())


def test_without_a_quota_nothing_is_too_much(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Attic(tmp_path) as attic:
            Quotas(attic.store, attic.uploads).require_room(attic.ada.person, 1 << 50)

    asyncio.run(journey())


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KB"), (1536, "1.5 KB"), (5 << 30, "5 GB"), (3 << 40, "3 TB")],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert in_words(size) == words
