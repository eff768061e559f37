"""How much of the disk one person may fill with files, and how much they do.

Equal bytes of one person count once, as they lie on the disk once. What is let go counts until it is collected.
"""

from dataclasses import dataclass

from protocol.errors import Refusal
from store import Store
from store.uploads import Uploads

UNITS = ((1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


@dataclass(frozen=True)
class Usage:
    """In bytes: what somebody uses, of how much (0: as much as there is), and what the disk still takes."""

    used: int
    quota: int
    room: int


class Quotas:
    """`quota` is in bytes for each person; 0 is no limit but the disk's."""

    def __init__(self, store: Store, uploads: Uploads, quota: int = 0) -> None:
        self._store = store
        self._uploads = uploads
        self.quota = quota

    def usage(self, person: str) -> Usage:
        """How this person stands."""
        return Usage(self._used(person), self.quota, self._uploads.room())

    def require_room(self, person: str, size: int) -> None:
        """Before a byte is sent. Raises Refusal `over-quota` when this person's files would be too much."""
        if not self.quota:
            return
        used = self._used(person) + self._uploads.waiting_bytes(person)
        if used + size > self.quota:
            raise Refusal(
                "over-quota",
                f"This file has {in_words(size)}, and of your {in_words(self.quota)} on this server"
                f" {in_words(max(0, self.quota - used))} are left. Delete some files you have sent, or ask the host.",
            )

    def _used(self, person: str) -> int:
        files = self._store.shelves.files.where("uploader", person)
        return sum({row.sha256: row.size for row in files}.values())


def in_words(size: int) -> str:
    """Bytes as people say them."""
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"
