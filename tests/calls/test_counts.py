"""Counts are added up, and told apart by when they were taken."""

from calls import rtcp
from calls.counts import Counts
from calls.reception import Reception
from calls.track import Down, Up


class Sink:
    post = None
    packets = octets = unsent = 0

    def send_rtp(self, packet: bytes) -> None: ...

    def send_rtcp(self, packet: bytes) -> None: ...


def test_what_came_since_is_what_is_more() -> None:
    before = Counts(in_packets=3, out_octets=10)
    now = before + Counts(in_packets=2, resent=1)
    assert now == Counts(in_packets=5, out_octets=10, resent=1)
    assert now - before == Counts(in_packets=2, resent=1)


def test_a_stream_counts_what_came_and_what_did_not() -> None:
    counts, reception = Counts(), Reception(48_000)
    for seq in (1, 2, 4):
        reception.took(seq, 960 * seq, 100, 0.02 * seq)
    counts.came(reception)
    assert (counts.in_packets, counts.in_octets, counts.in_lost) == (3, 300, 1)


def test_what_came_twice_is_no_loss_below_nothing() -> None:
    counts, reception = Counts(), Reception(48_000)
    for seq in (1, 1, 1):
        reception.took(seq, 960, 100, 0.02)
    counts.came(reception)
    assert counts.in_lost == 0


def test_a_receiver_counts_what_it_says_and_what_it_asked_for() -> None:
    counts = Counts()
    down = Down(Up("camera", "video", 1, 2, 3, lambda packet: None), Sink())
    counts.went(down)
    assert counts == Counts()
    down.report, down.resent = rtcp.Report(1, 0, 7, 9, 0, 0, 0), 4
    counts.went(down)
    assert (counts.out_lost, counts.resent) == (7, 4)
