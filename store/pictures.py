"""Pictures: how large they are, and a small one to show first. The only file that knows Pillow.

Picture files are hostile input: a few bytes may ask for gigabytes. So the size is judged from the header before a
pixel is decoded, the work is done in a thread of its own, and whatever goes wrong means "not a picture".
"""

import asyncio
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from store.blobs import make_directory, write_synced
from store.jpeg import read_scans

LONG_SIDE = 512  # pixels of a thumbnail
QUALITY = 80  # of WebP
MAX_PROFILE = 16 * 1024  # bytes of a colour profile worth carrying in a thumbnail; Display P3 has 548
WEBP_BYTES = (
    16  # of memory for a pixel: its decoder keeps canvases of its own (1,024 MB for 67 MP; 2026-11-23, Pillow 13.0.0)
)
ORIENTATION = 0x0112  # EXIF tag; 5 to 8 lie on their side (CIPA DC-008, 4.6.5)

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
"""The media types that are pictures here, with Pillow's names."""

# Pillow's own check warns at one size and raises at twice that, for the whole process. `_refuse_size` replaces it.
Image.MAX_IMAGE_PIXELS = None

# At `debug` Pillow logs every tag of a photo with its value: where it was taken, and by whom.
logging.getLogger("PIL").setLevel(logging.INFO)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """Pixels as people see them, after rotation."""

    width: int
    height: int


@dataclass(frozen=True)
class Limits:
    """What is still worth decoding. `memory` is bytes for the decoded picture, `file` bytes on disk."""

    pixels: int = 100_000_000
    memory: int = 256 * 1024 * 1024
    file: int = 100 * 1024 * 1024  # a WebP is read whole before its header is known
    seconds: float = 60.0  # waited for, its turn included
    scans: int = 100  # of a JPEG; a progressive one has about ten, and each is a pass over all of it


class NotAPicture(Exception):
    """These bytes cannot be shown as a picture; the text says why, for the log."""


class Pictures:
    """A thread (or a few) in which pictures are looked at, one after another."""

    def __init__(self, limits: Limits | None = None, threads: int = 1) -> None:
        self._limits = limits or Limits()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="pictures")

    async def look(self, source: Path, media_type: str, thumbnail: Path) -> Picture | None:
        """The picture's size, and its small copy written to `thumbnail`; None if it is none that can be shown."""
        if media_type not in FORMATS:
            return None
        work = asyncio.get_running_loop().run_in_executor(
            self._pool, make_thumbnail, source, media_type, thumbnail, self._limits
        )
        try:
            return await asyncio.wait_for(work, self._limits.seconds)
        except TimeoutError:
            log.warning("a picture took longer than %s s and is kept without a small one", self._limits.seconds)
            return None
        except NotAPicture as reason:
            log.info("a picture is kept as a file: %s", reason)
            return None

    def close(self) -> None:
        """Finish the picture that is being looked at, and no further one."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def make_thumbnail(source: Path, media_type: str, thumbnail: Path, limits: Limits) -> Picture:
    """Write a WebP of at most 512 pixels a side: upright, the first frame, without the EXIF that tells where that was.

    Raises NotAPicture for everything a picture file can do to us.
    """
    if source.stat().st_size > limits.file:
        raise NotAPicture(f"{source.stat().st_size} bytes are more than the {limits.file} worth decoding")
    try:
        _refuse_hidden_canvas(source, limits)
        with Image.open(source, formats=[FORMATS[media_type]]) as image:
            width, height = image.size
            held_whole = image.format in {"JPEG", "MPO"} and _is_held_whole(source, limits)
            image.draft(None, (LONG_SIDE * 2, LONG_SIDE * 2))  # a JPEG is decoded at a fraction; no other kind changes
            _refuse_size(width, height, _decoded_bytes(image, width * height, held_whole), limits)
            sideways = image.getexif().get(ORIENTATION) in {5, 6, 7, 8}
            profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
            _save(_small(image), thumbnail, profile or b"")
    except NotAPicture:
        raise
    except Exception as error:  # decoders of broken input raise nearly anything: OSError, SyntaxError, struct.error, …
        raise NotAPicture(f"{type(error).__name__} while decoding") from error
    return Picture(height, width) if sideways else Picture(width, height)


def _refuse_hidden_canvas(source: Path, limits: Limits) -> None:
    """An extended WebP names its canvas in the header, and Pillow reserves memory for it while opening.

    Source: RFC 9649, section 2.7: 24 bits each of width and height less one, from byte 24.
    """
    with source.open("rb") as file:
        head = file.read(30)
    if head[:4] == b"RIFF" and head[12:16] == b"VP8X":
        width, height = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (24, 27))
        _refuse_size(width, height, width * height * WEBP_BYTES, limits)


def _refuse_size(width: int, height: int, memory: int, limits: Limits) -> None:
    if width * height > limits.pixels or memory > limits.memory:
        raise NotAPicture(f"{width} x {height} pixels are more than is worth decoding")


def _is_held_whole(source: Path, limits: Limits) -> bool:
    """Of a JPEG: whether all of it is in memory at once. MPO is what phones write, with a second picture behind it."""
    scans = read_scans(source)
    if scans.count > limits.scans:
        raise NotAPicture(f"{scans.count} scans are more than is worth decoding")
    return scans.whole


def _decoded_bytes(image: Image.Image, pixels: int, held_whole: bool) -> int:
    """What the decoder will need, about; only the header has been read so far.

    A JPEG that is held whole is so at its full size: coefficients of 2 bytes for up to three channels.
    """
    if image.format == "WEBP":
        return pixels * WEBP_BYTES
    return pixels * 6 if held_whole else image.width * image.height * 4


def _small(image: Image.Image) -> Image.Image:
    """Upright, at most LONG_SIDE a side, in colours that WebP knows."""
    transparent = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if transparent else "RGB"
    small = image if image.mode == mode else image.convert(mode)
    small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return ImageOps.exif_transpose(small)


def _save(small: Image.Image, thumbnail: Path, profile: bytes) -> None:
    """Whole or not at all, and nothing of the original's metadata but a modest colour profile."""
    packed = io.BytesIO()
    small.save(
        packed, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=profile if len(profile) <= MAX_PROFILE else b""
    )
    make_directory(thumbnail.parent)
    write_synced(thumbnail, packed.getvalue())
