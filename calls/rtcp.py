"""RTCP as the unit hears and says it (RFC 3550, 4585, 5104); aiortc reads the packets.

Reduced sizes are agreed on (RFC 5506), so feedback travels alone. A newcomer's first mistake is to pass reports on as
they come: a receiver report is about one hop, and only a sender's own clock (its sender report) is for everybody.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiortc.rtp import (
    RTCP_PSFB,
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RR,
    RTCP_RTPFB,
    RTCP_RTPFB_NACK,
    RTCP_SR,
    AnyRtcpPacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    pack_packets_lost,
    pack_remb_fci,
    pack_rtcp_packet,
    unpack_remb_fci,
)

MAX_REPORTS = 31  # blocks of one packet; the count has five bits
FRACTIONS = 1 << 16  # of a second: the unit of the delays below


class Malformed(ValueError):
    """This is no RTCP packet, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Report:
    """How a source arrives (RFC 3550, 6.4.1). `fraction` in 1/256, `jitter` in its clock, `delay` in 1/65536 s."""

    ssrc: int
    fraction: int
    lost: int
    highest: int
    jitter: int
    last_sr: int = 0  # the middle 32 bits of the NTP time of the last sender report, 0 if there was none
    delay: int = 0  # since that came


@dataclass(frozen=True, slots=True)
class SenderReport:
    """What a sender's clock showed (RFC 3550, 6.4.1): NTP time in 64 bits, and the same moment in its timestamps."""

    ssrc: int
    ntp: int
    timestamp: int
    packets: int
    octets: int

    @property
    def middle(self) -> int:
        """The part of the NTP time that a receiver gives back."""
        return self.ntp >> 16 & 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Nack:
    """Packets of this source are missing: their sequence numbers."""

    ssrc: int
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyFrameWanted:
    """Whoever watches this source cannot go on without a key frame."""

    ssrc: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a receiver thinks that its network carries, in bit/s (REMB)."""

    bitrate: int


Said = Report | SenderReport | Nack | KeyFrameWanted | Estimate


def read(data: bytes) -> list[Said]:
    """All that a compound packet says and that concerns the unit. Raises Malformed."""
    try:
        return [said for packet in RtcpPacket.parse(data) for said in _said(packet)]
    except (ValueError, IndexError, struct.error) as error:
        raise Malformed(str(error)) from error


def _said(packet: AnyRtcpPacket) -> Iterator[Said]:
    if isinstance(packet, RtcpSrPacket):
        sent = packet.sender_info
        yield SenderReport(packet.ssrc, sent.ntp_timestamp, sent.rtp_timestamp, sent.packet_count, sent.octet_count)
        yield from map(_report, packet.reports)
    elif isinstance(packet, RtcpRrPacket):
        yield from map(_report, packet.reports)
    elif isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
        yield Nack(packet.media_ssrc, tuple(one & 0xFFFF for one in packet.lost))
    elif isinstance(packet, RtcpPsfbPacket):
        yield from _about_pictures(packet)


def _report(block: RtcpReceiverInfo) -> Report:
    return Report(
        block.ssrc,
        block.fraction_lost,
        block.packets_lost,
        block.highest_sequence,
        block.jitter,
        block.lsr,
        block.dlsr,
    )


def _about_pictures(packet: RtcpPsfbPacket) -> Iterator[Said]:
    if packet.fmt == RTCP_PSFB_PLI:
        yield KeyFrameWanted(packet.media_ssrc)
    elif packet.fmt == RTCP_PSFB_FIR:  # RFC 5104, 4.3.1: each entry has 8 bytes, the source first
        yield from (KeyFrameWanted(ssrc) for ssrc, _ in struct.iter_unpack("!II", packet.fci))
    elif packet.fmt == RTCP_PSFB_APP and packet.fci[:4] == b"REMB":
        yield Estimate(unpack_remb_fci(packet.fci)[0])


def sender_report(sent: SenderReport) -> bytes:
    """A sender report without blocks."""
    body = struct.pack("!IQIII", sent.ssrc, sent.ntp, sent.timestamp, sent.packets, sent.octets)
    return pack_rtcp_packet(RTCP_SR, 0, body)


def receiver_reports(own: int, blocks: Sequence[Report]) -> bytes:
    """As many receiver reports as the blocks need, one if there are none."""
    parts = [blocks[at : at + MAX_REPORTS] for at in range(0, len(blocks), MAX_REPORTS)] or [[]]
    return b"".join(
        pack_rtcp_packet(RTCP_RR, len(part), struct.pack("!I", own) + b"".join(map(_block, part))) for part in parts
    )


def _block(one: Report) -> bytes:
    lost = pack_packets_lost(max(-(1 << 23), min(one.lost, (1 << 23) - 1)))
    numbers = struct.pack("!IIII", one.highest, one.jitter, one.last_sr, one.delay)
    return struct.pack("!IB", one.ssrc, one.fraction) + lost + numbers


def nack(own: int, ssrc: int, lost: Sequence[int]) -> bytes:
    """Asks for packets again, in the order of the stream: a number and a mask of the 16 behind it (RFC 4585, 6.2.1)."""
    entries: list[list[int]] = []
    for one in lost:
        behind = one - entries[-1][0] - 1 & 0xFFFF if entries else 16
        if behind < 16:
            entries[-1][1] |= 1 << behind
        else:
            entries.append([one, 0])
    body = b"".join(struct.pack("!HH", *entry) for entry in entries)
    return pack_rtcp_packet(RTCP_RTPFB, RTCP_RTPFB_NACK, struct.pack("!II", own, ssrc) + body)


def picture_loss(own: int, ssrc: int) -> bytes:
    """Asks for a key frame (RFC 4585, 6.3.1)."""
    return pack_rtcp_packet(RTCP_PSFB, RTCP_PSFB_PLI, struct.pack("!II", own, ssrc))


def estimate(own: int, bitrate: int, ssrcs: Sequence[int]) -> bytes:
    """Says how much may be sent to the unit, all sources together, in bit/s (draft-alvestrand-rmcat-remb-03)."""
    head = struct.pack("!II", own, 0)
    return pack_rtcp_packet(RTCP_PSFB, RTCP_PSFB_APP, head + pack_remb_fci(bitrate, list(ssrcs)))
