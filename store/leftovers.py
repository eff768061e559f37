"""Complete files that nothing holds any more: when they go, and how, so that nothing held is ever lost.

The order is everything. First the row goes, in the writer and only if nothing holds the file at that very moment; then,
alone with their hash, the bytes, and only if no other row names them. Cut anywhere, the next look finishes it: bytes
that no row names are found on the disk.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from protocol.errors import Refusal
from store import Store
from store.drafts import Draft
from store.rows import File, Hold
from store.uploads import Uploads

LOOK_SECONDS = 5.0  # how soon after a deletion; what is looked at is one entry of an index
LOOKS_A_SWEEP = 720  # an hour
QUIET_SECONDS = 3600.0  # since bytes were last taken, where several nodes share them: a sweep later they go
AT_ONCE = 500  # rows looked at before others have their turn
HOUR = 3600 * 1000  # ms
NO_UPLOAD = "There is no such upload, or it is not yours."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long a complete file waits for the message that carries it: a phone may be without a network meanwhile."""

    unsent_hours: int = 48


class Leftovers:
    """Looks after the complete files of this node."""

    def __init__(self, store: Store, uploads: Uploads, patience: Patience | None = None) -> None:
        self._store = store
        self._uploads = uploads
        self._patience = patience or Patience()
        self._task: asyncio.Task[None] | None = None
        self.swept = asyncio.Event()  # the first look after the start is done

    def start(self) -> None:
        """Begin to look, now and from time to time."""
        self._task = asyncio.create_task(self._look_after(), name="leftovers")

    async def close(self) -> None:
        """Look no more. What was begun is finished after the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def expires(self, row: File) -> int:
        """When a complete file that is not sent goes, in ms; 0 if it stays as long as what holds it."""
        if self._store.shelves.holds.get(row.id) is not None:
            return 0
        return (row.done or row.at) + self._patience.unsent_hours * HOUR

    async def discard(self, file: str, person: str) -> None:
        """Take back a complete file before it is sent. Raises Refusal `not-found`, or `not-allowed` once it was."""
        row = self._store.shelves.files.get(file)
        if row is None or row.uploader != person:
            raise Refusal("not-found", NO_UPLOAD)
        if not await self._forget(row):
            raise Refusal("not-allowed", "This file has been sent. Delete the message it is in.")
        await self._remove_bytes(row.sha256)

    async def collect(self) -> None:
        """Remove what was let go: files whose last message is deleted, and pictures that were replaced."""
        for hold in self._store.shelves.holds.where("released", "yes"):
            await self._collect(self._store.shelves.files.get(hold.file), hold)

    async def sweep(self) -> None:
        """Everything there is: what was let go, what was never sent in time, and bytes that no row names."""
        await self.collect()
        now = self._store.clock()
        for number, row in enumerate(self._store.shelves.files):
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)  # others have their turn
            if (expires := self.expires(row)) and expires < now:
                await self._collect(row, None)
        for sha256 in await self._uploads.aside():
            async with self._uploads.turns.of(sha256):
                await self._uploads.put_back(sha256)
        for number, sha256 in enumerate(await self._uploads.stored()):
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
            if not self._store.shelves.files.where("sha256", sha256):
                await self._remove_bytes(sha256)

    async def _collect(self, row: File | None, hold: Hold | None) -> None:
        if row is not None and not await self._forget(row):
            return
        if hold is not None:
            with suppress(Refusal):  # held again by now, or not saved: it is looked at again
                await self._store.forget("holds", hold.file, lambda draft: not is_held(draft, hold.file))
        if row is not None:
            log.info("a file of %d bytes that nothing holds is removed", row.size)
            await self._remove_bytes(row.sha256)

    async def _forget(self, row: File) -> bool:
        """Whether the row went; it stays if something holds the file by the time the writer looks."""
        try:
            await self._store.forget("files", row.id, lambda draft: not is_held(draft, row.id))
        except Refusal as refusal:
            if refusal.code != "in-use":
                raise
            return False
        return True

    async def _remove_bytes(self, sha256: str) -> None:
        """The bytes of this hash and what was made of them, unless a row or an upload on its way needs them."""
        async with self._uploads.turns.of(sha256):
            if not await self._store.catch_up():
                return  # another node may have named them, and this one does not hear of it: a later sweep looks again
            named = self._store.shelves.files.where("sha256", sha256)
            if not named and not self._uploads.is_coming(sha256) and not await self._may_be_coming(sha256):
                await (self._uploads.remove_bytes if self._store.nodes is None else self._remove_shared)(sha256)

    async def _remove_shared(self, sha256: str) -> None:
        """Between looking and removing, another node may take the same bytes: so they lose their name first.

        Who took them before that made them young or has named them; who takes them after makes them anew.
        """
        is_needed = True
        age = await self._uploads.move_aside(sha256)
        try:
            is_needed = (
                age < QUIET_SECONDS
                or not await self._store.catch_up()
                or bool(self._store.shelves.files.where("sha256", sha256))
            )
        finally:
            await (self._uploads.put_back if is_needed else self._uploads.remove_aside)(sha256)

    async def _may_be_coming(self, sha256: str) -> bool:
        """Whether another node may be about to name these bytes, which only their age tells."""
        if self._store.nodes is None:
            return False
        return await self._uploads.age_seconds(sha256) < QUIET_SECONDS

    async def _look_after(self) -> None:
        """All of it at the start and every hour; what was let go, soon after. Of several nodes one does it."""
        for look in count():
            try:
                if self._store.leads:
                    await (self.collect() if look % LOOKS_A_SWEEP else self.sweep())
            except (OSError, Refusal) as error:
                log.warning("files that nothing holds cannot be removed yet: %s", error)
            self.swept.set()
            await asyncio.sleep(LOOK_SECONDS)


def is_held(draft: Draft, file: str) -> bool:
    """Whether a message or a picture needs this file."""
    hold = draft.holds.get(file)
    return hold is not None and (bool(hold.places) or hold.beyond)
