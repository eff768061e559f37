"""Conversations: opened afresh and paged, everything as of one moment."""

import asyncio
from typing import Any

import msgspec
import pytest

from chat.opening import PAGE
from chat.visibility import DIRECTORY, direct, own
from protocol.answers import Events, Opened, Reach
from protocol.codec import read_command, read_event
from protocol.commands import LeaveRoom, PageConversation, RingCall, SetMarks
from protocol.events import MessageSent
from protocol.records import replaced
from protocol.shapes import Mark
from store.durable import LogRow, Place
from store.durable.memory import Memory
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


class Slow(Memory):
    """A disk whose reads wait until they are let go, as a real one's may."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    async def after(self, *asked: Any) -> list[LogRow]:
        await self.gate.wait()
        return await super().after(*asked)

    async def entries_before(self, *asked: Any) -> list[LogRow]:
        await self.gate.wait()
        return await super().entries_before(*asked)

    async def rows(self, *asked: Any) -> dict[Place, LogRow]:
        await self.gate.wait()
        return await super().rows(*asked)

    async def unread(self, *asked: Any) -> int:
        await self.gate.wait()
        return await super().unread(*asked)


async def pair(house: House, texts: int = 0) -> tuple[Phone, Phone, str]:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for number in range(texts):
        await anna.says(str(number), ben)
    return anna, ben, direct(anna.person, ben.person)


def texts(page: Events) -> list[str]:
    events = [read_event(frame) for frame in page.frames]
    return [event.text for event in events if isinstance(event, MessageSent)]


async def paged(phone: Phone, place: str, before: int, limit: int = 50) -> Events:
    return await phone.asks(PageConversation(conversation=place, before=before, limit=limit), Events)


@lived
async def test_opening_gives_the_newest_page_the_row_and_the_people(house: House) -> None:
    _, ben, place = await pair(house, 80)
    opened = await ben.opens(place)
    assert texts(opened.page) == [str(number) for number in range(30, 80)]
    assert (opened.page.first, opened.page.last, opened.page.head, opened.page.more) == (32, 81, 81, True)
    assert (opened.row.head, opened.row.unread, opened.row.kind) == (81, 80, "direct")
    assert read_event(opened.row.last or b"") == read_event(opened.page.frames[-1])
    assert {card.name for card in opened.people} == {"Anna", "Ben"}
    assert opened.devices == []


@lived
async def test_pages_go_back_to_the_very_first_event_and_then_there_is_no_more(house: House) -> None:
    _, ben, place = await pair(house, 80)
    page, said = (await ben.opens(place)).page, list[str]()
    said = texts(page)
    while page.more:
        page = await paged(ben, place, page.first, limit=7)
        said = texts(page) + said
    assert said == [str(number) for number in range(80)]
    assert page.first == 1
    assert (await paged(ben, place, 1)).frames == []


@pytest.mark.parametrize(("count", "more"), [(0, False), (PAGE - 2, False), (PAGE - 1, False), (PAGE, True)])
@lived
async def test_more_is_said_exactly_when_there_is_more(count: int, more: bool, house: House) -> None:
    _, ben, place = await pair(house, count)
    assert (await ben.opens(place)).page.more is more


@lived
async def test_a_page_beyond_the_head_is_the_newest_one(house: House) -> None:
    _, ben, place = await pair(house, 3)
    assert (await paged(ben, place, 2**53 - 1)).last == 4


@lived
async def test_unread_are_others_messages_above_the_mark_up_to_a_hundred(house: House) -> None:
    anna, ben, place = await pair(house, 120)
    assert (await ben.opens(place)).row.unread == 100
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=60)]))
    assert (await ben.opens(place)).row.unread == 61
    assert (await anna.opens(place)).row.unread == 0
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=121)]))
    assert (await ben.opens(place)).row.unread == 0


@lived
async def test_the_line_of_the_list_is_the_newest_thing_worth_one(house: House) -> None:
    anna, ben, place = await pair(house, 2)
    call = house.new_id("c")
    await anna.asks(RingCall(nonce=nonce(), conversation=place, call=call, video=False))
    row = (await ben.opens(place)).row
    assert read_event(row.last or b"").seq == 3  # type: ignore[attr-defined]
    assert row.call is not None
    assert row.call.call == call
    await passes(46)
    row = (await ben.opens(place)).row
    assert (read_event(row.last or b"").name, row.call) == ("call.ended", None)


@lived
async def test_the_directory_is_opened_by_everybody_and_names_no_members(house: House) -> None:
    anna, _, _ = await pair(house)
    opened = await anna.opens(DIRECTORY)
    assert (opened.row.head, opened.row.members, opened.row.marks) == (3, [], [])
    assert len(opened.page.frames) == 3


@lived
async def test_one_s_own_lists_one_s_devices(house: House) -> None:
    anna, _, _ = await pair(house)
    assert [card.id for card in (await anna.opens(own(anna.person))).devices] == [anna.device]


# -- one moment


async def opened_while(opens: str, happens: Any) -> tuple[Opened, Phone, str]:
    """Ben opens; while the disk is asked, something comes true; then the answer comes."""
    disk = Slow()
    house = await House(disk).start()
    anna, ben, place = await pair(house, 3)
    await house.close()
    again = await House(disk).start()  # nothing is hot: every read is the disk's
    anna, ben = Phone(again, anna.who), Phone(again, ben.who)
    disk.gate.clear()
    command = {"conversation": place} if opens == "conversation.open" else {}

    answer = ben.sends(read_command(opens, command))
    await settles()
    await happens(anna, ben, place)
    disk.gate.set()
    body = await answer
    opened = msgspec.convert(body, Opened) if opens == "conversation.open" else body
    await again.close()
    return opened, ben, place  # type: ignore[return-value]


async def two_more(anna: Phone, ben: Phone, place: str) -> None:
    await anna.says("late one", ben)
    await anna.says("late two", ben)


async def read_elsewhere(anna: Phone, ben: Phone, place: str) -> None:
    await ben.house.does(SetMarks(marks=[Mark(conversation=place, read=3)]), ben.who)


async def said_and_read(anna: Phone, ben: Phone, place: str) -> None:
    await two_more(anna, ben, place)
    await ben.house.does(SetMarks(marks=[Mark(conversation=place, read=6)]), ben.who)


@lived
async def test_what_is_said_while_a_page_is_read_is_not_counted_twice() -> None:
    opened, ben, _ = await opened_while("conversation.open", two_more)
    assert (opened.row.head, opened.page.last, opened.row.unread) == (4, 4, 3)
    assert texts(opened.page) == ["0", "1", "2"]
    assert ben.texts() == ["late one", "late two"], "those come as events"


@pytest.mark.parametrize("happens", [read_elsewhere, said_and_read])
@lived
async def test_marks_and_unread_are_of_the_same_moment(happens: Any) -> None:
    opened, ben, _ = await opened_while("conversation.open", happens)
    (mine,) = [mark for mark in opened.row.marks if mark.person == ben.person]
    assert (mine.read, opened.row.unread) == (0, 3)


@lived
async def test_a_list_that_is_read_while_more_is_said_is_right_as_of_its_heads() -> None:
    rows, ben, place = await opened_while("sync.resume", said_and_read)
    (row,) = [row for row in rows["rows"] if row["conversation"] == place]  # type: ignore[index]
    assert (row["head"], row["unread"]) == (4, 3)
    assert ben.texts() == ["late one", "late two"]


@lived
async def test_each_row_of_a_list_is_of_one_moment_though_the_list_is_not() -> None:
    disk = Slow()
    house = await House(disk).start()
    anna, ben, place = await pair(house, 3)
    await passes(1)
    cleo = await house.joins("Cleo")
    await cleo.says("newest", ben)
    house.store.timeline._tails.pop(direct(ben.person, cleo.person))
    disk.gate.clear()
    listing = asyncio.ensure_future(ben.resumes())
    await settles()  # the newest row waits for the disk; the other was not looked at yet
    await said_and_read(anna, ben, place)
    disk.gate.set()
    row = next(row for row in (await listing).rows if row.conversation == place)
    mine = next(mark.read for mark in row.marks if mark.person == ben.person)
    assert (row.head, mine, row.unread) in [(4, 0, 3), (6, 6, 0)]
    await house.close()


# -- reach


@lived
async def test_who_came_late_sees_from_there_on_and_is_told_what_that_covers(house: House) -> None:
    anna, ben, place = await pair(house, 9)
    row = house.store.shelves.conversations.get(place)
    assert row is not None
    members = row.members | {ben.person: [Reach(first=6, last=0)]}
    house.store.shelves.conversations.put(replaced(row, members=members))
    opened = await ben.opens(place)
    assert opened.page.reach == [Reach(first=6, last=10)]
    assert [read_event(frame).seq for frame in opened.page.frames] == [6, 7, 8, 9, 10]  # type: ignore[attr-defined]
    assert (opened.row.unread, opened.page.more) == (5, False)
    assert [read_event(frame).seq for frame in (await ben.pulls(place)).frames] == [6, 7, 8, 9, 10]  # type: ignore[attr-defined]
    assert (await paged(ben, place, 6)).frames == []
    assert (await anna.opens(place)).page.first == 1


@lived
async def test_the_line_of_the_list_is_nothing_where_it_may_not_be_seen(house: House) -> None:
    _, ben, place = await pair(house, 2)
    row = house.store.shelves.conversations.get(place)
    assert row is not None
    members = row.members | {ben.person: [Reach(first=4, last=0)]}
    house.store.shelves.conversations.put(replaced(row, members=members))
    shown = (await ben.opens(place)).row
    assert (shown.last, shown.unread) == (None, 0)


@lived
async def test_who_left_is_no_member_and_opens_nothing(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = await anna.makes_room("Garden", ben)
    assert (await ben.opens(place)).row.members == sorted([anna.person, ben.person])
    await ben.asks(LeaveRoom(nonce=nonce(), conversation=place))
    assert (await anna.opens(place)).row.members == [anna.person]
    assert await refusal_of(ben.opens(place)) == "not-found"


@lived
async def test_in_a_large_conversation_only_one_s_own_mark_is_told(house: House) -> None:
    anna = await house.joins("Anna")
    for count, told in ((20, 20), (21, 1)):
        people = [anna.person, *(house.new_id("p") for _ in range(count - 1))]
        house.furnishes("room.raaaaaaaaaaaaa", {person: [Reach(first=1, last=0)] for person in people})
        assert len((await anna.opens("room.raaaaaaaaaaaaa")).row.marks) == told


@pytest.mark.parametrize(("count", "named"), [(50, 50), (51, 0)])
@lived
async def test_the_list_names_the_members_of_a_room_unless_they_are_many(count: int, named: int, house: House) -> None:
    anna = await house.joins("Anna")
    people = [anna.person, *(house.new_id("p") for _ in range(count - 1))]
    house.furnishes("room.raaaaaaaaaaaaa", {person: [Reach(first=1, last=0)] for person in people})
    row = (await anna.opens("room.raaaaaaaaaaaaa")).row
    assert row.room is not None
    assert (len(row.members), row.room.size) == (named, count)


# -- sizes


@lived
async def test_a_page_of_long_messages_fits_a_frame(house: House) -> None:
    anna, ben, place = await pair(house)
    for _ in range(40):
        await anna.says("😀" * 4000, ben)
    before = len(ben.wire.frames)
    opened = await ben.opens(place)
    assert max(map(len, ben.wire.frames[before:])) <= 256 * 1024
    assert opened.page.more
    assert opened.page.last == 41
