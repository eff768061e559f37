"""A log in memory that nodes of one process share, each in its turn, and houses that stand on it."""

import asyncio
from collections.abc import Sequence

from store.durable import Apart, Batch, Behind, Commit, Loaded, LogRow, NotRead, NotSaved
from store.durable.memory import Memory
from tests.neighbours import House
from tests.store.bus.local import Hub, LocalBus


class Commons:
    """What all nodes see."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.turn = asyncio.Lock()
        self.made: list[Commit] = []
        self.hub = Hub()
        self.is_away = False
        self.most = 1000  # commits that are read at once
        self.cold: frozenset[str] = frozenset()

    async def node(self, letter: str = "") -> House:
        """Another node's house, started."""
        return await House(SharedMemory(self), LocalBus(self.hub), letter).start()

    def lose_bus(self) -> None:
        """Nobody hears anybody from now on."""
        self.hub.listening.clear()


class SharedMemory(Memory):
    """One node's `Shared`."""

    def __init__(self, commons: Commons) -> None:
        super().__init__()
        self._commons = commons
        self._has_turn = False
        self._log, self._shelves, self._answers = (
            commons.memory._log,
            commons.memory._shelves,
            commons.memory._answers,
        )

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        loaded = await super().start(cold)
        self._commons.cold = frozenset(cold)
        commit = Commit(len(self._commons.made) + 1, f"start {len(self._commons.made)}")
        self._commons.made.append(commit)
        return Loaded("epoch", loaded.shelves, loaded.newest_at, commit.number, commit.id)

    async def enter(self, after: int, commit_id: str) -> list[Commit]:
        if self._commons.is_away or not self._open:
            raise NotSaved("The log is away.")
        await self._commons.turn.acquire()
        try:
            if len(self._commons.made) - after > self._commons.most:
                raise Behind("There is more to read first.")
            found = self._after(after, commit_id)
        except NotSaved:
            self._commons.turn.release()
            raise
        self._has_turn = True
        return found

    async def leave(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._commons.turn.release()

    async def commit(self, batch: Batch) -> None:
        if not self._has_turn:
            raise NotSaved("It is another's turn.")
        try:
            assert batch.number == len(self._commons.made) + 1, "a number was given twice or left out"
            await super().commit(batch)
            shelves = [one for one in batch.shelves if one[0] not in self._commons.cold]
            self._commons.made.append(Commit(batch.number, batch.id, batch.rows, batch.rewrites, shelves))
        finally:
            await self.leave()

    async def commits(self, after: int, commit_id: str) -> list[Commit]:
        if self._commons.is_away or not self._open:
            raise NotRead("The log is away.")
        return self._after(after, commit_id)

    def _after(self, after: int, commit_id: str) -> list[Commit]:
        if self._commons.made[after - 1].id != commit_id:
            raise Apart("This node is not where the others were.")
        return [self._as_it_stands(commit) for commit in self._commons.made[after : after + self._commons.most]]

    def _as_it_stands(self, commit: Commit) -> Commit:
        return Commit(
            commit.number,
            commit.id,
            [self._stands(row) for row in commit.rows],
            [self._stands(row) for row in commit.rewrites],
            [(table, key, self._shelves.get((table, key))) for table, key, _ in commit.shelves],
        )

    def _stands(self, row: LogRow) -> LogRow:
        return self._at(row.conversation, row.seq) or row
