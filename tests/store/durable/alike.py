"""Histories of batches, and everything there is to ask: what a store on disk answers is what the one in memory does."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from store.durable import NEWEST, Batch, LogRow, NotSaved
from store.durable.asking import Questions
from store.durable.committing import Committing
from store.durable.memory import Memory
from store.durable.postgres.committing import Committing as Other
from tests.store.durable.rows import ANNA, BEN, OTHER, ROOM

L = TypeVar("L")
Link = TypeVar("Link", contravariant=True)


class AllQuestions(Questions[Link], Protocol[Link]):
    """What is asked at the start, too."""

    def shelves(self, link: Link, cold: Sequence[str]) -> list[tuple[str, str, bytes]]: ...


seqs = st.integers(1, 12)
conversations = st.sampled_from([ROOM, OTHER])
rows = st.builds(
    LogRow,
    conversation=conversations,
    seq=seqs,
    name=st.sampled_from(["message.sent", "message.sent", "message.deleted", "reaction.changed"]),
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


def committed(store: Committing | Other, batch: Batch) -> str:
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


async def compare(link: L, reading: AllQuestions[L], memory: Memory, limit: int, max_bytes: int) -> None:
    """Asks both everything there is to ask."""
    for conversation in (ROOM, OTHER):
        for seq in range(14):
            at = (conversation, seq)
            assert reading.rows(link, [at]) == await memory.rows([at])
            assert reading.entries_before(link, *at, limit) == await memory.entries_before(*at, limit)
            assert reading.entries_after(link, *at, limit) == await memory.entries_after(*at, limit)
            assert reading.after(link, *at, limit, max_bytes) == await memory.after(*at, limit, max_bytes)
            assert reading.answers_before(link, at, 9, limit) == await memory.answers_before(at, 9, limit)
            assert reading.answers_after(link, at, 2, limit) == await memory.answers_after(at, 2, limit)
            for names in (["message.deleted"], ["message.deleted", "reaction.changed"]):
                places = [at, (conversation, 1)]
                assert reading.aimed_at(link, places, names) == await memory.aimed_at(places, names)
                some = (places, names, seq, limit)
                assert reading.aimed_at(link, *some) == await memory.aimed_at(*some)
            for reader in (ANNA, BEN):
                for through in (seq + 2, NEWEST):
                    asked = (*at, reader, limit, through)
                    assert reading.unread(link, *asked) == await memory.unread(*asked)
    keys = [(device, nonce) for device in ("d1", "d2") for nonce in ("n1", "n2", "n3")]
    assert reading.answers(link, keys) == await memory.answers(keys)
    for cold in ([], ["files"]):
        assert reading.shelves(link, cold) == (await memory.start(cold)).shelves
    for table in ("people", "files"):
        assert reading.kept(link, table, ["a", "b"]) == await memory.kept(table, ["a", "b"])
        for after in ("", "a", "b"):
            under = (table, "", after, limit)
            assert reading.kept_under(link, *under) == await memory.kept_under(*under)
