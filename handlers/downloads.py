"""How a file is served: which stretch of it, under which name, and with what a browser may do with it.

An uploaded file is somebody else's content on our own address. It is shown only when it surely is a picture, sound or
film; everything else is saved, and whatever is opened anyway runs in a sandbox that may load nothing.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

INLINE = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/ogg",
    "audio/mp4",
    "audio/webm",
    "audio/ogg",
    "audio/mpeg",
}
"""What a browser may show by itself. Never SVG, HTML or PDF: they can carry script."""

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=31536000, immutable",
}
"""On every byte of a file, thumbnails too. A file never changes under its id, so it may be cached for good."""

_RANGE = re.compile(r"bytes=(\d{0,20})-(\d{0,20})", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[^ !#$&+.0-9A-Za-z^_`|~()\[\]{}@,;=-]")
_ATTRIBUTE_SAFE = "!#$&+-.^_`|~"  # attr-char of RFC 8187, section 3.2.1, besides letters and digits


@dataclass(frozen=True)
class Stretch:
    """Bytes from `first`, `length` of them."""

    first: int
    length: int


class Unsatisfiable(Exception):
    """The range asked for lies outside the file: 416."""


def asked_stretch(header: str, size: int) -> Stretch | None:
    """The one stretch a Range header asks for (RFC 9110, section 14.2); None means the whole file.

    Several ranges at once, and what is no range, are answered with the whole file, as the RFC allows.
    Raises Unsatisfiable if the stretch has no byte of the file.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.group(1, 2) == ("", ""):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        return _within(size - length, length, size)
    first = int(match[1])
    last = int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    return _within(first, min(last, size - 1) - first + 1, size)


def disposition(name: str, media_type: str) -> str:
    """Content-Disposition (RFC 6266): a plain name for old programs, and the real one encoded by RFC 8187."""
    kind = "inline" if media_type in INLINE else "attachment"
    return f"{kind}; filename=\"{_NOT_PLAIN.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe=_ATTRIBUTE_SAFE)}"


def content_type(media_type: str) -> str:
    """Content-Type; text is UTF-8, since nothing else is taken for text."""
    return f"{media_type}; charset=utf-8" if media_type == "text/plain" else media_type


def matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match holds this tag (RFC 9110, section 13.1.2; the comparison is weak)."""
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return etag in tags or "*" in tags


def _within(first: int, length: int, size: int) -> Stretch:
    if length <= 0 or first >= size:
        raise Unsatisfiable
    return Stretch(first, length)
