"""The writing connection: what it promises when the disk is full, slow, gone, or the process is killed."""

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from store.durable import Batch, Doubled, LogRow, NotSaved, Unknown, committing, reading
from store.durable.committing import Committing
from tests.store.durable.rows import OTHER, PLENTY, ROOM, said, ticking

PROGRAM = [sys.executable, "-m", "tests.store.durable.committer"]


@pytest.fixture
def store(path: Path) -> Iterator[Committing]:
    """The writing side of a started store, one message in it."""
    store = Committing(path, partial(next, ticking()))
    store.start()
    store.commit(Batch(rows=[said(1)]))
    yield store
    store.close()


def link_of(store: Committing) -> sqlite3.Connection:
    assert store._link is not None
    return store._link


def seqs(path: Path, conversation: str = ROOM) -> list[int]:
    """What another connection sees."""
    link = sqlite3.connect(path)
    found = [row.seq for row in reading.after(link, conversation, 0, PLENTY, PLENTY)]
    link.close()
    return found


def test_a_full_disk_is_said_and_leaves_nothing(store: Committing, path: Path) -> None:
    (pages,) = link_of(store).execute("pragma page_count").fetchone()
    link_of(store).execute(f"pragma max_page_count = {pages}")
    with pytest.raises(NotSaved, match="The disk is full") as told:
        store.commit(Batch(rows=[said(2), said(3, frame=b"x" * 50_000)]))
    assert not isinstance(told.value, Unknown)
    assert seqs(path) == [1]
    link_of(store).execute(f"pragma max_page_count = {pages + 100}")
    store.commit(Batch(rows=[said(2), said(3, frame=b"x" * 50_000)]))
    assert seqs(path) == [1, 2, 3]


def test_a_file_that_turned_read_only_is_said_and_health_tells(store: Committing, path: Path) -> None:
    link_of(store).execute("pragma query_only = on")
    with pytest.raises(NotSaved, match="cannot be written"):
        store.commit(Batch(rows=[said(2)]))
    with pytest.raises(NotSaved, match="cannot be written"):
        store.check()
    link_of(store).execute("pragma query_only = off")
    store.check()
    assert seqs(path) == [1]


def test_another_program_in_the_way_is_said(store: Committing, path: Path) -> None:
    link_of(store).execute("pragma busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(NotSaved, match="Another program"):
        store.commit(Batch(rows=[said(2)]))
    other.execute("rollback")
    other.close()
    store.commit(Batch(rows=[said(2)]))
    assert seqs(path) == [1, 2]


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Writes past `size` bytes of any file fail, as on a disk with a quota."""
    resource = pytest.importorskip("resource", reason="Windows cannot limit the size of files")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)


def test_when_commit_itself_fails_nobody_claims_to_know(store: Committing, path: Path) -> None:
    wal = path.with_name("parley.db-wal")
    with no_file_longer_than(wal.stat().st_size + 5000), pytest.raises(Unknown):
        store.commit(Batch(rows=[said(2, frame=b"x" * 20_000)], answers=[("d1", "n1", b"kept")]))
    assert reading.answers(link_of(store), [("d1", "n1")]) == {}
    store.commit(Batch(rows=[said(2)], answers=[("d1", "n1", b"kept")]))
    assert seqs(path) == [1, 2]


def test_a_value_that_cannot_be_stored_is_a_bug_and_spoils_nothing(store: Committing, path: Path) -> None:
    half = "\ud83d"
    with pytest.raises(UnicodeEncodeError):
        store.commit(Batch(rows=[said(2), said(3, text=half)]))
    with pytest.raises(OverflowError):
        store.commit(Batch(rows=[said(2), said(2**70)]))
    with pytest.raises(sqlite3.IntegrityError):
        store.commit(Batch(rows=[said(2), LogRow(ROOM, 3, "message.sent", None, "a", "b", None)]))  # type: ignore[arg-type]
    assert seqs(path) == [1]
    store.commit(Batch(rows=[said(2)]))


def test_health_says_when_the_file_was_taken_away(store: Committing, path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows does not let an open file be moved")
    path.rename(path.with_name("elsewhere.db"))
    with pytest.raises(NotSaved, match="moved or deleted"):
        store.check()
    shutil.copy(path.with_name("elsewhere.db"), path)
    with pytest.raises(NotSaved, match="moved or deleted"):
        store.check()
    path.with_name("elsewhere.db").replace(path)
    store.check()


def test_health_tries_a_commit_when_none_was_lately(store: Committing, monkeypatch: pytest.MonkeyPatch) -> None:
    def checked_at() -> str:
        return reading.meta(link_of(store), "checked_at", "never")

    store.check()
    assert checked_at() == "never"
    monkeypatch.setattr(committing, "PROVEN_SECONDS", -1.0)
    store.check()
    assert checked_at() != "never"


def test_after_a_failure_health_believes_only_a_commit(store: Committing) -> None:
    with pytest.raises(Doubled):
        store.commit(Batch(rows=[said(1)]))
    store.check()
    assert reading.meta(link_of(store), "checked_at", "never") != "never"


def test_the_newest_clock_is_known_at_the_next_start(path: Path) -> None:
    times = iter([1_000_000, 2_000_000, 2_000_001, 1_500_000])  # creation, then three commits, the last after a reset
    store = Committing(path, partial(next, times))
    assert store.start().newest_at == 0
    for seq in (1, 2, 3):
        store.commit(Batch(rows=[said(seq)]))
    store.close()
    again = Committing(path, lambda: 0)
    assert again.start().newest_at == 2_000_000
    again.close()


SECRET = b"the password is swordfish"


def on_disk(path: Path) -> bool:
    """Whether any file of the store holds the secret."""
    return any(SECRET in file.read_bytes() for file in path.parent.iterdir())


@pytest.mark.parametrize("times", [1, 10, 1000])
def test_a_rewritten_text_leaves_the_disk_with_the_next_checkpoint(store: Committing, path: Path, times: int) -> None:
    store.commit(Batch(rows=[said(2, text=SECRET.decode() * times, frame=SECRET * times)]))
    store.checkpoint()
    assert on_disk(path)
    store.commit(Batch(rewrites=[said(2, text="", frame=b"")]))
    store.checkpoint()
    assert not on_disk(path)


def test_without_secure_delete_a_rewritten_text_would_stay(store: Committing, path: Path) -> None:
    link_of(store).execute("pragma secure_delete = off")
    store.commit(Batch(rows=[said(2, text=SECRET.decode() * 1000)]))
    store.commit(Batch(rewrites=[said(2, text="")]))
    store.checkpoint()
    assert on_disk(path)


def test_the_store_turns_its_promises_on(store: Committing) -> None:
    asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "fullfsync", "checkpoint_fullfsync")
    assert [link_of(store).execute(f"pragma {name}").fetchone()[0] for name in asked] == ["wal", 2, 1, 1, 1, 1]


def test_a_checkpoint_waits_for_nobody_and_works_when_they_are_gone(store: Committing, path: Path) -> None:
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from log").fetchall()
    store.commit(Batch(rows=[said(2)]))
    with pytest.raises(NotSaved, match="still reading"):
        store.checkpoint()
    store.commit(Batch(rows=[said(3)]))
    reader.execute("commit")
    reader.close()
    store.checkpoint()
    assert path.with_name("parley.db-wal").stat().st_size == 0
    assert seqs(path) == [1, 2, 3]


def test_a_store_killed_while_committing_has_all_it_said_it_kept(path: Path) -> None:
    kept = 0
    for more in (1, 25, 60):
        with subprocess.Popen([*PROGRAM, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(more)]
            process.kill()
            lines += process.stdout.readlines()
        whole = [line for line in lines if line.endswith(b"\n")]
        kept += len(whole)
        assert whole[-1] in (b"kept %d\n" % kept, b"kept %d\n" % (kept + 1))
        store = Committing(path, lambda: 0)
        ((_, _, last),) = store.start().shelves
        store.close()
        there = int(last)
        assert kept <= there <= kept + 1
        assert seqs(path) == seqs(path, OTHER) == list(range(1, there + 1))
        kept = there


def watched(path: Path, *, careless: bool) -> list[str]:
    """What the program asked of the system while it made 20 commits. Skips, saying why, where strace cannot look."""
    if shutil.which("strace") is None:
        pytest.skip(
            "strace is missing, which alone can show that the disk is waited for. On Debian: apt-get install strace"
        )
    trace = path.with_name("trace")
    command = ["strace", "-f", "-y", "-s", "32", "-o", str(trace), "-e", "trace=pwrite64,fdatasync,fsync,write"]
    environment = os.environ | ({"CARELESS": "1"} if careless else {})
    done = subprocess.run([*command, *PROGRAM, str(path), "20"], env=environment, capture_output=True, check=False)
    if done.returncode and b"ptrace" in done.stderr.lower():
        pytest.skip(f"strace may not look here: {os.strerror(errno.EPERM)}")
    assert done.stdout.splitlines()[-1] == b"kept 20"
    return trace.read_text(errors="replace").splitlines()


def kept_before_synced(lines: list[str]) -> tuple[int, int]:
    """How many `kept` were said, and how many of them while something written to the WAL was not yet on the disk."""
    said_kept = too_early = 0
    dirty = True
    syncing: set[str] = set()
    for line in lines:
        thread = line.split(maxsplit=1)[0]
        if re.search(r"pwrite64\(\d+<[^>]*-wal>", line):
            dirty = True
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal>", line):
            if line.endswith("= 0"):
                dirty = False
            elif "unfinished" in line:
                syncing.add(thread)
        elif re.search(r"<\.\.\. f(data)?sync resumed>.*= 0", line) and thread in syncing:
            syncing.discard(thread)
            dirty = False
        elif re.search(r'write\(1[^,]*, "kept ', line):
            said_kept += 1
            too_early += dirty
            dirty = True  # the next one needs a sync of its own
    return said_kept, too_early


def test_nothing_is_acknowledged_before_the_disk_has_it(path: Path) -> None:
    assert kept_before_synced(watched(path, careless=False)) == (20, 0)


def test_the_watch_would_notice_a_store_that_does_not_wait(path: Path) -> None:
    said_kept, too_early = kept_before_synced(watched(path, careless=True))
    assert said_kept == 20
    assert too_early > 15


def test_a_disk_that_fails_to_sync_is_never_acknowledged(path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is missing, which alone can make a sync fail. On Debian: apt-get install strace")
    subprocess.run([*PROGRAM, str(path), "1"], check=True, capture_output=True)
    inject = ["strace", "-f", "-o", os.devnull, "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=6+"]
    done = subprocess.run([*inject, *PROGRAM, str(path), "20"], capture_output=True, check=False)
    if b"ptrace" in done.stderr.lower():
        pytest.skip(f"strace may not look here: {os.strerror(errno.EPERM)}")
    kept = done.stdout.count(b"kept")
    assert done.returncode != 0
    assert b"Unknown: The disk reports an error" in done.stderr
    assert 0 < kept < 20
    assert seqs(path)[: 1 + kept] == list(range(1, 2 + kept))
