"""What a photo or film says of itself beside what it shows: where it was taken, when, with what. All of that is erased.

It is done in place and changes no other byte: what tells something is overwritten, so places within the file stay where
they are, and doing it again after a crash changes nothing. What hangs behind the end of a picture is not counted.

Kept are how a picture stands (its orientation) and its colours. What a film shows as subtitles stays too.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from store.traces.canvas import Canvas, TooMuch
from store.traces.film import erase_film
from store.traces.gif import erase_gif
from store.traces.heif import erase_heif
from store.traces.jpeg import erase_jpeg
from store.traces.png import erase_png
from store.traces.tiff import erase_tiff
from store.traces.webm import erase_webm
from store.traces.webp import erase_webp

log = logging.getLogger(__name__)

ERASERS = {
    "image/jpeg": erase_jpeg,
    "image/png": erase_png,
    "image/webp": erase_webp,
    "image/gif": erase_gif,
    "image/tiff": erase_tiff,
    "image/heic": erase_heif,
    "image/avif": erase_heif,
    "video/mp4": erase_film,
    "video/quicktime": erase_film,
    "audio/mp4": erase_film,
    "video/webm": erase_webm,
}


@dataclass(frozen=True)
class Erased:
    """Whether bytes changed, and how many from the front are what people see."""

    changed: bool
    size: int


def erase(path: Path, media_type: str) -> Erased:
    """Erase the traces of a file, on disk when this returns. Blocks. Raises OSError."""
    eraser = ERASERS.get(media_type)
    if eraser is None:
        return Erased(False, path.stat().st_size)
    with path.open("r+b", buffering=0) as file:
        canvas = Canvas(file)
        try:
            end = min(eraser(canvas), canvas.size)
        except TooMuch:
            log.info("a file of %s was made to keep us busy; it is kept as far as it was erased", media_type)
            end = canvas.size
        canvas.sync()
        return Erased(canvas.changed, end)
