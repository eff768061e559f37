"""Retention: what is older than the host keeps it goes for everybody, and what is younger stays as it was."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from chat.retention import DAY, TOLD_AT_ONCE, Retention, Rhythm
from chat.visibility import direct, may_see_file
from protocol.answers import FoundMessages
from protocol.codec import read_event
from protocol.commands import ExpireMessages, FindMessages, SendMessage
from protocol.errors import Refusal
from protocol.events import MessageDeleted, MessageSent
from protocol.records import replaced
from protocol.shapes import MAX_EXPIRED
from store.durable import Batch, LogRow, NotRead, NotSaved
from store.durable.memory import Memory
from tests.chat.said import POLL, Said
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, refusal_of, settles
from tests.store.attic import Attic

DAYS = 30
SECOND = 1000  # ms
MINUTE = 60  # s


def later(house: House, days: float) -> None:
    """The clock is moved by hand."""
    house.set_back -= int(days * DAY)


async def everything(house: House, place: str) -> list[LogRow]:
    return await house.store.durable.after(place, 0, 10_000, 10**9)


async def left_of(house: House, place: str) -> list[str]:
    """The words that stand in the log."""
    return [row.text for row in await everything(house, place) if row.text]


def dense(rows: list[LogRow]) -> bool:
    return [row.seq for row in rows] == list(range(1, len(rows) + 1))


async def two(house: House) -> tuple[Phone, Phone, str]:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    return anna, ben, direct(anna.person, ben.person)


@lived
async def test_what_is_older_goes_and_what_is_as_old_or_younger_stays(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("old", ben)
    house.set_back -= SECOND
    at = (await anna.says("as old as may be", ben)).at
    house.set_back -= SECOND
    await ben.says("young", anna)
    house.set_back -= at + DAYS * DAY - house.clock()
    assert await Retention(house.store, DAYS).sweep() == 1
    assert await left_of(house, place) == ["as old as may be", "young"]
    house.set_back -= 1
    assert await Retention(house.store, DAYS).sweep() == 1
    assert await left_of(house, place) == ["young"]
    assert dense(await everything(house, place))


@lived
async def test_nothing_of_it_is_left_and_what_was_said_about_it_goes_too(house: House) -> None:
    said = await Said().begin(house, "When, in secret?", poll=POLL)
    await said.votes(said.ben, 1)
    await said.reacts(said.ben, "🎉")
    words = await said.says(said.anna, "secret")
    await said.edits(said.anna, "secret, spelled otherwise", target=words)
    await said.reacts(said.ben, "👍", target=words)
    await said.reacts(said.ben, "👍", on=False, target=words)
    await said.pins(said.ben, target=words)
    later(house, DAYS + 1)
    assert await Retention(house.store, DAYS).sweep() == 2
    rows = await everything(house, said.place)
    assert dense(rows)
    disk = b"".join(row.frame + row.text.encode() for row in rows)
    assert not [word for word in ("secret", "🎉", "👍") if word.encode() in disk]
    votes: list[Any] = [read_event(row.frame) for row in rows if row.name == "vote.changed"]
    assert [(vote.choices, vote.before, vote.author) for vote in votes] == [([], [], said.ben.person)]
    assert await house.store.durable.kept_under("stances", "", "", 100) == []
    opened = await said.ben.opens(said.place)
    assert opened.row.pins == []
    assert [(one.reactions, one.edit, one.votes) for one in opened.page.about] == [([], None, [])] * 2
    assert (await said.ben.asks(FindMessages(text="secret"), FoundMessages)).hits == []
    pulled = await said.ben.pulls(said.place)
    assert pulled.frames == [row.frame for row in rows]


@lived
async def test_its_files_are_let_go_and_one_that_was_sent_again_stays(house: House) -> None:
    anna, ben, _ = await two(house)
    gone, again = [await house.uploads(anna) for _ in range(2)]
    await anna.says("both", ben, files=[gone, again])
    later(house, DAYS)
    await anna.says("one of them once more", ben, files=[again])
    later(house, 1)
    await Retention(house.store, DAYS).sweep()
    assert [hold.file for hold in house.store.shelves.holds.where("released", "yes")] == [gone]
    assert (may_see_file(house.store, ben.person, gone), may_see_file(house.store, ben.person, again)) == (False, True)


@lived
async def test_a_phone_hears_of_it_at_once_and_one_that_was_away_comes_to_the_same(house: House) -> None:
    anna, ben, place = await two(house)
    first = (await anna.says("old", ben)).seq
    ben.disconnect()
    await anna.says("old too", ben)
    later(house, DAYS + 1)
    await anna.says("young", ben)
    await Retention(house.store, DAYS).sweep()
    await settles()
    told = [event for event in anna.of(MessageDeleted) if event.conversation == place]
    assert [(event.target, event.person, event.author) for event in told] == [
        (first, anna.person, ""),
        (first + 1, anna.person, ""),
    ]
    ben.connect()
    await ben.resumes(epoch=house.store.epoch, heads={place: first})
    missed = await pull_all(ben, place, first)
    assert [event for event in missed if isinstance(event, MessageDeleted)] == told
    assert [event.text for event in missed if isinstance(event, MessageSent)] == ["", "young"]
    assert (await ben.opens(place)).row.unread == 1


@lived
async def test_rooms_and_threads_are_no_exception_and_who_is_in_a_room_stays(house: House) -> None:
    anna, ben = [await house.joins(name) for name in ("Anna", "Ben")]
    room = await anna.makes_room("Garden", ben)
    said = Said()
    said.house, said.place = house, room
    root = await said.says(anna, "what about it?")
    await said.says(ben, "an old answer", target=root)
    later(house, DAYS + 1)
    await said.says(anna, "young")
    await Retention(house.store, DAYS).sweep()
    assert await left_of(house, room) == ["young"]
    row = house.store.view().conversation(room)
    assert row
    assert (row.title, row.size) == ("Garden", 2)


@lived
async def test_what_one_conversation_refuses_keeps_no_other_from_its_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben, place = await two(house)
    await anna.says("old", ben)
    garden = await anna.makes_room("Garden", ben)
    await anna.says_in(garden, "old, too")
    later(house, DAYS + 1)
    takes = Retention._pass_through

    async def refuses(self: Retention, conversation: str) -> int:
        if conversation == place:
            raise NotRead("for now")
        return await takes(self, conversation)

    monkeypatch.setattr(Retention, "_pass_through", refuses)
    with pytest.raises(NotRead):
        await Retention(house.store, DAYS).sweep()
    assert (await left_of(house, place), await left_of(house, garden)) == (["old"], [])


class Counting(Memory):
    """Knows how much each commit blanked; after so many more commits the disk is full."""

    def __init__(self) -> None:
        super().__init__()
        self.room = 10**9
        self.sizes: list[int] = []

    async def commit(self, batch: Batch) -> None:
        if not self.room:
            raise NotSaved("The disk is full.")
        self.room -= 1
        self.sizes.append(len(batch.rewrites))
        await super().commit(batch)


async def long_ago(house: House, count: int) -> tuple[Phone, Phone, str]:
    """So many messages, every tenth with something under it, all of them old."""
    anna, ben, place = await two(house)
    said = Said()
    said.place = place
    for number in range(count):
        said.seq = await said.says(anna, f"text {number}")
        if number % 10 == 0:
            await said.reacts(ben)
    later(house, DAYS + 1)
    return anna, ben, place


@lived
async def test_it_goes_in_small_batches_and_others_have_their_turn_between_them() -> None:
    house = await House(durable := Counting()).start()
    anna, ben, place = await long_ago(house, 5 * MAX_EXPIRED)
    sweeping = asyncio.ensure_future(Retention(house.store, DAYS).sweep())
    turns = 0
    while not sweeping.done():
        await anna.says("meanwhile", ben)
        turns += 1
        await passes(0.01)
    assert await sweeping == 5 * MAX_EXPIRED
    assert max(durable.sizes) <= MAX_EXPIRED
    assert turns >= 5
    assert set(await left_of(house, place)) == {"meanwhile"}
    assert dense(await everything(house, place))
    await house.close()


@lived
async def test_fewer_go_at_a_time_where_many_are_told_of_each() -> None:
    house = await House(durable := Counting()).start()
    anna, ben = [await house.joins(name) for name in ("Anna", "Ben")]
    room = await anna.makes_room("Garden", ben)
    for number in range(20):
        await anna.says_in(room, f"text {number}")
    row = house.store.shelves.conversations.get(room)
    assert row
    house.store.shelves.conversations.put(replaced(row, size=TOLD_AT_ONCE // 4))
    later(house, DAYS + 1)
    assert await Retention(house.store, DAYS).sweep() == 20
    assert max(durable.sizes) == 4
    assert await left_of(house, room) == []
    await house.close()


@pytest.mark.parametrize("commits", range(8))
@lived
async def test_cut_anywhere_the_next_look_finishes_it_and_does_nothing_twice(commits: int) -> None:
    house = await House(durable := Counting()).start()
    _, _, place = await long_ago(house, 2 * MAX_EXPIRED)
    durable.room = commits
    with pytest.raises(Refusal):
        await Retention(house.store, DAYS).sweep()
    durable.room = 10**9
    await house.close()
    again = House(durable)
    again.set_back = house.set_back
    await again.start()
    await Retention(again.store, DAYS).sweep()
    rows = await everything(again, place)
    assert dense(rows)
    assert not [row for row in rows if row.text or "👍".encode() in row.frame]
    assert await durable.kept_under("stances", "", "", 100) == []
    assert len([row for row in rows if row.name == "message.deleted"]) == 2 * MAX_EXPIRED
    assert await Retention(again.store, DAYS).sweep() == 0
    assert await everything(again, place) == rows
    await again.close()


@lived
async def test_it_looks_soon_after_the_start_and_then_every_day(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("first", ben)
    later(house, DAYS - 1)
    await anna.says("second", ben)
    retention = Retention(house.store, DAYS, Rhythm(first_seconds=5 * MINUTE), asyncio.get_running_loop().time)
    retention.start()
    await passes(6 * MINUTE)
    assert await left_of(house, place) == ["first", "second"]
    await passes(DAY / 1000 + MINUTE)
    assert await left_of(house, place) == ["second"]
    await retention.close()


@lived
async def test_messages_are_kept_for_ever_unless_the_host_says_otherwise(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("for ever", ben)
    later(house, 10_000)
    retention = Retention(house.store, 0)
    retention.start()
    await passes(2 * DAY / 1000)
    assert await left_of(house, place) == ["for ever"]
    await retention.close()


@lived
async def test_a_disk_that_is_full_is_tried_again() -> None:
    house = await House(durable := Counting()).start()
    _, _, place = await long_ago(house, 1)
    durable.room = 0
    retention = Retention(house.store, DAYS, uptime=asyncio.get_running_loop().time)
    retention.start()
    await passes(6 * MINUTE)
    assert await left_of(house, place) == ["text 0"]
    durable.room = 10**9
    await passes(61 * MINUTE)
    assert await left_of(house, place) == []
    await retention.close()
    await house.close()


@lived
async def test_nobody_but_the_server_takes_messages_away_by_age(house: House) -> None:
    said = await Said().begin(house)
    old = {"conversation": said.place, "targets": [said.seq]}
    assert await refusal_of(house.does(ExpireMessages(nonce=nonce(), **old), said.anna.who)) == "not-allowed"
    await house.does(ExpireMessages(nonce=nonce(), **old))
    assert await refusal_of(house.does(ExpireMessages(nonce=nonce(), **old))) == "stands-already"


def test_words_and_files_leave_the_disk(tmp_path: Path) -> None:
    async def live() -> None:
        async with Attic(tmp_path) as attic:
            file = await attic.upload(b"a picture" * 1000)
            text = {"conversation": attic.place, "text": "a secret of that time", "files": [file]}
            await attic.store.write(SendMessage(nonce=nonce(), **text), attic.ada)
            attic.later = (DAYS + 1) * DAY
            assert await Retention(attic.store, DAYS).sweep() == 1
            await attic.leftovers.collect()
            assert not attic.has(b"a picture" * 1000)

    asyncio.run(live())
    assert not [path for path in tmp_path.glob("parley.db*") if b"a secret of that time" in path.read_bytes()]
