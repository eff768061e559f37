"""Leaving a room, or being put out of it: that is the last one hears of it, live or replayed, until one is back."""

import pytest

from chat.members import MAX_RANGES
from chat.visibility import may_see_file, own, visible
from protocol.commands import (
    ChangeRoom,
    PageConversation,
    RemovePerson,
    SetMarks,
    SetTyping,
)
from protocol.events import (
    MemberChanged,
    MemberLeft,
)
from protocol.shapes import Mark
from tests.chat.rooming import adds, heard_of, joins, leaves, makes, people, removes, row_of, texts
from tests.neighbours import House, lived, nonce, passes, pull_all, refusal_of, settles


@lived
async def test_who_is_removed_hears_that_and_then_nothing_more(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben, cleo)
    await anna.says_in(room, "before")
    await anna.asks(removes(room, ben))
    await anna.says_in(room, "after")
    await anna.asks(ChangeRoom(nonce=nonce(), conversation=room, topic="Secret"))
    await cleo.asks(SetTyping(conversation=room, typing=True))
    await cleo.asks(SetMarks(marks=[Mark(conversation=room, read=4)]))
    await anna.asks(makes(room, cleo, "moderator"))
    await cleo.asks(leaves(room))
    await passes(1)
    *_, last = heard_of(ben, room)
    assert isinstance(last, MemberLeft)
    assert (last.person, last.author) == (ben.person, anna.person)
    assert ben.texts() == ["before"]
    assert ben.of(MemberLeft)[-1].conversation == own(ben.person), "told in their own conversation too"
    assert "after" in cleo.texts()


@lived
async def test_who_is_removed_reads_nothing_more_by_any_way(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    file = await house.uploads(anna, thumbnail=True)
    await anna.says_in(room, "before", [file])
    assert may_see_file(house.store, ben.person, file)
    assert room in {row.conversation for row in (await ben.resumes()).rows}
    await anna.asks(removes(room, ben))
    assert visible(house.store.view(), ben.person, room) == []
    assert not may_see_file(house.store, ben.person, file)
    rows = await ben.resumes(epoch=house.store.epoch, heads={room: 2})
    assert (room in {row.conversation for row in rows.rows}, rows.gone) == (False, [room])
    page = PageConversation(conversation=room, before=3)
    for doing in (ben.opens(room), ben.pulls(room), ben.asks(page), ben.says_in(room, "x"), ben.asks(leaves(room))):
        assert await refusal_of(doing) == "not-found"


@lived
async def test_a_phone_that_was_away_learns_that_its_person_was_removed(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    ben.disconnect()
    await anna.asks(removes(room, ben))
    await anna.says_in(room, "after")
    ben.heard.clear()
    ben.connect()
    rows = await ben.resumes(epoch=house.store.epoch, heads={room: 1})
    assert rows.gone == [room]
    (told,) = [one for one in await pull_all(ben, own(ben.person)) if isinstance(one, MemberLeft)]
    assert told.room == room
    assert heard_of(ben, room) == []


@lived
async def test_what_somebody_says_while_they_are_removed_is_heard_in_order_or_not_at_all(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    anna.sends(removes(room, ben))
    late = ben.says_in(room, "late")
    assert await refusal_of(late) == "not-found"
    await settles()
    assert "late" not in anna.texts()


@lived
async def test_who_left_in_the_same_commit_still_hears_what_was_said_just_before(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    first = anna.says_in(room, "before")
    both = [anna.sends(removes(room, ben)), anna.sends(adds(room, ben))]
    await first
    for one in both:
        await one
    assert ben.texts() == ["before"]


@pytest.mark.parametrize(
    ("history", "seen"), [("start", ["one", "two", "three"]), ("joining", ["one", "three"])], ids=["start", "joining"]
)
@lived
async def test_who_comes_back_sees_the_time_between_as_the_room_says(
    history: str, seen: list[str], house: House
) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben, history=history)
    await anna.says_in(room, "one")
    await anna.asks(removes(room, ben))
    await anna.says_in(room, "two")
    await anna.asks(adds(room, ben))
    await anna.says_in(room, "three")
    assert await texts(ben, room) == seen
    answer = await ben.pulls(room)
    assert answer.last == answer.head, "what lies outside is not a gap"


@lived
async def test_coming_and_going_without_end_keeps_a_row_small(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Open", public=True, history="joining")
    for _ in range(MAX_RANGES + 5):
        await ben.asks(joins(room))
        await ben.asks(leaves(room))
    member = house.store.view().member(room, ben.person)
    assert member is not None
    assert len(member.reach) == MAX_RANGES
    assert member.reach[-1].last == row_of(house, room).head


@lived
async def test_a_moderator_removes_members_and_nobody_beside_or_above(house: House) -> None:
    anna, ben, cleo, dora = await people(house, "Anna", "Ben", "Cleo", "Dora")
    room = await anna.makes_room("Garden", ben, cleo, dora)
    for phone in (ben, cleo):
        await anna.asks(makes(room, phone, "moderator"))
    assert await refusal_of(dora.asks(removes(room, ben))) == "not-allowed"
    assert await refusal_of(ben.asks(removes(room, cleo))) == "not-allowed"
    assert await refusal_of(ben.asks(removes(room, anna))) == "not-allowed"
    assert await refusal_of(ben.asks(removes(room, ben))) == "not-allowed"
    await ben.asks(removes(room, dora))
    await anna.asks(removes(room, cleo))
    assert (row_of(house, room).size, row_of(house, room).moderators) == (2, [ben.person])
    assert await refusal_of(anna.asks(removes(room, dora))) == "not-found"


@lived
async def test_the_owner_who_leaves_hands_the_room_on_and_the_last_one_closes_it(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Open", ben, cleo, public=True)
    await anna.asks(makes(room, cleo, "moderator"))
    await anna.asks(leaves(room))
    assert (row_of(house, room).owner, row_of(house, room).moderators) == (cleo.person, [])
    assert [(one.person, one.role) for one in ben.of(MemberChanged)][1:] == [(cleo.person, "owner")]
    assert not [one for one in heard_of(anna, room) if isinstance(one, MemberChanged) and one.role == "owner"]
    await cleo.asks(leaves(room))
    assert row_of(house, room).owner == ben.person
    await ben.asks(leaves(room))
    assert (row_of(house, room).size, row_of(house, room).owner) == (0, "")
    assert await refusal_of(anna.asks(joins(room))) == "not-found"


@lived
async def test_who_is_removed_from_the_house_is_out_of_every_room_in_the_same_moment(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    first, second = await ben.makes_room("One", cleo), await cleo.makes_room("Two", ben)
    await anna.asks(RemovePerson(nonce=nonce(), person=ben.person))
    assert (row_of(house, first).owner, row_of(house, first).size) == (cleo.person, 1)
    assert row_of(house, second).size == 1
    assert {one.conversation for one in cleo.of(MemberLeft)} == {first, second}
    assert house.store.view().rooms_of(ben.person) == []
    assert ben.of(MemberLeft) == [], "their devices are signed out first"
