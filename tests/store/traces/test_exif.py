"""Of EXIF only how the picture stands is read, and only that is written."""

import pytest

from store.traces.exif import bare, orientation
from tests.store.photos import exif


@pytest.mark.parametrize("stands", range(1, 9))
def test_how_a_picture_stands_is_read_and_written(stands: int) -> None:
    assert orientation(exif(stands).tobytes().removeprefix(b"Exif\0\0")) == stands
    assert orientation(bare(stands)) == stands


def test_both_byte_orders_are_read() -> None:
    assert orientation(b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0") == 6


@pytest.mark.parametrize(
    "tiff",
    [
        b"",
        b"MM",
        b"MM\0*\xff\xff\xff\xff",
        b"XX*\0\x08\0\0\0\x01\0",
        b"II*\0\x08\0\0\0\xff\xff\x12\x01",
        b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0",
    ],
)
def test_what_is_none_stands_upright(tiff: bytes) -> None:
    assert orientation(tiff) == 1
