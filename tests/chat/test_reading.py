"""Reading: marks only grow, never past the head, and cost next to nothing."""

from chat.visibility import DIRECTORY, HOUSE, direct, own
from protocol.answers import Marked, Reach
from protocol.commands import SetMarks
from protocol.events import MarkChanged
from protocol.shapes import Mark
from tests.neighbours import House, Phone, lived, passes, settles


async def two(house: House, texts: int = 5) -> tuple[Phone, Phone, str]:
    """Anna and Ben, and so much that Anna said."""
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for number in range(texts):
        await anna.says(str(number), ben)
    await passes(1)
    for phone in (anna, ben):
        phone.heard.clear()
    return anna, ben, direct(anna.person, ben.person)


async def mark(phone: Phone, place: str, **given: int) -> Mark:
    answer = await phone.asks(SetMarks(marks=[Mark(conversation=place, **given)]), Marked)
    return answer.marks[0]


@lived
async def test_a_mark_only_grows(house: House) -> None:
    _, ben, place = await two(house)
    assert await mark(ben, place, read=4) == Mark(conversation=place, read=4, delivered=4)
    assert await mark(ben, place, read=2, delivered=3) == Mark(conversation=place, read=4, delivered=4)
    assert await mark(ben, place, delivered=5) == Mark(conversation=place, read=4, delivered=5)


@lived
async def test_nobody_has_read_what_was_not_said_yet(house: House) -> None:
    _, ben, place = await two(house)
    assert await mark(ben, place, read=2**53 - 1) == Mark(conversation=place, read=6, delivered=6)


@lived
async def test_who_writes_has_read_what_stands_above(house: House) -> None:
    anna, ben, place = await two(house)
    row = next(row for row in (await anna.resumes()).rows if row.conversation == place)
    assert [(mark.read, mark.delivered) for mark in row.marks if mark.person == anna.person] == [(6, 6)]
    await ben.says("answer", anna)
    assert (await ben.opens(place)).row.unread == 0
    assert (await anna.opens(place)).row.unread == 1


@lived
async def test_the_other_and_one_s_own_devices_hear_it_gathered(house: House) -> None:
    anna, ben, place = await two(house)
    tablet = await house.adds_device(ben)
    for read in (2, 3, 5):
        await mark(ben, place, read=read)
    await settles()
    assert anna.of(MarkChanged) == []
    await passes(0.3)
    told = MarkChanged(conversation=place, person=ben.person, read=5, delivered=5)
    assert [phone.of(MarkChanged) for phone in (anna, ben, tablet)] == [[told]] * 3


@lived
async def test_a_mark_that_did_not_move_is_told_to_nobody(house: House) -> None:
    anna, ben, place = await two(house)
    await mark(ben, place, read=3)
    await passes(1)
    await mark(ben, place, read=3)
    await mark(ben, place, read=1)
    await passes(1)
    assert len(anna.of(MarkChanged)) == 1


@lived
async def test_in_a_large_conversation_only_one_s_own_devices_hear_it(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    room = "room.raaaaaaaaaaaaa"
    for others, told in ((18, 1), (19, 0)):
        people = [anna.person, ben.person, *(f"p{number:013d}" for number in range(others))]
        house.furnishes(room, {person: [Reach(first=1, last=0)] for person in people}, head=9)
        await mark(ben, room, read=len(people) - 15)
        await passes(1)
        assert (len(anna.of(MarkChanged)), len(ben.of(MarkChanged))) == (told, 1)
        anna.heard.clear()
        ben.heard.clear()


@lived
async def test_a_stranger_s_mark_leaves_nothing(house: House) -> None:
    anna, _, place = await two(house)
    cleo = await house.joins("Cleo")
    places = [place, HOUSE, own(anna.person), direct(anna.person, cleo.person), "room.raaaaaaaaaaaaa"]
    answer = await cleo.asks(SetMarks(marks=[Mark(conversation=one, read=1) for one in places]), Marked)
    await passes(1)
    assert answer.marks == []
    assert anna.of(MarkChanged) == []
    assert not [row for row in house.store.shelves.marks if row.person == cleo.person]


@lived
async def test_a_mark_is_never_logged_and_is_there_after_a_restart(house: House) -> None:
    _, ben, place = await two(house)
    await mark(ben, place, read=4)
    assert house.store.view().conversation(place).head == 6  # type: ignore[union-attr]
    await house.store.close()
    again = await House(house.store.durable).start()
    assert (await Phone(again, ben.who).opens(place)).row.unread == 2
    await again.close()


@lived
async def test_the_directory_may_be_marked_by_everybody_and_is_told_to_oneself(house: House) -> None:
    anna, ben, _ = await two(house, texts=0)
    await mark(ben, DIRECTORY, read=1)
    await passes(1)
    assert (len(ben.of(MarkChanged)), anna.of(MarkChanged)) == (1, [])
