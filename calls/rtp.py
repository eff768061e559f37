"""RTP packets as the unit reads and changes them (RFC 3550, 8285, 4588); payloads are not looked at here.

A newcomer's first mistake is to leave the MID in a packet: it names a section of who made it, and whoever receives it
would put the packet into a section of its own of the same name.
"""

import struct

from calls.formats import AUDIO_LEVEL, MID, REPAIRED_STREAM_ID, SEND_TIME, STREAM_ID

HEADER_LENGTH = 12  # bytes
ONE_BYTE_PROFILE = b"\xbe\xde"  # RFC 8285, 4.2
SILENT = 127  # -dBov, RFC 6464
UNTIMED = -1
FIRST_RTCP, LAST_RTCP = 192, 223  # second byte, RFC 5761, 4

MARKS = {MID, STREAM_ID, REPAIRED_STREAM_ID, SEND_TIME}  # what means something only between a sender and the unit
NUMBERS = struct.Struct("!BBHI")


class Malformed(ValueError):
    """This is no RTP packet, or not a whole one."""


class Header:
    """What the header of a packet says. `level` is how loud it is, in -dBov, `sent` when it was sent by its sender's
    clock, in ticks of abs-send-time, UNTIMED if it does not say."""

    __slots__ = ("_data", "level", "marks", "payload_type", "sent", "seq", "start", "timestamp")

    def __init__(self, data: bytes) -> None:
        """Raises Malformed."""
        if len(data) < HEADER_LENGTH or data[0] >> 6 != 2:
            raise Malformed("expected the header of an RTP packet")
        first, marked, self.seq, self.timestamp = NUMBERS.unpack_from(data)
        self._data = data
        self.payload_type = marked & 0x7F
        self.start = HEADER_LENGTH + 4 * (first & 0x0F)  # where the payload begins
        self.level = SILENT
        self.sent = UNTIMED
        self.marks: list[tuple[int, int, int]] = []  # id, first byte and length of what must not be passed on as it is
        if first & 0x10:
            self._read_extensions(data)
        if self.start + (data[-1] if first & 0x20 else 0) > len(data):  # as `padding`, without the call
            raise Malformed("expected a payload behind the header")

    def label(self, number: int) -> str:
        """The MID or stream id of this number, empty if there is none."""
        found = [self._data[at + 1 : at + size] for mark, at, size in self.marks if mark == number]
        return found[-1].decode("ascii", "replace") if found else ""

    def _read_extensions(self, data: bytes) -> None:
        at = self.start + 4
        if len(data) < at:
            raise Malformed("expected header extensions")
        end = at + 4 * int.from_bytes(data[at - 2 : at], "big")
        self.start = end
        if end > len(data):
            raise Malformed("expected header extensions that end within the packet")
        if data[at - 4 : at - 2] != ONE_BYTE_PROFILE:
            return
        while at < end:
            first = data[at]
            number, size = first >> 4, (first & 0x0F) + 2
            if first == 0:
                size = 1
            elif number == 15 or at + size > end:
                return
            elif number == AUDIO_LEVEL:
                self.level = data[at + 1] & 0x7F
            elif number in MARKS:
                self.marks.append((number, at, size))
                if number == SEND_TIME and size == 4:
                    self.sent = int.from_bytes(data[at + 1 : at + 4], "big")
            at += size


def padding(data: bytes) -> int:
    """How many bytes at the end are padding."""
    return data[-1] if data[0] & 0x20 else 0


def ssrc_of(data: bytes) -> int:
    """The source that a packet, sealed or not, says it is of."""
    return int.from_bytes(data[8:12], "big")


def reporter_of(data: bytes) -> int:
    """The source that says an RTCP packet, sealed or not."""
    return int.from_bytes(data[4:8], "big")


def is_rtcp(data: bytes) -> bool:
    """Whether this is RTCP, of what is RTP or RTCP."""
    return len(data) > 1 and FIRST_RTCP <= data[1] <= LAST_RTCP


def passed_on(data: bytes, header: Header, ssrc: int, now: float) -> bytes:
    """The packet as all receivers get it: of this source, labels blanked, the time it is sent set to `now` in seconds.

    With the sender's clock in it, a receiver that hears several senders would take their clocks for one another.
    """
    source = ssrc.to_bytes(4, "big")
    if not header.marks and data[8:12] == source:
        return data
    changed = bytearray(data)
    changed[8:12] = source
    for number, at, size in header.marks:
        if number == SEND_TIME and size == 4:
            changed[at + 1 : at + 4] = send_time(now)
        else:
            changed[at : at + size] = bytes(size)  # padding, RFC 8285, 4.2
    return bytes(changed)


def send_time(now: float) -> bytes:
    """Seconds as 24 bits, 18 of them behind the point: the value of abs-send-time."""
    return (int(now * (1 << 18)) & 0xFFFFFF).to_bytes(3, "big")


def unwrap(data: bytes, header: Header, payload_type: int, ssrc: int) -> bytes | None:
    """The packet that a retransmission holds (RFC 4588, 4); None if it is padding only, which probes for bandwidth."""
    start = header.start
    if len(data) - padding(data) - start < 2:
        return None
    marked = bytes([data[1] & 0x80 | payload_type])
    return b"".join(
        (
            data[:1],
            marked,
            data[start : start + 2],
            data[4:8],
            ssrc.to_bytes(4, "big"),
            data[12:start],
            data[start + 2 :],
        )
    )


def wrap(data: bytes, payload_type: int, ssrc: int, seq: int) -> bytes:
    """The retransmission of a packet, as number `seq` of the retransmissions."""
    start = Header(data).start
    marked = bytes([data[1] & 0x80 | payload_type])
    numbers = (seq & 0xFFFF).to_bytes(2, "big") + data[4:8] + ssrc.to_bytes(4, "big")
    return b"".join((data[:1], marked, numbers, data[12:start], data[2:4], data[start:]))


def is_newer(one: int, other: int) -> bool:
    """Whether a sequence number comes after another, over the wrap at 65536."""
    return 0 < (one - other) & 0xFFFF < 0x8000
