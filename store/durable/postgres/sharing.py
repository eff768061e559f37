"""The same connection where several nodes share the database: they write one after another, each in its turn.

A turn is an advisory lock that ends with its transaction, and everything is decided inside of it. A newcomer's first
mistake is to do something twice on a connection that was lost in between: by then it is somebody else's turn.
"""

import json
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import psycopg

from store.durable import Batch, Behind, Commit, Loaded, NotSaved
from store.durable.bound import bind, require_free, require_same
from store.durable.postgres import reading, schema
from store.durable.postgres.clocks import Clocks
from store.durable.postgres.committing import NOTE, Committing
from store.durable.postgres.following import commits, noted_after
from store.durable.postgres.link import Connection, Parted

T = TypeVar("T")

TOGETHER = "shared "  # the tenure of nodes that share, under which more may come and go
KEPT_COMMITS = 10_000  # so many of the newest stay, and all of the last hour, for nodes that are behind
PRUNE_EVERY = 500  # commits
PRUNE = "delete from commits where number <= %s and at < now() - interval '1 hour'"
COMMIT = "insert into commits (number, id, changed) values (%s, %s, %s)"
WAITING = "Another server of this house has not finished writing. It goes on by itself when that is done."
BEHIND = "This server reads first what the others wrote meanwhile."
NO_TURN = "The connection to PostgreSQL was lost while this was decided. Nothing of it was kept."


class Sharing(Committing):
    """The database shared with other nodes, opened, and written in turns."""

    def __init__(self, url: str, folder: Path, clock: Callable[[], int], own: Path) -> None:
        super().__init__(url, folder, clock, own)
        self._clocks = Clocks(clock)

    def start(self, cold: Sequence[str] = ()) -> Loaded:
        self._cold = frozenset(cold)
        return super().start(cold)

    def enter(self, after: int, commit_id: str) -> list[Commit]:
        """Waits for its turn and answers what others committed after that commit. Raises NotSaved, Behind or Apart."""

        def take(link: Connection) -> list[Commit]:
            _take_turn(link)
            noted, is_all = noted_after(link, after, commit_id)
            if not is_all:
                raise Behind(BEHIND)  # which ends the turn
            found = commits(link, noted)
            self.link.holds = True
            return found

        found = self._do(take)
        self.unsure = False  # what was lost sight of held the turn
        return found

    def leave(self) -> None:
        """Ends the turn with nothing committed."""
        if self.link.holds:
            self.link.holds = False
            with suppress(NotSaved, psycopg.Error):
                self._do(lambda link: link.execute("rollback"))

    def read(self, read: Callable[[Connection], T]) -> T:
        """What it answers within the turn. Raises NotSaved."""
        if not self.link.holds:
            raise NotSaved(NO_TURN)
        return self._do(read)

    def commit(self, batch: Batch) -> None:
        """Keeps all of it or nothing, and ends the turn. Raises NotSaved, Doubled or Unknown."""
        if not self.link.holds:
            raise NotSaved(NO_TURN)
        now = self._clock()

        def write(link: Connection) -> None:
            self._write(link, batch, batch.number, now)
            link.execute(COMMIT, (batch.number, batch.id, _changed(batch, self._cold)))
            if batch.number % PRUNE_EVERY == 0:
                link.execute(PRUNE, (batch.number - KEPT_COMMITS,))
            self.link.holds = False
            self._end(link)

        try:
            self._do(write)
        finally:
            self._end_turn()
        self._proven = time.monotonic()
        self._noted(now)

    def check(self) -> None:
        """As of one that is alone, but while it has its turn nothing but that it is connected."""
        if not self.link.holds:
            super().check()
        self._do(self._clocks.compare)

    def settle(self) -> None:
        """Waits for the end of the commit that was lost sight of, by having the turn. Raises NotSaved."""

        self._do(_take_turn)
        self.unsure = False

    def _end_turn(self) -> None:
        """Also where what was to be written could not be."""
        if self.link.holds:
            self.leave()

    def _take(self, connection: Connection) -> None:
        schema.enter(connection)
        schema.share(connection, self._name)
        self._clocks.compare(connection)
        schema.require_promises(connection)
        if self._tenure and reading.meta(connection, "tenure", "") != self._tenure:
            raise Parted("Another Parley has had this database for itself meanwhile. Stop this one and start it again.")

    def _load(self, link: Connection, cold: Sequence[str]) -> Loaded:
        schema.lock(link, "select pg_advisory_lock(%s)", schema.TURN, schema.BEGIN_SECONDS, schema.STARTING)
        schema.bring_up(link, self._clock(), lambda: require_free(self._folder))
        house = reading.meta(link, "house", "")
        if (
            reading.meta(link, "written", "0") != "0"
        ):  # else it was begun just now, or by one that ended before it wrote
            require_same(self._folder, house)
        bind(self._folder, house)
        link.execute("begin")
        tenure = reading.meta(link, "tenure", "")
        if not tenure.startswith(TOGETHER):
            tenure = TOGETHER + secrets.token_hex(8)
            link.execute(NOTE, ("tenure", tenure))
        number, commit_id = int(reading.meta(link, "written", "0")) + 1, secrets.token_hex(8)
        link.execute(NOTE, ("written", str(number)))
        link.execute(COMMIT, (number, commit_id, "{}"))
        link.execute("commit")
        link.execute("begin isolation level repeatable read")
        # A large house is longer at what it was given than a turn may stand still
        link.execute("set local idle_in_transaction_session_timeout = 0")
        epoch = reading.meta(link, "epoch", "")  # what is read from here on is as it is at this commit
        link.execute("select pg_advisory_unlock(%s)", (schema.TURN,))  # and others go on meanwhile
        loaded = Loaded(
            epoch=epoch,
            shelves=reading.shelves(link, cold),
            newest_at=int(reading.meta(link, "newest_at", "0")),
            number=number,
            id=commit_id,
        )
        link.execute("commit")
        self._tenure = tenure
        return loaded


def _take_turn(link: Connection) -> None:
    link.execute("begin")
    try:
        link.execute("select pg_advisory_xact_lock(%s)", (schema.TURN,))
    except psycopg.errors.LockNotAvailable:
        raise NotSaved(WAITING) from None


def _changed(batch: Batch, cold: frozenset[str]) -> str:
    """What a commit changed, by its places alone: what is deleted later stands nowhere else."""
    changed = {
        "rows": [(row.conversation, row.seq) for row in batch.rows],
        "rewrites": [(row.conversation, row.seq) for row in batch.rewrites],
        "shelves": list(dict.fromkeys((table, key) for table, key, _ in batch.shelves if table not in cold)),
    }
    return json.dumps({name: places for name, places in changed.items() if places}, separators=(",", ":"))
