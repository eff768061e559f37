"""The SQLite file: whether it is ours and whole, how it is created, and the steps from an old shape to today's.

A newcomer's first mistake is to edit a released step: files in people's houses have run it. Add one at the end.
"""

import os
import secrets
import sqlite3
from pathlib import Path

from store.durable import CannotStart, Damaged

OLDEST_SQLITE = (3, 37, 0)  # STRICT tables; Debian 12 has 3.40, Python for Windows and macOS brings its own
APPLICATION = 0x5061726C  # "Parl", in the file's header: https://www.sqlite.org/fileformat.html#application_id
BUSY_SECONDS = 5.0  # how long a backup or somebody's sqlite3 shell may keep us waiting
CHECKED_WHOLE = 64 * 1024 * 1024  # bytes; a larger file is looked through after the start, which stays quick

DATABASE = "parley.db"  # the file's name in a data folder
BOUND = "postgresql.house"  # there instead of it when the messages are in PostgreSQL
RESTORING = ".restoring"  # beside the file while a backup is put back
# What lies beside the file of a house that was lived in
FILLED = ("files/??/*", "backups/*/manifest.json", "search.db")

STEPS = (
    """
    create table meta (key text primary key, value text not null) strict, without rowid;
    create table shelves (
        name text not null, key text not null, value blob not null, primary key (name, key)
    ) strict, without rowid;
    create table answers (
        device text not null, nonce text not null, answer blob not null, primary key (device, nonce)
    ) strict, without rowid;
    create table log (
        conversation text not null, seq integer not null, name text not null, target integer,
        author text not null, text text not null, frame blob not null, primary key (conversation, seq)
    ) strict, without rowid;
    create index log_target on log (conversation, target, name) where target is not null;
    create index log_said on log (conversation, seq, author, name) where name = 'message.sent';
    """,
    """
    drop index log_said;
    create index log_entry on log (conversation, seq, name, author, target) where target is null;
    """,
)
"""One script for each version of the file; `user_version` says how many have run."""


def connect(path: Path) -> sqlite3.Connection:
    """A connection as all of ours are: autocommit, so that a transaction is written where it begins and ends."""
    link = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    link.execute("pragma foreign_keys = on")
    return link


def open_writer(path: Path, now: int) -> sqlite3.Connection:
    """The one connection that writes, to a whole file of today's shape; `now` (ms) is the birthday of a new one.

    Raises Damaged or CannotStart.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise CannotStart(f"Parley needs SQLite 3.37 or newer, this Python brings {sqlite3.sqlite_version}.")
    if not path.exists():
        _create(path, now)
    link = connect(path)
    try:
        _require_ours(link, path)
        _require_whole(link, path)
        _migrate(link, path)
        _promise(link, path)
    except BaseException:
        link.close()
        raise
    return link


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    link = connect(path)
    link.execute("pragma query_only = on")
    return link


def is_checked_at_start(path: Path) -> bool:
    """Whether it is small enough to be looked through before anybody is let in."""
    return path.stat().st_size <= CHECKED_WHOLE


def hold(path: Path) -> sqlite3.Connection:
    """Holds a store for this process until the connection is closed or the process ends, however it ends.

    SQLite's own locks work alike on Linux, macOS and Windows, so a second, empty database serves as the lock.
    Raises CannotStart if another server holds it.
    """
    lock = path.with_name(f"{path.name}.lock")
    link = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        link.execute("pragma journal_mode = memory")  # nothing is ever written, so no journal file lies about
        link.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        link.close()
        if error.sqlite_errorname != "SQLITE_BUSY":
            raise
        raise CannotStart(
            f"Another Parley is running on {path.parent}. Stop it first, or start this one with another --data."
        ) from None
    return link


def _create(path: Path, now: int) -> None:
    """Makes the file beside its place and moves it there whole: a crash half way leaves no half a store."""
    require_no_house(path)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    link = connect(new)
    try:
        link.execute("pragma journal_mode = delete")
        _migrate(link, path)
        link.execute(f"pragma application_id = {APPLICATION}")
        link.executemany("insert into meta values (?, ?)", [("epoch", secrets.token_hex(8)), ("created", str(now))])
    finally:
        link.close()
    new.chmod(0o600)
    os.replace(new, path)


def require_no_house(path: Path) -> None:
    """A database that went while its files stayed is no new house: an empty one would sweep those files away.

    Raises Damaged or CannotStart.
    """
    if (path.parent / BOUND).exists():
        raise CannotStart(
            f"The messages of the house in {path.parent} are in PostgreSQL. Start with --store postgresql://…, "
            f"or with another --data for an empty house."
        )
    if (path.parent / RESTORING).is_dir():
        raise Damaged(
            f"A backup is being put back in {path.parent}, or was not to the end. Run scripts/restore.py again."
        )
    if any(next(path.parent.glob(pattern), None) for pattern in FILLED):
        raise Damaged(
            f"{path} is gone but its files are still there. Put it back from a backup with scripts/restore.py, "
            f"or start with another --data for an empty house."
        )
    for ending in ("-wal", "-journal"):
        orphan = path.with_name(path.name + ending)
        if orphan.exists() and orphan.stat().st_size:
            raise Damaged(
                f"{path} is gone but {orphan.name} is still there. Put {path.name} back beside it, or a backup."
            )


def _require_ours(link: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size == 0:
        raise Damaged(f"{path} is empty, as no database of Parley is. It has been left as it is.")
    (application,) = link.execute("pragma application_id").fetchone()
    if application != APPLICATION:
        raise Damaged(f"{path} is a database of another program. Move it away, or start with another --data.")


def _require_whole(link: sqlite3.Connection, path: Path) -> None:
    if not is_checked_at_start(path):
        return
    (said,) = link.execute("pragma quick_check(1)").fetchone()
    if said != "ok":
        raise Damaged(f"{path} is damaged. It has been left as it is.")


def _migrate(link: sqlite3.Connection, path: Path) -> None:
    (version,) = link.execute("pragma user_version").fetchone()
    if version > len(STEPS):
        raise CannotStart(f"{path} was made by a newer Parley. Run that version, or a newer one.")
    for number, step in enumerate(STEPS[version:], start=version + 1):
        link.executescript(f"begin immediate; {step} pragma user_version = {number}; commit;")


def _promise(link: sqlite3.Connection, path: Path) -> None:
    """WAL, and every commit on the disk before it is answered; `fullfsync` makes macOS mean it."""
    (mode,) = link.execute("pragma journal_mode = wal").fetchone()
    if mode != "wal":
        raise CannotStart(f"{path} is on a disk that cannot hold it safely. Keep --data on a disk of this machine.")
    for promise in ("synchronous = full", "fullfsync = on", "checkpoint_fullfsync = on", "secure_delete = on"):
        link.execute(f"pragma {promise}")
    link.execute("begin immediate")
    link.execute("update meta set value = value")  # a file that may only be read says so here, not at the first message
    link.execute("rollback")
