"""Two who are in a call and see each other, with a network between them and the unit that then turns bad."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.calls.halls import Hall
from tests.calls.viewers import Viewer
from tests.calls.weather import Relay, Weather


@asynccontextmanager
async def behind(here: Hall, weather: Weather) -> AsyncIterator[tuple[Viewer, Viewer]]:
    """Two who are in a call and see each other, when the weather begins."""
    relay = Relay(Weather(), "127.0.0.1", here.unit.port)
    ann, bob = Viewer(here, relay, 1), Viewer(here, relay, 2)
    try:
        await asyncio.gather(ann.join(), bob.join())
        await meet(here, ann, bob)
        relay.weather = weather
        yield ann, bob
    finally:
        for one in (ann, bob):
            one.vanish()
        relay.close()


async def meet(here: Hall, ann: Viewer, bob: Viewer) -> None:
    """Returns when each gets the other's voice and pictures."""
    while not all(here.open_downs(one) == 2 and one.arrived.pictures for one in (ann, bob)):
        await asyncio.gather(ann.chat(0.1), bob.chat(0.1))
