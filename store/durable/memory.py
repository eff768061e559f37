"""The store that keeps nothing after the process, for people who want that and for tests.

It holds to the same contract as the others, the restart excepted. Everything happens on the event loop and at once.
"""

import secrets
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from store.durable import NEWEST, Batch, Doubled, Loaded, LogRow, NotRead, NotSaved


class Memory:
    """A `Durable` in three dicts."""

    def __init__(self) -> None:
        self._epoch = secrets.token_hex(8)
        self._log: dict[str, list[LogRow]] = {}  # in order of seq
        self._shelves: dict[tuple[str, str], bytes] = {}
        self._answers: dict[tuple[str, str], bytes] = {}
        self._open = False

    async def start(self) -> Loaded:
        self._open = True
        shelves = [(table, key, value) for (table, key), value in sorted(self._shelves.items())]
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

    async def before(self, conversation: str, before: int, limit: int) -> list[LogRow]:
        rows = self._rows(conversation)
        end = bisect_left(rows, before, key=_seq)
        return rows[max(0, end - limit) : end]

    async def row(self, conversation: str, seq: int) -> LogRow | None:
        self._require_open()
        return self._at(conversation, seq)

    async def aimed_at(self, conversation: str, targets: Sequence[int]) -> list[LogRow]:
        wanted = set(targets)
        return [row for row in self._rows(conversation) if row.target in wanted]

    async def unread(self, conversation: str, after: int, reader: str, limit: int, through: int = NEWEST) -> int:
        rows = self._rows(conversation)
        rows = rows[: bisect_right(rows, through, key=_seq)]
        gone = {row.target for row in rows if row.name == "message.deleted"}
        said = (
            row
            for row in rows[bisect_right(rows, after, key=_seq) :]
            if row.name == "message.sent" and row.author != reader and row.seq not in gone
        )
        return sum(1 for _, _ in zip(range(limit), said, strict=False))

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

    def _require_open(self) -> None:
        if not self._open:
            raise NotRead("The store is closed.")


def _seq(row: LogRow) -> int:
    return row.seq
