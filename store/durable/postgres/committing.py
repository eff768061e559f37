"""The one connection that writes: a batch becomes true in one transaction, or it says why not.

Everything here blocks and belongs on the writer's thread. A newcomer's first mistake is to look an unsure commit up on
any connection: the one that was lost may still be at it. Only who holds its lock again knows that it has ended.
"""

import logging
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import psycopg

from store.durable import Apart, Batch, CannotStart, Doubled, Loaded, LogRow, NotSaved, NotYet, Unknown
from store.durable.bound import bind, hold_folder, require_free
from store.durable.committing import NEWEST_STEP, PROVEN_SECONDS
from store.durable.postgres import reading, schema
from store.durable.postgres.link import Away, Connection, Link, Parted, known, place_of, reason

NOTE = "insert into meta values (%s, %s) on conflict (key) do update set value = excluded.value"
SHELVE = "insert into shelves values (%s, %s, %s) on conflict (name, key) do update set value = excluded.value"
REWRITE = """
    update log set name = %s, target = %s, author = %s, text = %s, frame = %s where conversation = %s and seq = %s
"""

T = TypeVar("T")
log = logging.getLogger("parley.store")


class Committing:
    """The database held, opened and written. `folder` has what is not in it; `clock` answers ms since the epoch.

    `own` is the folder of this server alone, where it is not the same.
    """

    def __init__(self, url: str, folder: Path, clock: Callable[[], int], own: Path | None = None) -> None:
        self.link = Link(url, self._take)
        self.unsure = False
        """Whether a commit was lost sight of: nothing may be read before `settle`."""
        self._url = url
        self._folder = folder
        self._own = own or folder
        self._clock = clock
        self._held: sqlite3.Connection | None = None
        self._tenure = ""  # written at the start: another one means that somebody else has written meanwhile
        self._written = 0  # commits of this house: another number means that an older copy of it was put back
        self._name = f"parley {secrets.token_hex(8)}"  # of its connections, by which it knows one that it lost
        self._open = False
        self._told = ""  # of why there is no connection, so that it is logged once
        self._newest_at = 0
        self._proven = float("-inf")  # time.monotonic() of the last commit that held

    def start(self, cold: Sequence[str] = ()) -> Loaded:
        """Takes the locks, opens or creates the schema, reads what stands. Raises CannotStart, holding nothing."""
        try:
            self._held = hold_folder(self._own)
            loaded = self.link.do(lambda link: self._load(link, cold))
        except BaseException as error:
            self.close()
            if isinstance(error, Away):
                raise NotYet(self._cannot_start(error)) from error
            if isinstance(error, psycopg.Error | OSError | sqlite3.Error):
                raise CannotStart(self._cannot_start(error)) from error
            raise
        self._newest_at = loaded.newest_at
        self._open = True
        return loaded

    def commit(self, batch: Batch) -> None:
        """Keeps all of it or nothing. Raises NotSaved, Doubled or Unknown."""
        now = self._clock()
        self._transaction(lambda link: self._write(link, batch, self._written + 1, now))
        self._written += 1
        self._noted(now)

    def check(self) -> None:
        """Raises NotSaved with the reason if a commit would not be kept now; finds out by one when none was lately."""
        if time.monotonic() - self._proven > PROVEN_SECONDS:
            self._transaction(lambda link: _execute(link, NOTE, ("checked_at", str(self._clock()))))
        else:
            self._do(lambda link: _execute(link, "select 1", ()))

    def settle(self) -> None:
        """Waits for the end of the commit that was lost sight of, by holding its lock again. Raises NotSaved."""
        self._do(lambda _link: None)
        self.unsure = False

    def close(self) -> None:
        """Lets go of everything."""
        self._open = False
        self.link.close()
        if self._held is not None:
            self._held.close()
            self._held = None

    def _write(self, link: Connection, batch: Batch, number: int, now: int) -> None:
        _write(link, batch)
        link.execute(NOTE, ("written", str(number)))
        if self._must_note(now):
            link.execute(NOTE, ("newest_at", str(now)))

    def _must_note(self, now: int) -> bool:
        return now >= self._newest_at + NEWEST_STEP

    def _noted(self, now: int) -> None:
        if self._must_note(now):
            self._newest_at = now

    def _take(self, connection: Connection) -> None:
        """Makes a new connection the one that writes. Raises Away or CannotStart."""
        schema.enter(connection)
        schema.hold(connection, self._name)
        schema.require_promises(connection)
        if self._tenure:
            self._require_unchanged(connection)

    def _require_unchanged(self, connection: Connection) -> None:
        """Nothing but what we wrote, and all of that: a commit that was lost sight of may be there or not."""
        if reading.meta(connection, "tenure", "") != self._tenure:
            raise Away("Another Parley has written to this database meanwhile. Stop this one and start it again.")
        found = int(reading.meta(connection, "written", "0"))
        if not self._written <= found <= self._written + int(self.unsure):
            raise Away("An older copy of this database was put back. Stop Parley and start it again.")
        self._written = found

    def _load(self, link: Connection, cold: Sequence[str]) -> Loaded:
        schema.bring_up(link, self._clock(), lambda: require_free(self._folder))
        bind(self._folder, reading.meta(link, "house", ""))
        loaded = Loaded(
            reading.meta(link, "epoch", ""), reading.shelves(link, cold), int(reading.meta(link, "newest_at", "0"))
        )
        self._written = int(reading.meta(link, "written", "0"))
        tenure = secrets.token_hex(8)
        link.execute(NOTE, ("tenure", tenure))
        self._tenure = tenure
        return loaded

    def _transaction(self, write: Callable[[Connection], None]) -> None:
        self._do(lambda link: self._attempt(link, write))
        self._proven = time.monotonic()

    def _attempt(self, link: Connection, write: Callable[[Connection], None]) -> None:
        """May be done twice, for before COMMIT is asked for a lost connection takes all of it along."""
        link.execute("begin")
        write(link)
        self._end(link)

    def _end(self, link: Connection) -> None:
        """COMMIT. Raises Unknown, or NotSaved."""
        try:
            said = link.execute("commit", prepare=False).statusmessage
        except psycopg.Error as error:
            self.unsure = True
            raise Unknown(reason(error)) from error
        if said != "COMMIT":
            raise NotSaved(f"PostgreSQL did not keep it and answers: {said}.")

    def _do(self, work: Callable[[Connection], T]) -> T:
        if not self._open:
            raise NotSaved("The store is closed.")
        try:
            done = self.link.do(work)
            self._told = ""
        except BaseException as error:
            self._proven = float("-inf")
            if isinstance(error, Away) and error.detail != self._told:
                self._told = error.detail
                log.warning("no connection to the database: %s", error.detail)
            if isinstance(error, psycopg.Error | Away | CannotStart):
                raise _refused(error) from error
            raise
        return done

    def _cannot_start(self, error: Away | psycopg.Error | OSError | sqlite3.Error) -> str:
        if isinstance(error, psycopg.Error):
            return f"--store cannot be used. {reason(error)}"
        if isinstance(error, Away):
            return f"The database {place_of(self._url)} cannot be used. {error.detail}"
        return f"{self._folder} cannot be used: {error}. Check that folder."


def _write(link: Connection, batch: Batch) -> None:
    with link.cursor() as cursor:
        if batch.rows:
            cursor.executemany("insert into log values (%s, %s, %s, %s, %s, %s, %s)", list(map(_values, batch.rows)))
        if batch.answers:
            cursor.executemany("insert into answers values (%s, %s, %s)", batch.answers)
        if batch.rewrites:
            cursor.executemany(REWRITE, list(map(_rewritten, batch.rewrites)))
            if cursor.rowcount != len(batch.rewrites):
                raise NotSaved("A row to be rewritten is not there.")
        last = {(table, key): value for table, key, value in batch.shelves}
        if puts := [(*at, value) for at, value in last.items() if value is not None]:
            cursor.executemany(SHELVE, puts)
        if gone := [at for at, value in last.items() if value is None]:
            cursor.executemany("delete from shelves where name = %s and key = %s", gone)


def _values(row: LogRow) -> tuple[str, int, str, int | None, str, bytes, bytes]:
    return row.conversation, row.seq, row.name, row.target, row.author, row.text.encode(), row.frame


def _rewritten(row: LogRow) -> tuple[str, int | None, str, bytes, bytes, str, int]:
    conversation, seq, name, target, author, text, frame = _values(row)
    return name, target, author, text, frame, conversation, seq


def _execute(link: Connection, ask: str, values: tuple[str, ...]) -> None:
    link.execute(ask.encode(), values)


def _refused(error: psycopg.Error | Away | CannotStart) -> Exception:
    """The exception for an error before COMMIT. A value that PostgreSQL cannot take is a bug of ours: it stays."""
    if isinstance(error, Parted):
        return Apart(str(error))
    if isinstance(error, Away | CannotStart):
        return NotSaved(str(error))
    if isinstance(error, psycopg.errors.UniqueViolation):
        return Doubled(f"What was given a place is there already: {error.diag.constraint_name}.")
    said = known(error)
    return NotSaved(said) if said is not None else error
