"""Two nodes on one log: what is done at one is so at the other, and whoever asks sees one house."""

import asyncio

import pytest

from chat.rooms import ensure_everyone
from chat.visibility import EVERYONE, direct
from protocol.commands import (
    MakeInvitation,
    OfferCall,
    PickUpCall,
    RevokeDevice,
    RingCall,
    SendMessage,
    SetIdle,
    SetMarks,
    SetPreference,
    SetStatus,
    SetTyping,
    WatchPresence,
)
from protocol.events import CallOffered, Logged, MarkChanged, MessageSent, PresenceChanged, TypingChanged
from protocol.people import BlockPerson, ChangeProfile
from protocol.shapes import Mark
from store import Store
from store.nodes.elsewhere import SILENT_SECONDS
from store.nodes.following import STALE_SECONDS
from store.sockets import GOING_AWAY, SIGNED_OUT
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles
from tests.store.nodes.commons import Commons


async def two() -> tuple[Commons, House, House, Phone, Phone]:
    """Anna at one and Ben at the other, who know of each other."""
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    anna, ben = await here.joins("Anna"), await there.joins("Ben")
    await passes(0.2)
    return commons, here, there, anna, ben


async def end(*houses: House) -> None:
    for house in houses:
        await house.close()


@lived
async def test_a_message_that_is_sent_at_one_node_arrives_at_the_other() -> None:
    _, here, there, anna, ben = await two()
    await anna.says("hello", ben)
    await settles()
    assert ben.texts() == ["hello"]
    await ben.says("hello yourself", anna)
    await settles()
    assert anna.texts() == ["hello", "hello yourself"]
    await end(here, there)


@lived
async def test_whoever_writes_at_both_at_once_makes_one_dense_log() -> None:
    _, here, there, anna, ben = await two()
    said = [phone.says(f"{number}", other) for number in range(50) for phone, other in ((anna, ben), (ben, anna))]
    seqs = sorted(written.seq for written in await asyncio.gather(*said))
    await settles()
    assert seqs == list(range(seqs[0], seqs[0] + 100))
    logs = [await house.log(phone, direct(anna.person, ben.person)) for house, phone in ((here, anna), (there, ben))]
    assert logs[0] == logs[1]
    assert [event.seq for event in logs[0]] == list(range(1, len(logs[0]) + 1))
    assert [event.seq for event in ben.of(MessageSent)] == [event.seq for event in anna.of(MessageSent)] == seqs
    await end(here, there)


@lived
async def test_both_nodes_come_to_the_same_rows() -> None:
    _, here, there, anna, ben = await two()
    garden = await anna.makes_room("Garden", ben)
    named = SendMessage(nonce=nonce(), conversation=garden, text="@Ben", mentions=[ben.person])
    await anna.asks(named)
    written = await ben.says("hello", anna)
    await anna.asks(SetMarks(marks=[Mark(conversation=direct(anna.person, ben.person), read=written.seq)]))
    await here.does(MakeInvitation(nonce=nonce(), invitation="0" * 64, kind="many", expires_at=here.clock() + 60_000))
    await anna.asks(ChangeProfile(nonce=nonce(), about="here"))
    await ben.asks(BlockPerson(nonce=nonce(), person=anna.person))
    await passes(2)
    for table in ("people", "devices", "conversations", "members", "blocks", "marks", "invitations", "mentions"):
        rows = [sorted(map(repr, getattr(house.store.shelves, table))) for house in (here, there)]
        assert rows[0], f"{table} is empty"
        assert rows[0] == rows[1], table
    await end(here, there)


@lived
async def test_a_name_that_was_taken_at_one_node_is_taken_at_the_other_at_that_moment() -> None:
    commons = Commons()
    here, there = await commons.node("a"), await commons.node("b")
    outcomes = await asyncio.gather(here.joins("Anna"), there.joins("Anna"), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["Phone", "Refusal"]
    await end(here, there)


@lived
async def test_a_device_that_is_signed_out_at_one_node_is_cut_off_at_the_other() -> None:
    _, here, there, anna, _ = await two()
    other = Phone(there, anna.who)
    await anna.asks(RevokeDevice(nonce=nonce(), device=anna.device))
    await passes(0.1)
    assert other.wire.code == SIGNED_OUT
    assert there.store.view().device(anna.device) is None
    assert await refusal_of(there.store.write(RevokeDevice(nonce=nonce(), device="d"), anna.who)) == "signed-out"
    await end(here, there)


@lived
async def test_without_the_bus_the_other_node_follows_by_the_log() -> None:
    commons, here, there, anna, ben = await two()
    commons.lose_bus()
    await anna.says("without a bus", ben)
    await settles()
    assert ben.texts() == []
    await passes(1.5)
    assert ben.texts() == ["without a bus"]
    await end(here, there)


@lived
async def test_who_comes_from_another_node_finds_what_they_had_there() -> None:
    commons, here, there, anna, ben = await two()
    commons.lose_bus()
    await anna.says("a moment ago", ben)
    await there.store.catch_up()
    again = Phone(there, anna.who)
    rows = await again.resumes()
    place = direct(anna.person, ben.person)
    assert [row.head for row in rows.rows if row.conversation == place] == [2]
    await end(here, there)


@lived
async def test_marks_reach_the_other_node_and_never_fall_behind() -> None:
    _, here, there, anna, ben = await two()
    for number in range(3):
        written = await anna.says(f"{number}", ben)
    await settles()
    place = direct(anna.person, ben.person)
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=written.seq)]))
    await passes(0.5)
    assert [event.read for event in anna.of(MarkChanged) if event.person == ben.person][-1:] == [written.seq]
    await passes(1.5)
    marks = [house.store.shelves.marks.get(f"{place}|{ben.person}") for house in (here, there)]
    assert marks[0] == marks[1]
    assert marks[0]
    assert marks[0].read == written.seq
    await end(here, there)


@lived
async def test_a_mark_that_waits_here_is_not_put_back_by_an_older_one_from_there() -> None:
    _, here, there, anna, ben = await two()
    for number in range(3):
        written = await anna.says(f"{number}", ben)
    await settles()
    place, other = direct(anna.person, ben.person), Phone(here, ben.who)
    await other.asks(SetMarks(marks=[Mark(conversation=place, read=written.seq - 1)]))
    await passes(0.5)
    await ben.asks(SetMarks(marks=[Mark(conversation=place, read=written.seq)]))
    await passes(3)
    for house in (here, there):
        row = house.store.shelves.marks.get(f"{place}|{ben.person}")
        assert row
        assert row.read == written.seq
    await end(here, there)


@lived
async def test_a_preference_follows() -> None:
    _, here, there, anna, ben = await two()
    room = await anna.makes_room("Garden", ben)
    await ben.asks(SetPreference(nonce=nonce(), conversation=room, notify="none"))
    await settles()
    assert here.store.view().preference(ben.person, room).notify == "none"
    await end(here, there)


@lived
async def test_typing_passes() -> None:
    _, here, there, anna, ben = await two()
    await anna.says("hello", ben)
    await ben.asks(SetTyping(conversation=direct(anna.person, ben.person), typing=True))
    await settles()
    assert [event.person for event in anna.of(TypingChanged)] == [ben.person]
    await end(here, there)


@lived
async def test_who_is_online_or_idle_at_another_node_is_seen_so() -> None:
    commons, here, there, anna, ben = await two()
    await anna.asks(WatchPresence(people=[ben.person]))
    assert here.store.sockets.is_online(ben.person)
    await ben.asks(SetIdle(idle=True))
    await passes(2)
    assert anna.of(PresenceChanged)[-1].people[0].idle
    ben.disconnect()
    await passes(2)
    assert not anna.of(PresenceChanged)[-1].people[0].online
    third = await commons.node("c")
    await passes(0.2)
    assert third.store.sockets.is_online(anna.person)
    await end(here, there, third)


@lived
async def test_a_node_that_falls_silent_has_nobody_online(caplog: pytest.LogCaptureFixture) -> None:
    commons, here, there, anna, ben = await two()
    await anna.asks(WatchPresence(people=[ben.person]))
    (channel,) = commons.hub.listening.values()
    assert there.store.nodes
    there.store.nodes._timers.close()
    await passes(SILENT_SECONDS + 7)
    assert not here.store.sockets.is_online(ben.person)
    assert not anna.of(PresenceChanged)[-1].people[0].online
    assert "is silent: nobody counts as connected to it" in caplog.text
    seen = here.store.shelves.last_seen.get(ben.person)
    assert seen
    assert anna.of(PresenceChanged)[-1].people[0].last_seen == seen.at
    assert len(channel) == 2
    await end(here, there)


@lived
async def test_a_node_that_leaves_says_so() -> None:
    _, here, there, _, ben = await two()
    await there.close()
    await settles()
    assert not here.store.sockets.is_online(ben.person)
    await here.close()


@lived
async def test_a_call_between_two_nodes_rings_and_its_signals_pass_or_are_refused() -> None:
    _, here, there, anna, ben = await two()
    place, call = direct(anna.person, ben.person), "c" + "a" * 13
    await anna.asks(RingCall(nonce=nonce(), conversation=place, call=call, video=False))
    await settles()
    await ben.asks(PickUpCall(nonce=nonce(), conversation=place, call=call))
    await settles()
    await anna.asks(OfferCall(conversation=place, call=call, to=ben.device, sdp="v=0"))
    await settles()
    assert [event.sdp for event in ben.of(CallOffered)] == ["v=0"]
    ben.disconnect()
    await passes(0.2)
    offer = OfferCall(conversation=place, call=call, to=ben.device, sdp="v=0")
    assert await refusal_of(anna.sends(offer)) == "not-connected"
    await end(here, there)


@lived
async def test_a_status_that_is_said_at_one_node_is_seen_at_the_other_and_ends_there() -> None:
    _, here, there, anna, ben = await two()
    await anna.asks(WatchPresence(people=[ben.person]))
    await ben.asks(SetStatus(status="busy", text="for a minute", until=there.store.clock() + 60_000))
    await passes(4)
    assert (anna.of(PresenceChanged)[-1].people[0].status) == "busy"
    await passes(60)
    assert (anna.of(PresenceChanged)[-1].people[0].status) == "available"
    await end(here, there)


@lived
async def test_nodes_that_begin_at_once_make_one_room_of_the_house() -> None:
    commons = Commons()
    houses = [await commons.node(letter) for letter in "abc"]
    await asyncio.gather(*(ensure_everyone(house.store) for house in houses))
    await passes(0.2)
    heads = [house.store.view().conversation(EVERYONE) for house in houses]
    assert [row.head for row in heads if row] == [1, 1, 1]
    await end(*houses)


@lived
async def test_who_is_known_nowhere_costs_one_look_and_none_while_the_log_is_away() -> None:
    commons, here, there, *_ = await two()
    commons.lose_bus()
    ruth = await here.joins("Ruth")
    assert there.store.view().device(ruth.device) is None
    await there.store.look_for_unknown()
    assert there.store.view().device(ruth.device)
    commons.is_away = True
    await passes(2)
    began = asyncio.get_running_loop().time()
    await there.store.look_for_unknown()
    assert asyncio.get_running_loop().time() == began
    commons.is_away = False
    await end(here, there)


@lived
async def test_a_mistake_of_ours_over_one_event_of_another_node_keeps_nothing_else_from_being_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, here, there, anna, ben = await two()
    tell, broken = here.store._tell, list[str]()

    def break_once(event: Logged, frame: bytes, store: Store, *, ours: bool = True) -> None:
        if not broken:
            broken.append(event.name)
            raise RuntimeError("a bug")
        tell(event, frame, store, ours=ours)

    monkeypatch.setattr(here.store, "_tell", break_once)
    await ben.says("first and second event of one commit", anna)
    await settles()
    assert broken == ["conversation.created"]
    assert anna.texts() == ["first and second event of one commit"]
    assert "telling an event of another node" in caplog.text
    assert here.store.nodes
    assert here.store.nodes.following.check() == "ok"
    await end(here, there)


@lived
async def test_a_row_of_another_node_that_cannot_be_put_sets_this_one_apart_and_it_writes_no_more() -> None:
    _, here, there, anna, ben = await two()
    await ben.says("before", anna)
    await there.store._writer.keep(lambda: ("people", ben.person, b"not a row"), lambda: None)
    await settles()
    assert here.store.nodes
    assert "Stop this server" in here.store.nodes.following.check()
    assert await refusal_of(here.does(ChangeProfile(nonce=nonce(), about="here"), anna.who)) == "not-saved"
    assert anna.wire.code == GOING_AWAY
    await end(here, there)


@lived
async def test_a_node_that_does_not_follow_for_long_sends_its_people_away_until_it_does() -> None:
    commons, here, there, anna, _ = await two()
    commons.is_away = True
    await passes(STALE_SECONDS * 0.8)
    assert (anna.wire.code, here.store.stale) == (0, "")
    await passes(STALE_SECONDS * 0.5)
    assert anna.wire.code == GOING_AWAY
    assert "has not heard" in here.store.stale
    commons.is_away = False
    assert await here.store.catch_up()
    assert here.store.stale == ""
    await end(here, there)
