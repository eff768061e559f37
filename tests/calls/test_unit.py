"""Whole calls over loopback: two, three, sixteen people who come late, leave, share and look."""

import asyncio

import pytest

from calls import rtcp, rtp
from calls.call import Connected, Left, Offered, Sent, Spoke
from calls.rtcp import Estimate, KeyFrameWanted, Report, SenderReport
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client, Transport
from tests.calls.halls import hall, of, payload
from tests.calls.waiting import on_loop, until


@pytest.mark.parametrize(
    ("transport", "host"), [("udp", "127.0.0.1"), ("tcp", "127.0.0.1"), ("udp", "::1"), ("tcp", "::1")]
)
@on_loop
async def test_two_hear_and_see_each_other_and_the_bytes_are_the_same(transport: Transport, host: str) -> None:
    async with hall() as here:
        ann, bob = await here.joined(1, transport, host), await here.joined(2, transport, host)
        await here.talk(ann, bob)
        ann.packets.clear()
        bob.packets.clear()
        sent = packets.rtp(101, 1, b"exactly this", timestamp=960)
        ann.send(sent)
        await until(lambda: of(bob, 101))
        assert of(bob, 101) == [sent]
        labelled = packets.voice(102, 1)
        bob.send(labelled)
        await until(lambda: of(ann, 102))
        (got,) = of(ann, 102)
        assert len(got) == len(labelled)
        assert [at for at, (a, b) in enumerate(zip(got, labelled, strict=True)) if a != b] == [16, 17]  # the MID
        assert rtp.Header(got).level == 30


@on_loop
async def test_one_who_comes_late_is_given_what_is_there() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        cleo = await here.joined(3)
        assert cleo.offers[-1].tracks.keys() == {"4", "5", "6", "7"}
        assert set(cleo.offers[-1].tracks.values()) == {
            ("p1", "microphone"),
            ("p1", "camera"),
            ("p2", "microphone"),
            ("p2", "camera"),
        }
        ann.said.clear()
        await until(lambda: here.open_downs(cleo) == 4)
        await until(lambda: ann.heard(KeyFrameWanted))
        ann.send(packets.picture(201, 1, key=True))
        await until(lambda: of(cleo, 201))


@on_loop
async def test_sixteen_hear_all_the_others_after_one_storm_of_joins() -> None:
    async with hall() as here:
        everybody = await asyncio.gather(*(here.joined(number) for number in range(16)))
        await here.talk(*everybody)
        for one in everybody:
            one.packets.clear()
        for one in everybody:
            one.send(packets.voice(one.sending["0"].ssrc, 1))
        voices = {one.sending["0"].ssrc for one in everybody}
        for one in everybody:
            others = voices - {one.sending["0"].ssrc}
            await until(lambda one=one, others=others: others <= set(map(rtp.ssrc_of, one.packets)))
            assert voices & set(map(rtp.ssrc_of, one.packets)) == others
        offers = [
            sum(1 for e in here.desk.events if isinstance(e, Offered) and e.peer == one.name) for one in everybody
        ]
        assert max(offers) <= 32  # one at a time, each with all that was new


@on_loop
async def test_who_leaves_is_taken_from_everybody_and_the_place_is_used_again() -> None:
    async with hall() as here:
        ann, bob, cleo = [await here.joined(number) for number in range(3)]
        await here.talk(ann, bob, cleo)
        here.unit.leave("call", "p2")
        await until(lambda: ("p2", "camera") not in ann.offers[-1].tracks.values())
        assert here.desk.events.count(Left("call", "p2", "left")) == 1
        sections = ann.offers[-1].sdp.count("m=")
        dora = await here.joined(4)
        dora.send(packets.picture(204, 0, key=True))
        await until(lambda: ("p4", "camera") in ann.offers[-1].tracks.values())
        assert ann.offers[-1].sdp.count("m=") == sections
        await until(lambda: here.open_downs(ann) == 3)
        dora.send(packets.picture(204, 1, key=True))
        await until(lambda: of(ann, 204))


@on_loop
async def test_reports_say_what_was_lost_and_how_much_may_be_sent() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        here.clock.ahead += 1.1  # what comes now is counted from this report on
        await until(lambda: ann.heard(Report))
        with here.clock.held():
            for seq in (1, 2, 4):
                ann.send(packets.picture(201, seq))
            await until(lambda: 4 in [rtp.Header(one).seq for one in of(bob, 201)])
            ann.said.clear()
        here.clock.ahead += 1.1
        await until(lambda: ann.heard(Report) and ann.heard(Estimate))
        report = next(one for one in ann.heard(Report) if isinstance(one, Report) and one.ssrc == 201)
        assert report.lost == 1
        assert report.fraction == 256 // 4
        assert ann.heard(Estimate)[0] == Estimate(3_000_000 >> 4 << 4)


@on_loop
async def test_a_senders_clock_reaches_the_receivers_and_the_way_back_is_measured() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        report = SenderReport(201, 0x1234_5678_9ABC_DEF0, 90_000, 5, 500)
        ann.tell(rtcp.sender_report(report))
        await until(lambda: bob.heard(SenderReport))
        assert bob.heard(SenderReport) == [report]
        bob.tell(rtcp.receiver_reports(7, [Report(201, 64, 3, 5, 9, report.middle, 0)]))
        await until(lambda: here.peer(bob).downs["5"].report)
        assert 0 < here.peer(bob).downs["5"].round_trip < 5
        assert here.unit.figures()["calls"]["call"]["peers"]["p2"]["downs"][1]["lost"] == 3


@on_loop
async def test_new_keys_of_ice_leave_no_gap() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        old = ann._ufrag
        here.unit.restart("call", "p1")
        ann.send(packets.rtp(101, 7, b"in between"))
        await until(lambda: ann._ufrag != old)
        ann.check()
        await until(lambda: here.peer(ann).agent.former is None)
        bob.send(packets.rtp(102, 7, b"after"))
        await until(lambda: of(ann, 102)[-1:] and of(ann, 102)[-1].endswith(b"after"))
        assert of(bob, 101)[-1].endswith(b"in between")
        assert ann.states == ["connected"]


@on_loop
async def test_layers_follow_what_a_screen_shows_and_the_stream_does_not_break() -> None:
    async with hall() as here:
        ann = Client(here.unit, here.desk, "ann", {"1": Sending(layers=("l", "h"))})
        bob = await here.joined(2)
        await ann.join()

        def frames(seq: int, key: bool) -> None:
            ann.send(packets.picture(1001, seq, key, layer="l", number=seq + 100))
            ann.send(packets.picture(1002, seq, key, layer="h", number=seq + 500, size=400))

        for seq in range(3):
            frames(seq, key=False)
        await until(lambda: ("ann", "camera") in bob.offers[-1].tracks.values())
        (down,) = here.peer(bob).downs.values()
        await until(lambda: down.target)
        here.unit.show("call", "p2", {("ann", "camera"): 100})
        await until(lambda: down.target.name == "l")
        frames(3, key=True)
        await until(lambda: down.layer and down.layer.name == "l")
        frames(4, key=False)
        here.unit.show("call", "p2", {("ann", "camera"): 720})
        assert down.target.name == "h"
        await until(lambda: [one for one in ann.heard(KeyFrameWanted) if one == KeyFrameWanted(1002)])
        frames(5, key=False)
        frames(6, key=True)
        frames(7, key=False)
        await until(lambda: down.layer.name == "h")
        here.unit.show("call", "p2", {})
        assert down.layer is None
        frames(8, key=False)
        here.unit.show("call", "p2", {("ann", "camera"): 720})
        frames(9, key=True)
        await until(lambda: len(of(bob, down.up.ssrc)) == 7)
        got = of(bob, down.up.ssrc)
        headers = [rtp.Header(one) for one in got]
        assert [len(payload(one)) > 100 for one in got] == [False] * 4 + [True] * 3
        assert [(one.seq - headers[0].seq) & 0xFFFF for one in headers] == list(range(7))
        stamps = [(one.timestamp - headers[0].timestamp) & 0xFFFFFFFF for one in headers]
        assert stamps == sorted(set(stamps))
        numbers = [int.from_bytes(payload(one)[2:4], "big") & 0x7FFF for one in got]
        assert numbers == sorted(set(numbers))


@on_loop
async def test_who_speaks_is_told() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        for seq in range(1, 400):
            ann.send(packets.voice(101, seq, level=20))
            bob.send(packets.voice(102, seq, level=90))
            await asyncio.sleep(0)
            here.clock.ahead += 0.02
            if Spoke("call", "p1") in here.desk.events:
                break
        await until(lambda: Spoke("call", "p1") in here.desk.events)
        assert Spoke("call", "p2") not in here.desk.events


@on_loop
async def test_which_videos_come_is_told_and_when_they_stop() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        here.clock.ahead += 1.1
        await until(lambda: Sent("call", "p1", ("camera",)) in here.desk.events)
        here.clock.ahead += 3
        await until(lambda: Sent("call", "p1", ()) in here.desk.events)


@on_loop
async def test_that_a_video_comes_is_told_with_its_first_packet() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        with here.clock.held():
            ann.send(packets.picture(201, 0, key=True))
            await until(lambda: Sent("call", "p1", ("camera",)) in here.desk.events)


@on_loop
async def test_who_joins_again_takes_the_place_of_their_former_self() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        ann.vanish()
        again = await here.joined(1)
        assert Left("call", "p1", "replaced") in here.desk.events
        again.send(packets.voice(101, 9))
        bob.packets.clear()
        await until(lambda: here.open_downs(bob) == 1)
        again.send(packets.voice(101, 10))
        await until(lambda: of(bob, 101))


@on_loop
async def test_a_call_ends_with_the_last_and_another_of_its_name_begins_anew() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        here.unit.leave("call", "p1")
        here.unit.leave("call", "p1")
        assert here.unit.figures()["calls"] == {}
        ann.vanish()
        await here.joined(1)
        assert here.desk.events.count(Connected("call", "p1")) == 2


@on_loop
async def test_a_voice_that_was_held_back_goes_on_without_a_gap() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        ann.send(packets.voice(101, 1))
        await until(lambda: of(bob, 101))
        here.unit.allow("call", "p1", ["camera"])
        bob.packets.clear()
        ann.send(packets.voice(101, 2))
        ann.send(packets.picture(201, 1, key=True))
        await until(lambda: of(bob, 201))
        assert of(bob, 101) == []
        await here.allow(ann, "microphone", "camera")
        ann.send(packets.voice(101, 40_000))
        await until(lambda: of(bob, 101))
        assert [rtp.Header(one).seq for one in of(bob, 101)] == [2]
