"""Mentions: only people who are there, and they find it until they have read it."""

from functools import partial
from typing import Any

import pytest

from chat.mentions import FEW, MAX_KEPT
from chat.visibility import direct
from protocol.commands import BlockPerson, DeleteMessage, EditMessage, SendMessage, SetMarks, UnblockPerson
from protocol.events import MessageEdited, MessageSent
from protocol.shapes import Mark
from tests.chat.rooming import adds, makes
from tests.chat.said import Said
from tests.neighbours import House, Phone, lived, nonce


@lived
async def test_who_is_there_is_mentioned_once_and_a_stranger_is_not(house: House) -> None:
    said = await Said().begin(house)
    people = [said.ben.person, said.eve.person, said.ben.person]
    await said.says(said.anna, "@Ben @Eve @Ben", mentions=people)
    assert said.ben.of(MessageSent)[-1].mentions == [said.ben.person]


async def named_in(phone: Phone, place: str) -> list[int]:
    return next(row.mentions for row in (await phone.resumes()).rows if row.conversation == place)


@lived
async def test_whom_a_message_names_finds_it_until_it_is_read(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    say = partial(SendMessage, conversation=place, text="x")
    await ben.asks(say(nonce=nonce(), mentions=[anna.person]))
    await ben.asks(say(nonce=nonce(), mentions=[ben.person]))
    await ben.asks(say(nonce=nonce(), mentions=[anna.person]))
    assert (await named_in(anna, place), await named_in(ben, place)) == ([2, 4], [])
    await anna.asks(SetMarks(marks=[Mark(conversation=place, read=2)]))
    assert await named_in(anna, place) == [4]


@lived
async def test_what_was_taken_back_names_nobody(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    said = SendMessage(nonce=nonce(), conversation=place, text="x", mentions=[anna.person])
    await ben.asks(said)
    await ben.asks(DeleteMessage(nonce=nonce(), conversation=place, target=2))
    assert await named_in(anna, place) == []


@lived
async def test_no_more_than_the_newest_are_kept(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    for _ in range(MAX_KEPT + 5):
        await ben.asks(SendMessage(nonce=nonce(), conversation=place, text="x", mentions=[anna.person]))
    assert await named_in(anna, place) == list(range(7, MAX_KEPT + 7))


@lived
async def test_whom_one_has_blocked_calls_one_in_no_room(house: House) -> None:
    (ada, ben, cleo), room = await in_a_room(house, 3)
    await ada.asks(BlockPerson(nonce=nonce(), person=ben.person))
    await ben.asks(calls_all(room, mentions=[ada.person, cleo.person]))
    seq = house.store.view().conversation(room).head  # type: ignore[union-attr]
    assert [await named_in(one, room) for one in (ada, cleo)] == [[], [seq]]
    await ben.asks(SendMessage(nonce=nonce(), conversation=room, text="@Ada", mentions=[ada.person]))
    assert await named_in(ada, room) == []
    await cleo.asks(calls_all(room))
    assert await named_in(ada, room) == [seq + 2]
    await ada.asks(UnblockPerson(nonce=nonce(), person=ben.person))
    assert await named_in(ada, room) == [seq + 2], "what called nobody then does not call now"
    await ben.asks(calls_all(room))
    assert await named_in(ada, room) == [seq + 2, seq + 3]
    await ben.asks(DeleteMessage(nonce=nonce(), conversation=room, target=seq))
    assert await named_in(cleo, room) == [seq + 3]


def calls_all(place: str, **given: Any) -> SendMessage:
    return SendMessage(nonce=nonce(), conversation=place, text="@alle", everyone="alle", **given)


async def in_a_room(house: House, size: int) -> tuple[list[Phone], str]:
    phones = [await house.joins(f"Singer {number}") for number in range(size)]
    return phones, await phones[0].makes_room("Choir", *phones[1:])


@lived
async def test_everybody_finds_what_names_everybody_but_who_wrote_it(house: House) -> None:
    (ada, ben, cleo), room = await in_a_room(house, 3)
    written = await ben.asks(calls_all(room))
    assert ada.of(MessageSent)[-1].everyone == "alle"
    seq = int(written["seq"])  # type: ignore[index]
    assert [await named_in(one, room) for one in (ada, ben, cleo)] == [[seq], [], [seq]]
    await ada.asks(SetMarks(marks=[Mark(conversation=room, read=seq)]))
    assert (await named_in(ada, room), await named_in(cleo, room)) == ([], [seq])
    await ben.asks(DeleteMessage(nonce=nonce(), conversation=room, target=seq))
    assert await named_in(cleo, room) == []


@lived
async def test_who_comes_later_was_not_called(house: House) -> None:
    (ada, _), room = await in_a_room(house, 2)
    await ada.asks(calls_all(room))
    eve = await house.joins("Eve")
    await ada.asks(adds(room, eve))
    assert await named_in(eve, room) == []


@pytest.mark.parametrize(("size", "may"), [(FEW, True), (FEW + 1, False)])
@lived
async def test_in_a_large_room_only_who_leads_it_calls_everybody(size: int, may: bool, house: House) -> None:
    (ada, ben, cleo, *_), room = await in_a_room(house, size)
    await ada.asks(makes(room, cleo, "moderator"))
    for phone, called in ((ada, True), (cleo, True), (ben, may)):
        await phone.asks(calls_all(room))
        said = ada.of(MessageSent)[-1]
        assert (said.text, said.everyone) == ("@alle", "alle" if called else "")


@lived
async def test_between_two_nobody_else_is_there_to_be_called(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(calls_all(direct(anna.person, ben.person)))
    assert ben.of(MessageSent)[-1].everyone == ""
    assert await named_in(ben, direct(anna.person, ben.person)) == []


@lived
async def test_whom_an_edit_names_is_shown_and_not_called(house: House) -> None:
    (ada, ben), room = await in_a_room(house, 2)
    seq = (await ada.says_in(room, "x")).seq
    about = {"nonce": nonce(), "conversation": room, "target": seq}
    await ada.asks(EditMessage(**about, text="@all @Ben", everyone="all", mentions=[ben.person]))
    edited = ben.of(MessageEdited)[-1]
    assert (edited.everyone, edited.mentions) == ("all", [ben.person])
    assert await named_in(ben, room) == []
