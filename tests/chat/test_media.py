"""The forwarding unit of a server: opened, ended by itself, begun again with everybody in it, and closed."""

import os
import signal
import socket

import pytest

from calls.process import UnitProcess
from calls.unit import Unit
from chat.forwarding import name_of
from chat.media import ForwardingUnit, Port
from protocol.group_calls import MediaOffered
from store.media import NoMedia
from tests.calls.waiting import on_loop, until
from tests.chat.meeting import Meeting
from tests.neighbours import House


def port(number: int = 0) -> Port:
    return Port(number, ["127.0.0.1"], lambda: ["127.0.0.1"])


@pytest.mark.parametrize(("apart", "kind"), [(False, Unit), (True, UnitProcess)])
@on_loop
async def test_a_call_has_media_while_the_unit_is_open(apart: bool, kind: type[object]) -> None:
    house = await House().start()
    unit = ForwardingUnit(house.store, port(), apart=apart)
    await unit.open()
    try:
        assert isinstance(house.store.media, kind)
        meeting = await Meeting(house).begin()
        await meeting.opens(meeting.anna)
        await until(lambda: meeting.anna.of(MediaOffered))
        assert "a=ice-lite" in meeting.anna.of(MediaOffered)[0].sdp
        unit.moved()
    finally:
        await unit.close()
        await house.close()
    assert isinstance(house.store.media, NoMedia)


@on_loop
async def test_a_unit_that_is_killed_begins_again_on_its_port_and_offers_to_everybody_who_is_there() -> None:
    house = await House().start()
    unit = ForwardingUnit(house.store, port(), apart=True)
    await unit.open()
    try:
        first = house.store.media
        assert isinstance(first, UnitProcess)
        number = first.port
        meeting = await Meeting(house).begin()
        await meeting.opens(meeting.anna)
        await meeting.comes(meeting.cleo)
        await until(lambda: meeting.cleo.of(MediaOffered))
        before = len(meeting.anna.of(MediaOffered)), len(meeting.cleo.of(MediaOffered))
        name, passed = name_of(meeting.room, meeting.call), house.store.forwarded
        passed.minute(name, {"in_packets": 500})
        assert first._child
        os.kill(first._child.pid, signal.SIGKILL)
        await until(lambda: isinstance(house.store.media, UnitProcess) and house.store.media is not first)
        assert isinstance(house.store.media, UnitProcess)
        assert house.store.media.port == number
        await until(
            lambda: len(meeting.anna.of(MediaOffered)) > before[0] and len(meeting.cleo.of(MediaOffered)) > before[1]
        )
        assert house.store.media.peers(name) == [meeting.anna.device, meeting.cleo.device]
        passed.over(name, {"in_packets": 2})
        assert passed.totals["in_packets"] == 502, "what was told before the end stays, and the new one counts on"
    finally:
        await unit.close()
        await house.close()


@pytest.mark.parametrize("apart", [False, True])
@on_loop
async def test_a_port_that_is_taken_is_said_at_once(apart: bool) -> None:
    house = await House().start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        unit = ForwardingUnit(house.store, port(taken.getsockname()[1]), apart=apart)
        with pytest.raises(OSError, match=r"\w"):
            await unit.open()
    await unit.close()
    await house.close()
