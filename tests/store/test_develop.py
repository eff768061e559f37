"""Photos, films and pages become pictures with the size people see; what is none of them becomes nothing."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageCms

from store import develop as program
from store.develop import NothingToShow, develop, write
from tests.store import photos
from tests.store.photos import box, film, heic, scene


def saved(folder: Path, content: bytes, name: str = "source") -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def document(pages: int = 2, size: tuple[int, int] = (595, 842)) -> bytes:
    """A PDF with so many empty pages."""
    packed = io.BytesIO()
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        made.new_page(*size).close()
    made.save(packed)
    made.close()
    return packed.getvalue()


def test_a_photo_of_an_iphone_becomes_one_that_browsers_show(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    found = develop(saved(tmp_path, heic((3000, 2000))), "image/heic")
    write(found, str(small), str(large))
    assert (found.width, found.height, found.seconds) == (3000, 2000, 0)
    with Image.open(large) as shown, Image.open(small) as beside:
        assert (shown.format, shown.size, beside.size) == ("WEBP", (2048, 1365), (512, 341))


def test_a_photo_stands_as_it_was_taken(tmp_path: Path) -> None:
    packed = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    pillow_heif.from_pillow(scene((64, 48))).save(packed, exif=exif.tobytes())
    found = develop(saved(tmp_path, packed.getvalue()), "image/heic")
    assert (found.width, found.height) == found.image.size


def test_a_photo_keeps_its_colours_and_tells_nothing_else(tmp_path: Path) -> None:
    packed = io.BytesIO()
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = scene()
    image.info["icc_profile"] = wide
    pillow_heif.from_pillow(image).save(packed, exif=photos.exif(1).tobytes(), xmp=photos.XMP)
    assert photos.PLACE in packed.getvalue()
    write(develop(saved(tmp_path, packed.getvalue()), "image/heic"), str(tmp_path / "small"), str(tmp_path / "large"))
    for name in ("small", "large"):
        with Image.open(tmp_path / name) as shown:
            assert shown.info["icc_profile"] == wide
            assert not shown.getexif()
        assert photos.PLACE not in (tmp_path / name).read_bytes()


def test_an_avif_needs_no_large_copy(tmp_path: Path) -> None:
    packed = io.BytesIO()
    scene((900, 600)).save(packed, "AVIF")
    found = develop(saved(tmp_path, packed.getvalue()), "image/avif")
    assert (found.width, found.height, found.is_large_needed) == (900, 600, False)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.mp4", "video/mp4"), ("a.mov", "video/quicktime"), ("a.webm", "video/webm")]
)
def test_a_film_has_a_picture_a_size_and_a_length(tmp_path: Path, name: str, kind: str) -> None:
    film(tmp_path / name, (320, 240), seconds=3)
    found = develop(str(tmp_path / name), kind)
    assert (found.width, found.height, found.seconds, found.image.size) == (320, 240, 3, (320, 240))
    write(found, str(tmp_path / "small"), str(tmp_path / "large"))
    assert not (tmp_path / "large").exists()


def test_the_first_page_of_a_pdf_is_drawn(tmp_path: Path) -> None:
    found = develop(saved(tmp_path, document()), "application/pdf")
    assert (found.width, found.height) == (1190, 1684)
    assert max(found.image.size) == 2048
    assert found.is_large_needed


@pytest.mark.parametrize(
    "kind", ["image/heic", "image/avif", "application/pdf", "video/mp4", "video/webm", "video/ogg"]
)
@pytest.mark.parametrize(
    "content", [b"", b"nothing of that kind", bytes(5000), b"%PDF-1.4\n%%EOF", box(b"ftyp", b"heic")]
)
def test_what_is_none_of_them_is_nothing_to_show(tmp_path: Path, kind: str, content: bytes) -> None:
    with pytest.raises(NothingToShow):
        develop(saved(tmp_path, content), kind)


def test_a_kind_nobody_develops_is_nothing_to_show(tmp_path: Path) -> None:
    with pytest.raises(NothingToShow):
        develop(saved(tmp_path, b"x"), "application/zip")


@pytest.mark.parametrize(("kind", "most"), [("image/heic", "MAX_PIXELS"), ("video/mp4", "MAX_FRAME")])
def test_a_flood_of_pixels_is_refused_from_the_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, most: str
) -> None:
    content = heic() if kind == "image/heic" else film(tmp_path / "a.mp4")
    monkeypatch.setattr(program, most, 100)
    with pytest.raises(NothingToShow, match="more than is worth decoding"):
        develop(saved(tmp_path, content), kind)


@pytest.mark.parametrize("shape", [(1, 14000), (14000, 1)])
def test_a_page_that_is_all_edge_is_refused(tmp_path: Path, shape: tuple[int, int]) -> None:
    with pytest.raises(NothingToShow, match="a page of"):
        develop(saved(tmp_path, document(1, shape)), "application/pdf")


def test_the_program_says_what_it_found_or_why_not(tmp_path: Path) -> None:
    def run(source: str, kind: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-P", program.__file__, source, kind, str(tmp_path / "s"), str(tmp_path / "l")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run(saved(tmp_path, heic()), "image/heic")
    assert json.loads(done.stdout) == {"width": 64, "height": 48, "seconds": 0}
    failed = run(saved(tmp_path, b"no"), "image/heic")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "while decoding" in failed.stderr
