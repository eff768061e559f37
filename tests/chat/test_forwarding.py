"""Between calls of rooms and the forwarding unit: the log leads, and the unit's words reach devices."""

from collections.abc import Mapping
from typing import Any

import pytest

from calls.call import Counted, Left, Offered, Sent, Spoke
from chat.forwarding import hear_unit, name_of
from protocol.group_calls import (
    AnswerMedia,
    FloorChanged,
    MediaOffered,
    RenewMedia,
    SetFloor,
    SpeakerChanged,
    VideosChanged,
    ViewMedia,
)
from protocol.shapes import Floor, Shown, Track
from tests.chat.meeting import Meeting
from tests.neighbours import House, Phone, lived, refusal_of, settles

EVERYTHING = frozenset({"microphone", "camera", "screen", "screen-sound"})


class FakeUnit:
    """Remembers what it is told; answers fit when they say "fits"."""

    def __init__(self) -> None:
        self.calls: dict[str, list[str]] = {}
        self.joins: list[str] = []
        self.restarts: list[str] = []
        self.allowed: dict[str, frozenset[str]] = {}
        self.shown: dict[str, dict[tuple[str, str], int]] = {}

    def join(self, call: str, peer: str) -> None:
        self.joins.append(peer)
        self.calls[call] = [one for one in self.peers(call) if one != peer] + [peer]

    def echo(self, peer: str) -> str:
        self.join(f"echo {peer}", peer)
        return f"echo {peer}"

    def leave(self, call: str, peer: str) -> None:
        self.calls[call].remove(peer)

    def peers(self, call: str) -> list[str]:
        return list(self.calls.get(call, []))

    def allow(self, call: str, peer: str, sources: frozenset[str]) -> None:
        self.allowed[self._known(call, peer)] = sources

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        self._known(call, peer)
        if text != "fits":
            raise ValueError("expected an answer that fits")

    def restart(self, call: str, peer: str) -> None:
        self.restarts.append(self._known(call, peer))

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        self.shown[self._known(call, peer)] = dict(heights)

    async def survey(self) -> dict[str, Any]:
        return {}

    def _known(self, call: str, peer: str) -> str:
        if peer not in self.peers(call):
            raise KeyError(peer)
        return peer


async def met(house: House) -> tuple[Meeting, FakeUnit]:
    """A call with Anna and Cleo in it, and the unit they are joined to."""
    unit = FakeUnit()
    house.store.media = unit
    meeting = await Meeting(house).begin()
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.cleo)
    return meeting, unit


def peers(meeting: Meeting, unit: FakeUnit) -> list[str]:
    return unit.peers(name_of(meeting.room, meeting.call))


@lived
async def test_whoever_is_in_a_call_is_a_peer_and_nobody_else(house: House) -> None:
    meeting, unit = await met(house)
    assert peers(meeting, unit) == [meeting.anna.device, meeting.cleo.device]
    tablet = await house.adds_device(meeting.cleo)
    await meeting.comes(tablet)
    assert peers(meeting, unit) == [meeting.anna.device, tablet.device]
    await meeting.puts_out(meeting.anna, meeting.cleo)
    assert peers(meeting, unit) == [meeting.anna.device]
    await meeting.closes(meeting.anna)
    assert peers(meeting, unit) == []


@lived
async def test_who_comes_again_begins_anew(house: House) -> None:
    meeting, unit = await met(house)
    await meeting.comes(meeting.cleo)
    assert unit.joins == [meeting.anna.device, meeting.cleo.device, meeting.cleo.device]


@lived
async def test_what_one_may_not_do_does_not_pass_the_unit(house: House) -> None:
    meeting, unit = await met(house)
    assert unit.allowed[meeting.cleo.device] == EVERYTHING
    await meeting.changes(meeting.anna, rights=["show"])
    assert unit.allowed[meeting.cleo.device] == {"camera"}
    assert unit.allowed[meeting.anna.device] == EVERYTHING
    await meeting.grants(meeting.anna, meeting.cleo, rights=["speak"])
    assert unit.allowed[meeting.cleo.device] == {"camera", "microphone"}
    await meeting.comes(meeting.dora)
    assert unit.allowed[meeting.dora.device] == {"camera"}


@lived
async def test_an_offer_reaches_its_device_and_the_answer_the_unit(house: House) -> None:
    meeting, _ = await met(house)
    tracks = {"4": (meeting.anna.device, "camera")}
    name = name_of(meeting.room, meeting.call)
    hear_unit(Offered(name, meeting.cleo.device, 3, "v=0", tracks), house.store)
    await settles()
    (offered,) = meeting.cleo.of(MediaOffered)
    assert (offered.version, offered.sdp) == (3, "v=0")
    assert offered.tracks == {"4": Track(device=meeting.anna.device, source="camera")}
    assert meeting.anna.of(MediaOffered) == []
    await meeting.cleo.asks(meeting.asks(AnswerMedia, version=3, sdp="fits"))
    assert await refusal_of(meeting.cleo.asks(meeting.asks(AnswerMedia, version=3, sdp="v=0"))) == "bad-field"


@lived
async def test_who_speaks_and_what_is_shown_is_told_to_those_in_the_call(house: House) -> None:
    meeting, _ = await met(house)
    name = name_of(meeting.room, meeting.call)
    hear_unit(Spoke(name, meeting.anna.device), house.store)
    hear_unit(Spoke(name, None), house.store)
    hear_unit(Sent(name, meeting.anna.device, ("camera",)), house.store)
    hear_unit(Left(name, meeting.anna.device, "vanished"), house.store)
    await settles()
    assert [one.device for one in meeting.cleo.of(SpeakerChanged)] == [meeting.anna.device, ""]
    assert [one.sources for one in meeting.cleo.of(VideosChanged)] == [["camera"]]
    assert meeting.dora.of(SpeakerChanged) == []
    assert meeting.there == [meeting.anna.device, meeting.cleo.device], "the log leads"


@lived
async def test_whoever_comes_or_comes_again_or_whose_line_is_back_learns_which_videos_come(house: House) -> None:
    meeting, _ = await met(house)
    name = name_of(meeting.room, meeting.call)
    hear_unit(Sent(name, meeting.anna.device, ("camera",)), house.store)
    hear_unit(Sent(name, meeting.anna.device, ("camera", "screen")), house.store)
    hear_unit(Sent(name, meeting.cleo.device, ()), house.store)
    await meeting.comes(meeting.dora)
    await settles()
    told = {meeting.anna.device: ["camera", "screen"], meeting.cleo.device: []}
    assert videos_told(meeting.dora) == told
    await meeting.comes(meeting.dora)
    await settles()
    assert videos_told(meeting.dora) == told
    await meeting.dora.asks(meeting.asks(RenewMedia))
    await settles()
    assert videos_told(meeting.dora) == told


def videos_told(phone: Phone) -> dict[str, list[str]]:
    """What it was told since the last time, by device."""
    told = {one.device: one.sources for one in phone.of(VideosChanged)}
    phone.heard.clear()
    return told


@lived
async def test_whose_line_is_back_learns_how_the_others_take_part_now(house: House) -> None:
    meeting, _ = await met(house)
    await meeting.anna.asks(meeting.asks(SetFloor, floor=Floor(muted=True)))
    await settles()
    meeting.cleo.heard.clear()
    await meeting.cleo.asks(meeting.asks(RenewMedia))
    await settles()
    assert [one.floors for one in meeting.cleo.of(FloorChanged)] == [{meeting.anna.device: Floor(muted=True)}]


@lived
async def test_which_videos_come_is_forgotten_with_who_sent_them_and_with_the_call(house: House) -> None:
    meeting, _ = await met(house)
    name = name_of(meeting.room, meeting.call)
    for phone in (meeting.anna, meeting.cleo, meeting.dora):  # Dora is not in it: it is none of the call's
        hear_unit(Sent(name, phone.device, ("camera",)), house.store)
    await meeting.goes(meeting.cleo)
    assert list(house.store.videos.get((meeting.room, meeting.call)) or {}) == [meeting.anna.device]
    await meeting.closes(meeting.anna)
    assert house.store.videos.keys() == []


@lived
async def test_what_the_unit_says_of_a_call_that_is_over_reaches_nobody(house: House) -> None:
    meeting, _ = await met(house)
    name = name_of(meeting.room, meeting.call)
    await meeting.closes(meeting.anna)
    hear_unit(Spoke(name, meeting.anna.device), house.store)
    await settles()
    assert meeting.cleo.of(SpeakerChanged) == []


@lived
async def test_what_a_screen_shows_is_told_to_the_unit(house: House) -> None:
    meeting, unit = await met(house)
    shown = [Shown(device=meeting.anna.device, source="camera", height=360)]
    await meeting.cleo.asks(meeting.asks(ViewMedia, shown=shown))
    assert unit.shown == {meeting.cleo.device: {(meeting.anna.device, "camera"): 360}}


@lived
async def test_a_unit_that_forgot_a_device_is_joined_anew(house: House) -> None:
    meeting, unit = await met(house)
    await meeting.cleo.asks(meeting.asks(RenewMedia))
    assert unit.restarts == [meeting.cleo.device]
    unit.calls.clear()  # the server was started again
    await meeting.changes(meeting.anna, rights=["show"])
    assert await refusal_of(meeting.cleo.asks(meeting.asks(ViewMedia, shown=[]))) == "not-connected"
    assert await refusal_of(meeting.cleo.asks(meeting.asks(AnswerMedia, version=1, sdp="fits"))) == "not-connected"
    await meeting.cleo.asks(meeting.asks(RenewMedia))
    assert peers(meeting, unit) == [meeting.cleo.device]
    assert unit.allowed[meeting.cleo.device] == {"camera"}


@pytest.mark.parametrize("kind", [RenewMedia, AnswerMedia, ViewMedia])
@lived
async def test_who_is_not_in_the_call_has_no_media_in_it(kind: Any, house: House) -> None:
    meeting, unit = await met(house)
    given = {AnswerMedia: {"version": 1, "sdp": "fits"}, ViewMedia: {"shown": []}}.get(kind, {})
    assert await refusal_of(meeting.dora.asks(meeting.asks(kind, **given))) == "call-over"
    assert meeting.dora.device not in peers(meeting, unit)


@pytest.mark.parametrize("kind", [RenewMedia, AnswerMedia, ViewMedia])
@lived
async def test_nor_has_another_device_of_who_is_in_it_nor_somebody_of_another_room(kind: Any, house: House) -> None:
    meeting, unit = await met(house)
    given = {AnswerMedia: {"version": 1, "sdp": "fits"}, ViewMedia: {"shown": []}}.get(kind, {})
    tablet = await house.adds_device(meeting.cleo)
    assert await refusal_of(tablet.asks(meeting.asks(kind, **given))) == "call-over"
    stranger = await house.joins("Eve")
    assert await refusal_of(stranger.asks(meeting.asks(kind, **given))) == "not-found"
    assert peers(meeting, unit) == [meeting.anna.device, meeting.cleo.device]
    assert unit.restarts == []
    assert unit.shown == {}


@lived
async def test_what_passed_through_a_call_is_one_line_of_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "parley.calls")
    figures = {"seconds": 60, "in_kbps": 1200, "layers": {"h": 2, "l": 1}}
    hear_unit(Counted("room.x cabc", False, figures), house.store)
    hear_unit(Counted("room.x cabc", True, {"seconds": 90}), house.store)
    assert [record.message for record in caplog.records] == [
        "call=room.x/cabc account=minute seconds=60 in_kbps=1200 layers=h:2,l:1",
        "call=room.x/cabc account=whole seconds=90",
    ]


@lived
async def test_what_passed_is_summed_over_calls_and_over_their_ends(house: House) -> None:
    totals = house.store.forwarded.totals
    hear_unit(Counted("room.x cabc", False, {"in_packets": 100, "out_lost": 2}), house.store)
    hear_unit(Counted("room.y cabd", True, {"in_packets": 7}), house.store)
    hear_unit(Counted("room.x cabc", True, {"in_packets": 130, "out_lost": 1}), house.store)
    hear_unit(Counted("echo ddddd", True, {"in_packets": 1000}), house.store)
    assert (totals["in_packets"], totals["out_lost"]) == (137, 2)
