"""Messages: who may say what where, and with which files."""

import pytest

from chat.messages import MAX_PLACES
from chat.visibility import HOUSE, direct, may_see_file, own
from protocol.commands import MakeInvitation, RemovePerson, SendMessage
from protocol.events import ConversationCreated, MessageSent
from tests.neighbours import House, Phone, lived, nonce, refusal_of, settles


def message(place: str, text: str = "Hello", **given: object) -> SendMessage:
    return SendMessage(**({"nonce": nonce(), "conversation": place, "text": text} | given))  # type: ignore[arg-type]


async def three(house: House) -> list[Phone]:
    return [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]


@lived
async def test_the_first_message_begins_the_conversation_and_the_second_does_not(house: House) -> None:
    anna, ben, _ = await three(house)
    assert (await anna.says("one", ben)).seq == 2
    assert (await ben.says("two", anna)).seq == 3
    created, *said = ben.of(ConversationCreated)[-1:] + ben.of(MessageSent)
    assert (created.seq, created.kind, created.members) == (1, "direct", sorted([anna.person, ben.person]))
    assert [(event.seq, event.author, event.text) for event in said] == [
        (2, anna.person, "one"),
        (3, ben.person, "two"),
    ]


@lived
async def test_both_beginning_at_once_begin_one_conversation(house: House) -> None:
    anna, ben, _ = await three(house)
    place = direct(anna.person, ben.person)
    first, second = anna.sends(message(place)), ben.sends(message(place))
    assert [(await first)["seq"], (await second)["seq"]] == [2, 3]
    assert len([event for event in anna.of(ConversationCreated) if event.conversation == place]) == 1


@lived
async def test_every_device_of_both_hears_it_and_a_third_does_not(house: House) -> None:
    anna, ben, cleo = await three(house)
    tablet, laptop = await house.adds_device(anna), await house.adds_device(ben)
    await anna.says("Hello", ben)
    await settles()
    assert [phone.texts() for phone in (anna, tablet, ben, laptop, cleo)] == [["Hello"]] * 4 + [[]]


@lived
async def test_a_stranger_cannot_speak(house: House) -> None:
    anna, ben, cleo = await three(house)
    await anna.says("Hello", ben)
    assert await refusal_of(cleo.asks(message(direct(anna.person, ben.person)))) == "not-found"
    assert ben.texts() == ["Hello"]


@lived
async def test_nobody_writes_where_nobody_speaks(house: House) -> None:
    anna, _, _ = await three(house)
    await house.does(MakeInvitation(nonce=nonce(), invitation="0" * 64, kind="many", expires_at=house.clock() + 1))
    assert await refusal_of(anna.asks(message(own(anna.person)))) == "not-allowed"
    assert await refusal_of(anna.asks(message(HOUSE))) == "not-found"
    assert await refusal_of(anna.asks(message("directory"))) == "not-found"
    assert await refusal_of(anna.asks(message(f"direct.{anna.person}.{anna.person}"))) == "not-found"


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u2003"])
@lived
async def test_a_message_needs_words_or_a_file(text: str, house: House) -> None:
    anna, ben, _ = await three(house)
    place = direct(anna.person, ben.person)
    assert await refusal_of(anna.asks(message(place, text))) == "bad-field"
    await anna.asks(message(place, text, files=[await house.uploads(anna)]))
    assert house.store.view().conversation(place).head == 2  # type: ignore[union-attr]


@lived
async def test_a_message_carries_its_files_as_the_server_found_them(house: House) -> None:
    anna, ben, _ = await three(house)
    file = await house.uploads(anna, type="image/png", width=30, height=20, thumbnail=True, sha256="0" * 64)
    await anna.says("look", ben, files=[file, file])
    (sent,) = ben.of(MessageSent)
    (info,) = sent.files
    assert (info.id, info.name, info.type, info.width, info.height, info.thumbnail) == (
        file, "a.jpg", "image/png", 30, 20, True,
    )  # fmt: skip


@lived
async def test_a_file_of_somebody_else_cannot_be_sent_even_by_who_may_see_it(house: House) -> None:
    anna, ben, cleo = await three(house)
    file = await house.uploads(anna)
    await anna.says("look", ben, files=[file])
    for thief in (ben, cleo):
        assert await refusal_of(thief.says("mine", anna, files=[file])) == "not-found"


@lived
async def test_a_file_that_is_not_there_yet_cannot_be_sent(house: House) -> None:
    anna, ben, _ = await three(house)
    half = await house.uploads(anna, complete=False)
    assert await refusal_of(anna.says("look", ben, files=[half])) == "bad-field"
    assert await refusal_of(anna.says("look", ben, files=["f" + "a" * 26])) == "not-found"
    assert ben.texts() == []


@lived
async def test_a_file_in_two_conversations_is_for_the_people_of_both(house: House) -> None:
    anna, ben, cleo = await three(house)
    file = await house.uploads(anna)
    await anna.says("look", ben, files=[file])
    await anna.says("look", cleo, files=[file])
    hold = house.store.shelves.holds.get(file)
    assert hold is not None
    assert hold.places == {direct(anna.person, ben.person): [2], direct(anna.person, cleo.person): [2]}


@lived
async def test_who_was_removed_cannot_be_written_to(house: House) -> None:
    host, ben, cleo = await three(house)
    await cleo.says("before", ben)
    await host.asks(RemovePerson(nonce=nonce(), person=ben.person))
    for writer in (cleo, host):
        assert await refusal_of(writer.says("after", ben)) == "not-allowed"
    assert (await cleo.opens(direct(ben.person, cleo.person))).row.head == 2, "what was said can still be read"


@lived
async def test_words_are_kept_as_they_were_written(house: House) -> None:
    anna, ben, _ = await three(house)
    text = "  <script>alert(1)</script>\n\u202eabc 👩‍👩‍👧 \x00 " + "x" * 900
    await anna.says(text, ben)
    assert ben.texts() == [text]


@lived
async def test_a_file_sent_over_and_over_does_not_make_each_sending_dearer(house: House) -> None:
    anna, ben, cleo = await three(house)
    file = await house.uploads(anna)
    for _ in range(MAX_PLACES + 20):
        await anna.says("", ben, files=[file])
    row = house.store.shelves.holds.get(file)
    assert row is not None
    assert [len(seqs) for seqs in row.places.values()] == [MAX_PLACES]
    assert [may_see_file(house.store, one.person, file) for one in (anna, ben, cleo)] == [True, True, False]
