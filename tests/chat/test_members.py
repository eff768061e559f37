"""Members of rooms: who comes, what they may see then, and who has which role."""

from typing import Any

import pytest

from chat.members import MAX_MEMBERS, MAX_MODERATORS, MAX_ROOMS
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE, direct, own
from protocol.answers import Members, Reach, Written
from protocol.codec import read_event
from protocol.commands import (
    AddMembers,
    BlockPerson,
    ChangeRoom,
    ListMembers,
    RemovePerson,
    SetMarks,
    SetTyping,
)
from protocol.events import (
    Logged,
    MarkChanged,
    MemberJoined,
    MessageSent,
    TypingChanged,
)
from protocol.shapes import Mark
from store.rows import Conversation, Member
from tests.chat.rooming import adds, joins, leaves, makes, people, removes, row_of, texts
from tests.neighbours import House, lived, nonce, passes, refusal_of

# -- coming


@lived
async def test_owner_and_moderators_bring_people_in_and_members_do_not(house: House) -> None:
    anna, ben, cleo, dora = await people(house, "Anna", "Ben", "Cleo", "Dora")
    room = await anna.makes_room("Garden", ben)
    assert await refusal_of(ben.asks(adds(room, cleo))) == "not-allowed"
    await anna.asks(makes(room, ben, "moderator"))
    await ben.asks(adds(room, cleo))
    await anna.asks(adds(room, dora))
    assert {one.person for one in house.store.view().members(room) if one.present} == {
        phone.person for phone in (anna, ben, cleo, dora)
    }
    assert row_of(house, room).size == 4


@lived
async def test_who_is_added_hears_it_in_the_room_and_in_their_own_conversation(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden")
    await anna.asks(adds(room, ben))
    said = [(event.conversation, event.room, event.author, event.person) for event in ben.of(MemberJoined)]
    assert said == [(room, "", anna.person, ben.person), (own(ben.person), room, anna.person, ben.person)]
    assert [event.conversation for event in anna.of(MemberJoined)] == [room]


@lived
async def test_who_is_in_already_is_passed_over_and_nobody_new_is_a_refusal(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben)
    await anna.asks(adds(room, ben, cleo, cleo))
    assert [event.person for event in anna.of(MemberJoined)] == [cleo.person]
    assert await refusal_of(anna.asks(adds(room, ben, cleo))) == "not-allowed"


@lived
async def test_who_is_not_of_the_house_cannot_be_added(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden")
    await anna.asks(RemovePerson(nonce=nonce(), person=ben.person))
    assert await refusal_of(anna.asks(adds(room, ben))) == "not-found"
    stranger = AddMembers(nonce=nonce(), conversation=room, members=["pnobodyaaaaaaa"])
    assert await refusal_of(anna.asks(stranger)) == "not-found"


@lived
async def test_nobody_is_brought_into_a_room_by_somebody_they_blocked(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    await ben.asks(BlockPerson(nonce=nonce(), person=anna.person))
    room = await anna.makes_room("Garden", cleo)
    assert await refusal_of(anna.asks(adds(room, ben))) == "not-allowed"
    assert await refusal_of(anna.makes_room("Other", ben)) == "not-allowed"
    await anna.asks(makes(room, cleo, "moderator"))
    await cleo.asks(adds(room, ben))


@pytest.mark.parametrize(("history", "seen"), [("start", ["before", "after"]), ("joining", ["after"])])
@lived
async def test_who_comes_later_sees_what_the_room_says(history: str, seen: list[str], house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", history=history)
    await anna.says_in(room, "before")
    await anna.asks(adds(room, ben))
    await anna.says_in(room, "after")
    assert await texts(ben, room) == seen
    opened = await ben.opens(room)
    assert [one.text for one in map(read_event, opened.page.frames) if isinstance(one, MessageSent)] == seen
    assert opened.row.unread == 1, "what was said before they came does not wait for them"


@lived
async def test_what_the_room_says_of_history_counts_for_those_who_come_after(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", history="joining")
    await anna.says_in(room, "before")
    await anna.asks(adds(room, ben))
    await anna.asks(ChangeRoom(nonce=nonce(), conversation=room, history="start"))
    await anna.asks(adds(room, cleo))
    assert (await texts(ben, room), await texts(cleo, room)) == ([], ["before"])


@lived
async def test_a_public_room_is_joined_by_oneself_and_a_private_one_is_not_there(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    public, private = await anna.makes_room("Open", public=True), await anna.makes_room("Closed")
    await ben.asks(joins(public))
    assert await refusal_of(ben.asks(joins(public))) == "not-allowed"
    assert await refusal_of(ben.asks(joins(private))) == "not-found"
    assert await refusal_of(ben.asks(joins("room.rnobodyaaaaaaa"))) == "not-found"


@lived
async def test_who_was_removed_from_a_public_room_does_not_come_back_by_themselves(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Open", ben, public=True)
    await anna.asks(removes(room, ben))
    assert await refusal_of(ben.asks(joins(room))) == "not-allowed"
    await anna.asks(adds(room, ben))
    await ben.asks(leaves(room))
    await ben.asks(joins(room))
    assert row_of(house, room).size == 2


# -- roles


@lived
async def test_only_the_owner_gives_roles(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben, cleo)
    await anna.asks(makes(room, ben, "moderator"))
    assert await refusal_of(ben.asks(makes(room, cleo, "moderator"))) == "not-allowed"
    assert await refusal_of(anna.asks(makes(room, ben, "moderator"))) == "not-allowed"
    assert await refusal_of(anna.asks(makes(room, anna, "member"))) == "not-allowed"
    await anna.asks(makes(room, ben, "member"))
    assert row_of(house, room).moderators == []


@lived
async def test_an_owner_who_hands_the_room_over_stays_as_a_moderator(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    await anna.asks(makes(room, ben, "moderator"))
    await anna.asks(makes(room, ben, "owner"))
    assert (row_of(house, room).owner, row_of(house, room).moderators) == (ben.person, [anna.person])
    assert await refusal_of(anna.asks(makes(room, ben, "member"))) == "not-allowed"


# -- limits


@lived
async def test_a_room_is_full_at_its_limit_and_not_before(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Open", public=True)
    others = {f"p{number:013d}": [Reach(first=1, last=0)] for number in range(MAX_MEMBERS - 2)}
    seen = {anna.person: [Reach(first=1, last=0)], **others}
    house.furnishes("room.rfullaaaaaaaaa", seen, head=1)
    shelf = house.store.shelves.conversations
    full = shelf.get("room.rfullaaaaaaaaa")
    assert full is not None
    shelf.put(Conversation(id=full.id, kind="room", head=1, size=full.size, public=True, owner=anna.person))
    await ben.asks(joins(full.id))
    assert await refusal_of(cleo.asks(joins(full.id))) == "too-many"
    assert await refusal_of(anna.asks(adds(full.id, cleo))) == "too-many"
    await cleo.asks(joins(room))


@lived
async def test_nobody_is_in_more_rooms_than_the_limit(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Open", public=True)
    for number in range(MAX_ROOMS):
        place = f"room.r{number:013d}"
        member = Member(conversation=place, person=ben.person, reach=[Reach(first=1, last=0)], joined=1)
        house.store.shelves.members.put(member)
    assert await refusal_of(ben.asks(joins(room))) == "too-many"
    assert await refusal_of(anna.asks(adds(room, ben))) == "too-many"
    assert await refusal_of(ben.makes_room("One more")) == "too-many"


@lived
async def test_a_room_has_so_many_moderators(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden", ben)
    shelf = house.store.shelves.conversations
    full = [f"p{number:013d}" for number in range(MAX_MODERATORS)]
    shelf.put(Conversation(id=room, kind="room", head=1, size=2, owner=anna.person, moderators=full))
    assert await refusal_of(anna.asks(makes(room, ben, "moderator"))) == "too-many"


# -- who is there


@lived
async def test_members_are_listed_page_by_page_with_their_roles(house: House) -> None:
    phones = await people(house, "Anna", "Ben", "Cleo", "Dora", "Eli")
    room = await phones[0].makes_room("Garden", *phones[1:])
    await phones[0].asks(makes(room, phones[2], "moderator"))
    listed, after = dict[str, str](), ""
    while True:
        page = await phones[1].asks(ListMembers(conversation=room, after=after, limit=2), Members)
        assert [card.id for card in page.people] == [one.person for one in page.members]
        listed |= {one.person: one.role for one in page.members}
        if not page.after:
            break
        after = page.after
    roles = ["owner", "member", "moderator", "member", "member"]
    assert listed == dict(zip([phone.person for phone in phones], roles, strict=True))


# -- everyone


@lived
async def test_nobody_is_added_to_everyone_leaves_it_or_is_removed(house: House) -> None:
    host, ben = await people(house, "Host", "Ben")
    await ensure_everyone(house.store)
    asked: list[Any] = [
        adds(EVERYONE, ben),
        removes(EVERYONE, ben),
        makes(EVERYONE, ben, "moderator"),
        leaves(EVERYONE),
    ]
    for command in asked:
        assert await refusal_of(host.asks(command)) == "not-allowed"
    assert await refusal_of(ben.asks(joins(EVERYONE))) == "not-found"


@lived
async def test_a_direct_conversation_is_not_left_or_joined_like_a_room(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    await anna.says("Hello", ben)
    place = direct(anna.person, ben.person)
    assert await refusal_of(anna.asks(leaves(place))) == "not-allowed"
    assert await refusal_of(anna.asks(adds(place, ben))) == "not-allowed"
    assert await refusal_of(anna.asks(joins(place))) == "not-found"


@lived
async def test_a_resend_adds_nobody_twice(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("Garden")
    command = adds(room, ben)
    first, second = await anna.asks(command, Written), await anna.asks(command, Written)
    assert first == second
    assert (first.conversation, row_of(house, room).size) == (room, 2)


@lived
async def test_passing_things_of_a_room_go_to_its_members_only(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben)
    await anna.asks(SetTyping(conversation=room, typing=True))
    await ben.asks(SetMarks(marks=[Mark(conversation=room, read=1)]))
    await passes(1)
    assert [len(phone.of(TypingChanged)) for phone in (anna, ben, cleo)] == [0, 1, 0]
    assert [len(phone.of(MarkChanged)) for phone in (anna, ben, cleo)] == [1, 1, 0]
    assert not [one for one in cleo.of(Logged) if one.conversation == room]
