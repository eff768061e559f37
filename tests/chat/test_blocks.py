"""Blocks: nothing passes between the two, what was said stays readable, and the blocked learn as little as can be."""

from chat.blocks import CANNOT_REACH, YOU_BLOCKED, stands_between
from chat.visibility import direct, own
from protocol.answers import People, Watched
from protocol.commands import (
    BlockPerson,
    DeleteMessage,
    EditMessage,
    ListPeople,
    RingCall,
    SetIdle,
    SetReaction,
    SetStatus,
    SetTyping,
    UnblockPerson,
    WatchPresence,
)
from protocol.errors import Refusal
from protocol.events import BlockChanged, CallRang, PresenceChanged, TypingChanged
from protocol.shapes import Presence
from store.durable.memory import Memory
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


async def blocks(phone: Phone, other: Phone) -> None:
    await phone.asks(BlockPerson(nonce=nonce(), person=other.person))


async def unblocks(phone: Phone, other: Phone) -> None:
    await phone.asks(UnblockPerson(nonce=nonce(), person=other.person))


def rings(phone: Phone, other: Phone) -> RingCall:
    house = phone.house
    place = direct(phone.person, other.person)
    return RingCall(nonce=nonce(), conversation=place, call=house.new_id("c"), video=False)


async def said_to(phone: Phone, other: Phone) -> str:
    """Why this person may not write to the other."""
    try:
        await phone.says("hello", other)
    except Refusal as refusal:
        return refusal.message
    raise AssertionError("expected a refusal, got an answer")


@lived
async def test_neither_writes_nor_rings_and_the_blocked_are_not_told_why(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await ben.says("before", anna)
    await blocks(anna, ben)
    assert (await said_to(ben, anna), await said_to(anna, ben)) == (CANNOT_REACH, YOU_BLOCKED)
    assert await refusal_of(ben.asks(rings(ben, anna))) == "not-allowed"
    assert await refusal_of(anna.asks(rings(anna, ben))) == "not-allowed"
    await settles()
    assert anna.of(CallRang) == []
    assert anna.texts() == ["before"]


@lived
async def test_a_conversation_nobody_has_begun_cannot_be_begun(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await blocks(anna, ben)
    assert await said_to(ben, anna) == CANNOT_REACH
    assert house.store.view().conversation(direct(anna.person, ben.person)) is None


@lived
async def test_nothing_is_added_to_what_was_said_but_it_can_be_taken_back(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    said = await ben.says("before", anna)
    await blocks(anna, ben)
    about = {"conversation": said.conversation, "target": said.seq}
    for phone in (anna, ben):
        reaction = SetReaction(nonce=nonce(), **about, emoji="👍", on=True)
        assert await refusal_of(phone.asks(reaction)) == "not-allowed"
    assert await refusal_of(ben.asks(EditMessage(nonce=nonce(), **about, text="worse"))) == "not-allowed"
    await ben.asks(DeleteMessage(nonce=nonce(), **about))


@lived
async def test_what_was_said_stays_readable_to_both(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await ben.says("before", anna)
    await blocks(anna, ben)
    place = direct(anna.person, ben.person)
    for phone in (anna, ben):
        assert (await phone.opens(place)).row.head == 2
        assert (await phone.pulls(place)).last == 2


@lived
async def test_unblocking_lets_both_speak_again(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await blocks(anna, ben)
    await unblocks(anna, ben)
    await ben.says("hello again", anna)
    await anna.says("hello", ben)
    assert not stands_between(house.store.view(), anna.person, ben.person)


@lived
async def test_a_block_is_between_two_and_concerns_no_third(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await blocks(anna, ben)
    await ben.says("hello", cleo)
    await cleo.says("hello", anna)
    assert cleo.texts()[0] == "hello"


@lived
async def test_only_one_s_own_devices_hear_of_it_and_a_fresh_page_is_told(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    tablet = await house.adds_device(anna)
    await blocks(anna, ben)
    await settles()
    heard = [[(one.person, one.blocked) for one in phone.of(BlockChanged)] for phone in (anna, tablet, ben)]
    assert heard == [[(ben.person, True)], [(ben.person, True)], []]
    assert (await tablet.opens(own(anna.person))).blocked == [ben.person]
    assert (await tablet.resumes()).blocked == [ben.person]
    assert (await ben.resumes()).blocked == []
    await unblocks(tablet, ben)
    assert (await anna.resumes()).blocked == []


@lived
async def test_it_outlives_a_restart() -> None:
    disk = Memory()
    house = await House(disk).start()
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await blocks(anna, ben)
    await house.close()
    again = await House(disk).start()
    assert again.store.view().blocks(anna.person, ben.person)
    assert not again.store.view().blocks(ben.person, anna.person)
    await again.close()


@lived
async def test_nobody_blocks_themselves_nor_somebody_who_does_not_exist(house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(blocks(anna, anna)) == "bad-field"
    nobody = BlockPerson(nonce=nonce(), person="pnobodyaaaaaaa")
    assert await refusal_of(anna.asks(nobody)) == "not-found"
    assert await refusal_of(unblocks(anna, anna)) == "not-found"


# -- what the blocked still see --------------------------------------------------------------------------------------


async def looks(phone: Phone, other: Phone) -> Presence:
    return (await phone.asks(WatchPresence(people=[other.person]), Watched)).people[0]


def heard(phone: Phone) -> list[Presence]:
    return [one for event in phone.of(PresenceChanged) for one in event.people]


@lived
async def test_the_blocked_see_one_who_was_never_here_and_the_other_way_round_nothing_changes(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(SetStatus(status="busy", text="In class"))
    await looks(ben, anna)
    await blocks(anna, ben)
    await settles()
    gone = Presence(person=anna.person, online=False)
    assert heard(ben) == [gone]
    assert await looks(ben, anna) == gone
    people = await ben.asks(ListPeople(), People)
    assert next(one for one in people.presence if one.person == anna.person) == gone
    assert (await looks(anna, ben)).online


@lived
async def test_the_blocked_hear_of_no_coming_and_going_whatever_the_other_does(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await blocks(anna, ben)
    await looks(ben, anna)
    await looks(cleo, anna)
    await anna.asks(SetStatus(status="away"))
    await passes(2)
    await anna.asks(SetIdle(idle=True))
    await passes(2)
    anna.disconnect()
    await passes(2)
    assert ben.of(PresenceChanged) == []
    assert len(cleo.of(PresenceChanged)) == 3


@lived
async def test_who_is_no_longer_blocked_sees_how_the_other_is(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await blocks(anna, ben)
    await looks(ben, anna)
    await unblocks(anna, ben)
    await settles()
    assert [one.online for one in heard(ben)] == [True]


@lived
async def test_neither_sees_the_other_write(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await ben.says("before", anna)
    await blocks(anna, ben)
    place = direct(anna.person, ben.person)
    for phone in (anna, ben):
        await phone.asks(SetTyping(conversation=place, typing=True))
    await settles()
    assert anna.of(TypingChanged) == ben.of(TypingChanged) == []
    await unblocks(anna, ben)
    await ben.asks(SetTyping(conversation=place, typing=True))
    await settles()
    assert len(anna.of(TypingChanged)) == 1
