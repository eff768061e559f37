"""Following: each commit of the others once and in order, by the bus or by the log, and never one of our own."""

import logging

import pytest

from store.durable import Apart, Batch, Commit, NotRead
from store.nodes.following import GAP_SECONDS, LOOK_SECONDS, STALE_SECONDS, Following
from tests.neighbours import lived, passes, settles
from tests.store.nodes.commons import Commons, SharedMemory


class Seen:
    """A node that follows, and what it took in."""

    def __init__(self, commons: Commons) -> None:
        self.commons = commons
        self.taken: list[int] = []
        self.told: list[str] = []
        self.cannot_take = False
        self.durable = SharedMemory(commons)
        self.following = Following(self.durable, self._takes, lambda batch, before: self.told.append(before))

    async def start(self) -> "Seen":
        loaded = await self.durable.start()
        self.following.start(loaded.number, loaded.id)
        return self

    def _takes(self, commit: Commit) -> None:
        if self.cannot_take:
            raise KeyError("a bug")
        self.taken.append(commit.number)

    async def writes(self) -> Commit:
        """Something, in a turn of its own."""
        await self.following.enter()
        batch = Batch(id=f"commit {len(self.commons.made)}")
        batch.number = self.following.begin(batch.id)
        await self.durable.commit(batch)
        self.following.end(is_true=True)
        self.following.made(batch)
        return self.commons.made[-1]


@lived
async def test_the_next_one_is_taken_at_once_and_an_old_one_not_again() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    first = await other.writes()
    one.following.hear(first, other.told[-1])
    one.following.hear(first, other.told[-1])
    assert one.taken == [2, first.number]
    await one.following.close()
    await other.following.close()


@lived
async def test_what_is_missing_is_waited_for_a_moment_and_then_read() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    first, second = await other.writes(), await other.writes()
    one.following.hear(second, first.id)
    assert one.taken == [2]
    await passes(GAP_SECONDS / 2)
    assert one.taken == [2], "it may be on its way"
    await passes(GAP_SECONDS)
    assert one.taken == [2, first.number, second.number]
    await one.following.close()
    await other.following.close()


@lived
async def test_the_last_one_shows_no_gap_and_is_found_within_a_second() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    last = await other.writes()
    await passes(LOOK_SECONDS * 1.1)
    assert one.taken == [2, last.number]
    await one.following.close()
    await other.following.close()


@lived
async def test_a_commit_of_our_own_is_not_taken_in_and_what_comes_after_waits_for_it() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    met: list[None] = []
    one.following.met_ours = lambda: met.append(None)
    await one.following.enter()
    batch = Batch(id="ours")
    batch.number = one.following.begin("ours")
    await one.durable.commit(batch)
    later = await other.writes()
    await one.following.caught_up()
    assert (one.taken, len(met)) == ([2], 1)
    assert await one.following.has_ours()
    one.following.end(is_true=True)
    one.following.hear(later, "ours")
    assert one.taken == [2, later.number]
    await one.following.close()
    await other.following.close()


@lived
async def test_one_of_our_own_that_was_given_up_is_taken_in_if_it_is_there_after_all() -> None:
    commons = Commons()
    one = await Seen(commons).start()
    await one.following.enter()
    batch = Batch(id="ours")
    batch.number = one.following.begin("ours")
    await one.durable.commit(batch)
    one.following.end(is_true=False)
    await one.following.caught_up()
    assert one.taken == [batch.number]
    await one.following.close()


@lived
async def test_while_the_log_is_away_that_is_said_once_and_caught_up_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    last = await other.writes()
    commons.is_away = True
    with caplog.at_level(logging.INFO):
        await passes(LOOK_SECONDS * 5)
        assert one.following.check() == "The log is away."
        with pytest.raises(NotRead):
            await one.following.caught_up()
        commons.is_away = False
        await passes(LOOK_SECONDS * 1.5)
    assert (one.taken, one.following.check()) == ([2, last.number], "ok")
    said = [record.getMessage() for record in caplog.records]
    assert sum("does not follow the others" in line for line in said) == 2, "once for each node"
    assert sum("follows the others again" in line for line in said) == 2
    await one.following.close()
    await other.following.close()
    await settles()


@lived
async def test_the_next_number_that_follows_another_commit_than_ours_is_not_taken_in() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    number = one.following.number
    one.following.hear(Commit(number + 1, "of a copy of this house"), "what that copy has there")
    await passes(LOOK_SECONDS)
    assert (one.taken, one.following.check()) == ([2], "ok"), "and nobody can set this one apart by saying so"
    told = await other.writes()
    one.following.hear(told, other.told[-1])
    assert one.taken == [2, told.number]
    await one.following.close()
    await other.following.close()


@lived
async def test_one_that_is_apart_takes_nothing_in_and_writes_nothing_for_good(caplog: pytest.LogCaptureFixture) -> None:
    commons = Commons()
    one = await Seen(commons).start()
    stale: list[str] = []
    one.following.went_stale = lambda: stale.append(one.following.stale())
    ours = commons.made[-1]
    commons.made[-1] = Commit(ours.number, "an older copy")
    await passes(LOOK_SECONDS * 1.5)
    assert one.following.check() == "This node is not where the others were."
    assert stale == [one.following.check()]
    commons.made[-1] = ours
    one.following.hear(Commit(ours.number + 1, "next"), ours.id)
    for doing in (one.following.enter, one.following.caught_up):
        with pytest.raises(Apart if doing == one.following.enter else NotRead):
            await doing()
    await passes(LOOK_SECONDS * 3)
    assert (one.taken, stale) == ([], [one.following.check()])
    assert sum("apart from the others" in record.getMessage() for record in caplog.records) == 1
    await one.following.close()


@lived
async def test_one_that_is_found_apart_in_its_turn_does_not_try_again() -> None:
    commons = Commons()
    one = await Seen(commons).start()
    ours = commons.made[-1]
    commons.made[-1] = Commit(ours.number, "an older copy")
    for _ in range(2):
        with pytest.raises(Apart):
            await one.following.enter()
        commons.made[-1] = ours
    assert not commons.turn.locked()
    await one.following.close()


@lived
async def test_one_that_cannot_take_in_what_another_wrote_is_apart_and_does_not_count_it() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    await one.following.caught_up()
    one.cannot_take = True
    told = await other.writes()
    one.following.hear(told, other.told[-1])
    assert "Stop this server" in one.following.check()
    one.cannot_take = False
    with pytest.raises(Apart):
        await one.following.enter()
    assert (one.taken, one.following.number) == ([2], told.number - 1)
    await one.following.close()
    await other.following.close()


@lived
async def test_one_that_is_far_behind_reads_question_by_question_and_while_others_have_the_turn() -> None:
    commons = Commons()
    one, other = await Seen(commons).start(), await Seen(commons).start()
    written = [(await other.writes()).number for _ in range(7)]
    commons.most = 2
    await one.following.enter()
    assert one.taken == [2, *written]
    await one.following.leave()
    written += [(await other.writes()).number for _ in range(7)]
    await one.following.caught_up()
    assert one.taken == [2, *written]
    await one.following.close()
    await other.following.close()


@lived
async def test_without_a_look_for_long_nobody_may_be_served_until_one_came_through() -> None:
    commons = Commons()
    one = await Seen(commons).start()
    stale: list[str] = []
    one.following.went_stale = lambda: stale.append(one.following.stale())
    commons.is_away = True
    await passes(STALE_SECONDS * 0.8)
    assert (one.following.stale(), stale) == ("", [])
    await passes(STALE_SECONDS * 0.5)
    assert "has not heard" in one.following.stale()
    assert stale
    commons.is_away = False
    await passes(LOOK_SECONDS * 1.5)
    assert one.following.stale() == ""
    await one.following.close()
