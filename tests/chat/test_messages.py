"""Messages: who may say what where, and with which files."""

import pytest

from chat.messages import MAX_PLACES
from chat.visibility import HOUSE, direct, may_see_file, own
from protocol.codec import read_command
from protocol.commands import DeleteMessage, EditMessage, MakeInvitation, RemovePerson, SendMessage
from protocol.errors import Refusal
from protocol.events import ConversationCreated, MessageSent
from protocol.shapes import MAX_LEVELS, MAX_VOICE_MS, Place, Voice
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


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u2003", "\u200b\ufeff", "\u2800\u3164"])
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


SPOKEN = Voice(milliseconds=4200, levels=bytes([0, 90, 255, 40]))


@lived
async def test_a_voice_message_carries_its_length_and_how_loud_it_is(house: House) -> None:
    anna, ben, _ = await three(house)
    file = await house.uploads(anna, type="audio/mp4")
    await anna.asks(message(direct(anna.person, ben.person), "", files=[file], voice=SPOKEN))
    await anna.says("and words", ben)
    spoken, written = ben.of(MessageSent)
    assert (spoken.voice, [info.type for info in spoken.files]) == (SPOKEN, ["audio/mp4"])
    assert written.voice is None


@pytest.mark.parametrize("types", [[], ["image/png"], ["video/mp4"], ["audio/mp4", "audio/mp4"]])
@lived
async def test_a_voice_message_is_one_sound_and_nothing_else(types: list[str], house: House) -> None:
    anna, ben, _ = await three(house)
    files = [await house.uploads(anna, type=kind) for kind in types]
    spoken = message(direct(anna.person, ben.person), "listen", files=files, voice=SPOKEN)
    assert await refusal_of(anna.asks(spoken)) == "bad-field"
    assert ben.texts() == []


@pytest.mark.parametrize(
    "voice",
    [{"milliseconds": 0}, {"milliseconds": MAX_VOICE_MS + 1}, {"levels": bytes(MAX_LEVELS + 1)}, {"levels": "x"}],
)
def test_a_voice_message_has_its_limits(voice: dict[str, object]) -> None:
    asked = {"conversation": "house", "nonce": nonce(), "voice": {"milliseconds": 1, "levels": b""}}
    read_command("message.send", asked)
    with pytest.raises(Refusal) as refused:
        read_command("message.send", asked | {"voice": {"milliseconds": 1, "levels": b""} | voice})
    assert refused.value.field == f"voice.{next(iter(voice))}"


@lived
async def test_a_quote_names_its_place_and_copies_nothing(house: House) -> None:
    anna, ben, cleo = await three(house)
    place = direct(anna.person, ben.person)
    seq = (await anna.says("Hello", ben)).seq
    await ben.asks(message(place, "Hi", reply=seq))
    assert [event.reply for event in anna.of(MessageSent)] == [0, seq]
    assert await refusal_of(ben.asks(message(place, "Hi", reply=99))) == "not-found"
    assert await refusal_of(cleo.asks(message(direct(cleo.person, anna.person), "Hi", reply=seq))) == "not-found"


@lived
async def test_a_thread_hangs_on_a_message_and_not_on_its_answers(house: House) -> None:
    anna, ben, _ = await three(house)
    place = direct(anna.person, ben.person)
    root = (await anna.says("Hello", ben)).seq
    answer = await ben.asks(message(place, "in the thread", target=root))
    assert anna.of(MessageSent)[-1].target == root
    assert await refusal_of(anna.asks(message(place, "deeper", target=answer["seq"]))) == "not-allowed"
    assert await refusal_of(anna.asks(message(place, "nowhere", target=99))) == "not-found"
    assert (await anna.resumes()).rows[0].last == (await ben.resumes()).rows[0].last
    row = house.store.view().conversation(place)
    assert row is not None
    assert row.line == root


@lived
async def test_what_is_forwarded_is_what_was_said_in_its_latest_words_with_its_files(house: House) -> None:
    anna, ben, cleo = await three(house)
    file = await house.uploads(anna)
    said = await anna.says("Hallo", ben, [file])
    here = {"conversation": said.conversation, "target": said.seq}
    await anna.asks(EditMessage(nonce=nonce(), text="Hello", **here))
    there = direct(ben.person, cleo.person)
    place = Place(conversation=said.conversation, seq=said.seq)
    await ben.asks(message(there, "", forward=place))
    await settles()
    (event,) = cleo.of(MessageSent)
    assert (event.text, event.forwarded, event.author) == ("Hello", anna.person, ben.person)
    assert may_see_file(house.store, cleo.person, file)
    again = Place(conversation=there, seq=event.seq)
    await cleo.asks(message(direct(anna.person, cleo.person), "", forward=again))
    assert anna.of(MessageSent)[-1].forwarded == anna.person, "who said it first"


@lived
async def test_nobody_forwards_what_they_may_not_see_or_puts_words_into_it(house: House) -> None:
    anna, ben, cleo = await three(house)
    said = await anna.says("Hello", ben)
    place = Place(conversation=said.conversation, seq=said.seq)
    assert await refusal_of(cleo.asks(message(direct(cleo.person, anna.person), "", forward=place))) == "not-found"
    assert await refusal_of(ben.asks(message(said.conversation, "and I", forward=place))) == "bad-field"
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=said.conversation, target=said.seq))
    assert await refusal_of(ben.asks(message(said.conversation, "", forward=place))) == "not-found"
