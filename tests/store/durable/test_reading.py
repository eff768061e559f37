"""The questions put to SQLite: answered by an index, and as the store in memory answers them."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.durable import NEWEST, Batch, LogRow, NotSaved, reading
from store.durable.committing import Committing
from store.durable.memory import Memory
from store.durable.schema import connect
from tests.store.durable.rows import ANNA, BEN, OTHER, ROOM


def plan(path: Path, ask: str, *values: str | int) -> str:
    link = connect(path)
    lines = [line[3] for line in link.execute(f"explain query plan {ask}", values)]
    link.close()
    return "; ".join(lines)


@pytest.fixture
def created(path: Path) -> Path:
    committing = Committing(path, lambda: 0)
    committing.start()
    committing.close()
    return path


def test_no_question_walks_a_whole_table(created: Path) -> None:
    seen: list[str] = []
    link = connect(created)
    link.set_trace_callback(seen.append)
    reading.answers(link, [("d", "n")])
    reading.after(link, ROOM, 0, 10, 10)
    reading.before(link, ROOM, 9, 10)
    reading.row(link, ROOM, 1)
    reading.aimed_at(link, ROOM, [1, 2])
    reading.unread(link, ROOM, 0, BEN, 100)
    link.close()
    assert len(seen) == 6
    plans = [plan(created, ask) for ask in seen]
    assert not [said for said in plans if "SCAN log" in said or "SCAN answers" in said]
    assert all("SEARCH" in said for said in plans)
    assert not [said for said in plans[:4] if "TEMP B-TREE" in said]


def test_unread_is_counted_in_an_index_alone(created: Path) -> None:
    said = plan(created, reading.UNREAD, ROOM, 0, 9, BEN, 9, 100)
    assert "COVERING INDEX log_said (conversation=? AND seq>? AND seq<?)" in said
    assert "COVERING INDEX log_target (conversation=? AND target=? AND name=? AND seq<?)" in said


seqs = st.integers(1, 12)
conversations = st.sampled_from([ROOM, OTHER])
rows = st.builds(
    LogRow,
    conversation=conversations,
    seq=seqs,
    name=st.sampled_from(["message.sent", "message.deleted", "reaction.changed"]),
    target=st.none() | seqs,
    author=st.sampled_from([ANNA, BEN]),
    text=st.text(st.characters(codec="utf-8"), max_size=4),
    frame=st.binary(max_size=6),
)
batches = st.builds(
    Batch,
    rows=st.lists(rows, max_size=4),
    shelves=st.lists(
        st.tuples(st.sampled_from(["people", "files"]), st.sampled_from("abc"), st.none() | st.binary(max_size=3)),
        max_size=4,
    ),
    answers=st.lists(
        st.tuples(st.sampled_from(["d1", "d2"]), st.sampled_from(["n1", "n2", "n3"]), st.binary()), max_size=2
    ),
    rewrites=st.lists(rows, max_size=1),
)


def committed(store: Committing, batch: Batch) -> str:
    """What came of it: "kept" or the name of the refusal."""
    try:
        store.commit(batch)
    except NotSaved as error:
        return type(error).__name__
    return "kept"


async def remembered(store: Memory, batch: Batch) -> str:
    """The same of the other store."""
    try:
        await store.commit(batch)
    except NotSaved as error:
        return type(error).__name__
    return "kept"


async def compare(on_disk: Committing, memory: Memory, limit: int, max_bytes: int) -> None:
    """Asks both everything there is to ask."""
    link = on_disk._link
    assert link is not None
    for conversation in (ROOM, OTHER):
        for seq in range(14):
            at = (conversation, seq)
            assert reading.row(link, *at) == await memory.row(*at)
            assert reading.before(link, *at, limit) == await memory.before(*at, limit)
            assert reading.after(link, *at, limit, max_bytes) == await memory.after(*at, limit, max_bytes)
            assert reading.aimed_at(link, conversation, [seq, 1]) == await memory.aimed_at(conversation, [seq, 1])
            for reader in (ANNA, BEN):
                for through in (seq + 2, NEWEST):
                    asked = (*at, reader, limit, through)
                    assert reading.unread(link, *asked) == await memory.unread(*asked)
    asked = [(device, nonce) for device in ("d1", "d2") for nonce in ("n1", "n2", "n3")]
    assert reading.answers(link, asked) == await memory.answers(asked)
    assert reading.shelves(link) == (await memory.start()).shelves


@settings(max_examples=60)
@given(st.lists(batches, max_size=12), st.integers(1, 5), st.integers(0, 20))
def test_both_stores_answer_alike_whatever_was_committed(history: list[Batch], limit: int, max_bytes: int) -> None:
    async def live(folder: Path) -> None:
        on_disk, memory = Committing(folder / "parley.db", lambda: 0), Memory()
        on_disk.start()
        await memory.start()
        for batch in history:
            assert committed(on_disk, batch) == await remembered(memory, batch)
        await compare(on_disk, memory, limit, max_bytes)
        on_disk.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(Path(folder)))
