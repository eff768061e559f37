"""Pushing what is said in rooms: to who is in them, under the room's name, and no more than one wants."""

from chat.preferences import MANY
from chat.pushing import AT_ONCE, RETURN_SECONDS, topic_of
from protocol.commands import FollowThread, SendMessage, SetMarks, SetPreference
from protocol.shapes import Mark
from tests.chat.rooming import removes
from tests.chat.test_pushing import Neighbour
from tests.neighbours import House, lived, nonce, passes, settles

MANY_AWAY = AT_ONCE + 9


@lived
async def test_a_room_is_named_beside_who_wrote_and_whoever_left_hears_nothing_more(house: House) -> None:
    near = await Neighbour(house).begin()
    room = await near.anna.makes_room("Choir", near.ben)
    await settles()
    near.got.clear()
    await near.says("at eight", conversation=room)
    assert [(words["title"], words["author"], words["body"]) for words in near.words] == [("Choir", "Anna", "at eight")]
    await near.anna.asks(removes(room, near.ben))
    await near.says("without Ben", conversation=room)
    await passes(60)
    assert len(near.got) == 1


@lived
async def test_a_large_room_pushes_mentions_only_until_one_wants_more(house: House) -> None:
    near = await Neighbour(house).begin()
    others = [await house.joins(f"Singer {number}") for number in range(MANY - 1)]
    room = await near.anna.makes_room("Choir", near.ben, *others)
    near.got.clear()
    await near.says("to everybody", conversation=room)
    await near.says("@Ben, bring the music", conversation=room, mentions=[near.ben.person])
    assert [words["body"] for words in near.words] == ["@Ben, bring the music"]
    await near.says("@all: at eight", conversation=room, everyone="all")
    assert near.words[-1]["body"] == "@all: at eight"
    await near.wants(near.ben, conversation=room, notify="none")
    await near.says("@all: at nine", conversation=room, everyone="all")
    await near.wants(near.ben, conversation=room, notify="all")
    await near.says("to everybody again", conversation=room)
    assert len(near.got) == 3


@lived
async def test_a_thread_is_pushed_to_who_follows_it_and_to_who_is_named(house: House) -> None:
    near = await Neighbour(house).begin()
    room = await near.anna.makes_room("Choir", near.ben, await house.joins("Cleo"))
    root = (await near.anna.says_in(room, "who sings?")).seq
    await settles()
    near.got.clear()
    await near.says("aside", conversation=room, target=root)
    assert near.got == [], "Ben has no part in it"
    await near.says("@Ben?", conversation=room, target=root, mentions=[near.ben.person])
    await near.says("Ben, please", conversation=room, target=root)
    assert [(words["body"], words["thread"]) for words in near.words] == [("@Ben?", root), ("Ben, please", root)]
    assert near.got[0].topic != topic_of(room), "it does not take the place of what the room says"


@lived
async def test_a_thread_one_follows_is_heard_where_only_mentions_are(house: House) -> None:
    near = await Neighbour(house).begin()
    room = await near.anna.makes_room("Choir", near.ben)
    await near.wants(near.ben, conversation=room, notify="mentions")
    await settles()
    near.got.clear()
    root = (await near.anna.says_in(room, "who sings?")).seq
    await house.does(FollowThread(nonce=nonce(), conversation=room, target=root, on=True), near.ben.who)
    await near.says("anybody?", conversation=room, target=root)
    assert [words["body"] for words in near.words] == ["anybody?"]
    await house.does(SetMarks(marks=[Mark(conversation=room, thread=root, read=root + 50)]), near.ben.who)
    await house.does(FollowThread(nonce=nonce(), conversation=room, target=root, on=False), near.ben.who)
    await near.says("nobody?", conversation=room, target=root)
    assert len(near.got) == 1


@lived
async def test_many_who_are_away_are_told_in_turn_and_the_newest_counts(house: House) -> None:
    near = await Neighbour(house).begin()
    others = [await house.joins(f"Singer {number}") for number in range(MANY_AWAY)]
    room = await near.anna.makes_room("Choir", near.ben, *others)
    for phone in others:
        await near.subscribe(phone)
        phone.disconnect()
        await house.does(SetPreference(nonce=nonce(), conversation=room, notify="all"), phone.who)
    await passes(60)
    near.got.clear()
    asked = [near.anna.sends(SendMessage(nonce=nonce(), conversation=room, text=text)) for text in ("one", "two")]
    for answer in asked:
        await answer
    await passes(1)
    told = {parcel.subscription.device: words["body"] for parcel, words in zip(near.got, near.words, strict=True)}
    assert set(told) >= {phone.device for phone in others}
    assert set(told.values()) == {"two"}


@lived
async def test_who_is_away_and_not_of_the_room_is_not_looked_at(house: House) -> None:
    near = await Neighbour(house).begin()
    others = [await house.joins(f"Neighbour {number}") for number in range(5)]
    for phone in others:
        await near.subscribe(phone)
        phone.disconnect()
    room = await near.anna.makes_room("Choir", near.ben)
    await settles()
    near.got.clear()
    await near.says("among us", conversation=room)
    assert [parcel.subscription.device for parcel in near.got] == [near.ben.device]


@lived
async def test_an_answer_that_a_broken_line_swallowed_is_pushed(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("who sings?")
    root = near.words[-1]["seq"]
    near.ben.connect()
    near.got.clear()
    await near.says("I do", target=root)
    near.ben.disconnect()
    await passes(RETURN_SECONDS + 1)
    assert [(words["body"], words.get("thread")) for words in near.words][-1:] == [("I do", root)]
