"""Muted by who leads the call: not heard until the device was muted and says it no longer is, whatever it sends."""

from chat.silencing import NOTED_MS, hold, place_of
from protocol.group_calls import CallSilenced, FloorChanged, RenewMedia, SetFloor, SilenceCall
from protocol.shapes import Floor
from tests.chat.meeting import Meeting
from tests.chat.test_forwarding import EVERYTHING, FakeUnit, met
from tests.chat.test_forwarding_nodes import Two
from tests.neighbours import House, Phone, lived, passes, settles

NOT_HEARD = EVERYTHING - {"microphone"}


async def silences(meeting: Meeting, *meant: Phone) -> None:
    """Anna, who owns the room, mutes these, or everybody else."""
    for person in [one.person for one in meant] or [""]:
        await meeting.anna.asks(meeting.asks(SilenceCall, person=person))
    await settles()


async def shows(meeting: Meeting, phone: Phone, **floor: bool) -> None:
    await phone.asks(meeting.asks(SetFloor, floor=Floor(**floor)))
    await settles()


def heard(unit: FakeUnit, phone: Phone) -> bool:
    """Whether this phone's microphone reaches the others."""
    return "microphone" in unit.allowed[phone.device]


@lived
async def test_who_is_muted_by_a_leader_is_not_heard_and_sends_everything_else(house: House) -> None:
    meeting, unit = await met(house)
    await silences(meeting, meeting.cleo)
    assert unit.allowed[meeting.cleo.device] == NOT_HEARD
    assert unit.allowed[meeting.anna.device] == EVERYTHING


@lived
async def test_everybody_but_who_says_so_is_held_back(house: House) -> None:
    meeting, unit = await met(house)
    await meeting.comes(meeting.dora)
    await silences(meeting)
    assert [heard(unit, one) for one in (meeting.anna, meeting.cleo, meeting.dora)] == [True, False, False]


@lived
async def test_a_page_that_mutes_itself_is_heard_as_soon_as_it_unmutes(house: House) -> None:
    meeting, unit = await met(house)
    await shows(meeting, meeting.cleo)
    await silences(meeting, meeting.cleo)
    await shows(meeting, meeting.cleo, muted=True)
    assert not heard(unit, meeting.cleo)
    await shows(meeting, meeting.cleo)
    assert heard(unit, meeting.cleo)
    assert len(meeting.cleo.of(CallSilenced)) == 1


@lived
async def test_so_is_one_that_was_muted_before(house: House) -> None:
    meeting, unit = await met(house)
    await shows(meeting, meeting.cleo, muted=True)
    await silences(meeting, meeting.cleo)
    await shows(meeting, meeting.cleo)
    assert heard(unit, meeting.cleo)


@lived
async def test_one_that_ignores_it_is_not_heard_and_asked_again(house: House) -> None:
    meeting, unit = await met(house)
    await shows(meeting, meeting.cleo)
    await silences(meeting, meeting.cleo)
    await shows(meeting, meeting.cleo, camera=True)  # as one that crossed the question, too
    assert not heard(unit, meeting.cleo)
    assert [one.person for one in meeting.cleo.of(CallSilenced)] == [meeting.anna.person] * 2


@lived
async def test_the_others_see_them_muted_for_as_long_and_who_comes_later_does(house: House) -> None:
    meeting, _ = await met(house)
    await shows(meeting, meeting.cleo, camera=True)
    await silences(meeting, meeting.cleo)
    await shows(meeting, meeting.cleo, camera=True)
    await meeting.comes(meeting.dora)
    await settles()
    for phone in (meeting.anna, meeting.dora):
        told = phone.of(FloorChanged)[-1].floors
        assert told[meeting.cleo.device] == Floor(muted=True, camera=True)
    await shows(meeting, meeting.cleo, camera=True, muted=True)
    await shows(meeting, meeting.cleo, camera=True)
    assert meeting.dora.of(FloorChanged)[-1].floors == {meeting.cleo.device: Floor(camera=True)}


@lived
async def test_who_comes_again_or_on_another_device_is_held_back_still(house: House) -> None:
    meeting, unit = await met(house)
    await shows(meeting, meeting.cleo)
    await silences(meeting, meeting.cleo)
    await meeting.comes(meeting.cleo)
    await shows(meeting, meeting.cleo)
    assert not heard(unit, meeting.cleo)
    tablet = await house.adds_device(meeting.cleo)
    await meeting.comes(tablet)
    await shows(meeting, tablet)
    assert not heard(unit, tablet)
    assert len(tablet.of(CallSilenced)) == 1, "it was never asked"
    await shows(meeting, tablet, muted=True)
    await shows(meeting, tablet)
    assert heard(unit, tablet)


@lived
async def test_a_unit_that_was_begun_again_holds_them_back(house: House) -> None:
    meeting, unit = await met(house)
    await silences(meeting, meeting.cleo)
    unit.calls.clear()
    unit.allowed.clear()
    await meeting.cleo.asks(meeting.asks(RenewMedia))
    assert unit.allowed[meeting.cleo.device] == NOT_HEARD


@lived
async def test_rights_that_change_meanwhile_give_no_voice_back(house: House) -> None:
    meeting, unit = await met(house)
    await silences(meeting, meeting.cleo)
    await meeting.changes(meeting.anna, rights=["show"])
    await meeting.grants(meeting.anna, meeting.cleo, rights=["speak"])
    assert unit.allowed[meeting.cleo.device] == {"camera"}
    await meeting.changes(meeting.anna, rights=["share"])
    await shows(meeting, meeting.cleo, muted=True)
    await shows(meeting, meeting.cleo)
    assert unit.allowed[meeting.cleo.device] == {"microphone", "screen", "screen-sound"}


@lived
async def test_who_left_and_comes_anew_is_heard_and_nothing_is_left_of_a_call_that_is_over(house: House) -> None:
    meeting, unit = await met(house)
    await meeting.comes(meeting.dora)
    await silences(meeting)
    await meeting.goes(meeting.cleo)
    await meeting.comes(meeting.cleo)
    assert heard(unit, meeting.cleo)
    assert not heard(unit, meeting.dora)
    await meeting.closes(meeting.anna)
    assert house.store.silenced.values() == []


@lived
async def test_what_another_server_says_after_the_end_of_a_call_is_forgotten_with_the_next_mute(house: House) -> None:
    meeting, _ = await met(house)
    await meeting.closes(meeting.anna)
    hold(house.store, meeting.room, meeting.call, meeting.cleo.person, meeting.anna.person)
    await passes(NOTED_MS / 1000)
    meeting.call = house.new_id("c")
    await meeting.opens(meeting.anna)
    await meeting.comes(meeting.dora)
    await silences(meeting, meeting.dora)
    assert [place_of(key)[1:] for key, _ in house.store.silenced.items()] == [(meeting.call, meeting.dora.person)]


@lived
async def test_in_a_call_of_more_than_a_day_who_is_held_stays_so(house: House) -> None:
    meeting, unit = await met(house)
    await meeting.comes(meeting.dora)
    await silences(meeting, meeting.cleo)
    await passes(NOTED_MS / 1000)
    await silences(meeting, meeting.dora)
    assert [heard(unit, one) for one in (meeting.cleo, meeting.dora)] == [False, False]
    assert len(house.store.silenced) == 2


@lived
async def test_who_is_not_in_the_call_is_not_held_back_in_it(house: House) -> None:
    meeting, unit = await met(house)
    await silences(meeting, meeting.dora)
    await meeting.comes(meeting.dora)
    assert heard(unit, meeting.dora)


@lived
async def test_at_two_servers_who_is_muted_at_one_is_held_back_by_the_unit_of_the_other() -> None:
    two = await Two().begin()
    await shows(two.meeting, two.cleo)
    await silences(two.meeting, two.cleo)
    assert not heard(two.near, two.cleo)
    await shows(two.meeting, two.cleo)
    assert [one.person for one in two.cleo.of(CallSilenced)] == [two.anna.person] * 2
    await shows(two.meeting, two.cleo, muted=True)
    await shows(two.meeting, two.cleo)
    await passes(0.2)
    assert heard(two.near, two.cleo)
    await two.end()


@lived
async def test_a_server_that_hears_late_of_who_is_held_asks_them_and_shows_it() -> None:
    two = await Two().begin()
    dora = Phone(two.there, two.meeting.dora.who)
    await two.meeting.comes(dora)
    await shows(two.meeting, two.cleo)
    listening = dict(two.commons.hub.listening)
    two.commons.lose_bus()
    await silences(two.meeting, two.cleo)
    assert two.cleo.of(CallSilenced) == []
    two.commons.hub.listening.update(listening)
    assert two.here.store.nodes
    two.here.store.nodes._tell_all()
    await settles()
    assert [one.person for one in two.cleo.of(CallSilenced)] == [two.anna.person]
    assert dora.of(FloorChanged)[-1].floors == {two.cleo.device: Floor(muted=True)}
    await two.end()


@lived
async def test_who_unmutes_is_heard_though_their_server_never_heard_that_they_were_held() -> None:
    two = await Two().begin()
    await shows(two.meeting, two.cleo)
    listening = dict(two.commons.hub.listening)
    two.commons.lose_bus()
    await silences(two.meeting, two.cleo)
    two.commons.hub.listening.update(listening)
    assert not heard(two.near, two.cleo)
    await shows(two.meeting, two.cleo, muted=True)
    assert not heard(two.near, two.cleo)
    await shows(two.meeting, two.cleo)
    assert heard(two.near, two.cleo)
    await two.end()


@lived
async def test_all_who_are_muted_at_once_are_shown_so_at_once(house: House) -> None:
    meeting, _ = await met(house)
    await meeting.comes(meeting.dora)
    await settles()
    told = len(meeting.anna.of(FloorChanged))
    await silences(meeting)
    shown = [event.floors for event in meeting.anna.of(FloorChanged)[told:]]
    assert shown == [{one.device: Floor(muted=True) for one in (meeting.cleo, meeting.dora)}]
