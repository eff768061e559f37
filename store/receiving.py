"""The bytes of one request on their way into a part: gathered on the loop, written in a worker thread.

At most one piece is being written while the next is gathered, so an upload of any size holds about twice `GATHER` in
memory, and the network waits for the disk. Only one request at a time may add to an upload.
"""

import asyncio
import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from protocol.errors import Refusal
from store.parts import Part

GATHER = 512 * 1024  # bytes handed to the thread at once; 64 KiB, as they come, cost eight times as many hops


@dataclass(frozen=True)
class Checksum:
    """What a client says of one piece; `algorithm` is one of parts.CHECKSUMS."""

    algorithm: str
    digest: bytes


T = TypeVar("T")
log = logging.getLogger(__name__)


class Run(Protocol):
    """Call something that blocks in a worker thread."""

    def __call__(self, work: Callable[..., T], *arguments: Any) -> "asyncio.Future[T]": ...


class Receiving:
    """Takes bytes until `close`, which brings them to disk. `on_stop` is called when somebody else wants the upload.

    With a `checksum` they are kept only if all of them came and it fits: see `finish`.
    """

    def __init__(
        self, part: Part, size: int, run: Run, on_stop: Callable[[], None], checksum: Checksum | None = None
    ) -> None:
        self._part = part
        self._size = size
        self._run = run
        self._on_stop = on_stop
        self._checksum = checksum
        self._all_came = False
        if checksum is not None:
            part.try_piece(checksum.algorithm)
        self._taken = part.size
        self._gathered: list[bytes] = []
        self._weight = 0
        self._in_flight: asyncio.Future[None] | None = None
        self._turn = asyncio.Lock()
        self._refusal: Refusal | None = None
        self.closed = False

    async def write(self, data: bytes) -> None:
        """Take some bytes; waits while the disk is busy. Raises Refusal when there is no room or there are too many."""
        if self.closed or self._refusal is not None:
            raise self._refusal or in_use()
        if self._taken + len(data) > self._size:
            raise Refusal("too-big", f"This upload was announced with {self._size} bytes, and more came.")
        self._taken += len(data)
        self._gathered.append(data)
        self._weight += len(data)
        if self._weight >= GATHER:
            async with self._turn:
                if self.closed:
                    raise self._refusal or in_use()
                await self._hand_over()

    async def finish(self) -> int:
        """Close, knowing that the body came whole. Raises Refusal `wrong-checksum` too, and nothing of it is kept."""
        self._all_came = True
        return await self.close()

    async def close(self) -> int:
        """All that was taken is on disk when this returns; how many bytes that now are in all.

        May be called again. Raises Refusal when not all could be written; what could be is kept.
        """
        async with self._turn:
            if not self.closed:
                await self._last_of_it()
        if self._refusal is not None:
            raise self._refusal
        return self._part.size

    async def stop(self) -> None:
        """Close on behalf of another request of the same person, which wants to know where to go on."""
        self._on_stop()
        try:
            await self.close()
        except Refusal as refusal:
            log.info("an upload was stopped that could not be written: %s", refusal.code)
        self._refusal = self._refusal or in_use()

    async def _last_of_it(self) -> None:
        try:
            await self._hand_over()
            await self._landed()
        except Refusal:
            self._gathered = []
        try:
            await asyncio.shield(self._run(self._part.sync))
            if self._checksum is not None:
                await asyncio.shield(self._judged(self._checksum))
        except OSError as error:
            self._refusal = self._refusal or not_saved(error)
        finally:
            self.closed = True

    async def _judged(self, checksum: Checksum) -> None:
        """A piece that was cut short cannot have the checksum that was said of all of it."""
        whole = self._all_came and self._refusal is None
        if not await self._run(self._part.judge, checksum.digest if whole else b"") and whole:
            said = "This piece did not come as it was sent. Nothing of it was kept; please send it again."
            self._refusal = Refusal("wrong-checksum", said, field="Upload-Checksum")

    async def _hand_over(self) -> None:
        await self._landed()
        pieces, self._gathered, self._weight = self._gathered, [], 0
        if pieces:
            self._in_flight = self._run(self._part.append, pieces)

    async def _landed(self) -> None:
        """What is in flight is written. After one failure nothing more may be: it would stand in the wrong place."""
        if self._refusal is not None:
            raise self._refusal
        if self._in_flight is None:
            return
        try:
            await asyncio.shield(self._in_flight)
        except OSError as error:
            self._refusal = not_saved(error)
            raise self._refusal from None
        finally:
            self._in_flight = None


def in_use() -> Refusal:
    """What to tell the one of two requests that has to give way."""
    return Refusal("in-use", "This upload is being continued by another request.")


def not_saved(error: OSError) -> Refusal:
    """What to tell a person when the disk did not take it."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refusal(
            "not-saved",
            "The server's disk is full. Ask the host to make room, then continue: what has arrived is kept.",
        )
    log.error("an upload could not be written: %s", error)
    return Refusal("not-saved", "The server could not write the file to its disk. Please try again in a moment.")
