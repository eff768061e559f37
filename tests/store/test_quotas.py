"""What one person's files take, and when it would be too much."""

import asyncio
import errno
from pathlib import Path

import pytest

from protocol.errors import Refusal
from store.quotas import Quotas, Usage, in_words
from store.unfinished import UnfinishedUploads
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


def test_many_that_begin_in_one_moment_do_not_pass_it_together(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Attic(tmp_path) as attic:
            quotas = Quotas(attic.store, attic.uploads, 5000)
            begun = 0

            async def begin(number: int) -> None:
                nonlocal begun
                quotas.require_room(attic.ada.person, 2000)
                await attic.uploads.create(f"f{number:026}", attic.ada.person, 2000, "a.bin")
                begun += 1

            ends = await asyncio.gather(*map(begin, range(30)), return_exceptions=True)
            assert begun == 2
            assert {end.code for end in ends if isinstance(end, Refusal)} == {"over-quota"}
            assert attic.uploads.waiting_bytes(attic.ada.person) == 4000

    asyncio.run(journey())


def test_what_could_not_begin_counts_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def journey() -> None:
        async with Attic(tmp_path) as attic:

            def fail(*_: object) -> None:
                raise OSError(errno.EIO, "broken")

            monkeypatch.setattr(UnfinishedUploads, "make", fail)
            with refused("not-saved"):
                await attic.uploads.create("f" + "a" * 26, attic.ada.person, 3000, "a.bin")
            assert attic.uploads.waiting_bytes(attic.ada.person) == 0

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
