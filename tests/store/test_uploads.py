"""Uploads on disk: they grow, survive a restart, end as a kept file, and take no more than they should."""

import asyncio
import io
import os
from pathlib import Path

import pytest
from PIL import Image

from protocol.errors import Refusal
from store.uploads import Settings, Standing, Uploads
from tests.store.disk import ADA, BO, BYTES, DAY, ONE, PLENTY, TWO, Disk, add, on, refused, sha256, whole


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def test_an_upload_becomes_a_kept_file(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> bytes:
        await whole(uploads, BYTES, name="numbers.bin")
        place = uploads.blobs.path(sha256(BYTES))
        return b"".join([piece async for piece in await uploads.read(place, 0, len(BYTES))])

    assert on(disk, journey) == BYTES
    row = disk.rows[ONE]
    assert (row.name, row.size, row.sha256, row.uploader) == ("numbers.bin", len(BYTES), sha256(BYTES), ADA)
    assert row.complete
    assert row.type == "application/octet-stream"
    assert (row.width, row.height, row.thumbnail) == (0, 0, False)
    assert disk.names("uploads/*") == []


def test_a_picture_has_its_size_and_a_small_one(disk: Disk) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(packed, "JPEG")

    async def journey(uploads: Uploads) -> bytes:
        await whole(uploads, packed.getvalue(), name="teal.png")
        return await uploads.thumbnail(disk.rows[ONE].sha256)

    small = Image.open(io.BytesIO(on(disk, journey)))
    row = disk.rows[ONE]
    assert (row.type, row.width, row.height, row.thumbnail) == ("image/jpeg", 1200, 800, True)
    assert small.size == (512, 341)


def test_a_broken_picture_is_kept_as_a_file(disk: Disk) -> None:
    on(disk, lambda uploads: whole(uploads, b"\xff\xd8\xff\xe0 and then nothing of a JPEG"))
    row = disk.rows[ONE]
    assert (row.type, row.width, row.thumbnail, row.complete) == ("image/jpeg", 0, False, True)


def test_an_empty_file_is_complete_at_once(disk: Disk) -> None:
    on(disk, lambda uploads: whole(uploads, b""))
    assert disk.rows[ONE].sha256 == sha256(b"")


def test_an_upload_goes_on_where_it_stands(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        assert await add(uploads, BYTES[:700_000]) == 700_000
        assert await uploads.look(ONE, ADA) == Standing("a.bin", len(BYTES), 700_000)
        assert await add(uploads, BYTES[700_000:], offset=700_000) == len(BYTES)
        assert await uploads.look(ONE, ADA) is None

    on(disk, journey)
    assert disk.rows[ONE].sha256 == sha256(BYTES)


def test_an_upload_goes_on_after_a_restart(disk: Disk) -> None:
    async def begin(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        await add(uploads, BYTES[:700_000])

    async def go_on(uploads: Uploads) -> None:
        assert await uploads.look(ONE, ADA) == Standing("a.bin", len(BYTES), 700_000)
        await add(uploads, BYTES[700_000:], offset=700_000)

    on(disk, begin, go_on)
    assert disk.rows[ONE].sha256 == sha256(BYTES)


def test_what_was_on_its_way_at_the_end_is_kept(disk: Disk) -> None:
    async def begin(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        await receiving.write(BYTES[:1000])

    async def look(uploads: Uploads) -> Standing | None:
        return await uploads.look(ONE, ADA)

    assert on(disk, begin, look) == Standing("a.bin", len(BYTES), 1000)


def test_a_wrong_offset_is_refused_and_changes_nothing(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        await add(uploads, b"x" * 10)
        for offset in [0, 9, 11, 100]:
            with refused("wrong-offset"):
                uploads.receive(ONE, ADA, offset, lambda: None)
        assert await uploads.look(ONE, ADA) == Standing("a.bin", 100, 10)

    on(disk, journey)


def test_an_upload_belongs_to_its_uploader(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        assert await uploads.look(ONE, BO) is None
        with refused("not-found"):
            uploads.receive(ONE, BO, 0, lambda: None)
        with refused("not-found"):
            await uploads.end(ONE, BO)
        assert await uploads.look(ONE, ADA) == Standing("a.bin", 100, 0)

    on(disk, journey)


def test_more_than_was_announced_is_refused(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        await receiving.write(b"x" * 90)
        with refused("too-big"):
            await receiving.write(b"x" * 11)
        assert await receiving.close() == 90

    on(disk, journey)
    assert ONE not in disk.rows


def test_two_requests_do_not_add_to_one_upload(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        uploads.receive(ONE, ADA, 0, lambda: None)
        with refused("in-use"):
            uploads.receive(ONE, ADA, 0, lambda: None)

    on(disk, journey)


def test_asking_where_it_stands_stops_a_dead_request(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        stopped = []
        await uploads.create(ONE, ADA, 100, "a.bin")
        first = uploads.receive(ONE, ADA, 0, lambda: stopped.append(True))
        await first.write(b"x" * 30)
        assert await uploads.look(ONE, ADA) == Standing("a.bin", 100, 30)
        assert stopped == [True]
        with refused("in-use"):
            await first.write(b"late")
        await add(uploads, b"y" * 70, offset=30)

    on(disk, journey)
    assert disk.rows[ONE].sha256 == sha256(b"x" * 30 + b"y" * 70)


def test_an_abandoned_request_keeps_what_came(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> Standing | None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        await receiving.write(b"x" * 30)
        uploads.abandon(receiving)
        return await uploads.look(ONE, ADA)

    assert on(disk, journey) == Standing("a.bin", 100, 30)


def test_a_cancelled_upload_leaves_nothing(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        await add(uploads, b"x" * 10)
        await uploads.end(ONE, ADA)
        assert await uploads.look(ONE, ADA) is None

    on(disk, journey)
    assert disk.names("uploads/*") == []


def test_equal_files_share_one_copy(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await whole(uploads, BYTES, ONE, ADA)
        await whole(uploads, BYTES, TWO, BO)

    on(disk, journey)
    assert disk.names("files/*/*") == [sha256(BYTES)]
    assert {row.uploader for row in disk.rows.values()} == {ADA, BO}


def test_a_name_is_never_a_path(disk: Disk) -> None:
    on(disk, lambda uploads: whole(uploads, BYTES, name="../../../outside\x00.txt"))
    assert disk.rows[ONE].name == "outside.txt"
    assert not list(disk.folder.rglob("*outside*"))


def test_a_file_too_large_for_the_disk_is_refused_at_the_start(disk: Disk) -> None:
    disk.free = 1000

    async def journey(uploads: Uploads) -> None:
        with refused("too-big"):
            await uploads.create(ONE, ADA, 1001, "a.bin")
        await uploads.create(TWO, ADA, 1000, "a.bin")

    on(disk, journey)


def test_the_margin_is_for_messages(disk: Disk) -> None:
    disk.free = 1000
    uploads = Uploads(disk.folder, disk.keep, disk.now, settings=Settings(margin=600), free=lambda _: disk.free)
    assert uploads.room() == 400
    disk.free = 100
    assert uploads.room() == 0
    asyncio.run(uploads.close())


def test_a_full_disk_is_said_and_what_came_is_kept(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        await add(uploads, BYTES[:600_000])
        disk.free = 0
        with refused("not-saved"):
            await add(uploads, BYTES[600_000:], offset=600_000)
        assert await uploads.look(ONE, ADA) == Standing("a.bin", len(BYTES), 600_000)
        disk.free = PLENTY
        await add(uploads, BYTES[600_000:], offset=600_000)

    on(disk, journey)
    assert disk.rows[ONE].sha256 == sha256(BYTES)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_refuses_a_write_is_said(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        part = disk.folder / "uploads" / f"{ONE}.part"
        part.unlink()
        part.symlink_to("/dev/full")
        await receiving.write(b"x" * 10)
        with refused("not-saved"):
            await receiving.close()
        part.unlink()
        part.touch()

    on(disk, journey)


def test_a_file_that_could_not_be_kept_is_kept_when_asked_again(disk: Disk) -> None:
    disk.refusals = [Refusal("not-saved", "no")]

    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        with refused("not-saved"):
            await add(uploads, BYTES)
        assert ONE not in disk.rows
        assert await uploads.look(ONE, ADA) is None

    on(disk, journey)
    assert disk.rows[ONE].sha256 == sha256(BYTES)


def test_a_crash_between_moving_and_keeping_loses_nothing(disk: Disk) -> None:
    disk.refusals = [Refusal("not-saved", "crashed here")]

    async def crash(uploads: Uploads) -> None:
        with refused("not-saved"):
            await whole(uploads, BYTES)

    async def start_again(uploads: Uploads) -> None:
        assert await uploads.look(ONE, ADA) is None

    on(disk, crash)
    assert disk.names("uploads/*") == [f"{ONE}.json"]
    on(disk, start_again)
    assert disk.rows[ONE].sha256 == sha256(BYTES)
    assert disk.names("uploads/*") == []


def test_a_crash_before_the_hash_was_known_loses_nothing(disk: Disk) -> None:
    async def all_but_the_end(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        await receiving.write(BYTES)
        await receiving.close()

    async def start_again(uploads: Uploads) -> None:
        assert await uploads.look(ONE, ADA) is None

    on(disk, all_but_the_end, start_again)
    assert disk.rows[ONE].sha256 == sha256(BYTES)


def test_a_file_that_breaks_something_of_ours_does_not_end_the_sweeping(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(uploads: Uploads) -> None:
        with pytest.raises(OverflowError):
            await whole(uploads, BYTES)

    async def start_again(uploads: Uploads) -> None:
        async with asyncio.timeout(5):
            await uploads.swept.wait()

    def too_large(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr("store.unfinished.erase", too_large)
    on(disk, broken, start_again)


def test_leftovers_of_a_crash_are_cleared_and_strange_files_left_alone(disk: Disk) -> None:
    folder = disk.folder / "uploads"
    folder.mkdir()
    (folder / f"{ONE}.part").write_bytes(b"began, but has no JSON")
    (folder / f"{TWO}.json.1234.new").write_bytes(b"{")
    (folder / "notes.json").write_bytes(b"not ours")

    async def nothing(uploads: Uploads) -> None: ...

    on(disk, nothing)
    assert disk.names("uploads/*") == ["notes.json"]


def test_an_upload_nobody_continues_is_swept_and_another_is_not(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        disk.later = 5 * DAY
        await uploads.create(TWO, ADA, 100, "b.bin")
        disk.later = 8 * DAY
        await uploads.sweep()
        assert await uploads.look(ONE, ADA) is None
        assert await uploads.look(TWO, ADA) == Standing("b.bin", 100, 0)

    on(disk, journey, keep_days=7)
    assert disk.names("uploads/*") == [f"{TWO}.json", f"{TWO}.part"]


def test_an_upload_under_way_is_not_swept(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        receiving = uploads.receive(ONE, ADA, 0, lambda: None)
        disk.later = 8 * DAY
        await uploads.sweep()
        await receiving.write(b"x" * 100)
        await uploads.finish(ONE, receiving)

    on(disk, journey, keep_days=7)
    assert disk.rows[ONE].size == 100


def test_what_was_left_long_ago_is_swept_at_the_start(disk: Disk) -> None:
    async def begin(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")

    async def until_gone(uploads: Uploads) -> None:
        await asyncio.wait_for(uploads.swept.wait(), 10)
        assert disk.names("uploads/*") == []

    on(disk, begin)
    disk.later = 8 * DAY
    on(disk, until_gone, keep_days=7)


def test_one_person_cannot_begin_without_end(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, 100, "a.bin")
        with refused("too-many"):
            await uploads.create(TWO, ADA, 100, "b.bin")
        many = [uploads.create(f"{TWO[:-1]}{letter}", BO, 100, "b.bin") for letter in "xyz"]
        ends = await asyncio.gather(*many, return_exceptions=True)
        assert ends.count(None) == 1, "nor many in one moment"

    on(disk, journey, per_person=1)


def test_what_is_acknowledged_was_synced_first(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        sync(handle)
        synced.append(os.fstat(handle).st_size)

    async def journey(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(BYTES), "a.bin")
        monkeypatch.setattr(os, "fsync", noted)
        assert await add(uploads, BYTES[:700_000]) == 700_000
        assert synced == [700_000]

    on(disk, journey)
