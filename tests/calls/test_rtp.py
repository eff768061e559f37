"""RTP headers are read as they are, or refused; packets change where they must and nowhere else."""

import pytest
from aiortc.rtp import RtpPacket, unwrap_rtx, wrap_rtx
from hypothesis import example, given
from hypothesis import strategies as st

from calls import rtcp, rtp
from calls.formats import AUDIO_LEVEL, MID, REPAIRED_STREAM_ID, SEND_TIME, STREAM_ID
from calls.rtp import Header, Malformed
from tests.calls import packets

LABELLED = packets.rtp(
    7,
    65_535,
    b"payload",
    96,
    timestamp=1 << 31,
    labels=packets.extensions(
        (MID, b"12"), (AUDIO_LEVEL, b"\x9e"), (SEND_TIME, b"abc"), (STREAM_ID, b"h"), (REPAIRED_STREAM_ID, b"l")
    ),
)


def test_what_stands_in_a_header_is_read() -> None:
    header = Header(LABELLED)
    assert (header.payload_type, header.seq, header.timestamp) == (96, 65_535, 1 << 31)
    assert (header.label(MID), header.label(STREAM_ID), header.label(REPAIRED_STREAM_ID)) == ("12", "h", "l")
    assert header.level == 30
    assert LABELLED[header.start :] == b"payload"


def test_a_packet_without_extensions_is_silent_and_has_no_labels() -> None:
    header = Header(packets.rtp(7, 1, b"payload"))
    assert (header.level, header.label(MID), header.start) == (rtp.SILENT, "", 12)


def test_only_labels_and_the_time_are_changed_for_receivers() -> None:
    out = rtp.passed_on(LABELLED, Header(LABELLED), 7, now=1.5)
    header = Header(out)
    assert len(out) == len(LABELLED)
    assert [header.label(one) for one in (MID, STREAM_ID, REPAIRED_STREAM_ID)] == [""] * 3
    assert header.level == 30
    assert out[header.start :] == b"payload"
    assert b"abc" not in out
    assert (3 << 17).to_bytes(3, "big") in out


def test_a_packet_with_nothing_to_change_is_the_same_object() -> None:
    plain = packets.rtp(7, 1, b"payload")
    assert rtp.passed_on(plain, Header(plain), 7, now=0) is plain
    assert rtp.ssrc_of(rtp.passed_on(plain, Header(plain), 8, now=0)) == 8


def test_the_time_of_sending_has_six_bits_of_seconds() -> None:
    assert rtp.send_time(0) == rtp.send_time(64) == bytes(3)
    assert rtp.send_time(63.5) == b"\xfe\x00\x00"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(12),
        LABELLED[:11],
        LABELLED[:15],
        LABELLED[:20],
        b"\x8f" + LABELLED[1:12],
        b"\xa0" + bytes(11) + b"\xff",
        b"\xa0" + bytes(10) + b"\xff",
    ],
)
def test_what_is_no_packet_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        Header(data)


@pytest.mark.parametrize(
    "block", [b"\xbe\xde\x00\x01\x1f\x00\x00\x00", b"\xbe\xde\x00\x01\xf0\x00\x10x", b"\x10\x00\x00\x01\x01\x01x\x00"]
)
def test_extensions_that_are_broken_or_of_another_kind_are_passed_over(block: bytes) -> None:
    data = packets.rtp(7, 1, b"payload", labels=block)
    assert Header(data).marks == []
    assert data[Header(data).start :] == b"payload"


def test_a_retransmission_is_made_as_another_implementation_makes_it() -> None:
    ours = rtp.wrap(LABELLED, 97, 99, 65_537)
    theirs = wrap_rtx(RtpPacket.parse(LABELLED), 97, 1, 99).serialize()
    assert ours[:12] == theirs[:12].replace(b"\x80", b"\x90", 1)
    assert ours[Header(ours).start :] == RtpPacket.parse(theirs).payload


def test_a_retransmission_holds_the_packet_as_it_was() -> None:
    again = rtp.wrap(LABELLED, 97, 99, 5)
    assert rtp.unwrap(again, Header(again), 96, 7) == LABELLED
    assert unwrap_rtx(RtpPacket.parse(again), 96, 7).payload == b"payload"


def test_padding_that_probes_holds_no_packet() -> None:
    probe = b"\xa0" + packets.rtp(99, 5, bytes(99) + b"\x64", 97)[1:]
    assert rtp.unwrap(probe, Header(probe), 96, 7) is None


@pytest.mark.parametrize(
    ("one", "other", "newer"),
    [(2, 1, True), (1, 2, False), (1, 1, False), (0, 65_535, True), (65_535, 0, False), (0x8000, 0, False)],
)
def test_numbers_wrap(one: int, other: int, newer: bool) -> None:
    assert rtp.is_newer(one, other) is newer


@pytest.mark.parametrize(("second", "report"), [(191, False), (192, True), (200, True), (223, True), (224, False)])
def test_rtcp_is_told_from_rtp_by_its_second_byte(second: int, report: bool) -> None:
    assert rtp.is_rtcp(bytes([0x80, second])) is report


@given(st.binary(max_size=80))
@example(bytes(19))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    data = b"\xb1" + data
    try:
        header = Header(data)
    except Malformed:
        return
    out = rtp.passed_on(data, header, 7, now=0)
    assert len(out) == len(data)
    assert [Header(out).label(one) for one in (MID, STREAM_ID, REPAIRED_STREAM_ID)] == [""] * 3
    rtp.unwrap(data, header, 96, 7)


def test_who_says_a_report_stands_in_front_of_it() -> None:
    assert rtp.reporter_of(rtcp.receiver_reports(77, [])) == 77
    assert rtp.reporter_of(b"\x80\xc9") == 0
