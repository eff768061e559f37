"""The pulse says how long the loop was held, and nothing when it was not."""

import time

from store.pulse import Pulse
from tests.neighbours import lived, passes


@lived
async def test_a_loop_that_is_in_time_is_never_late() -> None:
    pulse = Pulse()
    assert pulse.slowest() == 0.0
    pulse.start()
    await passes(10)
    await pulse.close()
    assert pulse.slowest() < 0.001


def test_a_loop_that_was_held_is_late_by_as_much() -> None:
    import asyncio

    async def is_held() -> float:
        pulse = Pulse(0.01)
        pulse.start()
        await asyncio.sleep(0)
        until = time.monotonic() + 0.2
        while time.monotonic() < until:
            pass
        while not pulse.slowest():  # noqa: ASYNC110 - the next beat has no event
            await asyncio.sleep(0.001)
        await pulse.close()
        return pulse.slowest()

    assert asyncio.run(is_held()) >= 0.15


@lived
async def test_a_round_that_was_over_before_the_next_beat_counts_whole() -> None:
    rounds = [0.3]
    pulse = Pulse(longest=lambda: rounds.pop() if rounds else 0.0)
    pulse.start()
    await passes(2)
    assert pulse.slowest() == 0.3
    await pulse.close()


@lived
async def test_what_was_over_a_minute_ago_is_forgotten() -> None:
    pulse = Pulse()
    pulse._late.append(3.0)
    pulse.start()
    await passes(59)
    assert pulse.slowest() == 3.0
    await passes(3)
    assert pulse.slowest() < 0.001
    await pulse.close()
