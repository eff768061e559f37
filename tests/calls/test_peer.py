"""A participant may send anything: what belongs to nothing is counted, bounded and passed to nobody."""

from types import SimpleNamespace
from typing import cast

import pytest

from calls import peer as peers
from calls import rtcp, rtp
from calls.budget import WIDE
from calls.burst import OneByOne
from calls.formats import REPAIRED_STREAM_ID, VP8
from calls.ice import Pair
from calls.peer import Peer
from calls.rtcp import Estimate, Report
from calls.track import Up
from tests.calls import packets
from tests.calls.answering import Sending, answer_to
from tests.calls.test_sdp import PRINT
from tests.calls.waiting import on_loop


class Street:
    """A call that remembers what it is told; `taken` are sources of other peers."""

    pass_on = OneByOne()

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.told: list[str] = []

    def claim(self, ssrc: int, peer: Peer) -> bool:
        return ssrc not in self.taken

    def release(self, ssrc: int, peer: Peer) -> None:
        self.told.append(f"free {ssrc}")

    def published(self, peer: Peer, up: Up) -> None:
        self.told.append(f"{up.source} {up.codec.name if up.codec else ''}")

    def turned(self, peer: Peer, state: str) -> None:
        self.told.append(state)


class Place:
    """A peer without a network: what would be sealed is not, and what would be sent is kept."""

    def __init__(self, **sending: Sending) -> None:
        self.street = Street()
        self.now = 0.0
        self.peer = Peer("ann", self.street, lambda: self.now)
        self.sent: list[bytes] = []
        self.peer.secure.unprotect = self.peer.secure.unprotect_rtcp = lambda data: data  # type: ignore[method-assign]
        self.peer.secure.protect = self.peer.secure.protect_rtcp = lambda data: data
        self.peer.agent.send = self.sent.append  # type: ignore[method-assign]
        self.sending = {name.strip("_"): one for name, one in sending.items()}

    def describe(self) -> str:
        """The next offer, answered."""
        offer = self.peer.offer(())
        assert offer
        self.peer.answer(offer.version, answer_to(str(offer), PRINT, self.sending))
        return str(offer)

    def close(self) -> None:
        self.peer.close()


@on_loop
async def test_what_an_answer_names_is_known_by_its_source() -> None:
    here = Place(_0=Sending(5), _1=Sending(6, 7))
    here.describe()
    here.peer.take(packets.voice(5, 1))
    here.peer.take(packets.picture(6, 1, key=True))
    assert here.street.told == ["microphone opus", "camera VP8"]
    assert [(one.ssrc, one.up.ssrc) for one in here.peer.layers()] == [(5, 5), (6, 6)]
    assert here.peer.refused == 0
    here.close()


@on_loop
async def test_layers_are_known_by_their_first_packets_whatever_comes_first() -> None:
    here = Place(_1=Sending(layers=("l", "h")))
    here.describe()
    here.peer.take(packets.picture(12, 1, key=True, layer="h"))
    here.peer.take(packets.picture(11, 1, key=True, layer="l"))
    assert [one.name for one in here.peer.layers()] == ["l", "h"]
    assert here.peer.layers()[0].up.ssrc not in (11, 12)
    here.close()


@on_loop
async def test_retransmissions_of_a_layer_are_known_once_their_layer_is() -> None:
    here = Place(_1=Sending(layers=("l", "h")))
    here.describe()
    labels = packets.extensions((1, b"1"), (REPAIRED_STREAM_ID, b"l"))
    again = packets.rtp(13, 1, b"\0\2" + packets.vp8(2, key=False), VP8.rtx, labels=labels)
    here.peer.take(again)
    assert here.peer.refused == 1
    here.peer.take(packets.picture(11, 1, key=True, layer="l"))
    here.peer.take(again)
    assert here.peer.refused == 1
    assert here.peer.layers()[0].ring(2) is not None
    here.close()


@on_loop
async def test_a_source_that_belongs_to_nothing_is_refused_and_so_are_too_many() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    for ssrc in range(100, 200):
        here.peer.take(packets.voice(ssrc, 1, mid="9"))
    assert here.peer.refused == 100
    assert len(here.peer._unknown) == peers.MAX_UNKNOWN
    here.close()


@on_loop
async def test_retransmissions_do_not_come_from_ever_new_sources() -> None:
    here = Place(_1=Sending(layers=("l", "h")))
    here.describe()
    here.peer.take(packets.picture(11, 1, key=True, layer="l"))
    labels = packets.extensions((1, b"1"), (REPAIRED_STREAM_ID, b"l"))
    for ssrc in range(1000, 1000 + peers.MAX_HEARD):
        here.peer.take(packets.rtp(ssrc, 1, b"\0\2" + packets.vp8(2, key=False), VP8.rtx, labels=labels))
    assert here.peer.refused == 1
    assert len(here.peer._takers) == peers.MAX_HEARD
    here.peer.take(packets.picture(11, 2, layer="l"))
    assert here.peer.refused == 1
    here.close()


@on_loop
async def test_reports_do_not_come_from_ever_new_sources() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    opened: list[bytes] = []
    here.peer.secure.unprotect_rtcp = lambda data: opened.append(data) or data  # type: ignore[method-assign]
    for ssrc in range(1000, 1100 + peers.MAX_HEARD):
        here.peer.take(rtcp.receiver_reports(ssrc, []))
    here.peer.take(rtcp.receiver_reports(1000, []))
    assert len(opened) == peers.MAX_HEARD + 1
    assert here.peer.refused == 100
    here.close()


@on_loop
async def test_so_many_datagrams_are_looked_at_in_a_second_and_no_more() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    for seq in range(peers.MAX_DATAGRAMS + 5):
        here.peer.take(packets.voice(5, seq))
    assert here.peer.refused == 5
    here.now += 1
    here.peer.take(packets.voice(5, seq + 1))
    assert here.peer.refused == 5
    assert here.peer.layers()[0].reception.packets == peers.MAX_DATAGRAMS + 1
    here.close()


@on_loop
async def test_a_second_source_for_one_track_is_refused() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    here.peer.take(packets.voice(6, 1, mid="0"))
    assert here.peer.refused == 1
    assert [one.ssrc for one in here.peer.layers()] == [5]
    here.close()


@on_loop
async def test_a_source_of_somebody_else_is_refused_named_or_not() -> None:
    here = Place(_0=Sending(5), _1=Sending(layers=("l", "h")))
    here.street.taken = {5, 11}
    here.describe()
    here.peer.take(packets.voice(5, 1))
    here.peer.take(packets.picture(11, 1, key=True, layer="l"))
    assert here.peer.refused == 2
    assert here.peer.layers() == []
    here.close()


@on_loop
async def test_a_layer_that_was_not_offered_is_refused() -> None:
    here = Place(_1=Sending(layers=("l", "h")))
    here.describe()
    here.peer.take(packets.picture(11, 1, key=True, layer="x"))
    assert here.peer.layers() == []
    here.close()


@on_loop
async def test_what_is_too_long_to_be_passed_on_is_refused() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    here.peer.take(packets.rtp(5, 1, bytes(1400)))
    assert here.peer.refused == 1
    here.close()


@on_loop
async def test_a_track_is_sent_only_once_its_section_was_agreed_on() -> None:
    here, there = Place(_1=Sending(6, 7)), Place()
    here.describe()
    here.peer.take(packets.picture(6, 1, key=True))
    there.describe()
    up = here.peer.ups["1"]
    there.peer.watch("ann", up)
    assert there.peer.agreed == set()
    assert "a=msid:ann ann.camera" in there.describe()
    assert there.peer.agreed == {"4"}
    there.peer.unwatch(up)
    assert there.peer.agreed == set()
    assert up.downs == []
    here.close()
    there.close()


@on_loop
async def test_an_answer_about_a_former_track_says_nothing_of_the_one_in_its_place() -> None:
    here, there = Place(_0=Sending(5), _1=Sending(6), _2=Sending(8)), Place()
    here.describe()
    here.peer.take(packets.picture(6, 1, key=True))
    here.peer.take(packets.picture(8, 1, key=True, mid="2"))
    there.describe()
    camera, screen = here.peer.ups["1"], here.peer.ups["2"]
    there.peer.watch("ann", camera)
    offer = there.peer.offer(())
    assert offer
    there.peer.unwatch(camera)
    there.peer.watch("ann", screen)
    assert there.peer.mid_of(screen) == "4"
    there.peer.answer(offer.version, answer_to(str(offer), PRINT, {}))
    assert there.peer.agreed == set()
    there.describe()
    assert there.peer.agreed == {"4"}
    here.close()
    there.close()


@on_loop
async def test_a_track_that_is_taken_back_ends_for_who_gets_it() -> None:
    here, there = Place(_1=Sending(6)), Place()
    here.describe()
    here.peer.take(packets.picture(6, 1, key=True))
    there.peer.watch("ann", here.peer.ups["1"])
    here.sending = {}
    here.peer.negotiation.forget()
    here.describe()
    assert here.peer.ups == {}
    here.peer.take(packets.picture(6, 2))
    assert here.peer.refused == 1
    assert "free 6" in here.street.told
    here.close()
    there.close()


@on_loop
async def test_a_section_that_names_another_source_now_is_another_track() -> None:
    here = Place(_1=Sending(6))
    here.describe()
    first = here.peer.ups["1"]
    here.peer.negotiation.forget()
    here.describe()
    assert here.peer.ups["1"] is first
    here.sending = {"1": Sending(66)}
    here.peer.negotiation.forget()
    here.describe()
    assert here.peer.ups["1"].ssrc == 66
    here.close()


@on_loop
async def test_what_cannot_be_read_is_counted() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    whole = packets.voice(5, 1)
    here.peer.take(bytes([whole[0] | 0x20]) + whole[1:-1] + b"\xff")
    here.peer.take(b"\x80\xc8\x00\x09")
    here.peer.take(b"\x80")
    here.peer.take(b"\x7f")
    assert here.peer.refused == 3
    here.close()


@on_loop
async def test_its_own_estimate_and_its_losses_are_known() -> None:
    here, there = Place(_0=Sending(5), _1=Sending(6)), Place()
    here.describe()
    here.peer.take(packets.picture(6, 1))
    there.peer.watch("ann", here.peer.ups["1"])
    down = there.peer.downs["4"]
    down.show(here.peer.layers()[1], 0)
    here.peer.measure(1, 1)
    there.peer.take(rtcp.estimate(1, 500_000, [6]))
    there.peer.take(rtcp.receiver_reports(1, [Report(6, 128, 1, 1, 1)]))
    assert there.peer.estimate == 500_000
    assert there.peer.loss() == 0.5
    there.peer.octets += 125_000
    there.peer.measure(1, 1)
    assert there.peer.budget.limit == 750_000
    here.close()
    there.close()


@on_loop
async def test_reports_go_only_to_who_sends() -> None:
    here = Place(_0=Sending(5))
    here.describe()
    here.peer.secure._sending = object()  # type: ignore[assignment] # as if the keys were there
    here.peer.report(1_000_000, 0)
    assert here.sent == []
    here.peer.take(packets.voice(5, 1))
    here.peer.report(1_000_000, 0)
    said = rtcp.read(here.sent[0])
    assert [type(one) for one in said] == [Report, Estimate]
    here.peer.secure._sending = None
    here.close()


@on_loop
async def test_whose_packets_wait_in_a_queue_is_told_at_once_what_is_left_beside_sound() -> None:
    here = Place(_0=Sending(5), _1=Sending(6, 7))
    here.describe()
    here.peer.secure._sending = object()  # type: ignore[assignment] # as if the keys were there
    for step in range(60):
        at = step / 20
        here.now = at + (0.0 if at < 1 else 0.3)
        here.peer.take(packets.voice(5, step))
        here.peer.take(packets.picture(6, step, key=step == 0, size=1000).replace(b"\1\2\3", rtp.send_time(at)))
        if step % 20 == 19:
            here.peer.measure(here.now, 1.0)
            here.peer.report(1_000_000, here.now)
        if step % 5 == 4:
            here.peer.look(here.now)
    heard = [said.bitrate for data in here.sent for said in rtcp.read(data) if isinstance(said, Estimate)]
    sound = sum(one.bitrate for one in here.peer.layers() if one.up.kind == "audio")
    assert sound > 10_000
    assert heard[0] == pytest.approx(1_000_000, rel=0.001)
    assert heard[1] == pytest.approx(here.peer.uplink.limit - sound, rel=0.1)
    assert len(heard) == 4  # one of them between the reports
    here.peer.secure._sending = None
    here.close()


@on_loop
async def test_a_peer_that_comes_another_way_is_not_limited_by_the_former() -> None:
    here = Place(_0=Sending(5))
    here.peer.uplink.limit = 400_000
    here.peer.look(1)
    assert here.peer.uplink.limit < WIDE
    way = SimpleNamespace(socket=None, address=("203.0.113.9", 9))
    here.peer.agent._select(cast(Pair, way))  # as if a check had come from there
    here.peer.look(2)
    assert here.peer.uplink.limit == WIDE
    here.peer.agent._select(None)
    here.close()


@on_loop
async def test_a_picture_is_left_some_room_however_narrow_a_network_is() -> None:
    here = Place(_0=Sending(5), _1=Sending(6, 7))
    here.describe()
    here.peer.secure._sending = object()  # type: ignore[assignment] # as if the keys were there
    here.peer.take(packets.voice(5, 1))
    here.peer.take(packets.picture(6, 1, key=True))
    here.peer.uplink.limit = 1_000
    here.peer.report(1_000_000, 0)
    heard = [said.bitrate for data in here.sent for said in rtcp.read(data) if isinstance(said, Estimate)]
    assert heard == [pytest.approx(peers.LEAST_PICTURES, rel=0.001)]
    here.peer.secure._sending = None
    here.close()


@on_loop
async def test_what_cannot_be_sealed_is_counted_and_harms_nothing() -> None:
    here = Place()
    peer = Peer("bob", here.street, lambda: 0.0)
    peer.send_rtp(packets.voice(5, 1))
    peer.send_rtcp(rtcp.picture_loss(1, 5))
    assert (peer.unsent, peer.packets) == (2, 0)
    assert rtp.ssrc_of(packets.voice(5, 1)) == 5
    peer.close()
    here.close()
