"""What a test of a shared log asks of a node: one commit in its turn."""

from itertools import count

from store.durable import Batch, Commit, Shared

_ids = count(1)


class Writing:
    """A node that writes, and knows where it is."""

    def __init__(self, durable: Shared) -> None:
        self.durable = durable
        self.number, self.id = 0, ""

    async def start(self) -> "Writing":
        loaded = await self.durable.start(["standing"])
        self.number, self.id = loaded.number, loaded.id
        return self

    async def enters(self) -> list[Commit]:
        """What the others did, after which it has the turn."""
        return self.follows(await self.durable.enter(self.number, self.id))

    async def commits(self, batch: Batch) -> Commit:
        """In a turn that it has."""
        batch.number, batch.id = self.number + 1, f"commit {next(_ids)}"
        await self.durable.commit(batch)
        self.number, self.id = batch.number, batch.id
        return Commit(batch.number, batch.id, batch.rows, batch.rewrites, batch.shelves)

    async def writes(self, batch: Batch) -> Commit:
        """In a turn of its own."""
        await self.enters()
        return await self.commits(batch)

    async def hears(self) -> list[Commit]:
        """What the others did."""
        return self.follows(await self.durable.commits(self.number, self.id))

    def follows(self, commits: list[Commit]) -> list[Commit]:
        """It is where these end."""
        for commit in commits:
            assert commit.number == self.number + 1
            self.number, self.id = commit.number, commit.id
        return commits
