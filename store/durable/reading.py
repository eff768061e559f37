"""What is asked of the SQLite file: each question as one function of a connection.

A newcomer's first mistake is to trust the planner with `unread`: without statistics it walks the whole conversation, so
the index is named. A function here runs on a reader's thread and yields nothing lazily, for the connection goes back.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from store.durable import NEWEST, LogRow, Place

ROW = "conversation, seq, name, target, author, text, frame"
IN_THREAD = "indexed by log_target where conversation = ? and target = ? and name = 'message.sent'"
ENTRIES = "indexed by log_entry where conversation = ? and target is null"

UNREAD = """
    select count(*) from (
        select 1 from log as said indexed by log_entry
        where conversation = ? and seq > ? and seq <= ? and target is null and name = 'message.sent'
        and author <> ? and not exists (
            select 1 from log as gone
            where gone.conversation = said.conversation and gone.target = said.seq and gone.name = 'message.deleted'
            and gone.seq <= ?
        ) limit ?
    )
"""


def shelves(link: sqlite3.Connection, cold: Sequence[str]) -> list[tuple[str, str, bytes]]:
    """All shelf rows in order of table and key, but for the cold tables, whose rows are not even passed over."""
    names = []
    (name,) = link.execute("select min(name) from shelves").fetchone()
    while name is not None:
        names.append(name)
        (name,) = link.execute("select min(name) from shelves where name > ?", (name,)).fetchone()
    ask = "select name, key, value from shelves where name = ? order by key"
    return [row for name in names if name not in cold for row in link.execute(ask, (name,))]


def kept(link: sqlite3.Connection, table: str, keys: Sequence[str]) -> dict[str, bytes]:
    """Those rows of a shelf under these keys that are there."""
    ask = "select value from shelves where name = ? and key = ?"
    found = ((key, link.execute(ask, (table, key)).fetchone()) for key in keys)
    return {key: row[0] for key, row in found if row is not None}


def kept_under(link: sqlite3.Connection, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]:
    """The rows of a shelf whose keys begin with `prefix` and come after `after`, in order of key."""
    ask = "select key, value from shelves where name = ? and key > ? and key < ? order by key limit ?"
    return link.execute(ask, (table, max(prefix, after), f"{prefix}\U0010ffff", limit)).fetchall()


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


def entries_before(link: sqlite3.Connection, conversation: str, before: int, limit: int) -> list[LogRow]:
    """The newest `limit` rows below `before` that have no target, oldest first."""
    ask = f"select {ROW} from log {ENTRIES} and seq < ? order by seq desc limit ?"
    return list(_rows(link.execute(ask, (conversation, before, limit))))[::-1]


def entries_after(link: sqlite3.Connection, conversation: str, after: int, limit: int) -> list[LogRow]:
    """The oldest `limit` rows above `after` that have no target, oldest first."""
    ask = f"select {ROW} from log {ENTRIES} and seq > ? order by seq limit ?"
    return list(_rows(link.execute(ask, (conversation, after, limit))))


def answers_before(link: sqlite3.Connection, place: Place, before: int, limit: int) -> list[LogRow]:
    """The newest `limit` messages below `before` in the thread of that message, oldest first."""
    ask = f"select {ROW} from log {IN_THREAD} and seq < ? order by seq desc limit ?"
    return list(_rows(link.execute(ask, (*place, before, limit))))[::-1]


def answers_after(link: sqlite3.Connection, place: Place, after: int, limit: int) -> list[LogRow]:
    """The oldest `limit` messages above `after` in the thread of that message, oldest first."""
    ask = f"select {ROW} from log {IN_THREAD} and seq > ? order by seq limit ?"
    return list(_rows(link.execute(ask, (*place, after, limit))))


def rows(link: sqlite3.Connection, places: Sequence[Place]) -> dict[Place, LogRow]:
    """Those of these rows that are there."""
    ask = f"select {ROW} from log where conversation = ? and seq = ?"
    return {place: row for place in places for row in _rows(link.execute(ask, place))}


def aimed_at(
    link: sqlite3.Connection, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
) -> dict[Place, list[LogRow]]:
    """For each place that has any: the rows of these names whose `target` it is, oldest first."""
    marks = ", ".join("?" * len(names))
    ask = f"""
        select {ROW} from log where conversation = ? and target = ? and seq > ? and name in ({marks})
        order by seq limit ?
    """
    found = ((place, list(_rows(link.execute(ask, (*place, after, *names, limit))))) for place in places)
    return {place: aimed for place, aimed in found if aimed}


def unread(
    link: sqlite3.Connection, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST
) -> int:
    """How many standing messages of others lie above `after`, none above `through`, counted up to `limit`."""
    (count,) = link.execute(UNREAD, (conversation, after, through, reader, through, limit)).fetchone()
    return int(count)


def _rows(found: Iterable[tuple[str, int, str, int | None, str, str, bytes]]) -> Iterator[LogRow]:
    return (LogRow(*row) for row in found)
