"""What a file is, found in its bytes; what a client or a name claims is never asked.

Anything that is not surely one of the table is `application/octet-stream`. SVG and HTML are deliberately only text:
a browser must never run them from here.
"""

import codecs
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

UNKNOWN = "application/octet-stream"
HEAD = 4096  # bytes looked at in front
MAX_BOXES = 64  # of an mp4's outermost level
MAX_MOOV = 1024 * 1024  # bytes of the box that lists an mp4's tracks

# ISO base media brands that are an mp4 even where no track is found (mp4ra.org). With tracks it is one under any brand,
# for each maker of cameras has its own; but HEIC, AVIF and raw photos share the container.
_MP4_BRANDS = {b"isom", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV", b"3gp4", b"3gp5"} | {
    b"iso%d" % number for number in range(2, 10)
}
_M4A_BRANDS = {b"M4A ", b"M4B "}
_RAW_PHOTO = b"crx "
_QUICKTIME = b"qt  "
_QUICKTIME_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}  # with which a film from before `ftyp` begins
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
_ANY_HEIF = {b"mif1", b"mif2", b"msf1"}  # which of the two is among the brands it is compatible with
# A layer III frame header with a bitrate and a sample rate that exist (ISO 11172-3, 2.4.2.3).
_MP3_FRAME = re.compile(
    rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\x1b\x20-\x2b\x30-\x3b\x40-\x4b\x50-\x5b\x60-\x6b\x70-\x7b"
    rb"\x80-\x8b\x90-\x9b\xa0-\xab\xb0-\xbb\xc0-\xcb\xd0-\xdb\xe0-\xeb]"
)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def found_type(path: Path) -> str:
    """The media type of the file's bytes. Reads at most a few KiB, and an mp4's list of tracks."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head[4:8] == b"ftyp":
            return _iso_media(file, head)
        if head[4:8] in _QUICKTIME_BOXES and _tracks(file):
            return "video/quicktime"
    return next((kind for kind, fits in _TABLE if fits(head)), UNKNOWN)


def _iso_media(file: BinaryIO, head: bytes) -> str:
    brand = head[8:12]
    if brand in _M4A_BRANDS:
        return "audio/mp4"
    if brand == _QUICKTIME:
        return "video/quicktime"
    brands = {brand} if brand not in _ANY_HEIF else {head[at : at + 4] for at in range(16, min(_size(head), 256), 4)}
    if brands & _AVIF_BRANDS:
        return "image/avif"
    if brands & _HEIC_BRANDS:
        return "image/heic"
    tracks = _tracks(file)
    if brand == _RAW_PHOTO or not (tracks or brand in _MP4_BRANDS):
        return UNKNOWN
    return "audio/mp4" if tracks == {b"soun"} else "video/mp4"


def _tracks(file: BinaryIO) -> set[bytes]:
    """Of what kinds its tracks are that show or sound."""
    return set(re.findall(rb"hdlr.{8}(vide|soun)", _moov(file), re.DOTALL))


def _size(box: bytes) -> int:
    return int.from_bytes(box[:4], "big")


def _moov(file: BinaryIO) -> bytes:
    """The box that lists the tracks, wherever it stands (ISO 14496-12, 4.2); empty when it is not found."""
    end = file.seek(0, os.SEEK_END)
    at = 0
    for _ in range(MAX_BOXES):
        file.seek(at)
        header = file.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if kind == b"moov":
            file.seek(at)
            return file.read(min(size or MAX_MOOV, MAX_MOOV))
        at += size
        if size < 8 or at >= end:  # 0 is "to the end of the file"; less, or beyond it, is damage
            break
    return b""


def _tiff(head: bytes) -> bool:
    """Also raw photos that are built like one; what has another mark than TIFF's own begins its directory nearby."""
    near = head[6:8] == b"\0\0" if head[:2] == b"II" else head[4:6] == b"\0\0"
    return head[:4] in {b"II*\0", b"MM\0*"} or (near and head[:4] in {b"IIRO", b"IIRS", b"MMOR", b"IIU\0"})


def _webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]


def _webm_with_video(head: bytes) -> bool:
    return _webm(head) and (b"V_VP" in head or b"V_AV1" in head or b"A_" not in head)


def _mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or _MP3_FRAME.match(head) is not None


def _text(head: bytes) -> bool:
    """UTF-8 without controls; the last character may be cut by the end of what we looked at."""
    if not head or _NOT_IN_TEXT.search(head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True


_TABLE: list[tuple[str, Callable[[bytes], bool]]] = [
    ("image/jpeg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/webp", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("image/gif", lambda head: head[:6] in {b"GIF87a", b"GIF89a"}),
    ("image/tiff", _tiff),
    ("video/webm", _webm_with_video),
    ("audio/webm", _webm),
    ("video/ogg", lambda head: head.startswith(b"OggS") and b"\x80theora" in head[:256]),
    ("audio/ogg", lambda head: head.startswith(b"OggS")),
    ("application/pdf", lambda head: head.startswith(b"%PDF-")),
    ("application/zip", lambda head: head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}),
    ("audio/mpeg", _mp3),
    ("text/plain", _text),
]
