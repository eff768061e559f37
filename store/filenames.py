"""A file's name as people see it: made harmless once, when an upload begins.

It is never a path on our disk; there a file is found by its id and its bytes by their SHA-256.
"""

import re
import unicodedata

MAX_BYTES = 255  # of UTF-8: what most file systems hold, so that the name survives being saved
MAX_EXTENSION_BYTES = 32
FALLBACK = "file"

# Marks that change the order in which a name is shown, so that "gpj.exe" reads as "exe.jpg" (UAX 9), and the BOM.
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
# Controls (Cc), line and paragraph separators, lone surrogates.
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_REORDERING}]")
_SEPARATORS = re.compile(r"[/\\]")


def clean_name(claimed: str) -> str:
    """The name without path, controls and reordering marks, in NFC, at most 255 bytes; "file" when nothing is left.

    Dots and spaces at the end go too: Windows drops them, so that "a.exe." would become "a.exe".
    """
    safe = unicodedata.normalize("NFC", _UNSAFE.sub("", claimed))
    last = _SEPARATORS.split(safe.rstrip("/\\"))[-1]
    return _shortened(last.strip().rstrip(". ")) or FALLBACK


def _shortened(name: str) -> str:
    """Cut from the end of the stem, so that the extension, which says how to open it, stays."""
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > MAX_EXTENSION_BYTES:
        stem, dot, extension = name, "", ""
    room = MAX_BYTES - len((dot + extension).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip() + dot + extension
