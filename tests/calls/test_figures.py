"""The account of a call: a minute at a time, and of all of it at the end, also of who has gone."""

from typing import Any

from calls import rtcp, rtp
from calls.call import Counted, Event
from calls.figures import CLOSING_SECONDS
from calls.unit import Unit
from tests.calls import packets
from tests.calls.halls import Hall, hall, of
from tests.calls.waiting import on_loop, until


def accounts(here: Hall) -> list[Counted]:
    return [one for one in here.desk.events if isinstance(one, Counted)]


async def minute(here: Hall) -> dict[str, Any]:
    """The next account. Nobody is given up meanwhile: their checks come again before the clock is looked at."""
    before = len(accounts(here))
    for _ in range(3):
        here.clock.ahead += CLOSING_SECONDS / 3
        seen = {client: len(client.states) for client in here.desk.clients.values()}
        heard = [here.peer(client).agent.heard_at for client in seen]
        for client in seen:
            client.check()
        await until(
            lambda seen=seen, heard=heard: all(
                here.peer(client).agent.heard_at > at for client, at in zip(seen, heard, strict=True)
            )
        )
    await until(lambda: len(accounts(here)) > before)
    return dict(accounts(here)[-1].figures)


@on_loop
async def test_every_minute_says_what_passed_in_it() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        first = await minute(here)
        assert (first["people"], first["most"], first["there"]) == (2, 2, 2)
        assert (first["in_packets"], first["in_lost"]) == (4, 0)
        assert first["layers"] == {"one": 2}
        for seq in (1, 3):
            ann.send(packets.voice(101, seq))
        await until(lambda: 3 in [rtp.Header(one).seq for one in of(bob, 101)])
        second = await minute(here)
        assert (second["in_packets"], second["in_lost"], second["out_packets"]) == (2, 1, 2)
        assert second["seconds"] >= 55
        assert not accounts(here)[-1].over


@on_loop
async def test_the_end_says_what_passed_in_all_also_of_who_has_gone() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        bob.tell(rtcp.receiver_reports(7, [rtcp.Report(201, 64, 3, 5, 9, 0, 0)]))
        await until(lambda: any(one.report for one in here.peer(bob).downs.values()))
        here.unit.leave("call", "p1")
        assert accounts(here) == []
        await here.joined(3)
        here.unit.leave("call", "p2")
        here.unit.leave("call", "p3")
        (account,) = accounts(here)
        assert (account.call, account.over) == ("call", True)
        assert (account.figures["people"], account.figures["most"]) == (3, 2)
        assert (account.figures["in_packets"], account.figures["out_lost"]) == (4, 3)
        assert account.figures["in_octets"] > 0


@on_loop
async def test_a_unit_that_closes_tells_the_end_of_every_call() -> None:
    events: list[Event] = []
    unit = Unit(events.append)
    await unit.open(["127.0.0.1"], hosts=["127.0.0.1"])
    unit.join("one", "ann")
    unit.join("two", "bob")
    unit.close()
    told = [(one.call, one.over) for one in events if isinstance(one, Counted)]
    assert told == [("one", True), ("two", True)]


@on_loop
async def test_who_comes_again_at_once_ends_no_call() -> None:
    async with hall() as here:
        here.unit.join("call", "ann")
        here.unit.join("call", "ann")
        assert accounts(here) == []
        here.unit.leave("call", "ann")
        (account,) = accounts(here)
        assert (account.figures["people"], account.figures["most"]) == (2, 1)
