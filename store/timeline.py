"""Each conversation's hot tail in memory and its pages on disk.

A tail always ends at the head and has no holes, so "I have N" is answered from it whenever N is not older than where
it starts; else the disk answers. A tail is a tuple that is replaced, so a page being read never changes under the
reader. A newcomer's first mistake is to trust the disk for the head: it may be a commit ahead of what was told.
"""

from collections.abc import Sequence

from protocol.shapes import MAX_PULL, MAX_PULL_BYTES
from store.concurrent import ConcurrentDict
from store.durable import Durable, LogRow

TAIL = 200  # rows kept of a conversation, what one pull takes at most
TAILS_BYTES = 32 * 1024 * 1024  # of all tails together; above, those that were silent longest go
ROW_BYTES = 500  # a row in memory beside its frame, measured with sys.getsizeof on CPython 3.11


class Timeline:
    """Reads of the log. Only the writer adds."""

    def __init__(self, durable: Durable, max_bytes: int = TAILS_BYTES) -> None:
        self._durable = durable
        self._max_bytes = max_bytes
        self._tails: ConcurrentDict[str, tuple[LogRow, ...]] = ConcurrentDict()
        self._bytes = 0

    def add(self, rows: Sequence[LogRow]) -> None:
        """Rows that were just committed, in order."""
        for row in rows:
            tail = self._tails.pop(row.conversation) or ()  # and put back last: the first is the longest silent
            follows = bool(tail) and tail[-1].seq == row.seq - 1
            grown = (*tail[1 - TAIL :], row) if follows else (row,)
            self._tails.put(row.conversation, grown)
            self._bytes += _size(row) - sum(map(_size, tail[: len(tail) + 1 - len(grown)]))
        if self._bytes > self._max_bytes:
            self._make_room()

    def rewrite(self, rows: Sequence[LogRow]) -> None:
        """Rows that have just been rewritten on the disk: what a deleted message said is gone from here too."""
        for row in rows:
            tail = self._tails.get(row.conversation)
            if tail and tail[0].seq <= row.seq <= tail[-1].seq:
                at = row.seq - tail[0].seq
                self._bytes += _size(row) - _size(tail[at])
                self._tails.put(row.conversation, (*tail[:at], row, *tail[at + 1 :]))

    async def after(
        self, conversation: str, after: int, limit: int = MAX_PULL, max_bytes: int = MAX_PULL_BYTES
    ) -> list[LogRow]:
        """The rows above `after`, oldest first: at most `limit`, and `max_bytes` of frames (but always one)."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= after + 1:
            return _fitting([row for row in tail if row.seq > after], limit, max_bytes)
        return await self._durable.after(conversation, after, limit, max_bytes)

    async def entries_before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        """The newest `limit` entries (rows that are about no earlier one) below `before`, oldest first."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq < before:
            entries = [row for row in tail if row.seq < before and row.target is None][-limit:]
            if tail[0].seq == 1 or len(entries) == limit:
                return entries
        return await self._durable.entries_before(conversation, before, limit)

    async def entries_after(self, conversation: str, after: int, limit: int) -> list[LogRow]:
        """The oldest `limit` entries above `after`, oldest first."""
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= after + 1:
            return [row for row in tail if row.seq > after and row.target is None][:limit]
        return await self._durable.entries_after(conversation, after, limit)

    async def row(self, conversation: str, seq: int) -> LogRow | None:
        """One row, or None when there is none."""
        return (await self.rows(conversation, [seq])).get(seq)

    async def rows(self, conversation: str, seqs: Sequence[int]) -> dict[int, LogRow]:
        """Those of these rows that are there, by seq."""
        tail = self._tails.get(conversation) or ()
        first, last = (tail[0].seq, tail[-1].seq) if tail else (1, 0)
        hot = {seq: tail[seq - first] for seq in seqs if first <= seq <= last}
        places = [(conversation, seq) for seq in seqs if seq not in hot]
        cold = await self._durable.rows(places) if places else {}
        return hot | {row.seq: row for row in cold.values()}

    async def aimed_at(self, conversation: str, seqs: Sequence[int], names: Sequence[str]) -> list[LogRow]:
        """The rows of these names whose target is one of the seqs, oldest first."""
        tail = self._tails.get(conversation)
        if tail and seqs and tail[0].seq <= min(seqs) + 1:
            return [row for row in tail if row.target in seqs and row.name in names]
        found = await self._durable.aimed_at([(conversation, seq) for seq in seqs], names) if seqs else {}
        return sorted((row for rows in found.values() for row in rows), key=lambda row: row.seq)

    async def aimed_after(
        self, conversation: str, seq: int, names: Sequence[str], after: int, limit: int
    ) -> list[LogRow]:
        """At most so many of the rows of these names whose target is that seq, from the disk, oldest first."""
        place = conversation, seq
        return (await self._durable.aimed_at([place], names, after, limit)).get(place, [])

    async def unread(self, conversation: str, between: tuple[int, int], reader: str, limit: int) -> int:
        """Standing messages of others above the first of these seqs, not above the second, counted up to `limit`."""
        after, through = between
        tail = self._tails.get(conversation)
        if tail and tail[0].seq <= after + 1:
            rows = [row for row in tail if after < row.seq <= through]
            gone = {row.target for row in rows if row.name == "message.deleted"}
            said = (row for row in rows if row.name == "message.sent" and row.target is None and row.author != reader)
            return min(sum(row.seq not in gone for row in said), limit)
        return await self._durable.unread(conversation, after, reader, limit, through)

    def _make_room(self) -> None:
        for conversation in self._tails.keys()[:-1]:  # the newest stays, whatever its size
            self._bytes -= sum(map(_size, self._tails.pop(conversation) or ()))
            if self._bytes <= self._max_bytes:
                return


def _size(row: LogRow) -> int:
    return ROW_BYTES + len(row.frame) + len(row.text)


def _fitting(rows: list[LogRow], limit: int, max_bytes: int) -> list[LogRow]:
    taken = size = 0
    for row in rows[:limit]:
        size += len(row.frame)
        if taken and size > max_bytes:
            break
        taken += 1
    return rows[:taken]
