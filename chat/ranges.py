"""Reading rows through the ranges of seq that somebody may see: over what was said while they were away, not up to it.

A limit counts what may be seen. Filtering after the limit would end a history at its first long absence.
"""

from collections.abc import Awaitable, Callable, Iterable

from chat.visibility import covers
from protocol.answers import Reach
from store.durable import LogRow

Read = Callable[[int, int], Awaitable[list[LogRow]]]  # of a place and a limit: rows beside that place, oldest first


async def seen_before(reach: list[Reach], before: int, limit: int, read: Read) -> list[LogRow]:
    """The newest `limit` rows below `before` that lie in the reach, oldest first."""
    found: list[LogRow] = []
    for one in reversed(reach):
        if one.first >= before:
            continue
        wanted = limit - len(found)
        rows = await read(min(before, one.last + 1), wanted)
        found = [*_seen(rows, reach), *found]
        if len(rows) < wanted or len(found) == limit:
            break
        before = rows[0].seq
    return found


async def seen_after(reach: list[Reach], after: int, limit: int, read: Read) -> list[LogRow]:
    """The oldest `limit` rows above `after` that lie in the reach, oldest first."""
    found: list[LogRow] = []
    for one in reach:
        if one.last <= after:
            continue
        wanted = limit - len(found)
        rows = await read(max(after, one.first - 1), wanted)
        found += _seen(rows, reach)
        if len(rows) < wanted or len(found) == limit:
            break
        after = rows[-1].seq
    return found


def _seen(rows: Iterable[LogRow], reach: list[Reach]) -> list[LogRow]:
    return [row for row in rows if covers(reach, row.seq)]
