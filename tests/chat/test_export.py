"""Export: what one may see, as it stands, asked anew for each page."""

from chat.export import Line, exported, lines, name_of, title_of
from chat.visibility import direct
from protocol.answers import Reach
from protocol.commands import DeleteMessage, EditMessage, RemoveMember, SetReaction
from protocol.events import MessageSent
from protocol.records import replaced
from tests.neighbours import House, Phone, lived, nonce


async def taken(house: House, phone: Phone, place: str) -> list[Line]:
    """Every line this person may take along of a conversation."""
    row = house.store.view().conversation(place)
    assert row is not None
    return [line async for page in lines(house.store, phone.who, row) for line in page]


def texts(found: list[Line]) -> list[str]:
    return [line.event.text for line in found if isinstance(line.event, MessageSent)]


@lived
async def test_a_conversation_comes_whole_and_in_order_however_long(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    for number in range(450):
        await anna.says(f"line {number}", ben)
    place = direct(anna.person, ben.person)
    row = house.store.view().conversation(place)
    assert row is not None
    pages = [page async for page in lines(house.store, ben.who, row)]
    assert max(map(len, pages)) <= 200
    assert [text for page in pages for text in texts(page)] == [f"line {number}" for number in range(450)]


@lived
async def test_it_stands_as_it_was_last_said(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    first, second = await anna.says("helo", ben), await anna.says("regretted", ben)
    about = {"conversation": first.conversation, "target": first.seq}
    await anna.asks(EditMessage(nonce=nonce(), **about, text="hello"))
    await ben.asks(SetReaction(nonce=nonce(), **about, emoji="👍", on=True))
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=first.conversation, target=second.seq))
    found = [line for line in await taken(house, ben, first.conversation) if isinstance(line.event, MessageSent)]
    assert texts(found) == ["hello", ""]
    assert (found[0].edited, found[0].reactions) == (True, [("👍", 1)])
    assert found[1].event.deleted  # type: ignore[attr-defined]


@lived
async def test_nothing_outside_of_what_one_may_see_is_taken(house: House) -> None:
    anna, ben, eve = [await house.joins(name) for name in ("Anna", "Ben", "Eve")]
    for number in range(4):
        await anna.says(f"line {number}", ben)
    place = direct(anna.person, ben.person)
    row = house.store.view().conversation(place)
    assert row is not None
    assert [page async for page in lines(house.store, eve.who, row)] == []
    assert exported(house.store, eve.person) == []
    members = {**row.members, ben.person: [Reach(first=3, last=4)]}
    house.store.shelves.conversations.put(replaced(row, members=members))
    assert texts(await taken(house, ben, place)) == ["line 1", "line 2"]


@lived
async def test_the_newest_conversation_is_first_and_called_after_the_other(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await ben.says("hello", anna)
    await cleo.says("hello", anna)
    await cleo.says("hello", ben)
    rows = exported(house.store, anna.person)
    assert sorted(title_of(house.store, row, anna.person) for row in rows) == ["Ben", "Cleo"]
    assert name_of(house.store, "pnobodyaaaaaaa") == ""


@lived
async def test_rooms_come_along_for_who_is_in_them_and_for_nobody_who_was_removed(house: House) -> None:
    anna, ben, eve = [await house.joins(name) for name in ("Anna", "Ben", "Eve")]
    room = await anna.makes_room("Garden", ben, eve)
    await anna.says_in(room, "before")
    await anna.asks(RemoveMember(nonce=nonce(), conversation=room, person=eve.person))
    await anna.says_in(room, "after")
    for phone in (anna, ben):
        assert [title_of(house.store, row, phone.person) for row in exported(house.store, phone.person)] == ["Garden"]
        assert texts(await taken(house, phone, room)) == ["before", "after"]
    assert exported(house.store, eve.person) == []
    assert await taken(house, eve, room) == []
