"""Editing and deleting: one's own words, and nothing left of what was taken back."""

import asyncio

import pytest

from chat.editing import MAX_EDITS
from chat.visibility import may_see_file
from protocol.answers import History
from protocol.codec import read_event
from protocol.commands import DeleteMessage, ReadHistory
from protocol.events import MessageDeleted, MessageEdited, MessageSent
from store.durable import LogRow
from tests.chat.rooming import makes, people
from tests.chat.said import POLL, Said
from tests.neighbours import House, lived, nonce, refusal_of, settles


@lived
async def test_the_latest_words_stand_and_the_first_are_in_the_history(house: House) -> None:
    said = await Said().begin(house, "Helo")
    await said.edits(said.anna, "Hello")
    await said.edits(said.anna, "Hello!")
    await settles()
    assert [event.text for event in said.ben.of(MessageEdited)] == ["Hello", "Hello!"]
    edit = read_event((await said.about(said.ben)).edit or b"")
    assert isinstance(edit, MessageEdited)
    assert edit.text == "Hello!"
    history = await said.ben.asks(ReadHistory(conversation=said.place, target=said.seq), History)
    assert [read_event(frame).text for frame in history.frames] == ["Helo", "Hello", "Hello!"]  # type: ignore[attr-defined]
    row = (await said.ben.opens(said.place)).row
    assert read_event(row.edit or b"").text == "Hello!"  # type: ignore[attr-defined]


@lived
async def test_nobody_edits_or_deletes_what_another_said(house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.edits(said.ben, "mine now")) == "not-allowed"
    assert await refusal_of(said.deletes(said.ben)) == "not-allowed"
    assert await refusal_of(said.edits(said.eve, "mine now")) == "not-found"
    assert await refusal_of(said.deletes(said.eve)) == "not-found"


@pytest.mark.parametrize(("text", "code"), [("  ", "bad-field"), ("\u200b", "bad-field"), ("Hello", "stands-already")])
@lived
async def test_an_edit_says_something_and_something_new(text: str, code: str, house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.edits(said.anna, text)) == code


@lived
async def test_a_question_stays_as_it_was_asked(house: House) -> None:
    said = await Said().begin(house, "When?", poll=POLL)
    assert await refusal_of(said.edits(said.anna, "Where?")) == "not-allowed"


@lived
async def test_a_message_is_edited_so_often_and_no_more(house: House) -> None:
    said = await Said().begin(house)
    for number in range(MAX_EDITS):
        await said.edits(said.anna, f"{number}")
    assert await refusal_of(said.edits(said.anna, "once more")) == "too-many"


async def everything(said: Said) -> list[LogRow]:
    return await said.house.store.durable.after(said.place, 0, 1000, 10**9)


@lived
async def test_what_was_taken_back_is_nowhere_any_more(house: House) -> None:
    said = await Said().begin(house, "a secret")
    await said.edits(said.anna, "a secret, spelled otherwise")
    await said.deletes(said.anna)
    rows = await everything(said)
    assert not [row for row in rows if b"secret" in row.frame or "secret" in row.text]
    pulled = await said.ben.pulls(said.place)
    assert not [frame for frame in pulled.frames if b"secret" in frame]
    opened = await said.ben.opens(said.place)
    (sent,) = [event for frame in opened.page.frames if isinstance(event := read_event(frame), MessageSent)]
    assert (sent.deleted, sent.text, sent.author) == (True, "", said.anna.person)
    assert (opened.row.edit, opened.page.about[0].edit, opened.row.unread) == (None, None, 0)
    assert await refusal_of(said.ben.asks(ReadHistory(conversation=said.place, target=said.seq))) == "not-found"


@lived
async def test_an_edit_of_the_same_moment_is_gone_too(house: House) -> None:
    said = await Said().begin(house, "a secret")
    await asyncio.gather(said.edits(said.anna, "the secret"), said.deletes(said.anna))
    assert not [row for row in await everything(said) if b"secret" in row.frame or "secret" in row.text]


@lived
async def test_the_files_go_with_the_message_and_stay_while_another_holds_them(house: House) -> None:
    said = await Said().begin(house)
    file = await house.uploads(said.anna)
    said.seq = await said.says(said.anna, "look", files=[file])
    again = await said.says(said.anna, "once more", files=[file])
    await said.deletes(said.anna)
    assert may_see_file(house.store, said.ben.person, file)
    await said.deletes(said.anna, target=again)
    assert not may_see_file(house.store, said.ben.person, file)


@lived
async def test_reactions_and_pins_go_with_it(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben)
    await said.pins(said.ben)
    await said.deletes(said.anna)
    opened = await said.ben.opens(said.place)
    assert (opened.page.about[0].reactions, opened.row.pins) == ([], [])
    assert [event.person for event in said.ben.of(MessageDeleted)] == [said.anna.person]


@lived
async def test_what_was_taken_back_is_not_taken_back_again(house: House) -> None:
    said = await Said().begin(house)
    await said.deletes(said.anna)
    assert await refusal_of(said.deletes(said.anna)) == "not-found"
    assert await refusal_of(said.edits(said.anna, "again")) == "not-found"


@lived
async def test_who_leads_a_room_takes_back_what_others_said_there_and_members_do_not(house: House) -> None:
    anna, ben, cleo = await people(house, "Anna", "Ben", "Cleo")
    room = await anna.makes_room("Garden", ben, cleo)
    await anna.asks(makes(room, ben, "moderator"))

    def taken_back(seq: int) -> DeleteMessage:
        return DeleteMessage(nonce=nonce(), conversation=room, target=seq)

    of_cleo = [(await cleo.says_in(room, text)).seq for text in ("one", "two")]
    of_ben = (await ben.says_in(room, "three")).seq
    assert await refusal_of(cleo.asks(taken_back(of_ben))) == "not-allowed"
    await anna.asks(taken_back(of_cleo[0]))
    await ben.asks(taken_back(of_cleo[1]))
    await settles()
    assert [(event.author, event.person) for event in cleo.of(MessageDeleted)] == [
        (anna.person, cleo.person),
        (ben.person, cleo.person),
    ]
