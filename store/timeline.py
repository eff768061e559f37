"""Each conversation's hot tail in memory and its pages on disk.

A tail always ends at the head and has no holes, so "I have N" is answered from it whenever N is not older than where
it starts; else the disk answers. A tail is a tuple that is replaced, so a page being read never changes under the reader.
"""

from collections.abc import Sequence

from protocol.shapes import MAX_PULL, MAX_PULL_BYTES
from store.concurrent import ConcurrentDict
from store.durable import Durable, LogRow

TAIL = 200  # rows kept of a conversation, what one pull takes at most
TAILS = 2000  # conversations kept hot; at 200 rows of 300 bytes that is about 120 MB at the very worst


class Timeline:
    """Reads of the log. Only the writer adds."""

    def __init__(self, durable: Durable) -> None:
        self._durable = durable
        self._tails: ConcurrentDict[str, tuple[LogRow, ...]] = ConcurrentDict()

    def add(self, rows: Sequence[LogRow]) -> None:
        """Rows that were just committed, in order."""
        for row in rows:
            tail = self._tails.pop(row.conversation) or ()
            if row.seq == 1 or (tail and tail[-1].seq == row.seq - 1):
                self._tails.put(row.conversation, (*tail[1 - TAIL :], row))
        while len(self._tails) > TAILS:
            self._tails.pop(next(iter(self._tails)))

    async def after(
        self, conversation: str, after: int, limit: int = MAX_PULL, max_bytes: int = MAX_PULL_BYTES
    ) -> list[LogRow]:
        """The rows above `after`, oldest first: at most `limit`, and `max_bytes` of frames (but always one)."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= after + 1:
            return _fitting([row for row in tail if row.seq > after], limit, max_bytes)
        return await self._durable.after(conversation, after, limit, max_bytes)

    async def before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        """The newest `limit` rows below `before`, oldest first."""
        tail = self._tails.get(conversation)
        if tail and (tail[0].seq == 1 or tail[0].seq <= before - limit):
            return [row for row in tail if row.seq < before][-limit:]
        return await self._durable.before(conversation, before, limit)

    async def row(self, conversation: str, seq: int) -> LogRow | None:
        """One row, or None when there is none."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= seq <= tail[-1].seq:
            return tail[seq - tail[0].seq]
        return await self._durable.row(conversation, seq)

    async def unread(self, conversation: str, after: int, reader: str, limit: int) -> int:
        """Messages by others above `after`, counted up to `limit`."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= after + 1:
            theirs = [row for row in tail if row.seq > after and row.name == "message.sent" and row.author != reader]
            return min(len(theirs), limit)
        return await self._durable.unread(conversation, after, reader, limit)


def _fitting(rows: list[LogRow], limit: int, max_bytes: int) -> list[LogRow]:
    taken = size = 0
    for row in rows[:limit]:
        size += len(row.frame)
        if taken and size > max_bytes:
            break
        taken += 1
    return rows[:taken]
