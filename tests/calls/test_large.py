"""What a call costs besides its packets grows with who gets what of whom, and not faster."""

import asyncio
import sys
from collections.abc import Callable

import pytest

from calls.call import Call
from calls.turns import Turns
from tests.calls.halls import Hall, hall
from tests.calls.waiting import on_loop


async def full(here: Hall, people: int) -> Call:
    """A call in which everybody sees and hears everybody."""
    everybody = await asyncio.gather(*(here.joined(number) for number in range(people)))
    await here.talk(*everybody)
    call: Call = here.unit._calls["call"]
    return call


def steps(act: Callable[[], object]) -> int:
    """How many functions of Python are entered meanwhile, generators at each turn."""
    count = 0

    def seen(_frame: object, event: str, _more: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(("of", "times"), [("report", 9), ("show", 4)])
@on_loop
async def test_three_times_as_many_people_cost_so_many_times_as_much_at_most(of: str, times: int) -> None:
    async with hall() as few, hall() as many:
        calls = await full(few, 6), await full(many, 18)

        def acts(call: Call) -> Callable[[], object]:
            if of == "show":
                return lambda: call.show("p1", {("p2", "camera"): 720})
            return lambda: call._attend(dict.fromkeys(call.peers, 1.0), call._now())

        less, more = (steps(acts(call)) for call in calls)
        assert less > 0
        assert more < times * less


@on_loop
async def test_what_everybody_may_already_is_not_shared_out_anew() -> None:
    async with hall() as here:
        call = await full(here, 3)
        call._turns = Turns(3600.0, call._now())  # nobody's turn comes meanwhile
        served: list[str] = []
        serve = call._serve
        call._serve = lambda peer, now: (served.append(peer.name), serve(peer, now))[1]  # type: ignore[method-assign]
        here.unit.allow("call", "p1", {"camera"})
        here.unit.allow("call", "p2", {"camera"})
        assert served == [], "how many there are, it is shared out once"
        call.tick()
        assert served == ["p0", "p1", "p2"]
        served.clear()
        here.unit.allow("call", "p1", {"camera"})
        call.tick()
        assert served == []


@on_loop
async def test_what_one_shows_concerns_that_one_alone() -> None:
    async with hall() as here:
        call = await full(here, 4)
        served: list[str] = []
        serve = call._serve
        call._serve = lambda peer, now: (served.append(peer.name), serve(peer, now))[1]  # type: ignore[method-assign]
        here.unit.show("call", "p1", {("p2", "camera"): 720})
        assert served == ["p1"]
        assert [
            down.up.owner for down in call.peers["p1"].downs.values() if down.up.kind == "video" and down.layer
        ] == ["p2"]
