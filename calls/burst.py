"""One packet for many peers: sealed for each, and all copies given to the kernel in one call (sendmmsg, on Linux).

Sent one by one, a copy costs a third more, most of it Python between two calls. A newcomer's first mistake is to count
on what the kernel says it sent: it stops at the first copy that it does not take, and says of no later one whether it
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

COPIES = 64  # in one call: more than one call of people has
ROOM = 1500  # bytes for each copy: MAX_PACKET, and the longest trailer of SRTP

DECLARATIONS = """
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; unsigned int msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    void *msg_control; size_t msg_controllen; int msg_flags;
};
struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
int sendmmsg(int sockfd, struct mmsghdr *msgvec, unsigned int vlen, int flags);
"""  # sendmmsg(2)

_ffi = cffi.FFI()
_ffi.cdef(DECLARATIONS)


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

    __slots__ = ("context", "length", "name", "pair", "session", "socket")

    def __init__(self, pair: Pair, own: socket.socket, session: pylibsrtp.Session) -> None:
        named = name_of(pair.address)
        self.pair = pair
        self.socket = own
        self.session = session  # held, so that its context lives
        self.context = context_of(session)
        self.length = len(named)
        self.name = _ffi.new("char[]", named)


PassOn = Callable[[bytes, Sequence[Sink]], None]


def one_by_one(packet: bytes, sinks: Sequence[Sink]) -> None:
    """The same packet to all of them, each by itself."""
    for sink in sinks:
        sink.send_rtp(packet)


def passing() -> PassOn:
    """The fastest way to send one packet to many that this system has; to be used by one thread."""
    if not sys.platform.startswith("linux") or binding is None:
        return one_by_one
    try:
        sendmmsg = _ffi.dlopen(None).sendmmsg
    except (OSError, AttributeError):
        return one_by_one
    sendmmsg(-1, _ffi.NULL, 0, 0)  # a kernel that has it, and lets it be called, says that this is no descriptor
    return Burst(sendmmsg).send if _ffi.errno == errno.EBADF else one_by_one


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


class Burst:
    """Room for the copies of one packet. `sendmmsg` is the kernel's."""

    def __init__(self, sendmmsg: Callable[[int, Any, int, int], int]) -> None:
        self._sendmmsg = sendmmsg
        self._length = binding.ffi.new("int *")
        self._room = binding.ffi.new("char[]", ROOM * COPIES)
        self._slots = [self._room + ROOM * one for one in range(COPIES)]
        begin = int(binding.ffi.cast("uintptr_t", self._room))
        self._parts = _ffi.new("struct iovec[]", COPIES)
        self._vector = _ffi.new("struct mmsghdr[]", COPIES)
        self._heads = [self._vector[one].msg_hdr for one in range(COPIES)]
        self._pieces = [self._parts[one] for one in range(COPIES)]
        self._sent: list[Post] = []
        for one, (head, piece) in enumerate(zip(self._heads, self._pieces, strict=True)):
            piece.iov_base = _ffi.cast("void *", begin + ROOM * one)
            head.msg_iov, head.msg_iovlen = self._parts + one, 1

    def send(self, packet: bytes, sinks: Sequence[Sink]) -> None:
        """The same packet to all of them; never waits, never raises."""
        size = len(packet)
        if size > MAX_PACKET:
            one_by_one(packet, sinks)
            return
        length, slots, heads, pieces, sent = self._length, self._slots, self._heads, self._pieces, self._sent
        copy, seal = binding.ffi.memmove, binding.lib.srtp_protect
        for sink in sinks:
            post = sink.post
            if post is None:
                sink.send_rtp(packet)
                continue
            if sent and (post.socket is not sent[0].socket or len(sent) == COPIES):
                self._flush()
            place = len(sent)
            slot = slots[place]
            length[0] = size
            copy(slot, packet, size)
            if seal(post.context, slot, length):
                sink.unsent += 1
                continue
            head = heads[place]
            head.msg_name, head.msg_namelen = post.name, post.length
            pieces[place].iov_len = length[0]
            sent.append(post)
            sink.packets += 1
            sink.octets += size
        if sent:
            self._flush()

    def _flush(self) -> None:
        """All that is sealed to the kernel; what it does not take is lost."""
        sent, at = self._sent, 0
        number = sent[0].socket.fileno()
        while at < len(sent):
            at += max(0, self._sendmmsg(number, self._vector + at, len(sent) - at, 0))
            if at < len(sent):
                sent[at].pair.lost()
                at += 1
        sent.clear()
