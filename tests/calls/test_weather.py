"""Calls over bad networks, lost and late and overtaken packets on each hop: what is missing comes again, in time."""

import asyncio

import pytest

from tests.calls.halls import hall
from tests.calls.meeting import behind
from tests.calls.waiting import on_loop
from tests.calls.weather import Weather

SECONDS = 2.0


@pytest.mark.parametrize(
    "weather",
    [
        Weather(loss=0.02),
        Weather(loss=0.10),
        Weather(delay=0.1),
        Weather(reordered=0.05),
        Weather(loss=0.02, delay=0.05, reordered=0.05),
    ],
    ids=["2 % lost", "10 % lost", "100 ms late", "5 % overtaken", "all of it"],
)
@on_loop
async def test_every_picture_comes_whole_over_a_bad_network(weather: Weather) -> None:
    async with hall() as here, behind(here, weather) as (ann, bob):
        pictures, voices = ann.pictures, ann.voices
        await asyncio.gather(ann.chat(SECONDS), bob.chat(SECONDS))
        shown, said = set(range(pictures, ann.pictures)), set(range(voices, ann.voices))
        while not shown <= bob.arrived.pictures.keys():  # what is missing at the end shows with what follows
            await asyncio.gather(ann.chat(0.1), bob.chat(0.1))
        heard = len(said & bob.arrived.voice.keys()) / len(said)
        assert heard >= (1 - weather.loss) ** 2 - 0.15  # two hops, and nothing of sound comes again


@on_loop
async def test_over_a_narrow_way_up_pictures_give_way_and_sound_comes_in_time() -> None:
    async with hall() as here, behind(here, Weather(carries=400_000)) as (ann, bob):
        await asyncio.gather(ann.chat(2 * SECONDS), bob.chat(2 * SECONDS))
        pictures, voices = ann.pictures, ann.voices
        await asyncio.gather(ann.chat(SECONDS), bob.chat(SECONDS))
        assert bob.arrived.heard(range(voices, ann.voices)) > 0.9
        assert ann.pictures > pictures
