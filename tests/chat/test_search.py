"""Search finds what one may see, with the words around it, and tells nothing of anything else."""

from typing import Any

from chat.visibility import direct
from protocol.answers import FoundMessages, Reach, Written
from protocol.commands import DeleteMessage, EditMessage, FindMessages, RemovePerson, SendMessage
from protocol.records import replaced
from protocol.shapes import MAX_SOUGHT, Poll
from store.durable import Batch
from store.search import NotReady
from tests.chat.rooming import adds, removes
from tests.neighbours import House, Phone, lived, nonce, refusal_of


async def found(phone: Phone, text: str = "", **given: Any) -> FoundMessages:
    """What search answers this phone."""
    return await phone.asks(FindMessages(text=text, **given), FoundMessages)


async def texts(phone: Phone, text: str = "", **given: Any) -> list[str]:
    """The snippets, whole."""
    return ["".join(hit.pieces) for hit in (await found(phone, text, **given)).hits]


async def three(house: House) -> tuple[Phone, Phone, Phone, str]:
    """Anna and Ben, who write to each other, and Cleo."""
    anna, ben, cleo = await house.joins("Anna"), await house.joins("Ben"), await house.joins("Cleo")
    return anna, ben, cleo, direct(anna.person, ben.person)


def limit_reach(house: House, place: str, person: str, *reach: tuple[int, int]) -> None:
    """This person sees only these ranges of the conversation from now on."""
    row = house.store.shelves.conversations.get(place)
    assert row
    members = row.members | {person: [Reach(first=first, last=last) for first, last in reach]}
    house.store.shelves.conversations.put(replaced(row, members=members))


@lived
async def test_a_hit_says_where_who_when_and_the_words_around_it(house: House) -> None:
    anna, ben, _, place = await three(house)
    written = await anna.says("See you at dinner on Friday", ben)
    answer = await found(ben, "DINNER")
    (hit,) = answer.hits
    assert (hit.conversation, hit.seq, hit.author, hit.at) == (place, written.seq, anna.person, written.at)
    assert hit.pieces == ["See you at ", "dinner", " on Friday"]
    assert [card.name for card in answer.people] == ["Anna"]
    assert (answer.more, answer.partial, answer.ready) == (None, False, True)


@lived
async def test_members_find_it_and_strangers_do_not(house: House) -> None:
    anna, ben, cleo, place = await three(house)
    await anna.says("the secret word", ben)
    assert await texts(anna, "secret") == await texts(ben, "secret") == ["the secret word"]
    assert await texts(cleo, "secret") == []
    assert await texts(cleo, author=anna.person) == []
    await anna.says("another secret", cleo)
    assert await texts(cleo, "secret") == ["another secret"]
    assert await texts(anna, "secret") == ["another secret", "the secret word"]
    assert await texts(anna, "secret", conversation=place) == ["the secret word"]


@lived
async def test_a_conversation_of_others_is_refused_like_one_that_does_not_exist(house: House) -> None:
    anna, ben, cleo, place = await three(house)
    await anna.says("the secret word", ben)
    for conversation in (place, "room.rnosuchroomaaa", "house", f"own.{anna.person}"):
        assert await refusal_of(found(cleo, "secret", conversation=conversation)) == "not-found", conversation
    assert await texts(cleo, "secret", conversation=direct(cleo.person, ben.person)) == []


@lived
async def test_who_came_late_or_left_finds_only_their_part(house: House) -> None:
    anna, ben, _, place = await three(house)
    for at in range(5):
        await anna.says(f"apple {at}", ben)
    limit_reach(house, place, ben.person, (3, 4), (6, 0))
    assert await texts(ben, "apple") == ["apple 4", "apple 2", "apple 1"]
    assert len(await texts(anna, "apple")) == 5
    limit_reach(house, place, ben.person, (3, 4))
    assert await texts(ben, "apple") == ["apple 2", "apple 1"]
    assert await texts(ben, "apple", conversation=place) == ["apple 2", "apple 1"]


@lived
async def test_who_was_removed_finds_nothing(house: House) -> None:
    anna, ben, _, _ = await three(house)
    await anna.says("apple", ben)
    await anna.asks(RemovePerson(nonce=nonce(), person=ben.person))
    assert await refusal_of(house.does(FindMessages(text="apple"), ben.who)) == "signed-out"
    assert await texts(anna, "apple") == ["apple"]


@lived
async def test_filters_narrow_and_work_without_words(house: House) -> None:
    anna, ben, _, _ = await three(house)
    first = await anna.says("holiday", ben)
    file = await house.uploads(anna, name="beach.jpg")
    await anna.says("holiday photo", ben, [file])
    await ben.says("holiday", anna)
    assert await texts(ben, "holiday", author=anna.person) == ["holiday photo", "holiday"]
    assert await texts(ben, has_file=True) == ["holiday photo"]
    assert await texts(ben, author=ben.person) == ["holiday"]
    assert len(await texts(ben, "holiday", after=first.at)) == 3
    assert await texts(ben, "holiday", before=first.at) == []
    assert await texts(ben) == []
    assert await texts(ben, " \u200b ") == []


@lived
async def test_a_file_is_found_by_its_name_and_shown(house: House) -> None:
    anna, ben, _, _ = await three(house)
    names = ("one.jpg", "two.jpg", "three.jpg", "four.jpg", "five.jpg")
    files = [await house.uploads(anna, name=name) for name in names]
    await anna.says("", ben, files)
    (hit,) = (await found(ben, "five")).hits
    assert (hit.pieces, hit.in_file) == (["", "five", ".jpg"], True)
    assert [file.name for file in hit.files] == ["five.jpg", "one.jpg", "two.jpg", "three.jpg"]
    (hit,) = (await found(ben, has_file=True)).hits
    assert (hit.pieces, hit.in_file) == (["one.jpg"], True)


async def asks(phone: Phone, other: Phone, question: str, *options: str) -> Written:
    """A poll between two."""
    place = direct(phone.person, other.person)
    poll = Poll(options=list(options))
    return await phone.asks(SendMessage(nonce=nonce(), conversation=place, text=question, poll=poll), Written)


@lived
async def test_a_poll_is_found_by_what_it_asks_and_by_its_options(house: House) -> None:
    anna, ben, cleo, place = await three(house)
    written = await asks(anna, ben, "Lunch on Friday?", "Soup", "Crème brûlée", "Salad")
    await anna.says("Lunch is ready", ben)
    hits = (await found(ben, "friday")).hits
    assert [(hit.seq, hit.poll, hit.question) for hit in hits] == [(written.seq, True, "")]
    (hit,) = (await found(ben, "brulee")).hits
    assert (hit.poll, hit.question) == (True, "Lunch on Friday?")
    assert hit.pieces == ["Soup · Crème ", "brûlée", " · Salad"]
    assert await texts(ben, "salad friday") == ["Lunch on Friday?"]
    assert await texts(ben, "soup salad") == ["Soup · Crème brûlée · Salad"]
    assert await texts(ben, "salad lunch is ready") == []
    assert await texts(cleo, "soup") == []
    (other,) = (await found(ben, "ready")).hits
    assert (other.poll, other.question) == (False, "")
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=place, target=written.seq))
    assert await texts(ben, "soup") == await texts(ben, "friday") == []


@lived
async def test_pages_follow_each_other(house: House) -> None:
    anna, ben, cleo, _ = await three(house)
    for at in range(7):
        await anna.says(f"apple {at}", ben if at % 2 else cleo)
    first = await found(anna, "apple", limit=3)
    second = await found(anna, "apple", limit=3, older_than=first.more)
    third = await found(anna, "apple", limit=3, older_than=second.more)
    pages = [["".join(hit.pieces)[-1] for hit in page.hits] for page in (first, second, third)]
    assert (pages, third.more) == ([["6", "5", "4"], ["3", "2", "1"], ["0"]], None)


@lived
async def test_where_a_page_ended_is_no_way_to_ask_about_others(house: House) -> None:
    anna, ben, cleo, place = await three(house)
    await anna.says("apple", cleo)
    await anna.says("secret", ben)
    await anna.says("apple", cleo)
    answers = [
        await found(cleo, "apple", older_than={"at": 2**50, "conversation": place, "seq": seq}) for seq in (2, 99)
    ]
    assert answers[0] == answers[1]
    assert len(answers[0].hits) == 2


@lived
async def test_words_that_were_blanked_since_are_not_shown(house: House) -> None:
    anna, ben, _, place = await three(house)
    written = await anna.says("the secret word", ben)
    row = await house.store.timeline.row(place, written.seq)
    assert row
    blank = replaced_text(row)
    await house.store.durable.commit(Batch(rewrites=[blank]))
    house.store.timeline._tails.pop(place)
    assert await texts(ben, "secret") == []
    assert await texts(ben, author=anna.person) == []


def replaced_text(row: Any) -> Any:
    """The row with empty words, as a deletion leaves it."""
    from dataclasses import replace

    from protocol.codec import pack_event, read_event

    return replace(row, text="", frame=pack_event(replaced(read_event(row.frame), text="")))


@lived
async def test_while_there_is_no_index_it_says_so(house: House) -> None:
    anna, ben, _, _ = await three(house)
    await anna.says("apple", ben)

    async def find(question: object) -> None:
        raise NotReady

    house.store.search.find = find  # type: ignore[method-assign, assignment]
    assert await found(ben, "apple") == FoundMessages(hits=[], people=[], ready=False)


@lived
async def test_questions_have_an_end(house: House) -> None:
    anna, ben, _, _ = await three(house)
    await anna.says("ﷺ" * 4000, ben)
    assert await refusal_of(found(ben, "x" * (MAX_SOUGHT + 1))) == "bad-field"
    assert await refusal_of(found(ben, "x", limit=51)) == "bad-field"
    assert await refusal_of(found(ben, "x", author="somebody")) == "bad-field"
    assert await refusal_of(found(ben, "x", older_than={"at": 1, "conversation": "x", "seq": 1})) == "bad-field"
    for text in ("ﷺ" * MAX_SOUGHT, "* " * 100, '"' * MAX_SOUGHT, "a " * 100, "%_" * 100, "\x00" * 9, "🎉" * MAX_SOUGHT):
        await found(ben, text)
    assert max(map(len, ben.wire.frames)) <= 256 * 1024


@lived
async def test_an_answer_with_very_much_in_it_fits_a_frame(house: House) -> None:
    anna, ben, _, _ = await three(house)
    for _ in range(50):
        files = [await house.uploads(anna, name="😀" * 200 + ".jpg") for _ in range(5)]
        await anna.says("😀" * 4000, ben, files)
    assert len((await found(ben, "😀😀", limit=50)).hits) == 50
    assert max(map(len, ben.wire.frames)) <= 256 * 1024


@lived
async def test_a_room_is_searched_by_who_is_in_it_from_where_they_may_read(house: House) -> None:
    anna, ben, cleo, _ = await three(house)
    room = await anna.makes_room("Garden", ben, history="joining")
    await anna.says_in(room, "apple before")
    assert await texts(ben, "apple") == ["apple before"]
    assert await texts(cleo, "apple") == []
    assert await refusal_of(found(cleo, "apple", conversation=room)) == "not-found"
    await anna.asks(adds(room, cleo))
    await anna.says_in(room, "apple after")
    assert await texts(cleo, "apple") == await texts(cleo, "apple", conversation=room) == ["apple after"]
    assert await texts(anna, "apple") == ["apple after", "apple before"]
    await anna.asks(removes(room, ben))
    assert await texts(ben, "apple") == []
    assert await refusal_of(found(ben, "apple", conversation=room)) == "not-found"


@lived
async def test_what_is_said_in_a_thread_is_for_those_who_may_see_where_it_began(house: House) -> None:
    anna, ben, cleo, _ = await three(house)
    room = await anna.makes_room("Garden", ben, history="joining")
    root = await anna.says_in(room, "what about apples")
    await anna.asks(adds(room, cleo))
    await ben.asks(SendMessage(nonce=nonce(), conversation=room, text="apples it is", target=root.seq))
    assert await texts(ben, "apples") == ["apples it is", "what about apples"]
    assert [hit.thread for hit in (await found(ben, "apples it")).hits] == [root.seq]
    assert await texts(cleo, "apples") == []


@lived
async def test_an_edited_message_is_found_by_its_new_words_and_a_deleted_one_not_at_all(house: House) -> None:
    anna, ben, _, place = await three(house)
    written = await anna.says("the first words", ben)
    await anna.asks(EditMessage(nonce=nonce(), conversation=place, target=written.seq, text="some other words"))
    assert await texts(ben, "first") == []
    (hit,) = (await found(ben, "OTHER")).hits
    assert (hit.seq, hit.pieces) == (written.seq, ["some ", "other", " words"])
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=place, target=written.seq))
    assert await texts(ben, "words") == await texts(ben, author=anna.person) == []
