"""Rooms: made, changed, found and looked at; the room of the whole house; and what a large one costs."""

from typing import Any

import pytest

from chat.rooms import ensure_everyone, room_id
from chat.visibility import EVERYONE, may_see_file, visible
from protocol.answers import FoundRooms, LookedAt, Members, Reach, Row, Written
from protocol.commands import (
    BeginEveryone,
    ChangeMember,
    ChangeRoom,
    CreateRoom,
    FindRooms,
    JoinRoom,
    LeaveRoom,
    ListMembers,
    LookAtRoom,
    RemoveMember,
    RemovePerson,
    SetMarks,
    SetTyping,
)
from protocol.events import ConversationChanged, ConversationCreated, MarkChanged, MemberJoined, TypingChanged
from protocol.shapes import Mark, RoomCard
from store.durable.memory import Memory
from store.rows import Conversation
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, refusal_of, settles

BIDI = "\u202e"


async def people(house: House, *names: str) -> list[Phone]:
    return [await house.joins(name) for name in names]


def changes(room: str, **given: Any) -> ChangeRoom:
    return ChangeRoom(nonce=nonce(), conversation=room, **given)


async def finds(phone: Phone, **given: Any) -> FoundRooms:
    return await phone.asks(FindRooms(**given), FoundRooms)


async def looks(phone: Phone, room: str) -> LookedAt:
    return await phone.asks(LookAtRoom(conversation=room), LookedAt)


async def row_for(phone: Phone, room: str) -> Row | None:
    rows = (await phone.resumes()).rows
    return next((row for row in rows if row.conversation == room), None)


async def card(phone: Phone, room: str) -> RoomCard:
    row = await row_for(phone, room)
    assert row is not None
    assert row.room is not None
    return row.room


def row_of(house: House, room: str) -> Conversation:
    row = house.store.view().conversation(room)
    assert row is not None
    return row


# -- made


@lived
async def test_a_room_is_there_for_everybody_in_it_and_for_nobody_else(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    picture = await house.uploads(anna, thumbnail=True)
    room = await anna.makes_room("  Our \t garden ", ben, topic="Who waters", picture=picture)
    for phone in (anna, ben):
        shown = await card(phone, room)
        assert (shown.title, shown.topic, shown.picture) == ("Our garden", "Who waters", picture)
        assert (shown.owner, shown.size, shown.public) == (anna.person, 2, False)
        assert [event.conversation for event in phone.of(ConversationCreated)][-1] == room
    assert await row_for(cleo, room) is None
    assert not [event for event in cleo.of(ConversationCreated) if event.conversation == room]


@lived
async def test_a_resend_makes_no_second_room(house: House) -> None:
    anna = await house.joins("Anna")
    command = CreateRoom(nonce=nonce(), title="Garden")
    first, second = await anna.asks(command, Written), await anna.asks(command, Written)
    assert first == second
    assert first.conversation == room_id(anna.who, command.nonce)
    tablet = await house.adds_device(anna)
    assert (await tablet.asks(command, Written)).conversation != first.conversation


@pytest.mark.parametrize(("title", "code"), [("\u200b", "bad-name"), (f"a{BIDI}b", "bad-name"), ("...", "bad-name")])
@lived
async def test_a_name_nobody_could_read_is_refused(title: str, code: str, house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(anna.makes_room(title)) == code
    room = await anna.makes_room("Garden")
    assert await refusal_of(anna.asks(changes(room, title=title))) == code


@lived
async def test_two_rooms_may_have_one_name(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    assert await anna.makes_room("Garden") != await ben.makes_room("Garden")


@lived
async def test_a_topic_is_one_line_without_what_turns_the_writing_round(house: House) -> None:
    anna = await house.joins("Anna")
    room = await anna.makes_room("Garden", topic=f" one\n two{BIDI} \t👩‍🌾 ")
    assert row_of(house, room).topic == "one two 👩‍🌾"


@lived
async def test_a_picture_is_one_s_own_upload(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    theirs, text = await house.uploads(ben, thumbnail=True), await house.uploads(anna)
    assert await refusal_of(anna.makes_room("Garden", picture=theirs)) == "not-found"
    assert await refusal_of(anna.makes_room("Garden", picture=text)) == "bad-field"


@lived
async def test_a_picture_is_for_those_who_may_know_of_the_room(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    picture = await house.uploads(anna, thumbnail=True)
    room = await anna.makes_room("Garden", history="joining", picture=picture)

    def seen() -> list[bool]:
        return [may_see_file(house.store, phone.person, picture) for phone in (anna, ben, cleo)]

    assert seen() == [True, False, False]
    await anna.asks(changes(room, public=True))
    assert seen() == [True, True, True], "who may join sees it"
    await ben.asks(JoinRoom(nonce=nonce(), conversation=room))
    await anna.asks(changes(room, public=False))
    assert seen() == [True, True, False], "also who came after it was set"
    sent = await anna.says_in(room, "Look", [picture])
    await anna.asks(changes(room, picture=""))
    assert seen()[1:] == [True, False]
    hold = house.store.shelves.holds.get(picture)
    assert hold is not None
    assert hold.places == {room: [sent.seq]}, "only as a message, now"


# -- changed


@lived
async def test_what_changes_is_said_and_the_rest_stays(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben, topic="Old")
    await anna.asks(changes(room, topic="New", title="Garden"))
    (said,) = ben.of(ConversationChanged)
    assert (said.title, said.topic, said.public, said.author) == (None, "New", None, anna.person)
    shown = await card(ben, room)
    assert (shown.title, shown.topic) == ("Garden", "New")
    assert await refusal_of(anna.asks(changes(room, topic="New"))) == "not-allowed"


@lived
async def test_moderators_change_the_card_and_only_the_owner_who_gets_in(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben, cleo)
    await anna.asks(ChangeMember(nonce=nonce(), conversation=room, person=ben.person, role="moderator"))
    for given in ({"title": "Yard"}, {"topic": "x"}, {"announcements": True}):
        assert await refusal_of(cleo.asks(changes(room, **given))) == "not-allowed"
        await ben.asks(changes(room, **given))
    for given in ({"public": True}, {"history": "joining"}):
        assert await refusal_of(ben.asks(changes(room, **given))) == "not-allowed"
        await anna.asks(changes(room, **given))


@lived
async def test_in_a_room_of_announcements_only_its_leaders_write(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("News", ben, announcements=True)
    await anna.says_in(room, "Hear")
    assert await refusal_of(ben.says_in(room, "No")) == "not-allowed"
    await anna.asks(changes(room, announcements=False))
    await ben.says_in(room, "Yes")
    assert anna.texts() == ["Hear", "Yes"]


@lived
async def test_a_room_of_people_is_not_turned_off(house: House) -> None:
    anna = await house.joins("Anna")
    room = await anna.makes_room("Garden")
    assert await refusal_of(anna.asks(changes(room, closed=True))) == "bad-field"


# -- found


@lived
async def test_public_rooms_are_found_by_name_or_topic_and_private_ones_never(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    garden = await anna.makes_room("Gärten", public=True, topic="Vegetables")
    await anna.makes_room("Garden shed", ben)
    music = await anna.makes_room("Music", public=True)
    assert {one.conversation for one in (await finds(ben)).rooms} == {garden, music}
    assert [one.conversation for one in (await finds(ben, query="garten")).rooms] == [garden]
    assert [one.conversation for one in (await finds(ben, query="VEGET")).rooms] == [garden]
    assert (await finds(ben, query="shed")).rooms == []


@lived
async def test_found_rooms_come_in_pages(house: House) -> None:
    anna = await house.joins("Anna")
    made = sorted([await anna.makes_room(f"Room {number}", public=True) for number in range(5)])
    found, after = list[str](), ""
    while True:
        page = await finds(anna, after=after, limit=2)
        found += [one.conversation for one in page.rooms]
        if not page.after:
            break
        after = page.after
    assert found == made


@lived
async def test_a_room_that_is_empty_or_from_which_one_was_removed_is_not_found(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    barred, empty = await anna.makes_room("Barred", ben, public=True), await anna.makes_room("Empty", public=True)
    await anna.asks(RemoveMember(nonce=nonce(), conversation=barred, person=ben.person))
    await anna.asks(LeaveRoom(nonce=nonce(), conversation=empty))
    assert [one.conversation for one in (await finds(anna)).rooms] == [barred]
    assert (await finds(ben)).rooms == []
    assert (await looks(ben, barred)).barred


@lived
async def test_a_link_opens_a_public_room_or_one_s_own(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    public, private = await anna.makes_room("Open", public=True), await anna.makes_room("Closed")
    seen = await looks(ben, public)
    assert (seen.room.title, seen.room.size, seen.member, seen.barred) == ("Open", 1, False, False)
    assert (await looks(anna, private)).member
    assert await refusal_of(looks(ben, private)) == "not-found"
    assert await refusal_of(looks(ben, "room.rnobodyaaaaaaa")) == "not-found"


# -- everyone


@lived
async def test_everybody_of_the_house_is_in_everyone_from_their_first_moment(house: House) -> None:
    await ensure_everyone(house.store)
    host, ben = await people(house, "Host", "Ben")
    await host.says_in(EVERYONE, "Hello")
    cleo = await house.joins("Cleo")
    await ben.says_in(EVERYONE, "Welcome")
    assert [phone.texts() for phone in (host, ben, cleo)] == [["Hello", "Welcome"], ["Hello", "Welcome"], ["Welcome"]]
    shown = await row_for(cleo, EVERYONE)
    assert shown is not None
    assert shown.room is not None
    assert (shown.room.title, shown.room.size, shown.members, shown.unread) == ("", 3, [], 1)
    assert [event.text for event in await pull_all(cleo, EVERYONE) if hasattr(event, "text")] == ["Hello", "Welcome"]
    page = await cleo.asks(ListMembers(conversation=EVERYONE), Members)
    assert {one.person: one.role for one in page.members} == {
        host.person: "owner", ben.person: "member", cleo.person: "member"
    }  # fmt: skip


@lived
async def test_a_house_from_before_there_were_rooms_gets_everyone_once(house: House) -> None:
    host, ben = await people(house, "Host", "Ben")
    await ensure_everyone(house.store)
    await ensure_everyone(house.store)
    assert row_of(house, EVERYONE).head == 1
    assert await row_for(ben, EVERYONE) is not None
    assert await refusal_of(house.does(BeginEveryone(nonce=nonce()))) == "not-allowed"
    assert await refusal_of(house.does(BeginEveryone(nonce=nonce()), host.who)) == "not-allowed"


@lived
async def test_the_host_turns_everyone_off_and_on_and_nobody_else_does(house: House) -> None:
    host, ben = await people(house, "Host", "Ben")
    await ensure_everyone(house.store)
    await ben.says_in(EVERYONE, "Hello")
    assert await refusal_of(ben.asks(changes(EVERYONE, closed=True))) == "not-allowed"
    await host.asks(changes(EVERYONE, closed=True))
    assert [event.closed for event in ben.of(ConversationChanged)] == [True], "an open page hears it"
    for phone in (host, ben):
        assert await row_for(phone, EVERYONE) is None
        assert await refusal_of(phone.says_in(EVERYONE, "x")) == "not-found"
        assert await refusal_of(phone.pulls(EVERYONE)) == "not-found"
        assert not (await finds(phone)).everyone
    assert (await ben.resumes(epoch=house.store.epoch, heads={EVERYONE: 2})).gone == [EVERYONE]
    assert await refusal_of(ben.asks(changes(EVERYONE, closed=False))) == "not-found"
    await host.asks(changes(EVERYONE, closed=False))
    await ben.says_in(EVERYONE, "Again")
    assert host.texts() == ["Hello", "Again"]


@lived
async def test_the_host_names_everyone_and_may_keep_it_for_announcements(house: House) -> None:
    host, ben = await people(house, "Host", "Ben")
    await ensure_everyone(house.store)
    await host.asks(changes(EVERYONE, title="Class 7b", announcements=True))
    assert (await card(ben, EVERYONE)).title == "Class 7b"
    assert await refusal_of(ben.says_in(EVERYONE, "x")) == "not-allowed"
    await host.says_in(EVERYONE, "Hear")
    assert await refusal_of(ben.asks(changes(EVERYONE, title="Mine"))) == "not-allowed"
    assert await refusal_of(host.asks(changes(EVERYONE, public=True))) == "not-allowed"
    assert await refusal_of(host.asks(changes(EVERYONE, history="joining"))) == "not-allowed"


@lived
async def test_who_is_removed_from_the_house_is_out_of_everyone(house: House) -> None:
    host, ben = await people(house, "Host", "Ben")
    await ensure_everyone(house.store)
    await host.asks(RemovePerson(nonce=nonce(), person=ben.person))
    await host.says_in(EVERYONE, "after")
    await settles()
    assert ben.texts() == []
    assert visible(house.store.view(), ben.person, EVERYONE) == []
    assert (await card(host, EVERYONE)).size == 1


# -- what a large room costs


class Counting(Memory):
    """A disk that counts what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    async def commit(self, batch: Any) -> None:
        self.bytes += sum(len(value or b"") for _, _, value in batch.shelves) + sum(
            len(row.frame) for row in batch.rows
        )
        await super().commit(batch)


@lived
async def test_a_newcomer_costs_a_large_house_no_more_than_a_small_one() -> None:
    disk = Counting()
    house = await House(disk).start()
    try:
        await ensure_everyone(house.store)
        first = await house.joins("Person")
        costs = []
        for number in range(600):
            disk.bytes = 0
            phone = await house.joins(f"Person {number}")
            phone.disconnect()
            costs.append(disk.bytes)
        await settles()
        assert max(costs[500:]) < 2 * max(costs[:10])
        assert not first.of(MemberJoined), "nobody is told"
        assert (await card(first, EVERYONE)).size == 601
    finally:
        await house.close()


@lived
async def test_a_message_in_a_large_room_writes_no_more_than_in_a_small_one() -> None:
    disk = Counting()
    house = await House(disk).start()
    try:
        anna = await house.joins("Anna")
        costs = []
        for size in (2, 900):
            seen = {f"p{number:013d}": whole() for number in range(size - 1)} | {anna.person: whole()}
            room = f"room.r{'ab'[size > 2] * 13}"
            house.furnishes(room, seen, head=1)
            disk.bytes = 0
            await anna.says_in(room, "Hello")
            costs.append(disk.bytes)
        assert costs[1] < costs[0] + 100
    finally:
        await house.close()


@lived
async def test_in_a_large_room_marks_and_typing_are_told_to_nobody(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    seen = {f"p{number:013d}": whole() for number in range(60)}
    room = "room.raaaaaaaaaaaaa"
    house.furnishes(room, seen | {anna.person: whole(), ben.person: whole()}, head=5)
    await anna.asks(SetTyping(conversation=room, typing=True))
    await anna.asks(SetMarks(marks=[Mark(conversation=room, read=3)]))
    await passes(1)
    assert (ben.of(TypingChanged), ben.of(MarkChanged)) == ([], [])


def whole() -> list[Reach]:
    """From the start on."""
    return [Reach(first=1, last=0)]
