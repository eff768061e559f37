"""Pictures: sizes as people see them, small copies without secrets, and hostile files that change nothing."""

import asyncio
import io
import logging
import struct
import threading
import zlib
from pathlib import Path

import pytest
from PIL import Image

from store.pictures import LONG_SIDE, Limits, NotAPicture, Picture, Pictures, make_thumbnail

RED, BLUE = (200, 30, 30), (30, 30, 200)


def written(folder: Path, content: bytes) -> Path:
    """A file with these bytes."""
    path = folder / "source"
    path.write_bytes(content)
    return path


def packed(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image's file."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def look(folder: Path, content: bytes, media_type: str, limits: Limits | None = None) -> tuple[Picture, Image.Image]:
    """The size found and the thumbnail made."""
    small = folder / "small" / "a.webp"
    found = make_thumbnail(written(folder, content), media_type, small, limits or Limits())
    return found, Image.open(io.BytesIO(small.read_bytes()))


def refusal(folder: Path, content: bytes, media_type: str, limits: Limits | None = None) -> str:
    """Why this is no picture; and nothing was written."""
    with pytest.raises(NotAPicture) as caught:
        look(folder, content, media_type, limits)
    assert not (folder / "small").exists()
    return str(caught.value)


def halves(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return image


def rotated(orientation: int, kind: str = "JPEG") -> bytes:
    """The halves, with the note how to turn them and where they were taken."""
    image = halves()
    exif = image.getexif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    return packed(image, kind, exif=exif)


def is_red(image: Image.Image, place: tuple[int, int]) -> bool:
    """Whether that pixel is of the red half."""
    pixel = image.convert("RGB").getpixel(place)
    assert isinstance(pixel, tuple)
    return pixel[0] > pixel[2]


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_gets_its_size_and_a_small_one(tmp_path: Path, kind: str, media_type: str) -> None:
    found, small = look(tmp_path, packed(halves((1500, 1000)), kind), media_type)
    assert found == Picture(1500, 1000)
    assert small.format == "WEBP"
    assert small.size == (LONG_SIDE, 341)
    assert is_red(small, (10, 10))
    assert not is_red(small, (500, 10))


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    found, small = look(tmp_path, packed(halves((30, 20)), "PNG"), "image/png")
    assert (found, small.size) == (Picture(30, 20), (30, 20))


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (600, 400), (5, 5)),
        (2, (600, 400), (500, 5)),
        (3, (600, 400), (500, 5)),
        (5, (400, 600), (5, 5)),
        (6, (400, 600), (5, 5)),
        (8, (400, 600), (5, 500)),
    ],
)
def test_a_turned_photo_stands_upright(
    tmp_path: Path, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    found, small = look(tmp_path, rotated(orientation), "image/jpeg")
    assert found == Picture(*size)
    assert (small.width > small.height) == (size[0] > size[1])
    assert is_red(small, red)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_small_picture_does_not_tell_where_it_was_taken(tmp_path: Path, kind: str) -> None:
    content = rotated(6, kind)
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    _, small = look(tmp_path, content, f"image/{kind.lower()}")
    assert not small.getexif()
    assert not {"exif", "xmp"} & small.info.keys()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_small_picture_carries_no_description_either(tmp_path: Path, kind: str) -> None:
    content = packed(halves(), kind, xmp=b"<x:xmpmeta exif:GPSLatitude='52,31N'/>")
    assert Image.open(io.BytesIO(content)).info["xmp"]
    _, small = look(tmp_path, content, f"image/{kind.lower()}")
    assert "xmp" not in small.info


def test_transparency_stays(tmp_path: Path) -> None:
    _, small = look(tmp_path, packed(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), "image/png")
    assert small.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "I;16", "LA"])
def test_odd_colours_are_pictures_too(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    found, _ = look(tmp_path, packed(Image.new(mode, (40, 30)), kind), f"image/{kind.lower()}")
    assert found == Picture(40, 30)


def test_of_an_animation_the_first_frame_is_shown(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in (RED, BLUE, BLUE)]
    content = packed(frames[0], "GIF", save_all=True, append_images=frames[1:])
    found, small = look(tmp_path, content, "image/gif")
    assert found == Picture(40, 30)
    assert is_red(small, (5, 5))


def test_a_modest_colour_profile_is_carried_and_a_fat_one_is_not(tmp_path: Path) -> None:
    _, small = look(tmp_path, packed(halves(), "PNG", icc_profile=b"p" * 600), "image/png")
    assert small.info["icc_profile"] == b"p" * 600
    _, small = look(tmp_path, packed(halves(), "PNG", icc_profile=b"p" * 60_000), "image/png")
    assert "icc_profile" not in small.info


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG whose frame header says it is this large."""
    content = bytearray(packed(halves(), "JPEG"))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def gif_of(width: int, height: int) -> bytes:
    """A GIF whose screen is this large."""
    content = bytearray(packed(Image.new("P", (8, 8)), "GIF"))
    content[6:10] = struct.pack("<HH", width, height)
    return bytes(content)


def webp_of(width: int, height: int) -> bytes:
    """An extended WebP whose canvas is this large."""
    content = bytearray(packed(Image.new("RGBA", (8, 8)), "WEBP", exif=b"Exif\0\0"))
    assert content[12:16] == b"VP8X"
    content[24:27], content[27:30] = (width - 1).to_bytes(3, "little"), (height - 1).to_bytes(3, "little")
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (png_of(30_000, 30_000), "image/png"),
        (png_of(2**31 - 1, 2**31 - 1), "image/png"),
        (jpeg_of(65_000, 65_000), "image/jpeg"),
        (gif_of(65_535, 65_535), "image/gif"),
        (webp_of(16_383, 16_383), "image/webp"),
        (webp_of(2**24, 2**24), "image/webp"),
        (webp_of(5000, 5000), "image/webp"),
    ],
    ids=["png", "png of all", "jpeg", "gif", "webp", "webp of all", "webp that would just do as another kind"],
)
def test_a_pixel_flood_is_refused_by_its_header(
    tmp_path: Path, content: bytes, media_type: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decoded(*_: object) -> None:
        pytest.fail("a pixel was decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decoded)
    assert "more than is worth decoding" in refusal(tmp_path, content, media_type)


def test_a_picture_within_the_limits_is_decoded(tmp_path: Path) -> None:
    limits = Limits(pixels=240_000, memory=960_000)
    assert look(tmp_path, packed(halves(), "PNG"), "image/png", limits)[0] == Picture(600, 400)


def test_a_picture_just_over_a_limit_is_refused(tmp_path: Path) -> None:
    content = packed(halves(), "PNG")
    assert "pixels" in refusal(tmp_path, content, "image/png", Limits(pixels=239_999))
    assert "pixels" in refusal(tmp_path, content, "image/png", Limits(memory=959_999))
    assert "bytes" in refusal(tmp_path, content, "image/png", Limits(file=len(content) - 1))


def test_a_large_photo_is_decoded_at_a_fraction(tmp_path: Path) -> None:
    content = packed(halves((4000, 3000)), "JPEG")
    limits = Limits(memory=13_000_000)
    assert look(tmp_path, content, "image/jpeg", limits)[0] == Picture(4000, 3000)


def test_a_large_progressive_photo_is_not_since_it_is_held_whole(tmp_path: Path) -> None:
    content = packed(halves((4000, 3000)), "JPEG", progressive=True)
    assert "more than is worth decoding" in refusal(tmp_path, content, "image/jpeg", Limits(memory=13_000_000))


def test_a_photo_with_a_thousand_scans_is_refused_before_the_first(tmp_path: Path) -> None:
    content = packed(halves(), "JPEG", progressive=True)
    last = content.rindex(b"\xff\xda")
    bomb = content[:last] + content[last:-2] * 1000 + content[-2:]
    assert "scans" in refusal(tmp_path, bomb, "image/jpeg")
    assert look(tmp_path, content[:last] + content[last:-2] * 5 + content[-2:], "image/jpeg")[0] == Picture(600, 400)


def test_a_picture_that_takes_too_long_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()
    monkeypatch.setattr("store.pictures.make_thumbnail", lambda *_: going_on.wait(20))

    async def journey() -> Picture | None:
        pictures = Pictures(Limits(seconds=0))
        try:
            return await pictures.look(tmp_path / "a", "image/png", tmp_path / "b")
        finally:
            going_on.set()
            pictures.close()

    assert asyncio.run(journey()) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_picture_is_none(tmp_path: Path, kind: str) -> None:
    content = packed(halves(), kind)
    for end in [12, 40, len(content) // 2]:
        refusal(tmp_path, content[:end], f"image/{kind.lower()}")


def test_one_kind_in_the_clothes_of_another_is_none(tmp_path: Path) -> None:
    refusal(tmp_path, packed(halves(), "PNG"), "image/jpeg")
    refusal(tmp_path, b"%!PS-Adobe-3.0 EPSF-3.0\n", "image/png")


def test_looking_says_none_for_what_is_no_picture(tmp_path: Path) -> None:
    async def journey() -> list[Picture | None]:
        pictures = Pictures()
        try:
            whole = written(tmp_path, packed(halves(), "PNG"))
            return [
                await pictures.look(whole, "image/png", tmp_path / "a.webp"),
                await pictures.look(whole, "text/plain", tmp_path / "b.webp"),
                await pictures.look(whole, "image/gif", tmp_path / "c.webp"),
            ]
        finally:
            pictures.close()

    assert asyncio.run(journey()) == [Picture(600, 400), None, None]


def test_no_log_tells_what_a_photo_says_of_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    image = Image.new("RGB", (40, 40))
    exif = image.getexif()
    exif[0x010E] = "at grandmother's"  # ImageDescription
    photo = packed(image, "JPEG", exif=exif)
    assert b"at grandmother's" in photo
    with caplog.at_level(logging.DEBUG):
        look(tmp_path, photo, "image/jpeg")
    assert "grandmother" not in caplog.text
