"""A JPEG's markers, read before a pixel is decoded."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from store import jpeg
from store.jpeg import Scans, read_scans


def photo(**options: object) -> bytes:
    """A JPEG as Pillow writes it."""
    file = io.BytesIO()
    Image.effect_noise((200, 100), 80).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def made(*segments: tuple[int, bytes]) -> bytes:
    """A JPEG of these markers."""
    body = b"".join(struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content for kind, content in segments)
    return b"\xff\xd8" + body + b"\x00" * 20 + b"\xff\xd9"


def frame(components: int) -> bytes:
    return b"\x08" + struct.pack(">HHB", 100, 200, components) + b"\x00" * components * 3


def scans(folder: Path, content: bytes) -> Scans:
    path = folder / "a.jpg"
    path.write_bytes(content)
    return read_scans(path)


def test_a_usual_photo_is_one_scan_and_streams_by(tmp_path: Path) -> None:
    assert scans(tmp_path, photo()) == Scans(count=1, whole=False)


def test_a_progressive_photo_is_held_whole(tmp_path: Path) -> None:
    found = scans(tmp_path, photo(progressive=True))
    assert found.whole
    assert 5 < found.count < 20


def test_components_in_scans_of_their_own_are_held_whole(tmp_path: Path) -> None:
    assert scans(tmp_path, made((0xC0, frame(3)), (0xDA, b"\x01\x01\x00"))).whole
    assert not scans(tmp_path, made((0xC0, frame(3)), (0xDA, b"\x03\x01\x00"))).whole
    assert not scans(tmp_path, made((0xC0, frame(1)), (0xDA, b"\x01\x01\x00"))).whole


def test_a_scan_across_two_pieces_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = photo(progressive=True)
    whole = scans(tmp_path, content)
    for piece in [1, 2, 3, 7]:
        monkeypatch.setattr(jpeg, "PIECE", piece)
        assert scans(tmp_path, content) == whole


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8\x00\x00",
        photo()[:100],
        made((0xC0, b"")),
        made(*[(0xFE, b"")] * 2000),
    ],
)
def test_markers_that_are_none_are_an_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ValueError, match="expected"):
        scans(tmp_path, content)


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, tail: bytes) -> None:
    try:
        found = scans(tmp_path, b"\xff\xd8\xff" + tail)
    except ValueError:
        return
    assert found.count > 0
