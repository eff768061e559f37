"""A PNG keeps its picture and how it stands, and stays a PNG for every program."""

import io
from pathlib import Path

import pytest
from PIL import Image

from store.traces import erase
from tests.store.photos import ON_ITS_SIDE, PLACE, png


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "image/png")
    return path.read_bytes()[: outcome.size]


@pytest.mark.parametrize("orientation", [1, ON_ITS_SIDE])
def test_the_place_is_gone_and_the_picture_is_as_it_was(tmp_path: Path, orientation: int) -> None:
    before = png(orientation=orientation)
    assert before.count(PLACE) >= 4
    after = erased(tmp_path / "a.png", before)
    assert PLACE not in after
    with Image.open(io.BytesIO(before)) as was, Image.open(io.BytesIO(after)) as now:
        assert now.tobytes() == was.tobytes()
        now.load()  # reads on to the end, and checks every chunk
        assert dict(now.getexif()) == ({0x0112: orientation} if orientation > 1 else {})


def test_erasing_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(erased(path, png()))
    assert not erase(path, "image/png").changed


@pytest.mark.parametrize("length", [0, 7, 8, 12, 20, 33, 100])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    assert len(erased(tmp_path / "a.png", png()[:length])) == length


def test_a_flood_of_chunks_is_given_up(tmp_path: Path) -> None:
    flood = png()[:8] + b"\0\0\0\0tEXt\0\0\0\0" * 100_000
    after = erased(tmp_path / "a.png", flood)
    assert len(after) == len(flood)
    assert 0 < after.count(b"tEXt") < 100_000
