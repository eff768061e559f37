"""RTCP is read, and said so that another implementation reads the same."""

import struct

import pytest
from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRrPacket, RtcpRtpfbPacket, unpack_remb_fci
from hypothesis import given
from hypothesis import strategies as st

from calls import rtcp
from calls.rtcp import Estimate, KeyFrameWanted, Malformed, Nack, Report, SenderReport

OWN = 9
REPORT = Report(7, 64, -3, 70_000, 12, 0xAABBCCDD, 65_536)
SENT = SenderReport(7, 0x0123456789ABCDEF, 90_000, 10, 1000)


def test_what_is_said_can_be_read() -> None:
    data = b"".join(
        (
            rtcp.sender_report(SENT),
            rtcp.receiver_reports(OWN, [REPORT]),
            rtcp.nack(OWN, 7, [1, 2, 17, 18]),
            rtcp.picture_loss(OWN, 7),
            rtcp.estimate(OWN, 1_000_000, [7]),
        )
    )
    assert rtcp.read(data) == [SENT, REPORT, Nack(7, (1, 2, 17, 18)), KeyFrameWanted(7), Estimate(1_000_000)]


def test_another_implementation_reads_the_same() -> None:
    (report,) = RtcpPacket.parse(rtcp.receiver_reports(OWN, [REPORT]))
    assert isinstance(report, RtcpRrPacket)
    assert (report.ssrc, report.reports[0].packets_lost, report.reports[0].dlsr) == (OWN, -3, 65_536)
    (asked,) = RtcpPacket.parse(rtcp.nack(OWN, 7, [65_535, 0, 15]))
    assert isinstance(asked, RtcpRtpfbPacket)
    assert [one & 0xFFFF for one in asked.lost] == [65_535, 0, 15]
    (limit,) = RtcpPacket.parse(rtcp.estimate(OWN, 800_000, [1, 2]))
    assert isinstance(limit, RtcpPsfbPacket)
    assert unpack_remb_fci(limit.fci) == (800_000, [1, 2])


def test_more_reports_than_fit_one_packet_become_several() -> None:
    many = [Report(ssrc, 0, 0, 0, 0) for ssrc in range(40)]
    data = rtcp.receiver_reports(OWN, many)
    assert rtcp.read(data) == many
    assert len(RtcpPacket.parse(data)) == 2


def test_a_report_without_blocks_is_still_one() -> None:
    assert len(RtcpPacket.parse(rtcp.receiver_reports(OWN, []))) == 1


@pytest.mark.parametrize(("lost", "told"), [(1 << 24, (1 << 23) - 1), (-(1 << 24), -(1 << 23))])
def test_a_count_that_does_not_fit_is_the_largest_that_does(lost: int, told: int) -> None:
    (report,) = rtcp.read(rtcp.receiver_reports(OWN, [Report(7, 0, lost, 0, 0)]))
    assert isinstance(report, Report)
    assert report.lost == told


def test_a_full_request_for_a_key_frame_is_one_too() -> None:
    fir = struct.pack("!BBHIIIBBH", 0x84, 206, 4, OWN, 0, 7, 1, 0, 0)
    assert rtcp.read(fir) == [KeyFrameWanted(7)]


def test_the_time_that_is_given_back_is_the_middle_of_it() -> None:
    assert SENT.middle == 0x456789AB


@pytest.mark.parametrize("seqs", [[5], list(range(100)), [65_530, 2, 3, 40], list(range(0, 300, 3))])
def test_every_number_that_is_asked_for_arrives(seqs: list[int]) -> None:
    assert rtcp.read(rtcp.nack(OWN, 7, seqs)) == [Nack(7, tuple(seqs))]


def test_what_does_not_concern_the_unit_is_passed_over() -> None:
    goodbye = struct.pack("!BBHI", 0x81, 203, 1, 7)
    transport = struct.pack("!BBHIIHHI", 0x8F, 205, 4, OWN, 7, 1, 1, 0)
    assert rtcp.read(goodbye + transport) == []


@pytest.mark.parametrize("data", [b"\x80", b"\x80\xc8\x00\x06", b"\x81\xc9\x00\x01\0\0\0\1", b"\x00\xc9\x00\x00"])
def test_what_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        rtcp.read(data)


@given(st.sampled_from([0x80, 0x81, 0x84, 0x8F, 0xA1, 0xBF]), st.integers(200, 207), st.binary(max_size=64))
def test_any_packet_is_read_or_refused(first: int, kind: int, body: bytes) -> None:
    body += bytes(-len(body) % 4)
    try:
        rtcp.read(bytes([first, kind]) + struct.pack("!H", len(body) // 4) + body)
    except Malformed:
        return


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        rtcp.read(data)
    except Malformed:
        return
