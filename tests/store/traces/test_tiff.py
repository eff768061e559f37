"""A TIFF or a raw photo keeps what it takes to develop it, and does not say where it was taken."""

import io
from pathlib import Path

import pytest
from PIL import Image

from store.traces import erase
from tests.store.photos import PLACE, dng, tiff


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "image/tiff")
    assert (outcome.changed, outcome.size) == (path.read_bytes() != content, len(content))
    return path.read_bytes()


def test_the_place_is_gone_and_the_picture_is_as_it_was(tmp_path: Path) -> None:
    before = tiff()
    with Image.open(io.BytesIO(before)) as was:
        assert was.getexif().get_ifd(0x8825)
        shown = was.tobytes()
    after = erased(tmp_path / "a.tif", before)
    assert b"adobe:ns:meta" not in after
    with Image.open(io.BytesIO(after)) as now:
        assert now.tobytes() == shown
        assert not now.getexif().get_ifd(0x8825)
        assert now.getexif()[0x010F] == "A maker"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_raw_photo_keeps_its_pixels_and_a_maker_s_notes(tmp_path: Path, order: str) -> None:
    before = dng(order)
    assert before.count(PLACE) >= 7
    after = erased(tmp_path / "a.dng", before)
    behind = after[after.rindex(b"\xff\xd8\xff") :]  # a second picture behind the small copy; no JPEG reader counts it
    assert PLACE not in after.removesuffix(behind)
    for kept in (b"notes of a maker" * 10, b"raw bytes"):
        assert kept in after
    changed = [at for at, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]
    assert not [at for at in changed if 2048 <= at < 4096], "nothing of how it was shot"


def test_tags_stay_in_order(tmp_path: Path) -> None:
    after = erased(tmp_path / "a.dng", dng())
    tags = [int.from_bytes(after[at : at + 2], "little") for at in range(10, 10 + 8 * 12, 12)]
    assert tags == sorted(tags)
    assert {0x8825, 0x02BC, 0x83BB, 0x8649}.isdisjoint(tags)


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(dng())
    assert erase(path, "image/tiff").changed
    assert not erase(path, "image/tiff").changed


@pytest.mark.parametrize("length", [0, 4, 8, 9, 20, 60, 500, 1030, 4100, 8200])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    assert len(erased(tmp_path / "a.dng", dng()[:length])) == length


def test_directories_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    front, behind = dng()[: 10 + 8 * 12], dng()[10 + 8 * 12 + 4 :]
    erased(tmp_path / "a.dng", front + (8).to_bytes(4, "little") + behind)


def test_a_flood_of_entries_is_given_up(tmp_path: Path) -> None:
    flood = b"II*\0\x08\0\0\0" + b"\xff\xff" + b"\x25\x88\x04\0\xff\xff\0\0\x08\0\0\0" * 65_535
    assert len(erased(tmp_path / "a.tif", flood)) == len(flood)
