"""Packets for many peers: sealed for each, and the copies given to the kernel in as few calls as can be (sendmmsg, on
Linux).

What comes of one source in one go, as the packets of a picture do, also goes to each peer in one piece, which the
kernel cuts up again (UDP_SEGMENT): it finds the way once for all of them. A newcomer's first mistake is to count on
what the kernel says it sent: it stops at the first piece that it does not take, and says of no later one whether it
would have.
"""

import errno
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import cffi
import pylibsrtp

from calls.ice import Address, Pair
from calls.secure import MAX_PACKET, binding, context_of

COPIES = 64  # sealed for one call of the kernel: of one packet, more than people can be in a call
ROOM = 1500  # bytes for each copy: MAX_PACKET, and the longest trailer of SRTP
SEGMENTS = 8  # packets in one piece, at most
NAME = 28  # bytes of an address: a sockaddr_in6; of a sockaddr_in the kernel reads what it needs

SOL_UDP, UDP_SEGMENT = 17, 103  # linux/udp.h, since Linux 4.18; Python has no names for them
FULL = {errno.EAGAIN, errno.ENOBUFS}  # the kernel has no room, for anything
WHOLE = {errno.EINVAL, errno.EIO, errno.EMSGSIZE}  # it cannot cut this up: narrow tunnel, card without checksums

DECLARATIONS = """
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; unsigned int msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    void *msg_control; size_t msg_controllen; int msg_flags;
};
struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
struct segments { size_t cmsg_len; int cmsg_level; int cmsg_type; uint16_t size; };
int sendmmsg(int sockfd, struct mmsghdr *msgvec, unsigned int vlen, int flags);
"""  # sendmmsg(2), cmsg(3), udp(7)

_ffi = cffi.FFI()
_ffi.cdef(DECLARATIONS)
CONTROL = _ffi.sizeof("struct segments")


class Sink(Protocol):
    """A peer that gets packets. `post` is how to reach it without its help, None where that is not possible."""

    post: "Post | None"
    packets: int  # sent to it
    octets: int
    unsent: int  # packets that could not be sealed

    def send_rtp(self, packet: bytes) -> None:
        """Seals and sends one packet; never waits, never raises."""

    def send_rtcp(self, packet: bytes) -> None:
        """The same for RTCP."""


class Post:
    """What the kernel and libsrtp need for a copy to one peer. Good as long as the peer keeps its way and its keys."""

    __slots__ = ("context", "name", "pair", "session", "socket", "takes_pieces")

    def __init__(self, pair: Pair, own: socket.socket, session: pylibsrtp.Session) -> None:
        self.pair = pair
        self.socket = own
        self.session = session  # held, so that its context lives
        self.context = context_of(session)
        self.name = _ffi.new("char[]", name_of(pair.address).ljust(NAME, b"\0"))
        self.takes_pieces = True  # until the kernel says that it cannot cut one up on this way


class PassOn(Protocol):
    """How one packet is sent to many. Nothing here ever waits or raises."""

    def send(self, packet: bytes, sinks: Sequence[Sink]) -> None:
        """The same packet to all of them, now or with the next `flush`. `sinks` must not change afterwards."""

    def flush(self) -> None:
        """Nothing more comes just now: all that was held back goes."""


class OneByOne:
    """Each copy by itself, at once."""

    def send(self, packet: bytes, sinks: Sequence[Sink]) -> None:
        for sink in sinks:
            sink.send_rtp(packet)

    def flush(self) -> None:
        """Nothing is ever held back."""


def passing() -> PassOn:
    """The fastest way to send one packet to many that this system has; to be used by one thread."""
    if not sys.platform.startswith("linux") or binding is None:
        return OneByOne()
    try:
        sendmmsg = _ffi.dlopen(None).sendmmsg
    except (OSError, AttributeError):
        return OneByOne()
    sendmmsg(-1, _ffi.NULL, 0, 0)  # a kernel that has it, and lets it be called, says that this is no descriptor
    return Burst(sendmmsg, SEGMENTS if cuts_up() else 1) if _ffi.errno == errno.EBADF else OneByOne()


def cuts_up() -> bool:
    """Whether the kernel knows pieces of several packets. One that does not would send them as a single one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.getsockopt(SOL_UDP, UDP_SEGMENT)
    except OSError:
        return False
    return True


def post_to(pair: Pair | None, session: pylibsrtp.Session | None) -> Post | None:
    """To the peer on this way with these keys; None where it has no datagrams, or we do not know such keys."""
    own = pair.socket if pair else None
    return Post(pair, own, session) if pair and own and session else None


def name_of(address: Address) -> bytes:
    """The address as Linux has it: a sockaddr_in or sockaddr_in6 (ip(7), ipv6(7))."""
    host, port, *more = address
    if not more:
        return struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", port, socket.inet_aton(host))
    flow, scope = more
    packed = socket.inet_pton(socket.AF_INET6, host.partition("%")[0])
    return struct.pack("=H", socket.AF_INET6) + struct.pack("!HI16s", port, flow, packed) + struct.pack("=I", scope)


class Rows:
    """What sendmmsg takes, for so many packets in each piece: a row for each piece, all ready but for what is in it."""

    def __init__(self, room: Any, each: int) -> None:
        self.each = each
        self._room = room  # held, as places in it are not
        count = COPIES // each
        self.vector = _ffi.new("struct mmsghdr[]", count)
        self._parts = _ffi.new("struct iovec[]", count * each)
        self._controls = _ffi.new("struct segments[]", count)
        self.slots = [self._slot(room, one) for one in range(count * each)]
        self.of = [self._row(one) for one in range(count)]

    def _slot(self, room: Any, one: int) -> tuple[Any, Any]:
        """How long a packet is, and where it is sealed."""
        part, place = self._parts[one], room + ROOM * one
        part.iov_base = _ffi.cast("void *", int(binding.ffi.cast("uintptr_t", place)))
        return part, place

    def _row(self, one: int) -> tuple[Any, Any, list[tuple[Any, Any]]]:
        """Whom it is for, how long the packets in it are, and the slots of these."""
        head, control, first = self.vector[one].msg_hdr, self._controls[one], one * self.each
        head.msg_iov, head.msg_iovlen, head.msg_namelen = self._parts + first, self.each, NAME
        if self.each > 1:
            control.cmsg_len = _ffi.offsetof("struct segments", "size") + _ffi.sizeof("uint16_t")
            control.cmsg_level, control.cmsg_type = SOL_UDP, UDP_SEGMENT
            head.msg_control, head.msg_controllen = self._controls + one, CONTROL
        return head, control, self.slots[first : first + self.each]

    def packets(self, row: int) -> list[bytes]:
        """What is sealed in this row."""
        head, _, slots = self.of[row]
        return [bytes(binding.ffi.buffer(place, part.iov_len)) for part, place in slots[: head.msg_iovlen]]


class Burst:
    """Sends what comes of one source together. `sendmmsg` is the kernel's, `most` how many packets make a piece."""

    def __init__(self, sendmmsg: Callable[[int, Any, int, int], int], most: int) -> None:
        self._sendmmsg = sendmmsg
        self._length = binding.ffi.new("int *")
        room = binding.ffi.new("char[]", ROOM * COPIES)
        self._rows = [Rows(room, each) for each in range(1, most + 1)]
        self._held: list[bytes] = []
        self._sinks: Sequence[Sink] = ()

    def send(self, packet: bytes, sinks: Sequence[Sink]) -> None:
        """The same packet to all of them, as soon as it is known whether what comes next goes along with it."""
        size = len(packet)
        if self._held and not (sinks is self._sinks and self._goes_along(size)):
            self.flush()
        if size > MAX_PACKET:
            for sink in sinks:
                sink.send_rtp(packet)
        else:
            self._held.append(packet)
            self._sinks = sinks

    def _goes_along(self, size: int) -> bool:
        """Whether a packet of this size may follow: all of a piece have one size, but the last may be smaller."""
        held = self._held
        return len(held) < len(self._rows) and size <= len(held[0]) == len(held[-1])

    def flush(self) -> None:
        """What is held goes to all."""
        held, sinks = self._held, self._sinks
        if held:
            self._held, self._sinks = [], ()
            if len(held) == 1:
                self._spread(held[0], sinks)
            else:
                self._spread_piece(held, sinks)

    def _spread(self, packet: bytes, sinks: Sequence[Sink]) -> None:
        """One packet. Written out, and not by `_seal`: all sound comes like this, and each call of Python counts."""
        rows, way, size = self._rows[0], None, len(packet)
        of, slots, length, copy, seal = rows.of, rows.slots, self._length, binding.ffi.memmove, binding.lib.srtp_protect
        sent: list[Post] = []  # to whom the rows go that are ready
        for sink in sinks:
            post = sink.post
            if post is None:
                sink.send_rtp(packet)
                continue
            if post.socket is not way or len(sent) == len(of):
                self._give(rows, sent)
                sent, way = [], post.socket
            part, place = slots[len(sent)]
            length[0] = size
            copy(place, packet, size)
            if seal(post.context, place, length):
                sink.unsent += 1
                continue
            of[len(sent)][0].msg_name, part.iov_len = post.name, length[0]
            sent.append(post)
            sink.packets += 1
            sink.octets += size
        self._give(rows, sent)

    def _spread_piece(self, held: Sequence[bytes], sinks: Sequence[Sink]) -> None:
        """Several packets, in one piece to all who take it."""
        rows, way = self._rows[len(held) - 1], None
        sent: list[Post] = []
        others: list[Sink] = []
        for sink in sinks:
            post = sink.post
            if post is None or not post.takes_pieces:
                others.append(sink)
                continue
            if post.socket is not way or len(sent) == len(rows.of):
                self._give(rows, sent)
                sent, way = [], post.socket
            head, control, slots = rows.of[len(sent)]
            lengths = self._seal(held, sink, post, slots)
            if lengths:
                head.msg_name, control.size = post.name, lengths[0]
                if head.msg_iovlen != len(lengths):
                    head.msg_iovlen, head.msg_controllen = len(lengths), CONTROL if len(lengths) > 1 else 0
                sent.append(post)
        self._give(rows, sent)
        for packet in held if others else ():
            self._spread(packet, others)

    def _seal(self, held: Sequence[bytes], sink: Sink, post: Post, slots: Sequence[tuple[Any, Any]]) -> list[int]:
        """A copy of each that can be sealed, in the first of these slots; how long they are."""
        length, copy, seal = self._length, binding.ffi.memmove, binding.lib.srtp_protect
        lengths: list[int] = []
        for packet in held:
            part, place = slots[len(lengths)]
            size = length[0] = len(packet)
            copy(place, packet, size)
            if seal(post.context, place, length):
                sink.unsent += 1
                continue
            part.iov_len = length[0]
            lengths.append(length[0])
            sink.packets += 1
            sink.octets += size
        return lengths

    def _give(self, rows: Rows, sent: list[Post]) -> None:
        """These rows to the kernel. A piece that it does not take goes in packets; what it has no room for is lost."""
        at = 0
        while at < len(sent):
            taken = self._sendmmsg(sent[0].socket.fileno(), rows.vector + at, len(sent) - at, 0)
            if taken < 1:  # only of the first of those that it is given does it say why
                self._refused(rows, at, sent[at])
                taken = 1
            at += taken

    def _refused(self, rows: Rows, row: int, post: Post) -> None:
        if rows.each == 1:
            post.pair.lost()
            return
        said = _ffi.errno
        if said in WHOLE:
            post.takes_pieces = False
        for packet in rows.packets(row):
            if said in FULL:
                post.pair.lost()
            else:
                post.pair.send(packet)
