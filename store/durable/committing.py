"""The one connection that writes: a batch becomes true in one transaction, or it says why not.

Everything here blocks and belongs on the writer's thread. A newcomer's first mistake is to believe an error of COMMIT:
the last bytes may be on the disk all the same, hence `Unknown`.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from store.durable import Batch, CannotStart, Damaged, Doubled, Loaded, LogRow, NotSaved, Unknown, reading
from store.durable.schema import BUSY_SECONDS, hold, open_writer

PROVEN_SECONDS = 10.0  # a commit this recent says that the disk takes commits, so `check` makes none of its own
PATIENCE = 200  # ms that commits wait for a reader who is in the way of a checkpoint; it is tried again later
NEWEST_STEP = 60_000  # ms between two notes of the clock, so that not every commit writes one more page
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
REASONS = {
    sqlite3.SQLITE_FULL: "The disk is full. Free some space on it.",
    sqlite3.SQLITE_READONLY: "The database cannot be written. Check who may write to it and its folder.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened. Check who may read and write its folder.",
    sqlite3.SQLITE_BUSY: "Another program holds the database. Close that program.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database. Close that program.",
    sqlite3.SQLITE_IOERR: "The disk reports an error. Check the disk and the machine's own log.",
    sqlite3.SQLITE_CORRUPT: "The database is damaged. Stop the server and put a backup back with scripts/restore.py.",
    sqlite3.SQLITE_NOTADB: "The database is damaged. Stop the server and put a backup back with scripts/restore.py.",
}


def reason(error: sqlite3.Error) -> str:
    """What happened, in one sentence for people, from SQLite's own code (https://www.sqlite.org/rescode.html)."""
    return REASONS.get(_code(error), f"The database answers: {error}.")


class Committing:
    """The file held, opened and written. `clock` answers ms since the epoch."""

    def __init__(self, path: Path, clock: Callable[[], int]) -> None:
        self._path = path
        self._clock = clock
        self._lock: sqlite3.Connection | None = None
        self._link: sqlite3.Connection | None = None
        self._file = 0  # inode that was opened: a file deleted under a running server would go on taking commits
        self._newest_at = 0
        self._proven = float("-inf")  # time.monotonic() of the last commit that held

    def start(self, cold: Sequence[str] = ()) -> Loaded:
        """Takes the lock, opens or creates the file, reads what stands. Raises CannotStart, holding nothing."""
        try:
            self._lock = hold(self._path)
            self._link = open_writer(self._path, self._clock())
            self._file = self._path.stat().st_ino
            self._newest_at = int(reading.meta(self._link, "newest_at", "0"))
            return Loaded(reading.meta(self._link, "epoch", ""), reading.shelves(self._link, cold), self._newest_at)
        except BaseException as error:
            self._let_go()
            if isinstance(error, sqlite3.Error | OSError):
                raise self._cannot_start(error) from error
            raise

    def commit(self, batch: Batch) -> None:
        """Keeps all of it or nothing. Raises NotSaved, Doubled or Unknown."""
        now = self._clock()
        with self._transaction() as link:
            link.executemany("insert into log values (?, ?, ?, ?, ?, ?, ?)", map(_values, batch.rows))
            link.executemany("insert into answers values (?, ?, ?)", batch.answers)
            self._rewrite(link, batch.rewrites)
            for table, key, value in batch.shelves:
                _shelve(link, table, key, value)
            if now >= self._newest_at + NEWEST_STEP:
                _note(link, "newest_at", now)
        if now >= self._newest_at + NEWEST_STEP:
            self._newest_at = now

    def check(self) -> None:
        """Raises NotSaved with the reason if a commit would not be kept now; finds out by one when none was lately."""
        try:
            there = self._path.stat().st_ino == self._file
        except OSError:
            there = False
        if not there:
            raise NotSaved("The database was moved or deleted under the running server. Stop it and put the file back.")
        if time.monotonic() - self._proven > PROVEN_SECONDS:
            with self._transaction() as link:
                _note(link, "checked_at", self._clock())

    def checkpoint(self) -> None:
        """Moves the WAL into the file and cuts it to nothing. Raises NotSaved when a reader was in the way."""
        link = self._connection()
        try:
            link.execute(f"pragma busy_timeout = {PATIENCE}")
            (busy, _, _) = link.execute("pragma wal_checkpoint(truncate)").fetchone()
            link.execute(f"pragma busy_timeout = {int(BUSY_SECONDS * 1000)}")
        except sqlite3.Error as error:
            raise NotSaved(reason(error)) from error
        if busy:
            raise NotSaved("Somebody is still reading the database.")

    def close(self) -> None:
        """Lets go of everything; SQLite empties the WAL when its last connection closes."""
        if self._link is not None:
            self._let_go()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        link = self._connection()
        try:
            link.execute("begin immediate")
            yield link
        except BaseException as error:
            self._proven = float("-inf")
            _roll_back(link)
            if isinstance(error, sqlite3.Error):
                raise _refused(error) from error
            raise
        try:
            link.execute("commit")
        except sqlite3.Error as error:
            self._proven = float("-inf")
            _roll_back(link)
            raise Unknown(reason(error)) from error
        self._proven = time.monotonic()

    def _rewrite(self, link: sqlite3.Connection, rows: list[LogRow]) -> None:
        ask = "update log set name = ?, target = ?, author = ?, text = ?, frame = ? where conversation = ? and seq = ?"
        for row in rows:
            conversation, seq, *rest = _values(row)
            if link.execute(ask, (*rest, conversation, seq)).rowcount != 1:
                raise NotSaved("A row to be rewritten is not there.")

    def _connection(self) -> sqlite3.Connection:
        if self._link is None:
            raise NotSaved("The store is closed.")
        return self._link

    def _cannot_start(self, error: sqlite3.Error | OSError) -> CannotStart:
        if isinstance(error, sqlite3.Error) and _code(error) in DAMAGE:
            return Damaged(f"{self._path} is damaged or not a database. It has been left as it is.")
        told = reason(error) if isinstance(error, sqlite3.Error) else f"{error.strerror}. Check its folder."
        return CannotStart(f"{self._path} cannot be opened. {told}")

    def _let_go(self) -> None:
        for link in (self._link, self._lock):
            if link is not None:
                link.close()
        self._link = self._lock = None


def _values(row: LogRow) -> tuple[str, int, str, int | None, str, str, bytes]:
    return row.conversation, row.seq, row.name, row.target, row.author, row.text, row.frame


def _shelve(link: sqlite3.Connection, table: str, key: str, value: bytes | None) -> None:
    if value is None:
        link.execute("delete from shelves where name = ? and key = ?", (table, key))
    else:
        link.execute("insert or replace into shelves values (?, ?, ?)", (table, key, value))


def _note(link: sqlite3.Connection, key: str, value: int) -> None:
    link.execute("insert or replace into meta values (?, ?)", (key, str(value)))


def _roll_back(link: sqlite3.Connection) -> None:
    """Ends a failed transaction; SQLite has already done so after some errors, and may meet the same error again."""
    if link.in_transaction:
        try:
            link.execute("rollback")
        except sqlite3.Error:
            return


def _refused(error: sqlite3.Error) -> Exception:
    """The exception for an error before COMMIT. A value that SQLite cannot take is a bug of ours: it stays as it is."""
    if isinstance(error, sqlite3.IntegrityError):
        doubled = error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
        return Doubled(f"What was given a place is there already: {error}.") if doubled else error
    return NotSaved(reason(error)) if _code(error) in REASONS else error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary code, 0 when Python raised it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
