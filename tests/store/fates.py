"""A durable store whose commits end as a test wants: kept, refused, or lost sight of."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from store.durable import Batch, Commit, Durable, Loaded, NotRead, NotSaved, Unknown

KEPT = "kept"
REFUSED = "refused"  # certainly not kept
LOST = "lost"  # the commit itself failed, and it was not kept
HIDDEN = "hidden"  # the commit itself failed, and it was kept all the same
BLIND = "blind"  # hidden, and the lookup that would tell fails as well
BROKEN = "broken"  # an error nobody foresaw; not kept


class Fated:
    """Stands before another durable. `fates` are taken one a commit; after them all is kept."""

    def __init__(self, behind: Durable) -> None:
        self.behind = behind
        self.fates: deque[str] = deque()
        self.unreadable = 0  # so many lookups of answers fail
        self.batches: list[Batch] = []
        self.kept: list[Batch] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        return await self.behind.start(cold)

    async def commit(self, batch: Batch) -> None:
        await self.gate.wait()
        self.batches.append(batch)
        fate = self.fates.popleft() if self.fates else KEPT
        if fate in (KEPT, HIDDEN, BLIND):
            await self.behind.commit(batch)
            self.kept.append(batch)
        if fate == REFUSED:
            raise NotSaved("The disk is full.")
        if fate == BLIND:
            self.unreadable += 1
        if fate in (LOST, HIDDEN, BLIND):
            raise Unknown("The disk did not answer.")
        if fate == BROKEN:
            raise RuntimeError("a bug")

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        if self.unreadable:
            self.unreadable -= 1
            raise NotRead("The disk did not answer.")
        return await self.behind.answers(keys)

    async def commits(self, after: int, commit_id: str) -> list[Commit]:
        """Of one that several nodes share."""
        if self.unreadable:
            self.unreadable -= 1
            raise NotRead("The disk did not answer.")
        found: list[Commit] = await self.behind.commits(after, commit_id)  # type: ignore[attr-defined]
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)
