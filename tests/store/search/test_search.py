"""The index follows its store: from nothing, after a kill, after damage, and never in anybody's way."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path

import pytest

import store.search as front
from store.search import NotReady, Question, Search
from tests.house.tree import ROOT
from tests.store.search.logs import A, B, Logs, caught_up, until


def run(test: Callable[[Path], Awaitable[None]]) -> Callable[[Path], None]:
    """An async test that is given a folder."""

    @wraps(test)
    def sync(tmp_path: Path) -> None:
        asyncio.run(test(tmp_path))  # type: ignore[arg-type]

    return sync


@run
async def test_what_is_said_is_found_a_moment_later(tmp_path: Path) -> None:
    logs = Logs()
    search = logs.start(Search(tmp_path / "search.db"))
    seq = logs.says(A, "hello")
    assert await logs.found("hello") == [(A, seq)]
    logs.edits(A, seq, "goodbye")
    assert await logs.found("hello") == []
    assert await logs.found("goodbye") == [(A, seq)]
    logs.deletes(A, seq)
    assert await logs.found("goodbye") == []
    await search.close()


@run
async def test_an_index_is_made_from_nothing_in_order_of_time(tmp_path: Path) -> None:
    logs = Logs()
    told = [(place, logs.says(place, "apple")) for place in (A, B, A, A, B, A)]
    search = logs.start(Search(tmp_path / "search.db"))
    assert await logs.found("apple") == told[::-1]
    assert search.is_ready()
    await search.close()


@run
async def test_until_there_is_an_index_it_says_so(tmp_path: Path) -> None:
    logs = Logs()
    logs.says(A, "apple")
    search = logs.start(Search(tmp_path / "search.db"))
    assert not search.is_ready()
    with pytest.raises(NotReady):
        await search.find(Question({}, "apple"))
    await caught_up(search)
    await search.close()
    with pytest.raises(NotReady):
        await search.find(Question({}, "apple"))


@run
async def test_what_was_said_meanwhile_is_caught_up_with_at_the_next_start(tmp_path: Path) -> None:
    logs = Logs()
    logs.says(A, "apple one")
    await logs.start(Search(tmp_path / "search.db")).close()
    first = logs.start(Search(tmp_path / "search.db"))
    await caught_up(first)
    await first.close()
    logs.search = None
    logs.says(B, "apple two")
    logs.edits(A, 1, "pear")
    asked = list[int]()
    again = Search(tmp_path / "search.db")
    read = logs.read

    async def counted(place: str, after: int, limit: int, max_bytes: int) -> list[front.Found]:
        asked.append(after)
        return await read(place, after, limit, max_bytes)  # type: ignore[return-value]

    again.start(counted, [(A, 2), (B, 1)], "epoch")  # type: ignore[arg-type]
    logs.search = again
    assert await logs.found("apple") == [(B, 1)]
    assert await logs.found("pear") == [(A, 1)]
    assert sorted(asked) == [0, 1, 1, 2], "only what is new is read"
    await again.close()


@pytest.mark.parametrize("harm", ["lost", "garbage", "another epoch", "from the future"])
def test_an_index_that_is_no_good_is_made_anew(tmp_path: Path, harm: str) -> None:
    async def lives() -> None:
        path, logs = tmp_path / "search.db", Logs()
        for at in range(50):
            logs.says(A, f"apple {at}")
        first = logs.start(Search(path))
        await caught_up(first)
        await first.close()
        if harm == "lost":
            path.unlink()
        elif harm == "garbage":
            path.write_bytes(b"garbage" * 1000)
        elif harm == "from the future":  # the store was put back from an older backup
            logs.rows[A] = logs.rows[A][:20]
        search = logs.start(Search(path), "another" if harm == "another epoch" else "epoch")
        count = 20 if harm == "from the future" else 50
        answer = await logs.asks("apple", limit=60)
        assert [hit.seq for hit in answer.hits] == list(range(count, 0, -1))
        await search.close()

    asyncio.run(lives())


@run
async def test_damage_that_is_met_while_it_runs_is_mended(tmp_path: Path) -> None:
    path, logs = tmp_path / "search.db", Logs()
    for at in range(3000):
        logs.says(A, f"apple {at} and some more words to fill a page")
    first = logs.start(Search(path))
    await caught_up(first)
    await first.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(size - 8192))
    search = logs.start(Search(path))
    for _ in range(3):
        try:
            answer = await logs.asks("apple 77", limit=5)
            break
        except NotReady:
            await caught_up(search)
    assert answer.hits
    await search.close()


@run
async def test_a_log_that_cannot_be_read_now_is_read_later(tmp_path: Path) -> None:
    logs = Logs()
    logs.says(A, "apple")
    read, fails = logs.read, [True]

    async def fickle(place: str, after: int, limit: int, max_bytes: int) -> list[front.Found]:
        if fails.pop() if fails else False:
            raise sqlite3.OperationalError("disk I/O error")
        return await read(place, after, limit, max_bytes)  # type: ignore[return-value]

    search = Search(tmp_path / "search.db")
    search.start(fickle, [(A, 1)], "epoch")  # type: ignore[arg-type]
    await until(lambda: search._timers.is_set("again"))
    search._timers.fire("again")
    logs.search = search
    assert await logs.found("apple") == [(A, 1)]
    await search.close()


@run
async def test_deleted_words_leave_the_file_by_themselves(tmp_path: Path) -> None:
    secret = "𒀀𒀁𒀂𒀃𒀄"
    path, logs = tmp_path / "search.db", Logs()
    search = logs.start(Search(path, tidy_seconds=0.01))
    logs.says(A, secret)
    logs.says(A, "stays")
    assert await logs.found(secret) == [(A, 1)]
    logs.deletes(A, 1)
    await until(lambda: not any(one.encode() in file.read_bytes() for file in tmp_path.iterdir() for one in secret))
    assert await logs.found("stays") == [(A, 2)]
    await search.close()


@run
async def test_deletions_one_after_another_do_not_put_it_off(tmp_path: Path) -> None:
    logs = Logs()
    search = logs.start(Search(tmp_path / "search.db", tidy_seconds=1000))
    for _ in range(3):
        seq = logs.says(A, "gone")
        assert await logs.found("gone") == [(A, seq)]
        logs.deletes(A, seq)
        await caught_up(search)
    due = search._timers._set["tidy"][0].when()
    logs.deletes(A, logs.says(A, "gone"))
    await caught_up(search)
    assert search._timers._set["tidy"][0].when() == due
    await search.close()
    again = logs.start(Search(tmp_path / "search.db", tidy_seconds=1000))
    await caught_up(again)
    assert again._timers.is_set("tidy"), "what is still to be done outlives a restart"
    await again.close()


@run
async def test_closing_in_the_middle_of_catching_up_does_not_wait_for_the_end(tmp_path: Path) -> None:
    logs = Logs()
    for at in range(5 * front.BATCH):
        logs.says(A, f"apple {at}")
    search = logs.start(Search(tmp_path / "search.db"))
    await until(lambda: bool(search._upto))
    await search.close()
    again = logs.start(Search(tmp_path / "search.db"))
    assert len((await logs.asks("apple", limit=50)).hits) == 50
    await again.close()


KILLED = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from store.search import Search
from tests.store.search.logs import A, Logs

async def main():
    logs = Logs()
    for at in range(5000):
        logs.says(A, f"apple {{at}}")
    search = logs.start(Search(Path({folder!r}) / "search.db"))
    while search._upto.get(A, 0) < 1000:
        await asyncio.sleep(0)
    print(search._upto[A], flush=True)
    while True:
        await asyncio.sleep(0.01)

asyncio.run(main())
"""


def test_an_index_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    code = KILLED.format(root=str(ROOT), folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        reached = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
    assert reached >= 1000

    async def lives() -> None:
        logs = Logs()
        for at in range(5000):
            logs.says(A, f"apple {at}")
        search = logs.start(Search(tmp_path / "search.db"))
        await until(lambda: search._opened is not None)
        assert search._upto[A] >= reached
        seen, more = list[int](), None
        while True:
            answer = await logs.asks("apple", limit=50, older_than=more)
            seen += [hit.seq for hit in answer.hits]
            if (more := answer.more) is None:
                break
        assert seen == list(range(5000, 0, -1))
        await search.close()

    asyncio.run(lives())
