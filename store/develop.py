"""One file made into pictures a browser can show: a photo it cannot, a film's first scene, a PDF's first page.

A program of its own: `python store/develop.py SOURCE KIND SMALL LARGE` writes SMALL, and LARGE where the browser cannot
show the file itself, and prints `{"width": …, "height": …, "seconds": …}`. Exit code 1 with a line on stderr when it is
nothing that can be shown. What decodes here are large C libraries and the bytes are anybody's, so it runs outside the
server and within limits of its own, and judges sizes from the header before a pixel is decoded.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from av import VideoStream
    from av.container import InputContainer

SMALL_SIDE, LARGE_SIDE = 512, 2048  # pixels
QUALITY = 80  # of WebP
MAX_PROFILE = 16 * 1024  # bytes of a colour profile; Display P3 has 548
MAX_PIXELS = 100_000_000
MAX_FRAME = 36_000_000  # pixels of a film's picture; 8K has 33 million
MAX_MEMORY = 1536 * 1024 * 1024  # bytes of address space
MAX_SECONDS = 25  # of the processor; the parent waits a little longer
MAX_WRITTEN = 32 * 1024 * 1024  # bytes
POINT = 72  # of a PDF to the inch

FILMS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "matroska", "video/ogg": "ogg"}
"""The media types of films, with the demuxer of each."""

CODECS = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "theora", "mjpeg", "h263", "libvpx", "libvpx-vp9"}


class NothingToShow(Exception):
    """These bytes cannot be shown; the text says why, for the log."""


@dataclass(frozen=True)
class Developed:
    """A picture of it; its own size in pixels, and how many seconds a film lasts (0 when it does not say)."""

    image: Image.Image
    width: int
    height: int
    seconds: int = 0
    is_large_needed: bool = True


def develop(source: str, kind: str) -> Developed:
    """Raises NothingToShow for anything bytes can do."""
    ways = {"image/heic": _photo, "image/avif": _avif, "application/pdf": _page}
    try:
        return _film(source, FILMS[kind]) if kind in FILMS else ways[kind](source)
    except NothingToShow:
        raise
    except Exception as error:  # decoders of broken input raise nearly anything
        raise NothingToShow(f"{type(error).__name__} while decoding") from error


def _photo(source: str) -> Developed:
    import pillow_heif

    photo = pillow_heif.open_heif(source, convert_hdr_to_8bit=True)
    width, height = photo.size
    _require_worth(width, height, MAX_PIXELS)
    return Developed(photo.to_pillow(), width, height)


def _avif(source: str) -> Developed:
    with Image.open(source, formats=["AVIF"]) as photo:
        _require_worth(*photo.size, MAX_PIXELS)
        photo.load()
        return Developed(photo.copy(), *photo.size, is_large_needed=False)


def _page(source: str) -> Developed:
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(source)) as document:
        page = document[0]
        width, height = page.get_size()
        if not (0 < width < 1e6 and 0 < height < 1e6 and 0.01 < width / height < 100):
            raise NothingToShow(f"a page of {width} x {height} points")
        drawn = page.render(scale=LARGE_SIDE / max(width, height)).to_pil()
        return Developed(drawn, round(2 * width), round(2 * height))


def _film(source: str, demuxer: str) -> Developed:
    import av

    with av.open(source, format=demuxer, options={"protocol_whitelist": "file"}) as film:
        if not film.streams.video:
            raise NothingToShow("no picture in it")
        stream = film.streams.video[0]
        codec = stream.codec_context
        if codec.name not in CODECS:
            raise NothingToShow(f"expected {sorted(CODECS)}, got {codec.name}")
        _require_worth(codec.width, codec.height, MAX_FRAME)
        stream.thread_type, codec.thread_count = "NONE", 1
        image = next(_scenes(film, stream), None)
        if image is None:
            raise NothingToShow("no frame that can be decoded")
        seconds = round(film.duration / av.time_base) if film.duration and film.duration > 0 else 0
        return Developed(image, *image.size, seconds=min(max(seconds, 0), 10**7), is_large_needed=False)


def _scenes(film: "InputContainer", stream: "VideoStream") -> Iterator[Image.Image]:
    """Upright pictures: one from a little way in, where it is seldom black, else from the very beginning."""
    import av

    for offset in (min(film.duration or 0, 3 * av.time_base) // 3, 0):
        with contextlib.suppress(av.error.FFmpegError, StopIteration):
            film.seek(offset)
            frame = next(film.decode(stream))
            _require_worth(frame.width, frame.height, MAX_FRAME)
            image: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            yield image.rotate(frame.rotation, expand=True)


def _require_worth(width: int, height: int, most: int) -> None:
    if width <= 0 or height <= 0 or width * height > most:
        raise NothingToShow(f"{width} x {height} pixels are more than is worth decoding")


def write(developed: Developed, small: str, large: str) -> None:
    """The small copy, and the large one where it is needed; of the original's metadata only a modest colour profile."""
    image = developed.image
    mode = "RGBA" if image.mode in {"RGBA", "LA", "PA"} else "RGB"
    profile = image.info.get("icc_profile", b"") if image.mode == mode else b""
    image = image if image.mode == mode else image.convert(mode)
    sides = [(LARGE_SIDE, large), (SMALL_SIDE, small)] if developed.is_large_needed else [(SMALL_SIDE, small)]
    for side, path in sides:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        image.save(path, "WEBP", quality=QUALITY, exif=b"", xmp=b"", icc_profile=_modest(profile))


def _modest(profile: object) -> bytes:
    """A colour profile that is worth carrying: without it, a phone's photo would look pale."""
    return profile if isinstance(profile, bytes) and len(profile) <= MAX_PROFILE else b""


def limit() -> None:
    """What this process may take at most; calls and messages go before it. Windows has none of this."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_WRITTEN, MAX_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """The program: what it is given is one file."""
    source, kind, small, large = sys.argv[1:]
    with contextlib.suppress(OSError, ValueError):  # a system that has set less than this already
        limit()
    Image.MAX_IMAGE_PIXELS = None  # sizes are judged here, from the header
    try:
        developed = develop(source, kind)
        write(developed, small, large)
    except NothingToShow as reason:
        print(reason, file=sys.stderr)
        return 1
    print(json.dumps({"width": developed.width, "height": developed.height, "seconds": developed.seconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
