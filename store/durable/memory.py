"""The store that keeps nothing after the process, for people who want that and for tests.

It holds to the same contract as the others, the restart excepted. Everything happens on the event loop and at once.
"""

import secrets
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from itertools import islice

from store.durable import NEWEST, Batch, Doubled, Loaded, LogRow, NotRead, NotSaved, Place


class Memory:
    """A `Durable` in three dicts."""

    def __init__(self) -> None:
        self._epoch = secrets.token_hex(8)
        self._log: dict[str, list[LogRow]] = {}  # in order of seq
        self._shelves: dict[tuple[str, str], bytes] = {}
        self._answers: dict[tuple[str, str], bytes] = {}
        self._open = False

    async def start(self, cold: Sequence[str] = ()) -> Loaded:
        self._open = True
        shelves = [(*key, value) for key, value in sorted(self._shelves.items()) if key[0] not in cold]
        return Loaded(self._epoch, shelves, newest_at=0)

    async def answers(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
        self._require_open()
        return {key: self._answers[key] for key in keys if key in self._answers}

    async def commit(self, batch: Batch) -> None:
        if not self._open:
            raise NotSaved("The store is closed.")
        self._refuse_doubles(batch)
        for row in batch.rows:
            insort(self._log.setdefault(row.conversation, []), row, key=_seq)
        for row in batch.rewrites:
            rows = self._log[row.conversation]
            rows[bisect_left(rows, row.seq, key=_seq)] = row
        for table, key, value in batch.shelves:
            if value is None:
                self._shelves.pop((table, key), None)
            else:
                self._shelves[table, key] = value
        self._answers.update({(device, nonce): answer for device, nonce, answer in batch.answers})

    async def after(self, conversation: str, after: int, limit: int, max_bytes: int) -> list[LogRow]:
        rows = self._rows(conversation)
        first = bisect_right(rows, after, key=_seq)
        page: list[LogRow] = []
        for row in rows[first : first + limit]:
            max_bytes -= len(row.frame)
            if page and max_bytes < 0:
                break
            page.append(row)
        return page

    async def entries_before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        rows = self._rows(conversation)
        below = reversed(rows[: bisect_left(rows, before, key=_seq)])
        return list(islice((row for row in below if row.target is None), limit))[::-1]

    async def entries_after(self, conversation: str, after: int, limit: int) -> list[LogRow]:
        rows = self._rows(conversation)
        above = rows[bisect_right(rows, after, key=_seq) :]
        return list(islice((row for row in above if row.target is None), limit))

    async def answers_before(self, place: Place, before: int, limit: int) -> list[LogRow]:
        return [row for row in self._thread(place) if row.seq < before][-limit:]

    async def answers_after(self, place: Place, after: int, limit: int) -> list[LogRow]:
        return [row for row in self._thread(place) if row.seq > after][:limit]

    async def rows(self, places: Sequence[Place]) -> dict[Place, LogRow]:
        self._require_open()
        return {place: row for place in places if (row := self._at(*place))}

    async def aimed_at(
        self, places: Sequence[Place], names: Sequence[str], after: int = 0, limit: int = NEWEST
    ) -> dict[Place, list[LogRow]]:
        found: dict[Place, list[LogRow]] = {}
        for place in places:
            rows = self._rows(place[0])
            above = rows[bisect_right(rows, after, key=_seq) :]
            aimed = (row for row in above if row.target == place[1] and row.name in names)
            found[place] = list(islice(aimed, limit))
        return {place: rows for place, rows in found.items() if rows}

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        rows = self._rows(conversation)
        rows = rows[: bisect_right(rows, through, key=_seq)]
        gone = {row.target for row in rows if row.name == "message.deleted"}
        above = rows[bisect_right(rows, after, key=_seq) :]
        said = (row for row in above if row.name == "message.sent" and row.target is None)
        return sum(1 for _ in islice((row for row in said if row.author != reader and row.seq not in gone), limit))

    async def kept(self, table: str, keys: Sequence[str]) -> dict[str, bytes]:
        self._require_open()
        return {key: self._shelves[table, key] for key in keys if (table, key) in self._shelves}

    async def kept_under(self, table: str, prefix: str, after: str, limit: int) -> list[tuple[str, bytes]]:
        self._require_open()
        keys = sorted(key for name, key in self._shelves if name == table and key.startswith(prefix) and key > after)
        return [(key, self._shelves[table, key]) for key in keys[:limit]]

    async def check(self) -> None:
        if not self._open:
            raise NotSaved("The store is closed.")

    async def close(self) -> None:
        self._open = False

    def _refuse_doubles(self, batch: Batch) -> None:
        numbers = [(row.conversation, row.seq) for row in batch.rows]
        if len(set(numbers)) < len(numbers) or any(self._at(*number) for number in numbers):
            raise Doubled("A number of a conversation's log was given twice.")
        keys = [(device, nonce) for device, nonce, _ in batch.answers]
        if len(set(keys)) < len(keys) or any(key in self._answers for key in keys):
            raise Doubled("A nonce was answered twice.")
        new = set(numbers)
        if any(
            (row.conversation, row.seq) not in new and not self._at(row.conversation, row.seq) for row in batch.rewrites
        ):
            raise NotSaved("A row to be rewritten is not there.")

    def _at(self, conversation: str, seq: int) -> LogRow | None:
        rows = self._log.get(conversation, [])
        place = bisect_left(rows, seq, key=_seq)
        return rows[place] if place < len(rows) and rows[place].seq == seq else None

    def _rows(self, conversation: str) -> list[LogRow]:
        self._require_open()
        return self._log.get(conversation, [])

    def _thread(self, place: Place) -> list[LogRow]:
        conversation, root = place
        return [row for row in self._rows(conversation) if row.target == root and row.name == "message.sent"]

    def _require_open(self) -> None:
        if not self._open:
            raise NotRead("The store is closed.")


def _seq(row: LogRow) -> int:
    return row.seq
