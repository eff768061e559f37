"""The rows of many logs in the order in which they were said, page by page: how the index catches up with the store."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from heapq import heapify, heappop, heapreplace
from typing import Any

from store.durable import LogRow
from store.search.changes import read_change
from store.search.index import Step

ROOM = 20_000  # rows held at a time, of all logs together
PAGE = 200  # of one log
PAGE_BYTES = 256 * 1024

Read = Callable[[str, int, int, int], Coroutine[Any, Any, list[LogRow]]]
"""The rows of a conversation above a seq: at most so many, and so many bytes."""


class Log:
    """What is not yet in the index of one conversation's log."""

    def __init__(self, read: Read, conversation: str, upto: int, page: int) -> None:
        self._read = read
        self._conversation = conversation
        self._upto = upto
        self._page = page
        self._rows: deque[LogRow] = deque()
        self._at = 0  # only rises, so that a clock set back does not put an edit before its message

    async def next(self) -> tuple[int, Step] | None:
        """The next row and when it was said."""
        if not self._rows:
            self._rows.extend(await self._read(self._conversation, self._upto, self._page, PAGE_BYTES))
        if not self._rows:
            return None
        row = self._rows.popleft()
        self._upto = row.seq
        at, change = read_change(row)
        self._at = max(self._at, at)
        return self._at, (row.conversation, row.seq, change)


async def merged(read: Read, behind: Mapping[str, int], batch: int) -> AsyncIterator[list[Step]]:
    """The rows above these seqs, oldest first, in batches; each log's own order is kept."""
    page = max(4, min(PAGE, ROOM // max(1, len(behind))))
    heap = []
    for number, (conversation, upto) in enumerate(behind.items()):
        log = Log(read, conversation, upto, page)
        if first := await log.next():
            heap.append((first[0], number, first[1], log))
    heapify(heap)
    steps = list[Step]()
    while heap:
        _, number, step, log = heap[0]
        steps.append(step)
        if following := await log.next():
            heapreplace(heap, (following[0], number, following[1], log))
        else:
            heappop(heap)
        if len(steps) >= batch:
            yield steps
            steps = []
    if steps:
        yield steps
