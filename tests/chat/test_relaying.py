"""A call between two that goes through the forwarding unit: who may say so, and what follows from it."""

from calls.call import Offered
from chat.forwarding import hear_unit, join_all, name_of
from chat.visibility import direct
from protocol.calls import CallRelayed, MoveCall
from protocol.commands import EndCall, PickUpCall, RingCall
from protocol.group_calls import AnswerMedia, FloorChanged, MediaOffered, RenewMedia, SetFloor, ViewMedia
from protocol.shapes import Floor, Shown, StandingCall
from store.media import NoMedia
from tests.chat.test_forwarding import FakeUnit
from tests.neighbours import House, Phone, lived, nonce, pull_all, refusal_of, settles


class Talk:
    """Anna has called Ben, and Ben has answered; Cleo is somebody else. Anna has a laptop, too."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.unit = FakeUnit()
        self.call = house.new_id("c")

    async def begin(self) -> "Talk":
        self.house.store.media = self.unit
        self.anna, self.ben, self.cleo = [await self.house.joins(name) for name in ("Anna", "Ben", "Cleo")]
        self.laptop = await self.house.adds_device(self.anna)
        self.where = {"conversation": direct(self.anna.person, self.ben.person), "call": self.call}
        await self.rings()
        return self

    async def rings(self) -> None:
        await self.anna.asks(RingCall(nonce=nonce(), video=True, **self.where))
        await self.ben.asks(PickUpCall(nonce=nonce(), **self.where))

    async def moves(self, phone: Phone) -> None:
        await phone.asks(MoveCall(**self.where))
        await settles()

    @property
    def peers(self) -> list[str]:
        return self.unit.peers(name_of(self.where["conversation"], self.call))

    @property
    def stands(self) -> StandingCall:
        row = self.house.store.shelves.conversations.get(self.where["conversation"])
        assert row
        assert row.call
        return row.call


@lived
async def test_either_of_the_two_may_move_it_and_both_become_peers(house: House) -> None:
    talk = await Talk(house).begin()
    assert talk.peers == []
    assert not talk.stands.relayed
    await talk.moves(talk.ben)
    assert talk.peers == [talk.anna.device, talk.ben.device]
    assert talk.stands.relayed
    assert talk.anna.of(CallRelayed)[-1].call == talk.call


@lived
async def test_it_is_moved_once_whoever_asks_again(house: House) -> None:
    talk = await Talk(house).begin()
    asked = [phone.sends(MoveCall(**talk.where)) for phone in (talk.anna, talk.ben, talk.anna)]
    for one in asked:
        await one
    await settles()
    await talk.moves(talk.anna)
    log = await pull_all(talk.anna, talk.where["conversation"])
    assert len([event for event in log if isinstance(event, CallRelayed)]) == 1
    assert talk.unit.joins == [talk.anna.device, talk.ben.device]


@lived
async def test_nobody_else_moves_it_and_nothing_that_is_no_call(house: House) -> None:
    talk = await Talk(house).begin()
    assert await refusal_of(talk.laptop.asks(MoveCall(**talk.where))) == "not-allowed"
    assert await refusal_of(talk.cleo.asks(MoveCall(**talk.where))) == "not-found"
    await talk.anna.asks(EndCall(nonce=nonce(), **talk.where))
    assert await refusal_of(talk.anna.asks(MoveCall(**talk.where))) == "call-over"
    await talk.anna.asks(RingCall(nonce=nonce(), video=True, **talk.where))
    assert await refusal_of(talk.anna.asks(MoveCall(**talk.where))) == "not-allowed"
    assert talk.unit.joins == []


@lived
async def test_a_server_without_a_unit_says_so_and_the_call_goes_on_as_it_was(house: House) -> None:
    talk = await Talk(house).begin()
    house.store.media = NoMedia()
    assert await refusal_of(talk.anna.asks(MoveCall(**talk.where))) == "not-connected"
    assert not talk.stands.relayed


@lived
async def test_the_units_words_reach_the_two_and_theirs_reach_the_unit(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.moves(talk.anna)
    hear_unit(Offered(name_of(**talk.where), talk.ben.device, 1, "v=0", {}), house.store)
    await settles()
    assert talk.ben.of(MediaOffered)[-1].sdp == "v=0"
    await talk.ben.asks(AnswerMedia(version=1, sdp="fits", **talk.where))
    shown = [Shown(device=talk.anna.device, source="camera", height=720)]
    await talk.ben.asks(ViewMedia(shown=shown, **talk.where))
    assert talk.unit.shown == {talk.ben.device: {(talk.anna.device, "camera"): 720}}
    assert await refusal_of(talk.laptop.asks(AnswerMedia(version=1, sdp="fits", **talk.where))) == "call-over"
    assert await refusal_of(talk.cleo.asks(RenewMedia(**talk.where))) == "not-found"


@lived
async def test_before_it_is_moved_the_unit_has_nothing_to_do_with_it(house: House) -> None:
    talk = await Talk(house).begin()
    assert await refusal_of(talk.anna.asks(RenewMedia(**talk.where))) == "call-over"
    hear_unit(Offered(name_of(**talk.where), talk.ben.device, 1, "v=0", {}), house.store)
    await settles()
    assert talk.ben.of(MediaOffered) == []


@lived
async def test_a_page_that_was_loaded_again_begins_anew_and_learns_how_the_other_takes_part(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.moves(talk.anna)
    muted = Floor(muted=True)
    await talk.anna.asks(SetFloor(floor=muted, **talk.where))
    await settles()
    assert talk.ben.of(FloorChanged)[-1].floors == {talk.anna.device: muted}
    talk.ben.heard.clear()
    await talk.ben.asks(RenewMedia(anew=True, **talk.where))
    await settles()
    assert talk.unit.joins[2:] == [talk.ben.device]
    assert talk.ben.of(FloorChanged)[-1].floors == {talk.anna.device: muted}
    await talk.ben.asks(RenewMedia(**talk.where))
    assert talk.unit.restarts == [talk.ben.device]


@lived
async def test_a_unit_that_forgot_the_call_learns_it_again(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.moves(talk.anna)
    talk.unit.calls.clear()
    await talk.ben.asks(RenewMedia(**talk.where))
    assert talk.peers == [talk.ben.device]
    talk.ben.disconnect()
    talk.unit.calls.clear()
    join_all(house.store)
    assert talk.peers == [talk.anna.device]


@lived
async def test_with_the_call_ends_what_the_unit_knew_of_it(house: House) -> None:
    talk = await Talk(house).begin()
    await talk.moves(talk.anna)
    await talk.anna.asks(SetFloor(floor=Floor(camera=True), **talk.where))
    await talk.ben.asks(EndCall(nonce=nonce(), **talk.where))
    assert talk.peers == []
    assert house.store.floors.keys() == []
    assert await refusal_of(talk.ben.asks(RenewMedia(**talk.where))) == "call-over"
