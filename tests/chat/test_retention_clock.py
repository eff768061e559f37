"""Retention and clocks that are wrong: what they say is not believed, and takes nothing young along."""

import asyncio

import pytest

from chat import retention
from chat.retention import DAY, Retention
from tests.chat.test_retention import DAYS, MINUTE, later, left_of, two
from tests.neighbours import House, lived, passes, settles


@lived
async def test_a_message_from_the_future_is_as_old_as_what_was_said_after_it(house: House) -> None:
    anna, ben, place = await two(house)
    later(house, 365)
    await anna.says("in a wrong year", ben)
    later(house, -365)
    await anna.says("old", ben)
    later(house, DAYS + 1)
    await anna.says("young", ben)
    await Retention(house.store, DAYS).sweep()
    assert await left_of(house, place) == ["young"]


@lived
async def test_a_message_that_a_clock_set_back_made_old_takes_nothing_young_along(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("old", ben)
    later(house, DAYS + 1)
    await anna.says("young", ben)
    later(house, -20 * 365)
    await anna.says("on a machine that forgot the time", ben)
    later(house, 20 * 365)
    await anna.says("young, too", ben)
    await Retention(house.store, DAYS).sweep()
    assert await left_of(house, place) == ["young", "on a machine that forgot the time", "young, too"]


@lived
async def test_a_day_in_the_future_is_looked_through_however_much_was_said_in_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PAGE", 3)
    anna, ben, place = await two(house)
    later(house, 365)
    for number in range(8):
        await anna.says(f"in a wrong year {number}", ben)
    later(house, -365)
    await anna.says("old", ben)
    later(house, DAYS + 1)
    await anna.says("young", ben)
    await Retention(house.store, DAYS).sweep()
    assert await left_of(house, place) == ["young"]


@lived
async def test_a_machine_that_begins_in_a_year_to_come_takes_nothing_away(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    anna, ben, place = await two(house)
    await anna.says("said today", ben)
    house.store.newest_at = house.clock()
    later(house, 3 * 365)
    await Retention(house.store, DAYS).sweep()
    assert await left_of(house, place) == ["said today"]
    assert "later than expected" in caplog.text


@lived
async def test_a_machine_that_slept_has_no_clock_that_jumped(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("old", ben)
    house.store.newest_at = house.clock()
    loop, slept = asyncio.get_running_loop(), [0.0]
    keeper = Retention(house.store, DAYS, uptime=lambda: loop.time() + slept[0])
    keeper.start()
    await settles()
    later(house, DAYS + 1)
    slept[0] = (DAYS + 1) * DAY / 1000
    await passes(10 * MINUTE)
    assert await left_of(house, place) == []
    await keeper.close()


@lived
async def test_a_clock_that_has_just_jumped_takes_nothing_away(house: House) -> None:
    anna, ben, place = await two(house)
    await anna.says("dear", ben)
    keeper = Retention(house.store, DAYS, uptime=asyncio.get_running_loop().time)
    keeper.start()
    await passes(MINUTE)
    later(house, 365)
    await passes(6 * MINUTE)
    later(house, -365)
    await passes(2 * DAY / 1000)
    assert await left_of(house, place) == ["dear"]
    await keeper.close()
