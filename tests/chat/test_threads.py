"""Threads: pages of what was said under one message."""

import pytest

from protocol.answers import Events
from protocol.commands import PageThread
from tests.chat.rooming import adds, leaves, makes
from tests.chat.said import Said, seqs
from tests.neighbours import House, lived, passes, refusal_of


async def talk(house: House, count: int) -> tuple[Said, list[int]]:
    said = await Said().begin(house)
    return said, [await said.says(said.ben, f"{number}", target=said.seq) for number in range(count)]


async def page(said: Said, **given: int) -> Events:
    return await said.anna.asks(PageThread(conversation=said.place, target=said.seq, **given), Events)


@pytest.mark.parametrize("limit", [1, 3, 7, 50])
@lived
async def test_its_pages_meet_in_both_directions_and_none_is_missing(limit: int, house: House) -> None:
    said, all_of_it = await talk(house, 7)
    now = await page(said, limit=limit)
    back = seqs(now)
    while now.more:
        now = await page(said, limit=limit, before=now.first)
        back = seqs(now) + back
    now = await page(said, limit=limit, after=0)
    forth = seqs(now)
    while now.newer:
        now = await page(said, limit=limit, after=now.last)
        forth += seqs(now)
    assert back == forth == all_of_it


@lived
async def test_the_page_of_the_conversation_shows_the_thread_under_its_first_message(house: House) -> None:
    said, answers = await talk(house, 2)
    about = await said.about(said.anna)
    assert about.thread is not None
    assert (about.thread.count, about.thread.last, about.thread.read) == (2, answers[-1], 0)


@lived
async def test_what_stands_of_an_answer_comes_with_its_page(house: House) -> None:
    said, answers = await talk(house, 2)
    await said.reacts(said.anna, target=answers[0])
    about, root = (await page(said)).about
    assert (about.seq, about.mine) == (answers[0], ["👍"])
    assert root.seq == said.seq
    assert root.thread is not None
    assert root.thread.count == 2


@lived
async def test_a_stranger_sees_none_and_only_a_message_has_one(house: House) -> None:
    said, answers = await talk(house, 1)
    asked = PageThread(conversation=said.place, target=said.seq)
    assert await refusal_of(said.eve.asks(asked)) == "not-found"
    for target in (0, 1, 99, answers[0]):
        assert await refusal_of(said.anna.asks(PageThread(conversation=said.place, target=target))) == "not-found"


@lived
async def test_a_page_around_an_answer_has_what_was_said_on_both_sides(house: House) -> None:
    said, answers = await talk(house, 9)
    now = await page(said, around=answers[4], limit=4)
    assert (seqs(now), now.more, now.newer) == (answers[2:6], True, True)
    now = await page(said, around=answers[0], limit=4)
    assert (seqs(now), now.more, now.newer) == (answers[:2], False, True)
    now = await page(said, around=answers[-1], limit=40)
    assert (seqs(now), now.more, now.newer) == (answers, False, False)


@lived
async def test_a_page_around_a_time_begins_with_the_first_answer_of_it(house: House) -> None:
    said = await Said().begin(house)
    answers, times = list[int](), list[int]()
    for _ in range(5):
        await passes(60)
        times.append(house.clock())
        await said.says(said.anna, "beside it")
        answers.append(await said.says(said.ben, "in it", target=said.seq))
    now = await page(said, at=times[2], limit=4)
    assert (seqs(now), now.more, now.newer) == (answers[:4], False, True)
    assert seqs(await page(said, at=times[4], limit=2)) == answers[3:]
    assert seqs(await page(said, at=times[4] + 3_600_000, limit=2)) == answers[-2:], "as near as there is"


@lived
async def test_who_was_away_finds_what_was_said_in_a_thread_before_and_after(house: House) -> None:
    said = await Said().begin(house)
    room = said.place = await said.anna.makes_room("Garden", said.ben, history="joining")
    said.seq = await said.says(said.ben, "root")
    before = [await said.says(said.ben, "before", target=said.seq) for _ in range(3)]
    await said.anna.asks(makes(room, said.ben, "owner"))
    await said.anna.asks(leaves(room))
    for _ in range(9):
        await said.says(said.ben, "meanwhile", target=said.seq)
    await said.ben.asks(adds(room, said.anna))
    after = [await said.says(said.ben, "after", target=said.seq) for _ in range(3)]
    now = await page(said, limit=4)
    assert (seqs(now), now.more) == ([before[-1], *after], True)
    now = await page(said, before=now.first, limit=4)
    assert (seqs(now), now.more) == (before[:-1], False)
    now = await page(said, after=before[0], limit=4)
    assert (seqs(now), now.newer) == ([*before[1:], *after[:2]], True)
    now = await page(said, around=after[0] - 3, limit=2)
    assert (seqs(now), now.more, now.newer) == ([before[-1], after[0]], True, True)
