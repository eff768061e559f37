"""A file's type is found in its bytes. Real files are made by Pillow and by PyAV, which others' programs read too."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import av
import pytest
from PIL import Image

from store.filetypes import HEAD, UNKNOWN, found_type
from tests.store.photos import heic, scene


def found(tmp_path: Path, content: bytes) -> str:
    """The type of a file with these bytes, under a name that says nothing."""
    path = tmp_path / "anything"
    path.write_bytes(content)
    return found_type(path)


def picture(kind: str) -> bytes:
    """A small picture."""
    packed = io.BytesIO()
    Image.new("RGB", (16, 16), "teal").save(packed, kind)
    return packed.getvalue()


def recording(path: Path, container: str, video: str = "", audio: str = "", **options: str) -> Path:
    """Half a second of black film, silence, or both. A path, since `faststart` reads again what it wrote."""
    with av.open(str(path), "w", format=container, options=options) as output:
        if video:
            stream = output.add_stream(video, rate=10)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        if audio:
            sound = output.add_stream(audio, rate=48000, layout="stereo")
        for number in range(5 if video else 0):
            frame = av.VideoFrame(64, 48, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            output.mux(stream.encode(frame))
        if video:
            output.mux(stream.encode(None))
        if audio:
            samples = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            samples.sample_rate = 48000
            for plane in samples.planes:
                plane.update(bytes(plane.buffer_size))
            for number in range(24):
                samples.pts = number * 1024
                output.mux(sound.encode(samples))
            output.mux(sound.encode(None))
    return path


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_what_it_is(tmp_path: Path, kind: str) -> None:
    assert found(tmp_path, picture(kind)) == f"image/{kind.lower()}"


def test_a_photo_of_a_phone_is_what_it_is(tmp_path: Path) -> None:
    avif = io.BytesIO()
    scene().save(avif, "AVIF")
    assert found(tmp_path, heic()) == "image/heic"
    assert found(tmp_path, heic().replace(b"ftypheic", b"ftypmif1", 1)) == "image/heic"
    assert found(tmp_path, avif.getvalue()) == "image/avif"


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("video/mp4", lambda path: recording(path, "mp4", video="mpeg4", audio="aac")),
        ("video/mp4", lambda path: recording(path, "mp4", video="mpeg4", movflags="faststart")),
        ("audio/mp4", lambda path: recording(path, "mp4", audio="aac")),
        ("audio/mp4", lambda path: recording(path, "mp4", audio="aac", movflags="frag_keyframe+empty_moov")),
        ("audio/mp4", lambda path: recording(path, "ipod", audio="aac")),
        ("video/quicktime", lambda path: recording(path, "mov", video="mpeg4")),
        ("video/webm", lambda path: recording(path, "webm", video="libvpx", audio="libopus")),
        ("audio/webm", lambda path: recording(path, "webm", audio="libopus")),
        ("audio/ogg", lambda path: recording(path, "ogg", audio="libopus")),
        ("audio/mpeg", lambda path: recording(path, "mp3", audio="libmp3lame")),
        ("audio/mpeg", lambda path: recording(path, "mp3", audio="libmp3lame", id3v2_version="0", write_xing="0")),
    ],
)
def test_a_recording_is_sound_or_film(tmp_path: Path, media_type: str, content) -> None:  # type: ignore[no-untyped-def]
    assert found_type(content(tmp_path / "anything")) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"II*\0\x08\0\0\0",
        b"MM\0*\0\0\0\x08",
        b"IIRO\x08\0\0\0",
        b"IIRS\x08\0\0\0",
        b"MMOR\0\0\0\x08",
        b"IIU\0\x18\0\0\0",
    ],
)
def test_a_raw_photo_is_built_like_a_tiff(tmp_path: Path, content: bytes) -> None:
    assert found(tmp_path, content + bytes(100)) == "image/tiff"


def test_a_zip_is_a_zip_and_a_pdf_a_pdf(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
    assert found(tmp_path, packed.getvalue()) == "application/zip"
    assert found(tmp_path, b"%PDF-1.7\n%\xe2\xe3") == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"IIRO is a word, MMOR none",
        "Grüße an alle\r\n".encode(),
        ("ü" * HEAD).encode(),
        b"x" + ("ü" * HEAD).encode(),
    ],
)
def test_markup_is_only_text(tmp_path: Path, content: bytes) -> None:
    assert found(tmp_path, content) == "text/plain"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"caf\xe9 in Latin-1",
        b"cut in the middle \xc3",
        "text in UTF-16".encode("utf-16"),
        b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00miafmiaf",
        b"\x1a\x45\xdf\xa3\x01\x00\x00\x00matroska",
        b"\x7fELF\x02\x01\x01",
        b"MZ\x90\x00",
    ],
)
def test_what_is_not_in_the_table_is_only_bytes(tmp_path: Path, content: bytes) -> None:
    assert found(tmp_path, content) == UNKNOWN


def branded(path: Path, brand: bytes, **streams: str) -> bytes:
    """A recording as another maker's device would name it."""
    content = recording(path, "mp4", **streams).read_bytes()
    assert content[4:12] == b"ftypisom"
    return content[:8] + brand + content[12:]


@pytest.mark.parametrize("brand", [b"XAVC", b"3gp6", b"3g2a", b"M4VP", b"niko", b"pana", b"CAEP", b"f4v ", b"????"])
def test_a_film_is_one_whoever_made_it(tmp_path: Path, brand: bytes) -> None:
    path = tmp_path / "made"
    assert found(tmp_path, branded(path, brand, video="mpeg4", audio="aac")) == "video/mp4"
    assert found(tmp_path, branded(path, brand, audio="aac")) == "audio/mp4"


@pytest.mark.parametrize("options", [{}, {"movflags": "faststart"}], ids=["mdat before moov", "moov before mdat"])
def test_an_old_film_does_not_say_what_it_is(tmp_path: Path, options: dict[str, str]) -> None:
    content = recording(tmp_path / "made", "mov", video="mpeg4", **options).read_bytes()
    old = content[int.from_bytes(content[:4], "big") :]
    assert old[4:8] in {b"wide", b"moov"}
    assert found(tmp_path, old) == "video/quicktime"


def test_what_is_built_like_a_film_and_is_none_is_only_bytes(tmp_path: Path) -> None:
    assert found(tmp_path, branded(tmp_path / "made", b"crx ", video="mpeg4")) == UNKNOWN, "a raw photo"
    assert found(tmp_path, b"\x00\x00\x00\x18ftyp????\x00\x00\x00\x00isommp42\x00\x00\x00\x00mdat") == UNKNOWN
    assert found(tmp_path, b"\x00\x00\x00\x10moov" + bytes(8)) == UNKNOWN
    assert found(tmp_path, b"I'm free of it, and a moov is no word") == "text/plain"


def test_a_film_with_a_broken_box_list_is_found_all_the_same(tmp_path: Path) -> None:
    start = b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42"
    for tail in [b"", b"\x00\x00\x00\x00mdat", b"\x00\x00\x00\x02free", b"\x00\x00\x00\x01wide" + b"\xff" * 8]:
        assert found(tmp_path, start + tail) == "video/mp4"
