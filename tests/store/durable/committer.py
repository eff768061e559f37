"""A program that commits and says so, to be killed and watched: `python -m tests.store.durable.committer FILE [COUNT]`.

Each batch puts one row into each of two conversations, an answer and a shelf row, all with the same number. The line
`kept N` is written only after the commit returned. With CARELESS=1 it does not wait for the disk, as no store should.
"""

import asyncio
import os
import sys
import time
from itertools import count
from pathlib import Path

from store.durable import Batch
from store.durable.sqlite import Sqlite
from tests.store.durable.rows import OTHER, said


async def commit_on(path: Path, times: int | None) -> None:
    store = Sqlite(path, lambda: time.time_ns() // 1_000_000)
    loaded = await store.start()
    if os.environ.get("CARELESS"):
        store._committing._link.execute("pragma synchronous = normal")
    first = max((int(value) for _, _, value in loaded.shelves), default=0) + 1
    for seq in count(first):
        if times is not None and seq >= first + times:
            break
        await store.commit(
            Batch(
                rows=[said(seq), said(seq, conversation=OTHER)],
                shelves=[("counts", "last", b"%d" % seq)],
                answers=[("d1", f"n{seq}", b"%d" % seq)],
            )
        )
        os.write(1, b"kept %d\n" % seq)
    await store.close()


if __name__ == "__main__":
    asyncio.run(commit_on(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
