"""Receipts: how far one's own message has come."""

from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE
from protocol.answers import Receipts
from protocol.commands import AddMembers, BlockPerson, ListReceipts, SetMarks
from protocol.shapes import Mark
from tests.chat.said import Said
from tests.neighbours import House, lived, nonce, refusal_of


@lived
async def test_the_author_learns_who_has_read_and_who_only_got_it(house: House) -> None:
    said = await Said().begin(house)
    asked = ListReceipts(conversation=said.place, target=said.seq)
    assert (await said.anna.asks(asked, Receipts)).read.count == 0
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, delivered=said.seq)]))
    assert (await said.anna.asks(asked, Receipts)).delivered.people == [said.ben.person]
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, read=said.seq)]))
    receipts = await said.anna.asks(asked, Receipts)
    assert (receipts.read.people, receipts.delivered.count) == ([said.ben.person], 0)
    assert [card.name for card in receipts.people] == ["Ben"]


@lived
async def test_an_answer_is_read_by_who_has_read_its_thread(house: House) -> None:
    said = await Said().begin(house)
    answer = await said.says(said.anna, "in the thread", target=said.seq)
    asked = ListReceipts(conversation=said.place, target=answer)
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, read=answer)]))
    receipts = await said.anna.asks(asked, Receipts)
    assert (receipts.read.count, receipts.delivered.people) == (0, [said.ben.person]), "beside it, not in it"
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, thread=said.seq, read=answer)]))
    receipts = await said.anna.asks(asked, Receipts)
    assert (receipts.read.people, receipts.delivered.count) == ([said.ben.person], 0)


@lived
async def test_who_opened_a_thread_first_has_read_what_was_never_delivered_beside_it(house: House) -> None:
    said = await Said().begin(house)
    answer = await said.says(said.anna, "in the thread", target=said.seq)
    asked = ListReceipts(conversation=said.place, target=answer)
    assert (await said.anna.asks(asked, Receipts)).delivered.count == 0
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, thread=said.seq, read=answer)]))
    assert (await said.anna.asks(asked, Receipts)).read.people == [said.ben.person]


@lived
async def test_who_blocked_the_author_has_read_no_answer_that_only_passed_them_by(house: House) -> None:
    said = await Said().begin(house)
    said.place = await said.anna.makes_room("Garden", said.ben)
    said.seq = await said.says(said.ben, "root")
    before = await said.says(said.anna, "in the thread", target=said.seq)
    await _reads(said, before)
    await said.ben.asks(BlockPerson(nonce=nonce(), person=said.anna.person))
    answer = await said.says(said.anna, "once more", target=said.seq)
    assert await _readers(said, answer) == []
    assert await _readers(said, before) == [said.ben.person], "the block takes nothing back"
    await _reads(said, answer)
    assert await _readers(said, answer) == [said.ben.person]


@lived
async def test_who_came_later_has_read_nothing_of_what_was_said_before(house: House) -> None:
    said = await Said().begin(house)
    said.place = await said.anna.makes_room("Garden", said.ben, history="joining")
    before = await said.says(said.anna, "before Eve")
    await said.anna.asks(AddMembers(nonce=nonce(), conversation=said.place, members=[said.eve.person]))
    after = await said.says(said.anna, "with Eve")
    for phone in (said.ben, said.eve):
        await phone.asks(SetMarks(marks=[Mark(conversation=said.place, read=after)]))
    assert await _readers(said, before) == [said.ben.person]
    assert await _readers(said, after) == [said.ben.person, said.eve.person]


@lived
async def test_a_newcomer_of_the_house_has_read_nothing_of_what_everyone_said_before(house: House) -> None:
    said = await Said().begin(house)
    await ensure_everyone(house.store)
    said.place = EVERYONE
    before = await said.says(said.anna, "before Zoe")
    zoe = await house.joins("Zoe")
    assert (await said.anna.asks(ListReceipts(conversation=EVERYONE, target=before), Receipts)).delivered.count == 0
    assert await _readers(said, before) == []
    row = next(row for row in (await zoe.resumes()).rows if row.conversation == EVERYONE)
    assert [(mark.read, mark.since) for mark in row.marks if mark.person == zoe.person] == [(before, before)]
    assert row.unread == 0, "and none of it waits for them"


async def _reads(said: Said, seq: int) -> None:
    await said.ben.asks(SetMarks(marks=[Mark(conversation=said.place, thread=said.seq, read=seq)]))


async def _readers(said: Said, seq: int) -> list[str]:
    return (await said.anna.asks(ListReceipts(conversation=said.place, target=seq), Receipts)).read.people


@lived
async def test_nobody_else_learns_it(house: House) -> None:
    said = await Said().begin(house)
    asked = ListReceipts(conversation=said.place, target=said.seq)
    assert await refusal_of(said.ben.asks(asked)) == "not-allowed"
    assert await refusal_of(said.eve.asks(asked)) == "not-found"
