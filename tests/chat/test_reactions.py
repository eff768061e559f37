"""Reactions: one of each kind from each person, counted right whatever happens."""

import asyncio
import json
from pathlib import Path

import pytest

from chat.reactions import MAX_KINDS, MAX_OWN, clean_emoji
from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE
from protocol.answers import Stances
from protocol.codec import packed_size
from protocol.commands import ListStances
from protocol.errors import Refusal
from protocol.events import ReactionChanged
from protocol.shapes import MAX_NAMED, Reaction, Tally
from tests.chat.said import Said
from tests.crowd import EMOJI, crowd_reacts
from tests.neighbours import House, lived, refusal_of, settles

ROOT = Path(__file__).parents[2]
PARTS = 2  # the group of what is no emoji of its own (pwa/state/emoji.js)


@lived
async def test_both_hear_it_and_a_page_counts_it(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben)
    await said.reacts(said.anna)
    await settles()
    heard = [(event.author, event.emoji, event.on) for event in said.anna.of(ReactionChanged)]
    assert heard == [(said.ben.person, "👍", True), (said.anna.person, "👍", True)]
    about = await said.about(said.ben)
    assert about.reactions == [Reaction(emoji="👍", tally=Tally(count=2, people=[said.ben.person, said.anna.person]))]
    assert about.mine == ["👍"]


@lived
async def test_what_is_taken_away_is_counted_no_longer(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben, "👍")
    await said.reacts(said.ben, "🎉")
    await said.reacts(said.ben, "👍", on=False)
    about = await said.about(said.ben)
    assert ([one.emoji for one in about.reactions], about.mine) == (["🎉"], ["🎉"])


@lived
async def test_saying_what_stands_already_is_refused(house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.reacts(said.ben, on=False)) == "stands-already"
    await said.reacts(said.ben)
    assert await refusal_of(said.reacts(said.ben)) == "stands-already"
    assert (await said.about(said.anna)).reactions[0].tally.count == 1


@lived
async def test_what_looks_the_same_is_the_same(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben, "❤\ufe0f")
    await said.reacts(said.anna, "❤")
    assert await refusal_of(said.reacts(said.anna, "❤\ufe0e")) == "stands-already"
    about = await said.about(said.anna)
    assert [(one.emoji, one.tally.count) for one in about.reactions] == [("❤\ufe0f", 2)]
    await said.reacts(said.anna, "❤", on=False)
    await said.reacts(said.ben, "❤", on=False)
    assert (await said.about(said.anna)).reactions == []


@lived
async def test_another_tone_is_another_emoji(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben, "👍")
    await said.reacts(said.anna, "👍🏽")
    assert [one.emoji for one in (await said.about(said.anna)).reactions] == ["👍", "👍🏽"]


@lived
async def test_two_at_once_in_one_batch_are_both_counted(house: House) -> None:
    said = await Said().begin(house)
    await asyncio.gather(said.reacts(said.ben), said.reacts(said.anna))
    await asyncio.gather(said.reacts(said.ben, on=False), said.reacts(said.ben, "🎉"), said.reacts(said.anna, "🎉"))
    assert [one.tally.count for one in (await said.about(said.anna)).reactions] == [1, 2]


@lived
async def test_what_was_taken_back_gets_none(house: House) -> None:
    said = await Said().begin(house)
    await said.deletes(said.anna)
    assert await refusal_of(said.reacts(said.ben)) == "not-found"


@lived
async def test_one_person_puts_so_many_kinds_and_no_more(house: House) -> None:
    said = await Said().begin(house)
    emoji = [chr(0x1F600 + number) for number in range(MAX_OWN + 1)]
    for one in emoji[:-1]:
        await said.reacts(said.ben, one)
    assert await refusal_of(said.reacts(said.ben, emoji[-1])) == "too-many"
    assert MAX_KINDS > MAX_OWN


@lived
async def test_members_learn_who_reacted(house: House) -> None:
    said = await Said().begin(house)
    await said.reacts(said.ben)
    asked = ListStances(conversation=said.place, target=said.seq)
    stances = await said.anna.asks(asked, Stances)
    assert [(one.person, one.emoji) for one in stances.stances] == [(said.ben.person, ["👍"])]
    assert [card.name for card in stances.people] == ["Ben"]
    assert await refusal_of(said.eve.asks(asked)) == "not-found"


@pytest.mark.parametrize(
    "emoji", ["👍", "👍🏽", "❤️", "👨‍👩‍👧‍👦", "🇩🇪", "🏴\U000e0067\U000e0062\U000e007f", "1️⃣", "☺", "‼️"]
)
def test_one_emoji_is_a_reaction(emoji: str) -> None:
    assert clean_emoji(emoji) == emoji


def test_every_emoji_that_the_page_offers_is_a_reaction() -> None:
    listed = json.loads((ROOT / "pwa/vendor/emoji/en/compact.json").read_bytes())
    whole = [one for one in listed if one.get("group", PARTS) != PARTS]
    offered = [form["unicode"] for one in whole for form in [one, *one.get("skins", [])]]
    assert len(offered) > 3000
    assert [emoji for emoji in offered if not _passes(emoji)] == []
    assert [emoji for emoji in offered if not _passes(emoji.replace("\ufe0f", ""))] == []


def _passes(emoji: str) -> bool:
    try:
        return clean_emoji(emoji) == emoji
    except Refusal:
        return False


@pytest.mark.parametrize(
    "emoji", ["a", "1", "ok", "👍👍", "👍 ", " ", "\u200d", "\ufe0f", "<b>", "\u202e👍", "＋", "👍a"]
)
def test_anything_else_is_not(emoji: str) -> None:
    with pytest.raises(Refusal):
        clean_emoji(emoji)


@lived
async def test_ten_thousand_reactions_cost_little_to_hear_and_to_open(house: House) -> None:
    said = await Said().begin(house)
    await ensure_everyone(house.store)
    written = await said.anna.says_in(EVERYONE, "who is coming?")
    before = len(said.anna.recording)
    crowd = await crowd_reacts(house.store, EVERYONE, written.seq)
    await settles()
    heard = [event for event in said.anna.of(ReactionChanged) if event.conversation == EVERYONE]
    assert len(heard) == 10_000
    assert (len(said.anna.recording) - before) / len(heard) < 200, "bytes for each: one reaction, and not those before"
    opened = await said.anna.opens(EVERYONE)
    assert packed_size(opened) < 32 * 1024
    [about] = opened.page.about
    assert sum(one.tally.count for one in about.reactions) == 10_000
    assert len(about.reactions) == len(EMOJI)
    assert max(len(one.tally.people) for one in about.reactions) == MAX_NAMED
    found, after = set[str](), ""
    for _ in range(len(crowd) // 100 + 1):
        asked = ListStances(conversation=EVERYONE, target=written.seq, after=after)
        page = await said.anna.asks(asked, Stances)
        assert len(page.stances) <= 100
        found |= {one.person for one in page.stances}
        after = page.after
    assert found == {one.person for one in crowd}
