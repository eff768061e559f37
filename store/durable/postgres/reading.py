"""What is asked of PostgreSQL: each question as one function of a connection, and one statement where it can be.

A newcomer's first mistake is to write `not exists` in `unread`: the planner may make a join of it and read the whole
conversation. A scalar subquery is asked for each row that is counted, by the index, and there are `limit` at most.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from store.durable import NEWEST, LogRow, Place
from store.durable.postgres.link import Connection

ROW = "conversation, seq, name, target, author, text, frame"
IN_THREAD = "where conversation = %s and target = %s and name = 'message.sent'"
ENTRIES = "where conversation = %s and target is null"

UNREAD = """
    select count(*) from (
        select 1 from log as said
        where conversation = %s and seq > %s and seq <= %s and target is null and name = 'message.sent'
        and author <> %s and (
            select 1 from log as gone
            where gone.conversation = said.conversation and gone.target = said.seq and gone.name = 'message.deleted'
            and gone.seq <= %s limit 1
        ) is null order by seq limit %s
    ) as counted
"""


def shelves(link: Connection, cold: Sequence[str]) -> list[tuple[str, str, bytes]]:
    """All shelf rows in order of table and key, but for the cold tables, whose rows are not even passed over."""
    names: list[str] = []
    while found := _all(link, "select name from shelves where name > %s order by name limit 1", names[-1:] or [""]):
        names.append(found[0][0])
    ask = "select name, key, value from shelves where name = %s order by key"
    return [(name, key, value) for one in names if one not in cold for name, key, value in _all(link, ask, [one])]


def kept(link: Connection, table: str, keys: Sequence[str]) -> dict[str, bytes]:
    """Those rows of a shelf under these keys that are there."""
    return dict(_all(link, "select key, value from shelves where name = %s and key = any(%s)", [table, list(keys)]))


def kept_under(link: Connection, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]:
    """The rows of a shelf whose keys begin with `prefix` and come after `after`, in order of key."""
    ask = "select key, value from shelves where name = %s and key > %s and key < %s order by key limit %s"
    found = _all(link, ask, [table, max(prefix, after), f"{prefix}\U0010ffff", limit])
    return [(key, value) for key, value in found]


def meta(link: Connection, key: str, missing: str) -> str:
    """What is noted about the store itself under that key."""
    found = _all(link, "select value from meta where key = %s", [key])
    return str(found[0][0]) if found else missing


def answers(link: Connection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """The kept answers of those (device, nonce) that have one."""
    ask = """
        select device, nonce, answer from unnest(%s::text[], %s::text[]) as asked (device, nonce)
        join answers using (device, nonce)
    """
    found = _all(link, ask, [[device for device, _ in keys], [nonce for _, nonce in keys]])
    return {(device, nonce): answer for device, nonce, answer in found}


def after(link: Connection, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
    """The rows above `after`, oldest first, as far as their frames fit; always one."""
    ask = f"select {ROW} from log where conversation = %s and seq > %s order by seq limit %s"
    page: list[LogRow] = []
    for row in _rows(_all(link, ask, [conversation, after, limit])):
        max_bytes -= len(row.frame)
        if page and max_bytes < 0:
            break
        page.append(row)
    return page


def entries_before(link: Connection, conversation: str, before: int, limit: int) -> list[LogRow]:
    """The newest `limit` rows below `before` that have no target, oldest first."""
    ask = f"select {ROW} from log {ENTRIES} and seq < %s order by seq desc limit %s"
    return _rows(_all(link, ask, [conversation, before, limit]))[::-1]


def entries_after(link: Connection, conversation: str, after: int, limit: int) -> list[LogRow]:
    """The oldest `limit` rows above `after` that have no target, oldest first."""
    ask = f"select {ROW} from log {ENTRIES} and seq > %s order by seq limit %s"
    return _rows(_all(link, ask, [conversation, after, limit]))


def answers_before(link: Connection, place: Place, before: int, limit: int) -> list[LogRow]:
    """The newest `limit` messages below `before` in the thread of that message, oldest first."""
    ask = f"select {ROW} from log {IN_THREAD} and seq < %s order by seq desc limit %s"
    return _rows(_all(link, ask, [*place, before, limit]))[::-1]


def answers_after(link: Connection, place: Place, after: int, limit: int) -> list[LogRow]:
    """The oldest `limit` messages above `after` in the thread of that message, oldest first."""
    ask = f"select {ROW} from log {IN_THREAD} and seq > %s order by seq limit %s"
    return _rows(_all(link, ask, [*place, after, limit]))


def rows(link: Connection, places: Sequence[Place]) -> dict[Place, LogRow]:
    """Those of these rows that are there."""
    ask = f"""
        select {ROW} from unnest(%s::text[], %s::bigint[]) as asked (conversation, seq)
        join log using (conversation, seq)
    """
    return {(row.conversation, row.seq): row for row in _rows(_all(link, ask, _columns(places)))}


def aimed_at(
    link: Connection, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
) -> dict[Place, list[LogRow]]:
    """For each place that has any: the rows of these names whose `target` it is, oldest first."""
    ask = f"""
        select found.* from (select distinct * from unnest(%s::text[], %s::bigint[])) as asked (place, aim)
        cross join lateral (
            select {ROW} from log where conversation = asked.place and target is not null and target = asked.aim
            and seq > %s and name = any(%s) order by seq limit %s
        ) as found order by seq
    """
    found: dict[Place, list[LogRow]] = {}
    for row in _rows(_all(link, ask, [*_columns(places), after, list(names), limit])):
        if row.target is not None:
            found.setdefault((row.conversation, row.target), []).append(row)
    return found


def unread(link: Connection, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
    """How many standing messages of others lie above `after`, none above `through`, counted up to `limit`."""
    ((count,),) = _all(link, UNREAD, [conversation, after, through, reader, through, limit])
    return int(count)


def _columns(places: Sequence[Place]) -> list[Any]:
    return [[conversation for conversation, _ in places], [number for _, number in places]]


def _all(link: Connection, ask: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    return link.execute(ask.encode(), values, binary=True).fetchall()


def _rows(found: Iterable[tuple[Any, ...]]) -> list[LogRow]:
    return [
        LogRow(conversation, seq, name, target, author, text.decode(), frame)
        for conversation, seq, name, target, author, text, frame in found
    ]
