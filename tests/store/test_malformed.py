"""Whatever is sent as a picture, film or page is kept as a file, is looked at for a moment, and harms nothing.

All of it goes the way every upload goes: what it is, its traces, its hash, its small picture.
"""

import asyncio
import io
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from store.darkroom import Darkroom
from store.rows import File
from tests.store import photos
from tests.store.disk import ONE, Disk, on, whole
from tests.store.test_pictures import gif_of, jpeg_of, packed, png_of, webp_of

MOMENT = 20.0  # seconds, on a busy machine; each of these would take minutes or gigabytes if it were believed


def avif() -> bytes:
    return packed(photos.scene(), "AVIF")


def frames(kind: str, count: int) -> bytes:
    """An animation of so many frames."""
    images = [Image.new("RGB", (64, 64), (at * 40 % 256, at % 256, 0)) for at in range(count)]
    return packed(images[0], kind, save_all=True, append_images=images[1:], duration=1)


def wide_frame(width: int, height: int) -> bytes:
    """A GIF of eight by eight whose frame says it is this large."""
    content = bytearray(packed(Image.new("P", (8, 8)), "GIF"))
    at = content.index(b"\x2c")
    content[at + 5 : at + 9] = struct.pack("<HH", width, height)
    return bytes(content)


def exif_of(tiff: bytes) -> bytes:
    """A JPEG with this for its EXIF."""
    plain = packed(photos.scene(), "JPEG")
    said = b"Exif\0\0" + tiff
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + plain[2:]


def directory(*entries: bytes, following: int = 0) -> bytes:
    return b"MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + b"".join(entries) + struct.pack(">I", following)


def entry(tag: int, kind: int, count: int, value: int) -> bytes:
    return struct.pack(">HHII", tag, kind, count, value)


def bombs() -> bytes:
    """A PNG with a text and a colour profile that unpack to fifty megabytes each."""
    bomb = zlib.compress(bytes(50_000_000), 9)
    plain = packed(photos.scene(), "PNG")
    chunks = b""
    for kind, front in ((b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0")):
        body = kind + front + bomb
        chunks += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return plain[:33] + chunks + plain[33:]


def stored(tmp_path: Path, content: bytes) -> tuple[File, float]:
    """What is known of it once it is kept, and how many seconds that took."""
    disk, began = Disk(tmp_path), time.monotonic()
    on(disk, lambda uploads: whole(uploads, content))
    return disk.rows[ONE], time.monotonic() - began


def test_words_that_unpack_to_a_flood_are_not_unpacked(tmp_path: Path) -> None:
    row, seconds = stored(tmp_path, bombs())
    assert (row.complete, row.type) == (True, "image/png")
    assert seconds < MOMENT


MAKERS: dict[str, Any] = {
    "jpeg": lambda: packed(photos.scene((800, 600)), "JPEG"),
    "png": lambda: packed(photos.scene((800, 600)), "PNG"),
    "webp": lambda: packed(photos.scene((800, 600)), "WEBP"),
    "gif": photos.gif,
    "heic": photos.heic,
    "avif": avif,
    "tiff": photos.tiff,
}


@pytest.mark.parametrize("part", [1, 2, 3], ids=["a quarter", "half", "three quarters"])
@pytest.mark.parametrize("kind", MAKERS)
def test_a_picture_that_was_cut_short_is_kept_as_a_file(tmp_path: Path, kind: str, part: int) -> None:
    content = MAKERS[kind]()
    row, seconds = stored(tmp_path, content[: len(content) * part // 4])
    assert row.complete
    assert row.size > 0
    assert seconds < MOMENT
    assert row.thumbnail == (row.width > 0)


FLOODS: dict[str, Any] = {
    "a png of 60,000 a side": lambda: png_of(60_000, 60_000),
    "a jpeg of 65,000 a side": lambda: jpeg_of(65_000, 65_000),
    "a gif whose screen is as large as can be": lambda: gif_of(65_535, 65_535),
    "a gif whose frame is larger than its screen": lambda: wide_frame(65_535, 65_535),
    "a webp whose canvas is as large as can be": lambda: webp_of(16_383, 16_383),
    "an animated webp whose canvas is": lambda: frames("WEBP", 2)[:24] + b"\xfe\xff\xff" * 2 + frames("WEBP", 2)[30:],
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_pixels_is_kept_as_a_file(tmp_path: Path, flood: str) -> None:
    row, seconds = stored(tmp_path, FLOODS[flood]())
    assert (row.complete, row.width, row.thumbnail) == (True, 0, False)
    assert row.type.startswith("image/")
    assert seconds < MOMENT


SHOWN: dict[str, Any] = {
    "a gif of 3,000 frames": lambda: frames("GIF", 3_000),
    "a webp of 500 frames": lambda: frames("WEBP", 500),
    "no such orientation": lambda: exif_of(directory(entry(0x0112, 3, 1, 99 << 16))),
    "an orientation that is a text": lambda: exif_of(directory(entry(0x0112, 2, 4, 0x36363636))),
    "a value beyond the end": lambda: exif_of(directory(entry(0x010E, 2, 0xFFFFFFFF, 0xFFFFFFF0))),
    "a directory that leads to itself": lambda: exif_of(directory(entry(0x8769, 4, 1, 8), following=8)),
    "more entries than there are": lambda: exif_of(b"MM\0*\0\0\0\x08\xff\xff" + entry(0x0112, 3, 1, 6 << 16)),
    "another size than it has": lambda: exif_of(directory(entry(0xA002, 4, 1, 2**31), entry(0xA003, 4, 1, 2**31))),
}


@pytest.mark.parametrize("lie", SHOWN)
def test_a_picture_that_lies_beside_its_pixels_is_shown_all_the_same(tmp_path: Path, lie: str) -> None:
    row, seconds = stored(tmp_path, SHOWN[lie]())
    assert (row.complete, row.thumbnail) == (True, True), lie
    assert {row.width, row.height} <= {64, 48}
    assert seconds < MOMENT


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>",
        b"<!doctype html><img src=x onerror=alert(1)>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"BM" + bytes(60),
        b"\0\0\1\0\1\0\x10\x10" + bytes(60),
    ],
    ids=["svg", "html", "postscript", "bmp", "ico"],
)
def test_what_is_no_picture_here_has_no_small_one_and_can_be_nobody_s_face(tmp_path: Path, content: bytes) -> None:
    row, _ = stored(tmp_path, content)
    assert (row.complete, row.width, row.thumbnail) == (True, 0, False)
    assert not row.type.startswith("image/")


def test_a_page_in_a_photo_s_clothes_loses_the_page(tmp_path: Path) -> None:
    page = b"<!doctype html><script>alert(1)</script>"
    content = packed(photos.scene(), "JPEG", comment=page) + page
    disk = Disk(tmp_path)
    on(disk, lambda uploads: whole(uploads, content, name="page.html"))
    row = disk.rows[ONE]
    assert row.type == "image/jpeg"
    kept = disk.folder / "files" / row.sha256[:2] / row.sha256
    assert b"script" not in kept.read_bytes()


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.webm"])
def test_a_film_that_lies_of_its_length_is_no_longer_than_a_film_can_be(tmp_path: Path, name: str) -> None:
    content = bytearray(photos.film(tmp_path / name))
    for kind, at in ((b"mvhd", 16), (b"tkhd", 24), (b"mdhd", 16)):
        if kind in content:
            place = content.index(kind) + 4 + at
            content[place : place + 4] = b"\xff\xff\xff\xfe"
    if b"\x44\x89\x88" in content:  # a WebM's duration, a number of eight bytes
        place = content.index(b"\x44\x89\x88") + 3
        content[place : place + 8] = struct.pack(">d", 1e300)
    (tmp_path / "data").mkdir()
    row, seconds = stored(tmp_path / "data", bytes(content))
    assert row.complete
    assert 0 <= row.seconds <= 10**7
    assert seconds < 2 * MOMENT


def pdf(*objects: bytes) -> bytes:
    """A document of these objects, numbered from 1; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), more) + content + b"\nendstream"


def laughs(depth: int) -> bytes:
    """A page on which a drawing draws another ten times, which draws another ten times, and so on."""
    first = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
    ]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    nested = [stream(b"/X Do " * 10, form % (6 + at)) for at in range(depth)]
    last = stream(b"0 0 9 9 re f ", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf(*first, *nested, last)


def test_a_page_that_is_never_done_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(laughs(9))

    async def journey() -> Any:
        darkroom = Darkroom(seconds=2)
        try:
            return await darkroom.look(tmp_path / "source", "application/pdf", tmp_path / "a", tmp_path / "b")
        finally:
            darkroom.close()

    began = time.monotonic()
    assert asyncio.run(journey()) is None
    assert time.monotonic() - began < MOMENT


def test_a_page_that_draws_less_is_drawn(tmp_path: Path) -> None:
    row, _ = stored(tmp_path, laughs(1))
    assert (row.type, row.thumbnail) == ("application/pdf", True)


def test_a_kind_that_nobody_guessed_is_kept_as_it_came(tmp_path: Path) -> None:
    content = io.BytesIO()
    photos.scene().save(content, "BMP")
    row, _ = stored(tmp_path, content.getvalue())
    assert (row.size, row.type) == (len(content.getvalue()), "application/octet-stream")
