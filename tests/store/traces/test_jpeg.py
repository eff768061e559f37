"""A JPEG keeps its picture, how it stands and its colours, and nothing else."""

import io
from pathlib import Path

import pytest
from PIL import Image

from store.traces import erase
from tests.store.photos import ON_ITS_SIDE, PLACE, jpeg


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "image/jpeg")
    return path.read_bytes()[: outcome.size]


@pytest.mark.parametrize("orientation", [1, 3, ON_ITS_SIDE, 8])
def test_the_place_is_gone_and_the_picture_is_as_it_was(tmp_path: Path, orientation: int) -> None:
    before = jpeg(orientation=orientation)
    assert before.count(PLACE) >= 4
    after = erased(tmp_path / "a.jpg", before)
    assert PLACE not in after
    assert b"A maker" not in after
    with Image.open(io.BytesIO(before)) as was, Image.open(io.BytesIO(after)) as now:
        assert now.tobytes() == was.tobytes()
        assert now.info["icc_profile"] == b"colours"
        assert dict(now.getexif()) == ({0x0112: orientation} if orientation > 1 else {})


def test_what_hangs_behind_the_picture_is_left_out(tmp_path: Path) -> None:
    before = jpeg()
    after = erased(tmp_path / "a.jpg", before)
    assert len(after) < len(before)
    assert after.endswith(b"\xff\xd9")
    assert after.count(b"\xff\xd8") == 1


def test_a_progressive_one_is_walked_through_all_its_scans(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.effect_noise((200, 100), 50).save(packed, "JPEG", progressive=True)
    assert erased(tmp_path / "a.jpg", packed.getvalue()) == packed.getvalue()
    assert erased(tmp_path / "a.jpg", packed.getvalue() + PLACE) == packed.getvalue()


def test_one_without_traces_stays_byte_for_byte(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (10, 10)).save(packed, "JPEG")
    path = tmp_path / "a.jpg"
    path.write_bytes(packed.getvalue())
    assert not erase(path, "image/jpeg").changed


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5, 30, 200, 1300])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    after = erased(tmp_path / "a.jpg", jpeg()[:length])
    assert len(after) == length
    assert PLACE not in after
