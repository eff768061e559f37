"""A WebP keeps its picture and how it stands."""

import io
from pathlib import Path

import pytest
from PIL import Image

from store.traces import erase
from tests.store.photos import ON_ITS_SIDE, PLACE, scene, webp


def erased(path: Path, content: bytes) -> bytes:
    path.write_bytes(content)
    outcome = erase(path, "image/webp")
    return path.read_bytes()[: outcome.size]


@pytest.mark.parametrize("orientation", [1, ON_ITS_SIDE])
def test_the_place_is_gone_and_the_picture_is_as_it_was(tmp_path: Path, orientation: int) -> None:
    before = webp(orientation=orientation)
    assert before.count(PLACE) >= 3
    after = erased(tmp_path / "a.webp", before)
    assert PLACE not in after
    with Image.open(io.BytesIO(after)) as now:
        assert now.tobytes() == scene().tobytes()
        assert dict(now.getexif()) == ({0x0112: orientation} if orientation > 1 else {})
        assert "xmp" not in now.info


def test_a_plain_one_stays_byte_for_byte(tmp_path: Path) -> None:
    packed = io.BytesIO()
    scene().save(packed, "WEBP")
    assert erased(tmp_path / "a.webp", packed.getvalue()) == packed.getvalue()


@pytest.mark.parametrize("length", [0, 4, 12, 19, 20, 21, 30, 100])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    assert len(erased(tmp_path / "a.webp", webp()[:length])) <= length
