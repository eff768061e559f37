"""The timeline: a tail in memory and pages on disk, which no reader can tell apart."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from store.durable import Batch, LogRow
from store.durable.memory import Memory
from store.timeline import TAIL, Timeline
from tests.neighbours import lived

ROOM, OTHER = "room.raaaaaaaaaaaaa", "room.raaaaaaaaaaaab"
PLENTY = 10**9


def row(seq: int, place: str = ROOM, author: str = "anna", name: str = "message.sent", **given: object) -> LogRow:
    values = {"target": None, "text": f"text {seq}", "frame": b"x" * (20 + seq % 7)} | given
    return LogRow(conversation=place, seq=seq, name=name, author=author, **values)  # type: ignore[arg-type]


class Deaf(Memory):
    """A disk that counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def _rows(self, conversation: str) -> list[LogRow]:
        self.asked += 1
        return super()._rows(conversation)


async def written(*rows: LogRow, hot: int | None = None, max_bytes: int = PLENTY) -> tuple[Timeline, Deaf]:
    """A timeline over a disk; only the last `hot` rows were told since the server started."""
    disk = Deaf()
    await disk.start()
    await disk.commit(Batch(rows=list(rows)))
    timeline = Timeline(disk, max_bytes)
    timeline.add(rows[len(rows) - hot :] if hot is not None else rows)
    return timeline, disk


@lived
async def test_what_was_just_said_is_answered_without_the_disk() -> None:
    timeline, disk = await written(*(row(seq) for seq in range(1, 300)))
    assert [one.seq for one in await timeline.after(ROOM, 280)] == list(range(281, 300))
    assert [one.seq for one in await timeline.entries_before(ROOM, 300, 5)] == [295, 296, 297, 298, 299]
    assert await timeline.unread(ROOM, (250, 299), "ben", 100) == 49
    assert await timeline.row(ROOM, 299) == row(299)
    assert disk.asked == 0


@lived
async def test_what_is_older_than_the_tail_is_read_from_disk() -> None:
    timeline, disk = await written(*(row(seq) for seq in range(1, 300)))
    assert [one.seq for one in await timeline.after(ROOM, 50, limit=3)] == [51, 52, 53]
    assert [one.seq for one in await timeline.entries_before(ROOM, 60, 2)] == [58, 59]
    assert await timeline.row(ROOM, 3) == row(3)
    assert disk.asked >= 2


@lived
async def test_a_conversation_is_hot_again_after_a_restart() -> None:
    timeline, disk = await written(*(row(seq) for seq in range(1, 50)), hot=2)
    assert [one.seq for one in await timeline.after(ROOM, 47)] == [48, 49]
    assert disk.asked == 0


@lived
async def test_a_hole_is_never_papered_over() -> None:
    timeline, _ = await written(*(row(seq) for seq in range(1, 9)), hot=0)
    timeline.add([row(3), row(4), row(7), row(8)])
    assert [one.seq for one in await timeline.after(ROOM, 2)] == [3, 4, 5, 6, 7, 8]
    assert await timeline.row(ROOM, 5) == row(5)


@lived
async def test_conversations_do_not_mix() -> None:
    timeline, _ = await written(row(1), row(1, OTHER), row(2), row(2, OTHER))
    assert {one.conversation for one in await timeline.after(OTHER, 0)} == {OTHER}


@lived
async def test_memory_is_bounded_and_who_was_silent_longest_goes_first() -> None:
    rows = [row(seq, f"room.r{number:013d}", frame=b"x" * 1000) for number in range(20) for seq in range(1, 6)]
    timeline, disk = await written(*rows, max_bytes=40_000)
    assert timeline._bytes <= 40_000
    assert timeline._bytes == sum(500 + 1000 + len(one.text) for tail in timeline._tails.values() for one in tail)
    await timeline.after("room.r0000000000019", 0)
    assert disk.asked == 0
    assert len(await timeline.after("room.r0000000000000", 0)) == 5
    assert disk.asked == 1


@lived
async def test_a_page_fills_a_frame_and_no_more_but_always_has_one() -> None:
    timeline, _ = await written(*(row(seq, frame=b"x" * 600) for seq in range(1, 9)))
    assert len(await timeline.after(ROOM, 0, max_bytes=1800)) == 3
    assert len(await timeline.after(ROOM, 0, max_bytes=1)) == 1


@lived
async def test_a_page_in_a_reader_s_hand_does_not_change() -> None:
    timeline, _ = await written(row(1), row(2))
    page = await timeline.after(ROOM, 0)
    timeline.add([row(3)])
    assert [one.seq for one in page] == [1, 2]


says = st.sampled_from(["message.sent", "message.sent", "message.deleted", "call.rang"])
authors = st.sampled_from(["anna", "ben"])


@settings(max_examples=150)
@given(st.lists(st.tuples(says, authors, st.integers(1, 12)), max_size=14), st.integers(0, 14), st.integers(1, 6))
def test_tail_disk_and_a_plain_list_say_the_same(said: list[tuple[str, str, int]], hot: int, limit: int) -> None:
    rows = [
        row(seq, author=author, name=name, target=min(target, seq - 1) or None if name == "message.deleted" else None)
        for seq, (name, author, target) in enumerate(said, 1)
    ]
    asyncio.run(compare(rows, min(hot, len(rows)), limit))


async def compare(rows: list[LogRow], hot: int, limit: int) -> None:
    timeline, disk = await written(*rows, hot=hot)
    for seq in range(len(rows) + 2):
        assert await timeline.after(ROOM, seq, limit) == rows[seq : seq + limit]
        entries = [one for one in rows if one.target is None]
        assert await timeline.entries_before(ROOM, seq, limit) == [one for one in entries if one.seq < seq][-limit:]
        assert await timeline.entries_after(ROOM, seq, limit) == [one for one in entries if one.seq > seq][:limit]
        about = [one for one in rows if one.target == seq and one.name == "message.deleted"]
        assert await timeline.aimed_at(ROOM, [seq], ["message.deleted"]) == about
        assert await timeline.row(ROOM, seq) == (rows[seq - 1] if 0 < seq <= len(rows) else None)
        for max_bytes in (1, 50, 90):
            assert await timeline.after(ROOM, seq, limit, max_bytes) == await disk.after(ROOM, seq, limit, max_bytes)
        for through in range(seq, len(rows) + 1):
            asked = (ROOM, (seq, through), "ben", limit)
            assert await timeline.unread(*asked) == unread(rows, seq, through, limit)


def unread(rows: list[LogRow], after: int, through: int, limit: int) -> int:
    known = rows[:through]
    gone = {one.target for one in known if one.name == "message.deleted"}
    said = [one for one in known[after:] if one.name == "message.sent" and one.author == "anna" and one.seq not in gone]
    return min(limit, len(said))


def test_a_tail_holds_what_one_pull_takes() -> None:
    assert TAIL >= 200
