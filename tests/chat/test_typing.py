"""Typing: heard by the others of a conversation, and by nobody else."""

from chat.visibility import direct
from protocol.commands import SetTyping
from protocol.events import TypingChanged
from tests.neighbours import House, lived, refusal_of, settles


@lived
async def test_the_other_hears_that_somebody_writes_and_stops(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    await anna.asks(SetTyping(conversation=place, typing=True))
    await anna.asks(SetTyping(conversation=place, typing=False))
    await settles()
    assert [(said.person, said.conversation, said.typing) for said in ben.of(TypingChanged)] == [
        (anna.person, place, True),
        (anna.person, place, False),
    ]


@lived
async def test_nobody_hears_of_their_own_typing_and_a_third_hears_nothing(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    tablet = await house.adds_device(anna)
    await anna.asks(SetTyping(conversation=direct(anna.person, ben.person), typing=True))
    await settles()
    assert [phone.of(TypingChanged) for phone in (anna, tablet, cleo)] == [[], [], []]


@lived
async def test_a_stranger_cannot_type_into_the_conversation_of_two_others(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    command = SetTyping(conversation=direct(anna.person, ben.person), typing=True)
    assert await refusal_of(cleo.asks(command)) == "not-found"
    await settles()
    assert ben.of(TypingChanged) == []


@lived
async def test_typing_is_kept_nowhere(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    await anna.asks(SetTyping(conversation=place, typing=True))
    assert (await ben.opens(place)).row.head == 0
    late = await house.adds_device(ben)
    await settles()
    assert late.of(TypingChanged) == []
