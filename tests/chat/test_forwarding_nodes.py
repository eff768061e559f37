"""A room's call over two servers: one has its media, and whoever is at the other hears of it as anybody does."""

from calls.call import Offered, Sent
from chat.forwarding import hear_unit, name_of
from protocol.group_calls import (
    AnswerMedia,
    FloorChanged,
    JoinCall,
    MediaOffered,
    RenewMedia,
    SetFloor,
    VideosChanged,
    ViewMedia,
)
from protocol.shapes import Floor, Shown
from store.nodes.homes import HOME_SILENT_SECONDS
from tests.chat.meeting import Meeting
from tests.chat.test_forwarding import FakeUnit
from tests.neighbours import Phone, lived, passes, refusal_of, settles
from tests.store.nodes.commons import Commons


class Two:
    """Anna at one server, Cleo at the other, each with a unit; a call that Anna began, with both in it."""

    async def begin(self) -> "Two":
        self.commons = Commons()
        self.here, self.there = await self.commons.node("a"), await self.commons.node("b")
        self.near, self.far = FakeUnit(), FakeUnit()
        self.here.store.media, self.there.store.media = self.near, self.far
        self.meeting = await Meeting(self.here).begin()
        await passes(0.2)
        self.anna = self.meeting.anna
        self.meeting.cleo.disconnect()
        self.cleo = Phone(self.there, self.meeting.cleo.who)
        await passes(0.2)
        await self.meeting.opens(self.anna)
        await settles()
        await self.meeting.comes(self.cleo)
        await settles()
        return self

    @property
    def name(self) -> str:
        return name_of(self.meeting.room, self.meeting.call)

    async def end(self) -> None:
        await self.here.close()
        await self.there.close()


@lived
async def test_the_media_is_where_the_call_began_for_devices_of_both() -> None:
    two = await Two().begin()
    assert two.near.peers(two.name) == [two.anna.device, two.cleo.device]
    assert two.far.joins == []
    await two.meeting.goes(two.cleo)
    await settles()
    assert two.near.peers(two.name) == [two.anna.device]
    await two.meeting.closes(two.anna)
    await settles()
    assert two.near.peers(two.name) == []
    assert two.here.store.nodes
    assert two.here.store.nodes.homes.ours() == []
    await two.end()


@lived
async def test_what_the_unit_and_a_device_of_the_other_server_say_reaches_the_other() -> None:
    two = await Two().begin()
    hear_unit(Offered(two.name, two.cleo.device, 1, "an offer", {}), two.here.store)
    await settles()
    assert [offer.sdp for offer in two.cleo.of(MediaOffered)] == ["an offer"]
    await two.cleo.asks(two.meeting.asks(AnswerMedia, version=1, sdp="fits"))
    await two.cleo.asks(two.meeting.asks(AnswerMedia, version=1, sdp="does not fit"))
    shown = [Shown(device=two.anna.device, source="camera", height=360)]
    await two.cleo.asks(two.meeting.asks(ViewMedia, shown=shown))
    await two.cleo.asks(two.meeting.asks(RenewMedia))
    await settles()
    assert two.near.shown[two.cleo.device] == {(two.anna.device, "camera"): 360}
    assert two.near.restarts == [two.cleo.device]
    await two.cleo.asks(two.meeting.asks(RenewMedia, anew=True))
    await settles()
    assert two.near.joins == [two.anna.device, two.cleo.device, two.cleo.device]
    assert two.far.joins == []
    await two.end()


@lived
async def test_how_one_takes_part_is_seen_at_both_servers_and_by_who_comes_later() -> None:
    two = await Two().begin()
    await two.anna.asks(two.meeting.asks(SetFloor, floor=Floor(muted=True)))
    await settles()
    assert [event.floors[two.anna.device].muted for event in two.cleo.of(FloorChanged) if event.floors] == [True]
    dora = Phone(two.there, two.meeting.dora.who)
    await two.meeting.comes(dora)
    await settles()
    assert dora.of(FloorChanged)[0].floors[two.anna.device].muted
    await two.end()


@lived
async def test_which_videos_come_is_told_at_both_servers_and_to_who_comes_later() -> None:
    two = await Two().begin()
    hear_unit(Sent(two.name, two.anna.device, ("camera",)), two.here.store)
    await settles()
    dora = Phone(two.there, two.meeting.dora.who)
    await two.meeting.comes(dora)
    await settles()
    for phone in (two.cleo, dora):
        assert [(one.device, one.sources) for one in phone.of(VideosChanged)] == [(two.anna.device, ["camera"])]
    await two.end()


@lived
async def test_when_its_server_is_silent_the_next_to_come_back_makes_a_new_home() -> None:
    two = await Two().begin()
    assert two.here.store.nodes
    two.here.store.nodes._timers.close()
    await passes(HOME_SILENT_SECONDS + 1)
    await two.cleo.asks(two.meeting.asks(RenewMedia))
    assert two.far.peers(two.name) == [two.cleo.device]
    await two.end()


@lived
async def test_when_its_server_leaves_it_is_so_at_once() -> None:
    two = await Two().begin()
    await two.here.close()
    await settles()
    await two.cleo.asks(two.meeting.asks(RenewMedia))
    assert two.far.peers(two.name) == [two.cleo.device]
    await two.there.close()


@lived
async def test_a_server_that_does_not_hear_the_others_lets_nobody_into_a_call_of_theirs() -> None:
    two = await Two().begin()
    assert two.there.store.nodes
    two.there.store.nodes._bus.check = lambda: "Redis is away."  # type: ignore[method-assign]
    dora = Phone(two.there, two.meeting.dora.who)
    assert await refusal_of(dora.sends(two.meeting.asks(JoinCall))) == "not-connected"
    await two.end()


@lived
async def test_a_server_that_does_not_hear_the_others_makes_no_second_home_of_their_call() -> None:
    two = await Two().begin()
    assert two.there.store.nodes
    two.there.store.nodes._bus.check = lambda: "Redis is away."  # type: ignore[method-assign]
    two.commons.lose_bus()
    await passes(HOME_SILENT_SECONDS * 2)
    for anew in (True, False):
        assert await refusal_of(two.cleo.sends(two.meeting.asks(RenewMedia, anew=anew))) == "not-connected"
    assert two.there.store.nodes.homes.ours() == []
    assert two.far.joins == []
    await two.end()


@lived
async def test_of_two_homes_the_first_by_id_keeps_the_call_and_the_other_lets_go() -> None:
    two = await Two().begin()
    for house in (two.here, two.there):
        assert house.store.nodes
        house.store.nodes.homes.take(two.name)
    two.far.join(two.name, two.cleo.device)
    await passes(6)
    homes = [house.store.nodes.homes for house in (two.here, two.there) if house.store.nodes]
    assert sorted(one.is_ours(two.name) for one in homes) == [False, True]
    unit = {True: two.far, False: two.near}[homes[0].is_ours(two.name)]
    assert unit.peers(two.name) == []
    await two.end()
