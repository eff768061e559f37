"""What is kept of an upload is what is left without its traces, whenever the power goes."""

import threading
from pathlib import Path

import pytest

from store.unfinished import UnfinishedUploads
from store.uploads import Uploads
from tests.store import photos
from tests.store.disk import ADA, ONE, PLENTY, TWO, Disk, add, on, sha256, whole


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def test_a_photo_is_kept_without_the_place_it_was_taken_at(disk: Disk) -> None:
    content = photos.jpeg((1200, 800))
    on(disk, lambda uploads: whole(uploads, content, name="beach.jpg"))
    row = disk.rows[ONE]
    kept = disk.folder / "files" / row.sha256[:2] / row.sha256
    assert photos.PLACE in content
    assert photos.PLACE not in kept.read_bytes()
    assert sha256(kept.read_bytes()) == row.sha256
    assert (row.size, row.came) == (kept.stat().st_size, len(content))
    assert (row.width, row.height) == (800, 1200)


def test_the_same_photo_twice_is_one_copy(disk: Disk) -> None:
    async def journey(uploads: Uploads) -> None:
        await whole(uploads, photos.jpeg())
        await whole(uploads, photos.jpeg(), upload=TWO)

    on(disk, journey)
    assert disk.rows[ONE].sha256 == disk.rows[TWO].sha256
    assert len(disk.names("files/*/*")) == 1


def test_a_photo_that_was_sealed_when_the_power_went_is_kept_without_it_too(disk: Disk) -> None:
    content = photos.jpeg()

    async def begin(uploads: Uploads) -> None:
        await uploads.create(ONE, ADA, len(content), "a.jpg")
        await add(uploads, content[:-1])

    on(disk, begin)
    (disk.folder / "uploads" / f"{ONE}.part").write_bytes(content)
    left = UnfinishedUploads(disk.folder / "uploads", lambda: PLENTY)
    left.seal(left.find()[ONE], threading.Event())
    assert (disk.folder / "uploads" / f"{ONE}.part").stat().st_size == len(content)

    async def after(uploads: Uploads) -> None:
        await uploads.swept.wait()

    on(disk, after)
    row = disk.rows[ONE]
    kept = (disk.folder / "files" / row.sha256[:2] / row.sha256).read_bytes()
    assert (photos.PLACE in kept, sha256(kept)) == (False, row.sha256)
