"""The index's own file: created, opened, thrown away when it is of another time, another folding or no good.

A newcomer's first mistake is to migrate it: everything in it follows from the log, so an old one is simply made anew.
"""

import sqlite3
from pathlib import Path

from store.search.folding import VERSION

SHAPE = f"2 {VERSION}"  # of the tables below; raise the first number when they change, or what is written to them
BUSY_SECONDS = 5.0
CACHE_KIB = 16 * 1024  # of pages a connection
DRAWER_BITS = 17  # 131,072 messages a drawer: small enough that emptying one of deleted words takes a moment

TABLES = """
    create table meta (key text primary key, value text not null) strict, without rowid;
    create table places (number integer primary key, conversation text not null unique, upto integer not null) strict;
    create table authors (number integer primary key, person text not null unique) strict;
    create table untidy (drawer integer primary key) strict;
    create table messages (
        id integer primary key, place integer not null, seq integer not null, source integer not null,
        author integer not null, at integer not null, thread integer not null, files integer not null,
        body text not null, names text not null
    ) strict;
    create unique index messages_seq on messages (place, seq);
    create index messages_at on messages (at);
"""
"""`id` counts in the order in which things were said, `upto` is the seq up to which a log is in here, `source` the seq
of the event that has the words: the message itself or its last edit. `body` and `names` are folded;
the options of a poll stand in `body` below its question."""

DRAWER = """
    create virtual table if not exists drawer_{} using fts5 (
        body, names, pairs, place, author, files,
        content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
    )
"""
"""Without content, sizes and positions: what a drawer lets through is compared with `messages` whole."""


def open_writer(path: Path | None, epoch: str) -> sqlite3.Connection:
    """The connection that writes, to an index of this store; in memory without a path. Raises sqlite3.Error."""
    try:
        link = _connect(path)
    except sqlite3.DatabaseError:  # damaged, or no database at all
        discard(path)
        link = _connect(path)
    if _said(link) != {"shape": SHAPE, "epoch": epoch}:
        if path is not None and _said(link) is not None:
            link.close()
            discard(path)
            link = _connect(path)
        _create(link, epoch)
    return link


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    link = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    link.execute("pragma query_only = on")
    link.execute(f"pragma cache_size = -{CACHE_KIB}")
    return link


def discard(path: Path | None) -> None:
    """Away with the file: it is made from the log again."""
    if path is not None:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None and not path.exists():
        path.touch(mode=0o600)
    link = sqlite3.connect(path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for promise in (
            "journal_mode = wal",
            "synchronous = normal",
            "secure_delete = on",
            f"cache_size = -{CACHE_KIB}",
        ):
            link.execute(f"pragma {promise}")
        link.execute("select count(*) from sqlite_master").fetchone()
    except BaseException:
        link.close()
        raise
    return link


def _said(link: sqlite3.Connection) -> dict[str, str] | None:
    """What the file says of itself; None when it is empty, nothing when it is another program's."""
    if link.execute("select count(*) from sqlite_master").fetchone() == (0,):
        return None
    try:
        return dict(link.execute("select key, value from meta"))
    except sqlite3.DatabaseError:
        return {}


def _create(link: sqlite3.Connection, epoch: str) -> None:
    link.executescript(f"begin immediate; {TABLES}")
    link.executemany("insert into meta values (?, ?)", [("shape", SHAPE), ("epoch", epoch)])
    link.execute("commit")
