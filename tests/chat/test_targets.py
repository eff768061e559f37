"""Targets: what lies outside one's reach is not there, live or read again."""

from protocol.answers import Reach
from protocol.codec import read_event
from protocol.events import Hidden, MessageEdited, ReactionChanged
from protocol.records import replaced
from tests.chat.said import Said
from tests.neighbours import House, lived, refusal_of, settles


def comes_late(said: Said) -> None:
    """Ben sees what comes after what was said, and not that."""
    conversations = said.house.store.shelves.conversations
    row = conversations.get(said.place)
    assert row is not None
    members = row.members | {said.ben.person: [Reach(first=said.seq + 1, last=0)]}
    conversations.put(replaced(row, members=members))


@lived
async def test_nothing_is_put_under_what_one_may_not_see(house: House) -> None:
    said = await Said().begin(house)
    comes_late(said)
    assert await refusal_of(said.reacts(said.ben)) == "not-found"
    assert await refusal_of(said.pins(said.ben)) == "not-found"
    await said.reacts(said.anna)


@lived
async def test_who_may_not_see_it_hears_only_that_something_was_said_about_it(house: House) -> None:
    said = await Said().begin(house)
    comes_late(said)
    await said.edits(said.anna, "a secret")
    await settles()
    assert (said.ben.of(MessageEdited), len(said.ben.of(Hidden)), len(said.anna.of(MessageEdited))) == ([], 1, 1)
    pulled = await said.ben.pulls(said.place)
    assert [read_event(frame).name for frame in pulled.frames] == ["hidden"]
    assert not [frame for frame in pulled.frames if b"secret" in frame]


@lived
async def test_who_may_see_it_hears_it_whole(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.anna)
    await settles()
    assert (len(said.ben.of(ReactionChanged)), said.ben.of(Hidden)) == (1, [])


@lived
async def test_what_is_no_message_is_no_target(house: House) -> None:
    said = await Said().begin(house)
    for target in (0, 1, 99):
        assert await refusal_of(said.reacts(said.ben, target=target)) == "not-found"
