"""Polls: a whole choice each, counted once, until it is closed."""

import pytest

from protocol.commands import ClosePoll
from protocol.shapes import Poll
from tests.chat.said import POLL, Said
from tests.neighbours import House, lived, refusal_of


async def counts(said: Said) -> list[int]:
    return [tally.count for tally in (await said.about(said.anna)).votes[:2]]


@lived
async def test_a_vote_is_counted_changed_and_taken_back(house: House) -> None:
    said = await Said().begin(house, "When?", poll=POLL)
    await said.votes(said.ben, 0)
    await said.votes(said.anna, 1)
    assert await counts(said) == [1, 1]
    await said.votes(said.ben, 1)
    assert await counts(said) == [0, 2]
    assert (await said.about(said.ben)).chosen == [1]
    await said.votes(said.ben)
    assert await counts(said) == [0, 1]


@lived
async def test_several_count_only_where_several_may_be_chosen(house: House) -> None:
    said = await Said().begin(house, "When?", poll=POLL)
    assert await refusal_of(said.votes(said.ben, 0, 1)) == "bad-field"
    several = await said.says(said.anna, "When?", poll=Poll(options=["a", "b"], multiple=True))
    await said.votes(said.ben, 0, 1, 0, target=several)
    assert [tally.count for tally in (await said.about(said.anna, several)).votes[:2]] == [1, 1]


@lived
async def test_what_is_no_option_and_what_is_no_poll_is_refused(house: House) -> None:
    said = await Said().begin(house, "When?", poll=POLL)
    assert await refusal_of(said.votes(said.ben, 2)) == "bad-field"
    assert await refusal_of(said.votes(said.ben)) == "stands-already"
    assert await refusal_of(said.votes(said.eve, 0)) == "not-found"
    plain = await said.says(said.anna, "no question")
    assert await refusal_of(said.votes(said.ben, 0, target=plain)) == "not-found"


@lived
async def test_who_asked_closes_it_and_nobody_votes_any_more(house: House) -> None:
    said = await Said().begin(house, "When?", poll=POLL)
    await said.votes(said.ben, 0)
    assert await refusal_of(said.asks(said.ben, ClosePoll)) == "not-allowed"
    await said.asks(said.anna, ClosePoll)
    assert await refusal_of(said.votes(said.ben, 1)) == "not-allowed"
    about = await said.about(said.ben)
    assert (about.closed, about.votes[0].count) == (True, 1)


@pytest.mark.parametrize("options", [["a", "a"], ["a", "  "], ["a", " a "], ["a", "\u200b"], ["a", "a\u202e"]])
@lived
async def test_a_poll_has_a_question_and_options_that_differ(options: list[str], house: House) -> None:
    said = await Said().begin(house)
    assert await refusal_of(said.says(said.anna, "When?", poll=Poll(options=options))) == "bad-field"
    assert await refusal_of(said.says(said.anna, "  ", poll=POLL)) == "bad-field"
