"""A HEIC or AVIF keeps its picture, and what it says of where is blank."""

import io
import struct
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from store.traces import erase
from tests.store.photos import PLACE, XMP, box, exif, heic, scene


def erased(path: Path, content: bytes, kind: str = "image/heic") -> bytes:
    path.write_bytes(content)
    outcome = erase(path, kind)
    return path.read_bytes()[: outcome.size]


def test_the_place_is_gone_and_the_picture_is_as_it_was(tmp_path: Path) -> None:
    before = heic()
    assert before.count(PLACE) >= 2
    after = erased(tmp_path / "a.heic", before)
    assert (PLACE in after, len(after)) == (False, len(before))
    was, now = pillow_heif.open_heif(io.BytesIO(before)), pillow_heif.open_heif(io.BytesIO(after))
    assert now.to_pillow().tobytes() == was.to_pillow().tobytes()
    assert dict(now.to_pillow().getexif()) == {}


def test_an_avif_is_walked_alike(tmp_path: Path) -> None:
    packed = io.BytesIO()
    scene().save(packed, "AVIF", exif=exif(1), xmp=XMP)
    assert PLACE in packed.getvalue()
    after = erased(tmp_path / "a.avif", packed.getvalue(), "image/avif")
    assert PLACE not in after
    with Image.open(io.BytesIO(after)) as now:
        assert now.size == scene().size
        now.load()


def test_a_film_beside_the_picture_goes(tmp_path: Path) -> None:
    after = erased(tmp_path / "a.heic", heic() + box(b"mpvd", PLACE))
    assert PLACE not in after


def test_a_list_that_names_all_of_the_file_again_and_again_is_given_up(tmp_path: Path) -> None:
    infe = b"".join(box(b"infe", b"\2\0\0\0", struct.pack(">HH", n, 0), b"Exif\0") for n in range(20_000))
    iinf = box(b"iinf", bytes(4), struct.pack(">H", 20_000), infe)
    places = b"".join(struct.pack(">HHHII", n, 0, 1, 0, 1 << 30) for n in range(20_000))
    iloc = box(b"iloc", bytes(4), b"\x44\0", struct.pack(">H", 20_000), places)
    content = box(b"ftyp", b"heic", bytes(4)) + box(b"meta", bytes(4), iinf, iloc) + box(b"mdat", bytes(1 << 20))
    assert len(erased(tmp_path / "a.heic", content)) == len(content)


@pytest.mark.parametrize("length", [0, 7, 30, 60, 100, 300, 500])
def test_one_that_was_cut_short_is_walked_as_far_as_it_goes(tmp_path: Path, length: int) -> None:
    assert len(erased(tmp_path / "a.heic", heic()[:length])) <= length
