"""What is asked of the SQLite file: each question as one function of a connection.

A newcomer's first mistake is to trust the planner with `unread`: without statistics it walks the whole conversation, so
the index is named. A function here runs on a reader's thread and yields nothing lazily, for the connection goes back.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from store.durable import NEWEST, LogRow

ROW = "conversation, seq, name, target, author, text, frame"

UNREAD = """
    select count(*) from (
        select 1 from log as said indexed by log_said
        where conversation = ? and seq > ? and seq <= ? and name = 'message.sent'
        and author <> ? and not exists (
            select 1 from log as gone
            where gone.conversation = said.conversation and gone.target = said.seq and gone.name = 'message.deleted'
            and gone.seq <= ?
        ) limit ?
    )
"""


def shelves(link: sqlite3.Connection) -> list[tuple[str, str, bytes]]:
    """All shelf rows in order of table and key."""
    return link.execute("select name, key, value from shelves order by name, key").fetchall()


def meta(link: sqlite3.Connection, key: str, missing: str) -> str:
    """What is noted about the store itself under that key."""
    row = link.execute("select value from meta where key = ?", (key,)).fetchone()
    return missing if row is None else str(row[0])


def answers(link: sqlite3.Connection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """The kept answers of those (device, nonce) that have one."""
    ask = "select answer from answers where device = ? and nonce = ?"
    found = ((key, link.execute(ask, key).fetchone()) for key in keys)
    return {key: row[0] for key, row in found if row is not None}


def after(link: sqlite3.Connection, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
    """The rows above `after`, oldest first, as far as their frames fit; always one."""
    ask = f"select {ROW} from log where conversation = ? and seq > ? order by seq limit ?"
    page: list[LogRow] = []
    for row in _rows(link.execute(ask, (conversation, after, limit))):
        max_bytes -= len(row.frame)
        if page and max_bytes < 0:
            break
        page.append(row)
    return page


def before(link: sqlite3.Connection, conversation: str, before: int, limit: int) -> list[LogRow]:
    """The newest `limit` rows below `before`, oldest first."""
    ask = f"select {ROW} from log where conversation = ? and seq < ? order by seq desc limit ?"
    return list(_rows(link.execute(ask, (conversation, before, limit))))[::-1]


def row(link: sqlite3.Connection, conversation: str, seq: int) -> LogRow | None:
    """One row."""
    ask = f"select {ROW} from log where conversation = ? and seq = ?"
    return next(_rows(link.execute(ask, (conversation, seq)).fetchall()), None)


def aimed_at(link: sqlite3.Connection, conversation: str, targets: Sequence[int]) -> list[LogRow]:
    """All rows whose `target` is one of these seqs, oldest first."""
    marks = ", ".join("?" * len(targets))
    ask = f"select {ROW} from log where conversation = ? and target in ({marks}) order by seq"
    return list(_rows(link.execute(ask, (conversation, *targets))))


def unread(
    link: sqlite3.Connection, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST
) -> int:
    """How many standing messages of others lie above `after`, none above `through`, counted up to `limit`."""
    (count,) = link.execute(UNREAD, (conversation, after, through, reader, through, limit)).fetchone()
    return int(count)


def _rows(found: Iterable[tuple[str, int, str, int | None, str, str, bytes]]) -> Iterator[LogRow]:
    return (LogRow(*row) for row in found)
