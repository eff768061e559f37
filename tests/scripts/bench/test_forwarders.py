"""What is measured passes each packet on to whoever is to get it, and to nobody else."""

import pytest

from scripts.bench.crowd import Crowd, Load
from scripts.bench.forwarders import plainest, unit
from scripts.bench.forwarding import Forwarder
from scripts.bench.namespace import Network
from tests.calls.waiting import on_loop


@pytest.mark.parametrize(("forwarder", "load"), [(plainest, Load(3, 2)), (unit, Load(3, 2)), (unit, Load(3, 1))])
@on_loop
async def test_everybody_gets_what_they_hear_and_see(forwarder: Forwarder, load: Load) -> None:
    async with forwarder(load, Network()) as filled:
        crowd = Crowd(load, filled.people)
        # Until its process has begun, and nobody is given a picture of before to begin with
        while crowd.meter.came != crowd.meter.expected or not crowd.meter.came:
            crowd.meter.clear()
            await crowd.talk(0.2)
            await crowd.settle()
        assert crowd.meter.came == crowd.meter.expected
        assert all(0 < one < 60 for one in crowd.meter.seconds)
