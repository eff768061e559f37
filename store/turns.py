"""One at a time for each key: what must not overlap with another of the same key waits its turn, all others go on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """A lock for each key, there while somebody has or wants it. For the loop alone, not for threads."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Wait for the key's turn, and have it until the block ends."""
        lock, wanting = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = lock, wanting + 1
        try:
            async with lock:
                yield
        finally:
            lock, wanting = self._locks[key]
            if wanting == 1:
                del self._locks[key]
            else:
                self._locks[key] = lock, wanting - 1
