"""Calls in which packets are lost, people vanish, and somebody sends nonsense: it harms nobody else."""

import asyncio

import pytest

from calls import rtcp, rtp, stun
from calls.call import Left
from calls.ice import CONSENT_SECONDS
from calls.rtcp import KeyFrameWanted, Nack
from calls.sdp import Unacceptable
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import hall, of
from tests.calls.waiting import on_loop, until


@on_loop
async def test_what_the_unit_misses_it_asks_for_and_passes_on() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        for seq in (1, 3, 4, 5):
            ann.send(packets.picture(201, seq))
        await until(lambda: ann.heard(Nack))
        assert ann.heard(Nack)[0] == Nack(201, (2,))
        again = rtp.wrap(packets.picture(201, 2), 97, 301, 1)
        ann.send(again)
        await until(lambda: 2 in [rtp.Header(one).seq for one in of(bob, 201)])
        assert here.unit.figures()["calls"]["call"]["peers"]["p1"]["ups"][1]["lost"] == 1


@on_loop
async def test_what_a_receiver_misses_comes_again() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        for seq in range(1, 6):
            ann.send(packets.picture(201, seq))
        await until(lambda: len(of(bob, 201)) >= 5)
        rtx = here.peer(bob).downs["5"].up.rtx_ssrc
        lost = next(one for one in of(bob, 201) if rtp.Header(one).seq == 3)
        bob.tell(rtcp.nack(7, 201, [3, 60_000]))
        await until(lambda: of(bob, rtx))
        (again,) = of(bob, rtx)
        assert rtp.unwrap(again, rtp.Header(again), 96, 201) == lost


@on_loop
async def test_a_receiver_that_cannot_decode_reaches_the_one_who_sends_and_not_too_often() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        ann.send(packets.picture(201, 1, key=True))
        here.clock.ahead += 1
        await until(lambda: of(bob, 201))
        ann.said.clear()
        for _ in range(20):
            bob.tell(rtcp.picture_loss(7, 201))
        await until(lambda: ann.heard(KeyFrameWanted))
        await until(lambda: here.peer(ann).ups["1"].layers[0]._key_due)
        assert len(ann.heard(KeyFrameWanted)) == 1
        here.clock.ahead += 0.6  # nobody got a key frame: it is asked for again
        await until(lambda: len(ann.heard(KeyFrameWanted)) == 2)


@on_loop
async def test_who_vanishes_is_gone_after_consent_ran_out_and_the_others_stay() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        bob.vanish()
        here.clock.ahead += CONSENT_SECONDS - 5
        ann.check()
        await until(lambda: here.peer(ann).agent.heard_at > here.clock() - 5)
        assert Left("call", "p2", "vanished") not in here.desk.events
        here.clock.ahead += 6
        await until(lambda: Left("call", "p2", "vanished") in here.desk.events)
        assert "p1" in here.unit._calls["call"].peers


@on_loop
async def test_nonsense_from_a_participant_harms_nobody() -> None:
    async with hall() as here:
        ann, bob, eve = [await here.joined(number) for number in (1, 2, 3)]
        await here.talk(ann, bob, eve)
        eve.send_datagram(b"\x80" + bytes(50))
        eve.send_datagram(b"\xff\xff\xff")
        for broken in (b"\x80\xc8\x00\x01" + bytes(4), b"\x81\xcd\xff\xff" + bytes(8), b"\x8f\xce\x00\x02" + bytes(8)):
            eve.tell(broken)
        for seq in range(40):
            eve.send(packets.rtp(50_000 + seq, seq, b"of nowhere"))
        whole = packets.picture(203, 9)
        eve.send(bytes([whole[0] | 0x20]) + whole[1:-1] + b"\xff")  # more padding than packet
        eve.send(whole[:16] + b"\x1f" + whole[17:])  # an extension that ends behind all of them
        eve.send(packets.rtp(203, 10, b"", payload_type=96))
        eve.send(packets.rtp(203, 11, b"\xff", payload_type=5))
        ann.packets.clear()
        bob.send(packets.voice(102, 5))
        await until(lambda: of(ann, 102))
        await until(lambda: here.peer(eve).refused > 40)
        assert len(here.peer(eve)._unknown) <= 16


@on_loop
async def test_a_source_that_somebody_else_has_is_refused() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        eve = Client(here.unit, here.desk, "eve", {"0": Sending(101)})
        await eve.join()
        eve.send(packets.voice(101, 1))
        await until(lambda: here.peer(eve).refused)
        assert [one for one in here.peer(eve).layers() if one.ssrc == 101] == []
        bob.packets.clear()
        ann.send(packets.voice(101, 2))
        await until(lambda: of(bob, 101))


@on_loop
async def test_a_flood_of_hellos_before_the_callers_does_not_stop_the_call() -> None:
    async with hall() as here:
        loop = asyncio.get_running_loop()
        strange, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=("127.0.0.1", here.unit.port)
        )
        for _ in range(500):
            strange.sendto(b"\x16\xfe\xff" + bytes(60))
        ann = await here.joined(1)
        assert ann.states == ["connected"]
        assert here.unit.figures()["refused"] >= 100
        strange.close()


@on_loop
async def test_a_stranger_with_a_wrong_key_hears_nothing() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        heard: list[bytes] = []

        class Ear(asyncio.DatagramProtocol):
            def datagram_received(self, data: bytes, addr: object) -> None:
                heard.append(data)

        loop = asyncio.get_running_loop()
        strange, _ = await loop.create_datagram_endpoint(Ear, remote_addr=("127.0.0.1", here.unit.port))
        before = here.unit.figures()["refused"]
        name = (stun.USERNAME, f"{ann._ufrag}:them".encode())
        strange.sendto(stun.build(stun.BINDING_REQUEST, bytes(12), [name], "guessed"))
        await until(lambda: here.unit.figures()["refused"] > before)
        assert heard == []
        strange.close()


@on_loop
async def test_an_answer_that_does_not_fit_is_refused_and_the_right_one_still_counts() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        version = ann.offers[-1].version
        with pytest.raises(Unacceptable):
            here.unit.answer("call", "p1", version, "v=0")
        here.unit.restart("call", "p1")
        await until(lambda: ann.offers[-1].version == version + 1)
        with pytest.raises(Unacceptable):
            here.unit.answer("call", "p1", version + 5, "v=0")
        with pytest.raises(KeyError):
            here.unit.answer("call", "nobody", 1, "v=0")


@on_loop
async def test_a_name_that_would_break_a_description_is_refused() -> None:
    async with hall() as here:
        with pytest.raises(ValueError, match="name"):
            here.unit.join("call", "ann\r\na=x")


@pytest.mark.parametrize("every", [50, 10])
@on_loop
async def test_at_two_and_ten_percent_of_loss_a_hop_every_picture_arrives(every: int) -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        rtx = here.peer(bob).downs["5"].up.rtx_ssrc
        bob.miss = lambda packet: rtp.ssrc_of(packet) == 201 and rtp.Header(packet).seq % every == 3
        repaired = 0

        def arrived() -> set[int]:
            again = (rtp.unwrap(one, rtp.Header(one), 96, 201) for one in of(bob, rtx))
            return {rtp.Header(one).seq for one in (*of(bob, 201), *filter(None, again))}

        for seq in range(1, 201):
            if seq % every != 7:
                ann.send(packets.picture(201, seq))
            await asyncio.sleep(0)
        while not set(range(1, 201)) <= arrived():
            for asked in ann.heard(Nack):
                assert isinstance(asked, Nack)
                for seq in asked.lost:
                    repaired += 1
                    ann.send(rtp.wrap(packets.picture(201, seq), 97, 301, repaired))
            ann.said.clear()
            lacking = sorted(set(range(1, 201)) - arrived())
            bob.tell(rtcp.nack(7, 201, lacking[:100]))
            await asyncio.sleep(0.01)
        assert repaired >= 200 // every
