"""The contract of the durable port, run over every store behind it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from store.durable import Batch, Doubled, Durable, Loaded, LogRow, NotRead, NotSaved
from tests.store.durable.rows import ANNA, BEN, OTHER, PLENTY, ROOM, deleted, said

pytestmark = pytest.mark.gen_test
Restart = Callable[..., Awaitable[Loaded]]


def seqs(rows: list[LogRow]) -> list[int]:
    return [row.seq for row in rows]


async def everything(durable: Durable) -> tuple[list[LogRow], list[LogRow], dict[tuple[str, str], bytes]]:
    """What stands, as far as these tests write."""
    return (
        await durable.after(ROOM, 0, 1000, PLENTY),
        await durable.after(OTHER, 0, 1000, PLENTY),
        await durable.answers([("d1", "n1"), ("d1", "n2"), ("d2", "n1")]),
    )


async def one(durable: Durable, seq: int) -> LogRow | None:
    """One row of the room."""
    return (await durable.rows([(ROOM, seq)])).get((ROOM, seq))


async def test_what_was_committed_is_read_as_it_was(durable: Durable) -> None:
    row = LogRow(ROOM, 1, "call.picked_up", 7, ANNA, "ärger 🎈 \0 end", bytes(range(256)))
    await durable.commit(Batch(rows=[row], answers=[("d1", "n1", b"\x00\xff")]))
    assert await one(durable, 1) == row
    assert await durable.after(ROOM, 0, 10, PLENTY) == [row]
    assert await durable.aimed_at([(ROOM, 7)], ["call.picked_up"]) == {(ROOM, 7): [row]}
    assert await durable.answers([("d1", "n1")]) == {("d1", "n1"): b"\x00\xff"}


async def test_what_was_never_written_is_not_there(durable: Durable) -> None:
    assert await one(durable, 1) is None
    assert await durable.after(ROOM, 0, 10, PLENTY) == []
    assert await durable.entries_before(ROOM, 10, 10) == []
    assert await durable.aimed_at([(ROOM, 1)], ["message.deleted"]) == {}
    assert await durable.rows([(ROOM, 1)]) == {}
    assert await durable.kept("standing", ["a"]) == {}
    assert await durable.unread(ROOM, 0, BEN, 100) == 0
    assert await durable.answers([]) == {}
    assert await durable.answers([("d1", "n1")]) == {}


async def test_pages_forward_are_in_order_and_meet_at_their_edges(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(seq) for seq in (3, 1, 2)]))
    await durable.commit(Batch(rows=[said(seq) for seq in (4, 5)]))
    assert seqs(await durable.after(ROOM, 0, 2, PLENTY)) == [1, 2]
    assert seqs(await durable.after(ROOM, 2, 2, PLENTY)) == [3, 4]
    assert seqs(await durable.after(ROOM, 4, 2, PLENTY)) == [5]
    assert seqs(await durable.after(ROOM, 5, 2, PLENTY)) == []
    assert seqs(await durable.after(ROOM, 99, 2, PLENTY)) == []
    assert seqs(await durable.after(ROOM, 0, 5, PLENTY)) == [1, 2, 3, 4, 5]


async def test_pages_backward_are_in_order_and_meet_at_their_edges(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(seq) for seq in range(1, 6)]))
    assert seqs(await durable.entries_before(ROOM, 6, 2)) == [4, 5]
    assert seqs(await durable.entries_before(ROOM, 4, 2)) == [2, 3]
    assert seqs(await durable.entries_before(ROOM, 2, 2)) == [1]
    assert seqs(await durable.entries_before(ROOM, 1, 2)) == []
    assert seqs(await durable.entries_before(ROOM, 0, 2)) == []
    assert seqs(await durable.entries_before(ROOM, 99, 99)) == [1, 2, 3, 4, 5]


async def test_numbers_past_the_tenth_keep_their_order(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(seq) for seq in range(1, 121)]))
    assert seqs(await durable.after(ROOM, 8, 4, PLENTY)) == [9, 10, 11, 12]
    assert seqs(await durable.entries_before(ROOM, 101, 3)) == [98, 99, 100]


async def test_a_page_never_reaches_into_the_next_conversation(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1), said(2), said(1, conversation=OTHER), said(2, conversation=OTHER)]))
    for conversation in (ROOM, OTHER):
        assert {row.conversation for row in await durable.after(conversation, 0, 10, PLENTY)} == {conversation}
        assert {row.conversation for row in await durable.entries_before(conversation, 10, 10)} == {conversation}
        assert await durable.unread(conversation, 0, BEN, 100) == 2


async def test_a_page_stops_before_it_grows_too_heavy(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(seq, frame=b"x" * 100) for seq in range(1, 6)]))
    assert seqs(await durable.after(ROOM, 0, 10, 300)) == [1, 2, 3]
    assert seqs(await durable.after(ROOM, 0, 10, 299)) == [1, 2]
    assert seqs(await durable.after(ROOM, 0, 10, 301)) == [1, 2, 3]
    assert seqs(await durable.after(ROOM, 0, 2, 300)) == [1, 2]


async def test_a_page_holds_one_row_however_heavy_so_nobody_is_stuck(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1, frame=b"x" * 1000), said(2)]))
    assert seqs(await durable.after(ROOM, 0, 10, 10)) == [1]
    assert seqs(await durable.after(ROOM, 0, 10, 0)) == [1]


async def test_a_number_is_given_once(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1, text="first")]))
    with pytest.raises(Doubled):
        await durable.commit(Batch(rows=[said(1, text="second")]))
    with pytest.raises(Doubled):
        await durable.commit(Batch(rows=[said(2), said(2)]))
    assert [row.text for row in await durable.after(ROOM, 0, 10, PLENTY)] == ["first"]


async def test_a_nonce_is_answered_once(durable: Durable) -> None:
    await durable.commit(Batch(answers=[("d1", "n1", b"first")]))
    with pytest.raises(Doubled):
        await durable.commit(Batch(answers=[("d1", "n1", b"second")]))
    with pytest.raises(Doubled):
        await durable.commit(Batch(answers=[("d1", "n2", b"a"), ("d1", "n2", b"b")]))
    assert await durable.answers([("d1", "n1"), ("d1", "n2")]) == {("d1", "n1"): b"first"}


async def test_one_nonce_of_two_devices_has_two_answers(durable: Durable) -> None:
    await durable.commit(Batch(answers=[("d1", "n1", b"of one"), ("d2", "n1", b"of two")]))
    asked = [("d2", "n1"), ("d1", "n1"), ("d1", "n2")]
    assert await durable.answers(asked) == {("d1", "n1"): b"of one", ("d2", "n1"): b"of two"}


async def test_answers_are_kept_however_much_comes_after(durable: Durable) -> None:
    await durable.commit(Batch(answers=[("d1", "n1", b"the first")]))
    for seq in range(1, 301):
        await durable.commit(Batch(rows=[said(seq)], answers=[("d1", f"later {seq}", b"x")]))
    assert await durable.answers([("d1", "n1")]) == {("d1", "n1"): b"the first"}


SPOILERS = {
    "a row that is there": Batch(rows=[said(1)]),
    "a row twice": Batch(rows=[said(9), said(9)]),
    "an answer that is there": Batch(answers=[("d1", "n1", b"again")]),
    "a rewrite of nothing": Batch(rewrites=[said(77)]),
}


@pytest.mark.parametrize("spoiler", SPOILERS)
async def test_a_batch_that_cannot_be_kept_whole_leaves_nothing(durable: Durable, spoiler: str) -> None:
    await durable.commit(Batch(rows=[said(1)], answers=[("d1", "n1", b"first")], shelves=[("people", "a", b"old")]))
    before = await everything(durable)
    bad = SPOILERS[spoiler]
    with pytest.raises(NotSaved):
        await durable.commit(
            Batch(
                rows=[said(2), said(1, conversation=OTHER), *bad.rows],
                answers=[("d2", "n1", b"new"), *bad.answers],
                shelves=[("people", "a", b"new"), ("people", "b", b"new")],
                rewrites=[said(1, text=""), *bad.rewrites],
            )
        )
    assert await everything(durable) == before


@pytest.mark.parametrize("spoiler", SPOILERS)
async def test_after_a_failed_commit_the_next_one_is_kept(durable: Durable, spoiler: str) -> None:
    await durable.commit(Batch(rows=[said(1)], answers=[("d1", "n1", b"first")]))
    with pytest.raises(NotSaved):
        await durable.commit(SPOILERS[spoiler])
    await durable.commit(Batch(rows=[said(2)], answers=[("d1", "n2", b"second")]))
    assert seqs(await durable.after(ROOM, 0, 10, PLENTY)) == [1, 2]


async def test_a_rewritten_row_says_only_the_new(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1, text="a secret", frame=b"a secret"), said(2)]))
    blank = said(1, text="", frame=b"blank")
    await durable.commit(Batch(rows=[deleted(3, 1)], rewrites=[blank]))
    assert await one(durable, 1) == blank
    assert await durable.after(ROOM, 0, 10, PLENTY) == [blank, said(2), deleted(3, 1)]


async def test_a_row_may_be_rewritten_in_the_batch_that_brings_it(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1, text="a secret"), deleted(2, 1)], rewrites=[said(1, text="")]))
    assert await one(durable, 1) == said(1, text="")


async def test_unread_are_the_messages_of_others_above_the_mark(durable: Durable) -> None:
    other_things = LogRow(ROOM, 4, "call.rang", None, ANNA, "", b"ring")
    await durable.commit(Batch(rows=[said(1), said(2), said(3, author=BEN), other_things, said(5)]))
    assert await durable.unread(ROOM, 0, BEN, 100) == 3
    assert await durable.unread(ROOM, 2, BEN, 100) == 1
    assert await durable.unread(ROOM, 5, BEN, 100) == 0
    assert await durable.unread(ROOM, 0, ANNA, 100) == 1


async def test_unread_is_counted_only_so_far(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(seq) for seq in range(1, 121)]))
    assert await durable.unread(ROOM, 0, BEN, 100) == 100
    assert await durable.unread(ROOM, 21, BEN, 100) == 99


async def test_a_deleted_message_is_no_longer_unread(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1), said(2), said(1, conversation=OTHER)]))
    await durable.commit(Batch(rows=[deleted(3, 1)]))
    assert await durable.unread(ROOM, 0, BEN, 100) == 1
    assert await durable.unread(OTHER, 0, BEN, 100) == 1


async def test_an_event_about_a_message_that_does_not_delete_it_leaves_it_unread(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1), LogRow(ROOM, 2, "reaction.changed", 1, BEN, "", b"thumb")]))
    assert await durable.unread(ROOM, 0, BEN, 100) == 1


async def test_what_is_aimed_at_rows_is_found_by_them(durable: Durable) -> None:
    await durable.commit(
        Batch(rows=[said(1), said(2), deleted(3, 2), deleted(4, 1), said(1, conversation=OTHER)]),
    )
    await durable.commit(Batch(rows=[deleted(2, 1, conversation=OTHER), deleted(5, 1)]))
    found = await durable.aimed_at([(ROOM, 1), (ROOM, 2), (ROOM, 3)], ["message.deleted", "message.edited"])
    assert {place: seqs(aimed) for place, aimed in found.items()} == {(ROOM, 1): [4, 5], (ROOM, 2): [3]}
    assert await durable.aimed_at([(ROOM, 1)], ["message.edited"]) == {}
    assert await durable.aimed_at([], ["message.deleted"]) == {}
    both = [(ROOM, 1), (OTHER, 1)]
    first = await durable.aimed_at(both, ["message.deleted"], limit=1)
    assert {place: seqs(aimed) for place, aimed in first.items()} == {(ROOM, 1): [4], (OTHER, 1): [2]}
    then = await durable.aimed_at(both, ["message.deleted"], after=4, limit=1)
    assert {place: seqs(aimed) for place, aimed in then.items()} == {(ROOM, 1): [5]}


async def test_entries_are_what_is_about_nothing_earlier(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1), deleted(2, 1), said(3), deleted(4, 3), said(5)]))
    assert seqs(await durable.entries_before(ROOM, 5, 2)) == [1, 3]
    assert seqs(await durable.entries_before(ROOM, 6, 2)) == [3, 5]
    assert seqs(await durable.entries_after(ROOM, 0, 2)) == [1, 3]
    assert seqs(await durable.entries_after(ROOM, 3, 9)) == [5]
    assert seqs(await durable.entries_after(ROOM, 5, 9)) == []


async def test_what_is_said_in_a_thread_is_no_entry_and_not_unread(durable: Durable) -> None:
    reply = LogRow(ROOM, 2, "message.sent", 1, ANNA, "in the thread", b"reply")
    await durable.commit(Batch(rows=[said(1), reply, said(3)]))
    assert seqs(await durable.entries_before(ROOM, 9, 9)) == [1, 3]
    assert await durable.unread(ROOM, 0, BEN, 100) == 2


async def test_cold_rows_are_read_by_key_and_in_order_and_not_loaded(durable: Durable, restart: Restart) -> None:
    rows = [("cold", key, key.encode()) for key in ("a|1", "a|2", "a|3", "b|1")]
    await durable.commit(Batch(shelves=[*rows, ("people", "a", b"1")]))
    assert await durable.kept("cold", ["a|2", "b|1", "c"]) == {"a|2": b"a|2", "b|1": b"b|1"}
    assert await durable.kept_under("cold", "a|", "", 2) == [("a|1", b"a|1"), ("a|2", b"a|2")]
    assert await durable.kept_under("cold", "a|", "a|2", 9) == [("a|3", b"a|3")]
    assert await durable.kept_under("people", "b", "", 9) == []
    assert (await restart(["cold"])).shelves == [("people", "a", b"1")]


async def test_a_shelf_holds_the_last_that_was_put_there(durable: Durable, restart: Restart) -> None:
    await durable.commit(Batch(shelves=[("people", "b", b"1"), ("people", "a", b"1"), ("files", "a", b"1")]))
    await durable.commit(Batch(shelves=[("people", "a", b"2"), ("people", "a", b"3"), ("files", "a", None)]))
    assert (await restart()).shelves == [("people", "a", b"3"), ("people", "b", b"1")]


async def test_taking_away_what_is_not_there_is_nothing(durable: Durable, restart: Restart) -> None:
    await durable.commit(Batch(shelves=[("people", "a", None)]))
    assert (await restart()).shelves == []


async def test_an_empty_batch_is_nothing(durable: Durable) -> None:
    await durable.commit(Batch())
    assert await everything(durable) == ([], [], {})


async def test_commits_and_reads_at_once_keep_their_promises(durable: Durable) -> None:
    async def write(seq: int) -> None:
        await durable.commit(Batch(rows=[said(seq)], answers=[("d1", f"n{seq}", b"%d" % seq)]))
        assert await one(durable, seq) == said(seq)
        assert await durable.answers([("d1", f"n{seq}")]) == {("d1", f"n{seq}"): b"%d" % seq}

    await asyncio.gather(*(write(seq) for seq in range(1, 101)))
    assert seqs(await durable.after(ROOM, 0, 1000, PLENTY)) == list(range(1, 101))


async def test_an_open_store_is_well(durable: Durable) -> None:
    await durable.check()


async def test_a_closed_store_says_so(durable: Durable) -> None:
    await durable.close()
    with pytest.raises(NotSaved, match="closed"):
        await durable.commit(Batch(rows=[said(1)]))
    with pytest.raises(NotSaved, match="closed"):
        await durable.check()
    with pytest.raises(NotRead, match="closed"):
        await one(durable, 1)


async def test_closing_twice_is_closing_once(durable: Durable) -> None:
    await durable.close()
    await durable.close()


async def test_a_store_keeps_its_epoch(durable: Durable, restart: Restart) -> None:
    epoch = (await restart()).epoch
    assert 8 <= len(epoch) <= 40
    assert (await restart()).epoch == epoch


async def test_a_failed_commit_leaves_the_shelves(durable: Durable, restart: Restart) -> None:
    await durable.commit(Batch(rows=[said(1)], shelves=[("people", "a", b"old")]))
    with pytest.raises(Doubled):
        await durable.commit(Batch(rows=[said(1)], shelves=[("people", "a", b"new"), ("people", "b", b"new")]))
    assert (await restart()).shelves == [("people", "a", b"old")]


@pytest.mark.gen_test
async def test_unread_is_counted_as_of_a_place_in_the_log(durable: Durable) -> None:
    await durable.commit(Batch(rows=[said(1), said(2), said(3), deleted(4, 1)]))
    assert await durable.unread(ROOM, 0, BEN, 100, through=2) == 2
    assert await durable.unread(ROOM, 0, BEN, 100, through=4) == 2
