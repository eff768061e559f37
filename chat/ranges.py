"""Reading rows through the ranges of seq that somebody may see: over what was said while they were away, not up to it.

A limit counts what may be seen. Filtering after the limit would end a history at its first long absence.
"""

from collections.abc import Awaitable, Callable, Iterable

from chat.visibility import covers
from protocol.answers import Reach
from store.durable import LogRow

MAX_READ = 200  # rows in one read; or as many as are wanted, if those are more
Read = Callable[[int, int], Awaitable[list[LogRow]]]  # of a place and a limit: rows beside that place, oldest first


async def seen_before(reach: list[Reach], before: int, limit: int, read: Read) -> list[LogRow]:
    """The newest `limit` rows below `before` that lie in the reach, oldest first."""
    found: list[LogRow] = []
    ahead = 1
    for one in reversed(reach):
        if one.first >= before:
            continue
        wanted = _wanted(limit - len(found), ahead)
        rows = await read(min(before, one.last + 1), wanted)
        found = [*_seen(rows, reach), *found][-limit:]
        if len(rows) < wanted or len(found) == limit:
            break
        before, ahead = rows[0].seq, ahead * 2
    return found


async def seen_after(reach: list[Reach], after: int, limit: int, read: Read) -> list[LogRow]:
    """The oldest `limit` rows above `after` that lie in the reach, oldest first."""
    found: list[LogRow] = []
    ahead = 1
    for one in reach:
        if one.last <= after:
            continue
        wanted = _wanted(limit - len(found), ahead)
        rows = await read(max(after, one.first - 1), wanted)
        found = [*found, *_seen(rows, reach)][:limit]
        if len(rows) < wanted or len(found) == limit:
            break
        after, ahead = rows[-1].seq, ahead * 2
    return found


def _wanted(missing: int, ahead: int) -> int:
    """Rows to read: more each time, or who comes and goes a hundred times costs a hundred reads for one answer."""
    return max(missing, min(missing * ahead, MAX_READ))


def _seen(rows: Iterable[LogRow], reach: list[Reach]) -> list[LogRow]:
    return [row for row in rows if covers(reach, row.seq)]
