"""Pins: of everybody who may write there, in the order in which they were pinned."""

from chat.pins import MAX_PINS
from protocol.commands import ChangeRoom, SetPin
from protocol.events import PinChanged
from tests.chat.rooming import people, row_of
from tests.chat.said import Said
from tests.neighbours import House, lived, nonce, refusal_of


@lived
async def test_both_pin_and_let_go_and_the_row_tells(house: House) -> None:
    said = await Said().begin(house)
    other = await said.says(said.ben, "Two")
    await said.pins(said.ben)
    await said.pins(said.anna, target=other)
    assert (await said.ben.opens(said.place)).row.pins == [said.seq, other]
    await said.pins(said.anna, on=False)
    assert (await said.ben.opens(said.place)).row.pins == [other]
    assert [event.on for event in said.ben.of(PinChanged)] == [True, True, False]


@lived
async def test_a_stranger_pins_nothing_and_nobody_twice(house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.pins(said.eve)) == "not-found"
    assert await refusal_of(said.pins(said.ben, on=False)) == "stands-already"
    await said.pins(said.ben)
    assert await refusal_of(said.pins(said.anna)) == "stands-already"


@lived
async def test_there_are_so_many_and_no_more(house: House) -> None:
    said = await Said().begin(house)
    for number in range(MAX_PINS):
        await said.pins(said.ben, target=await said.says(said.anna, f"{number}"))
    assert await refusal_of(said.pins(said.ben)) == "too-many"


@lived
async def test_in_a_room_of_announcements_only_its_leaders_pin(house: House) -> None:
    anna, ben = await people(house, "Anna", "Ben")
    room = await anna.makes_room("News", ben, announcements=True)
    seq = (await anna.says_in(room, "Hear")).seq

    def pins(on: bool) -> SetPin:
        return SetPin(nonce=nonce(), conversation=room, target=seq, on=on)

    assert await refusal_of(ben.asks(pins(True))) == "not-allowed"
    await anna.asks(pins(True))
    assert await refusal_of(ben.asks(pins(False))) == "not-allowed"
    assert row_of(house, room).pins == [seq]
    await anna.asks(ChangeRoom(nonce=nonce(), conversation=room, announcements=False))
    await ben.asks(pins(False))
    assert row_of(house, room).pins == []
