"""One packet for many: each gets a copy of its own, and what becomes of one copy is nobody else's loss."""

import errno
import socket
import sys
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pylibsrtp import Policy, Session

from calls import burst
from calls.burst import COPIES, SEGMENTS, OneByOne, PassOn, Post, Sink, name_of, passing, post_to
from calls.ice import Address
from calls.mux import Mux, UdpPair
from calls.secure import MAX_PACKET
from tests.calls import packets
from tests.calls.halls import hall, of
from tests.calls.waiting import on_loop, until

KEYS = bytes(range(44))
NOWHERE = ("127.0.0.1", 0)  # which the kernel refuses

linux = pytest.mark.skipif(isinstance(passing(), OneByOne), reason="expected Linux, which has sendmmsg")


def session(direction: int) -> Session:
    return Session(Policy(KEYS, direction, srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM))


class Phone:
    """A socket that opens what it gets, and what the unit has of it."""

    def __init__(self, mux: Mux, own: socket.socket, address: Address | None = None) -> None:
        self.socket = socket.socket(own.family, socket.SOCK_DGRAM)
        self.socket.bind((own.getsockname()[0], 0))
        self.socket.settimeout(10)
        self._opening = session(Policy.SSRC_ANY_INBOUND)
        self.alone: list[bytes] = []
        self.packets = self.octets = self.unsent = 0
        pair = UdpPair(mux, own, address or self.socket.getsockname())
        self.post: Post | None = post_to(pair, session(Policy.SSRC_ANY_OUTBOUND))

    def send_rtp(self, packet: bytes) -> None:
        self.alone.append(packet)

    def send_rtcp(self, packet: bytes) -> None: ...

    def hears(self) -> bytes:
        return self._opening.unprotect(self.socket.recv(2048))


class House:
    """Phones of one unit, reached through its two sockets."""

    def __init__(self) -> None:
        self.mux = Mux(lambda: 0.0)
        self.phones: list[Phone] = []
        self.doors = {host: self._door(host) for host in ("127.0.0.1", "::1")}

    def _door(self, host: str) -> socket.socket:
        own = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        own.bind((host, 0))
        return own

    def phone(self, host: str = "127.0.0.1", address: Address | None = None) -> Phone:
        self.phones.append(Phone(self.mux, self.doors[host], address))
        return self.phones[-1]

    def close(self) -> None:
        for own in (*self.doors.values(), *(one.socket for one in self.phones)):
            own.close()


def passes(packet: bytes, sinks: Sequence[Sink], by: PassOn | None = None) -> None:
    """One packet to all of them, and nothing behind it."""
    by = by or passing()
    by.send(packet, sinks)
    by.flush()


@pytest.fixture
def house() -> Iterator[House]:
    one = House()
    yield one
    one.close()


@linux
def test_each_gets_a_copy_that_its_own_keys_open(house: House) -> None:
    pass_on = passing()
    everybody = [house.phone(host) for host in ("127.0.0.1", "127.0.0.1", "::1", "::1", "127.0.0.1")]
    for seq in (1, 2):
        packet = packets.voice(5, seq)
        pass_on.send(packet, everybody)
        pass_on.flush()
        assert [one.hears() for one in everybody] == [packet] * 5
    assert [(one.packets, one.octets, one.alone) for one in everybody] == [(2, 2 * len(packet), [])] * 5
    assert house.mux.dropped == 0


@linux
def test_more_than_fit_into_one_call_get_theirs(house: House) -> None:
    everybody = [house.phone() for _ in range(COPIES + 3)]
    packet = packets.voice(5, 1)
    passes(packet, everybody)
    assert [one.hears() for one in everybody] == [packet] * len(everybody)


@linux
def test_a_copy_that_the_kernel_refuses_is_lost_alone(house: House) -> None:
    addresses = [NOWHERE, None, NOWHERE, None]
    everybody = [house.phone(address=one) for one in addresses]
    packet = packets.voice(5, 1)
    passes(packet, everybody)
    assert (everybody[1].hears(), everybody[3].hears()) == (packet, packet)
    assert house.mux.dropped == 2


@linux
def test_a_copy_that_cannot_be_sealed_is_counted_and_takes_no_other_along(house: House) -> None:
    pass_on = passing()
    everybody = [house.phone() for _ in range(3)]
    passes(packets.voice(5, 7), everybody[1:2], by=pass_on)
    everybody[1].hears()
    again = packets.voice(5, 7)  # its keys have sealed this number before
    passes(again, everybody, by=pass_on)
    assert (everybody[0].hears(), everybody[2].hears()) == (again, again)
    assert [one.unsent for one in everybody] == [0, 1, 0]
    assert [one.packets for one in everybody] == [1, 1, 1]


@linux
def test_who_has_no_datagrams_is_sent_to_as_ever(house: House) -> None:
    first, by_tcp, last = (house.phone() for _ in range(3))
    by_tcp.post = None
    packet = packets.voice(5, 1)
    passes(packet, [first, by_tcp, last])
    assert (first.hears(), by_tcp.alone, last.hears()) == (packet, [packet], packet)


@linux
def test_what_is_too_long_to_be_sealed_here_is_left_to_each(house: House) -> None:
    one = house.phone()
    longest, longer = (packets.rtp(5, seq, bytes(size - 12)) for seq, size in ((1, MAX_PACKET), (2, MAX_PACKET + 1)))
    assert (len(longest), len(longer)) == (MAX_PACKET, MAX_PACKET + 1)
    for packet in (longer, longest):
        passes(packet, [one])
    assert (one.hears(), one.alone) == (longest, [longer])


@linux
def test_through_a_socket_that_is_closed_goes_nothing(house: House) -> None:
    everybody = [house.phone() for _ in range(2)]
    house.doors["127.0.0.1"].close()
    passes(packets.voice(5, 1), everybody)
    assert house.mux.dropped == 2


# -- in pieces


class Kernel:
    """The kernel, and how many packets were in each piece that it was given.

    From some call on it refuses pieces, and says why; what stands there as a reason before that means nothing.
    """

    def __init__(self, refuses: int = 0, after: int = 0) -> None:
        self._sendmmsg = burst._ffi.dlopen(None).sendmmsg
        self.refuses = refuses
        self.after = after  # so many calls, each of which takes one piece
        self.pieces: list[int] = []

    def sendmmsg(self, number: int, vector: Any, count: int, flags: int) -> int:
        rows = [vector[one].msg_hdr for one in range(count)]
        if self.refuses and rows[0].msg_controllen:
            if not self.after:
                burst._ffi.errno = self.refuses
                return -1
            self.after -= 1
            count, burst._ffi.errno = 1, errno.EAGAIN
        sent = int(self._sendmmsg(number, vector, count, flags))
        for row in rows[: max(0, sent)]:
            size = burst._ffi.cast("struct segments *", row.msg_control).size if row.msg_controllen else 0
            whole = sum(row.msg_iov[part].iov_len for part in range(row.msg_iovlen))
            self.pieces.append(-(-whole // size) if size else 1)
        return sent


def parts(*sizes: int, first: int = 1) -> list[bytes]:
    """Packets of a picture, of so many bytes."""
    return [packets.rtp(5, first + place, bytes(size - 12), 96) for place, size in enumerate(sizes)]


def handed(kernel: Kernel, sent: Sequence[bytes], sinks: Sequence[Sink], most: int = SEGMENTS) -> None:
    by = burst.Burst(kernel.sendmmsg, most)
    for packet in sent:
        by.send(packet, sinks)
    by.flush()


@linux
@pytest.mark.parametrize(
    ("sizes", "pieces"),
    [
        ((1000, 1000, 1000), [3]),
        ((1000, 1000, 700), [3]),  # the last may be smaller
        ((1000, 700, 700), [2, 1]),  # and nothing comes behind a smaller one
        ((1000, 1001, 1001), [1, 2]),
        ((MAX_PACKET,) * (SEGMENTS + 1), [SEGMENTS, 1]),
    ],
)
def test_packets_of_one_size_go_in_one_piece_and_come_as_they_were(
    house: House, sizes: tuple[int, ...], pieces: list[int]
) -> None:
    kernel, phone, sent = Kernel(), house.phone(), parts(*sizes)
    handed(kernel, sent, [phone])
    assert kernel.pieces == pieces
    assert [phone.hears() for _ in sent] == sent
    assert (phone.packets, phone.octets) == (len(sent), sum(sizes))


@linux
def test_many_get_their_pieces_though_not_all_fit_into_one_call(house: House) -> None:
    everybody, sent = [house.phone(("127.0.0.1", "::1")[one // 10]) for one in range(20)], parts(*(900,) * SEGMENTS)
    handed(Kernel(), sent, everybody)
    assert all([one.hears() for _ in sent] == sent for one in everybody)


@linux
def test_what_is_held_goes_before_anything_for_others(house: House) -> None:
    first, second, one = house.phone(), house.phone(), burst.Burst(Kernel().sendmmsg, SEGMENTS)
    (early, late), (apart,) = parts(1000, 1000), parts(1000, first=7)
    one.send(early, [first])
    first.socket.setblocking(False)
    with pytest.raises(BlockingIOError):
        first.hears()  # the next may go along with it
    one.send(apart, [second])
    assert first.hears() == early
    one.flush()
    assert second.hears() == apart
    one.send(late, [first])
    one.flush()
    assert first.hears() == late


@linux
def test_pieces_are_given_up_for_what_has_to_do_with_them_alone(house: House) -> None:
    phone, sent = house.phone(), parts(1000, 1000)
    handed(Kernel(refuses=errno.ENETUNREACH), sent, [phone])
    assert [phone.hears() for _ in sent] == sent
    assert phone.post
    assert phone.post.takes_pieces


@linux
@pytest.mark.parametrize("said", [errno.EINVAL, errno.EIO, errno.EMSGSIZE])
def test_where_the_kernel_cannot_cut_up_pieces_packets_go_by_themselves_from_then_on(house: House, said: int) -> None:
    everybody = [house.phone() for _ in range(2)]
    sent = parts(1000, 1000, 800)
    handed(Kernel(refuses=said), sent, everybody)
    assert all([one.hears() for _ in sent] == sent for one in everybody)
    assert not any(one.post and one.post.takes_pieces for one in everybody)
    more = parts(1000, 1000, first=4)
    handed(Kernel(), more, everybody)
    assert all([one.hears() for _ in more] == more for one in everybody)
    assert house.mux.dropped == 0


@linux
def test_a_piece_that_the_kernel_refuses_behind_others_is_no_loss_either(house: House) -> None:
    everybody = [house.phone() for _ in range(3)]
    sent = parts(1000, 1000, 800)
    handed(Kernel(refuses=errno.EINVAL, after=1), sent, everybody)
    assert all([one.hears() for _ in sent] == sent for one in everybody)
    assert [one.post.takes_pieces for one in everybody if one.post] == [True, False, False]
    assert house.mux.dropped == 0


@linux
def test_a_piece_for_which_there_is_no_room_is_lost_packet_by_packet(house: House) -> None:
    phone = house.phone()
    handed(Kernel(refuses=errno.EAGAIN), parts(1000, 1000, 1000), [phone])
    assert house.mux.dropped == 3
    again = parts(1000, 1000, first=4)
    handed(Kernel(), again, [phone])
    assert [phone.hears() for _ in again] == again, "in one piece, as before"


@linux
def test_a_packet_of_a_piece_that_cannot_be_sealed_takes_no_other_along(house: House) -> None:
    kernel, phone, sent = Kernel(), house.phone(), parts(1000, 1000, 900)
    handed(kernel, sent[1:2], [phone])
    handed(kernel, sent, [phone])
    assert [phone.hears() for _ in sent] == [sent[1], sent[0], sent[2]]
    assert (phone.unsent, phone.packets) == (1, 3)


@linux
def test_a_piece_of_which_nothing_can_be_sealed_is_not_sent(house: House) -> None:
    kernel, phone, sent = Kernel(), house.phone(), parts(1000, 1000)
    handed(kernel, sent, [phone])
    handed(kernel, sent, [phone])
    assert (kernel.pieces, phone.unsent) == ([2], 2)


@linux
def test_a_kernel_that_knows_no_pieces_is_given_none(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(cast(Any, passing())._rows) == SEGMENTS
    monkeypatch.setattr(burst, "UDP_SEGMENT", 9999)
    most = len(cast(Any, passing())._rows)
    kernel, phone, sent = Kernel(), house.phone(), parts(1000, 1000)
    handed(kernel, sent, [phone], most)
    assert (kernel.pieces, [phone.hears() for _ in sent]) == ([1, 1], sent)


@linux
@on_loop
async def test_packets_that_came_together_leave_together_when_the_port_pauses() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        kernel = Kernel()
        here.unit._pass_on._sendmmsg = kernel.sendmmsg  # type: ignore[attr-defined]
        bob.packets.clear()
        sent = [packets.rtp(101, 7 + one, bytes(1000), timestamp=960 * 7) for one in range(3)]
        for packet in sent:
            here.peer(ann).take(ann.secure.protect(packet))
        assert kernel.pieces == [], "the next may go along"
        here.unit._mux.pause()
        assert kernel.pieces == [3]
        await until(lambda: of(bob, 101) == sent)


def test_an_address_is_written_as_the_kernel_reads_it() -> None:
    family = int(socket.AF_INET).to_bytes(2, sys.byteorder)
    assert name_of(("10.0.0.7", 0x1234)) == family + b"\x12\x34" + bytes([10, 0, 0, 7]) + bytes(8)
    named = name_of(("fe80::1%lo", 0x1234, 5, 3))
    assert named[2:8] == b"\x12\x34\0\0\0\5"
    assert named[8:24] == socket.inet_pton(socket.AF_INET6, "fe80::1")
    assert len(named) == 28


def test_other_systems_send_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(burst, "sys", SimpleNamespace(platform="darwin"))
    assert isinstance(passing(), OneByOne)


@linux
@pytest.mark.parametrize(("said", "is_used"), [(errno.EBADF, True), (errno.ENOSYS, False), (errno.EPERM, False)])
def test_a_system_that_does_not_let_us_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, said: int, is_used: bool
) -> None:
    def refused(*_: object) -> int:
        burst._ffi.errno = said
        return -1

    monkeypatch.setattr(
        burst, "_ffi", SimpleNamespace(NULL=None, errno=0, dlopen=lambda _: SimpleNamespace(sendmmsg=refused))
    )
    monkeypatch.setattr(burst, "Burst", lambda *_: "all at once")
    assert (passing() == "all at once") == is_used  # type: ignore[comparison-overlap]


def test_one_by_one_reaches_all() -> None:
    heard: list[tuple[int, bytes]] = []
    sinks = [SimpleNamespace(send_rtp=lambda packet, one=one: heard.append((one, packet))) for one in range(3)]
    passes(b"x", cast(Any, sinks), by=OneByOne())
    assert heard == [(0, b"x"), (1, b"x"), (2, b"x")]


@linux
@on_loop
async def test_copies_follow_a_peer_to_its_next_address_and_end_with_it() -> None:
    async with hall() as here:
        ann, bob, cleo = await here.joined(1), await here.joined(2), await here.joined(3, "tcp")
        await here.talk(ann, bob, cleo)
        one = here.peer(bob)
        assert one.post, "reached past Python"
        assert here.peer(cleo).post is None, "a connection has no datagrams"
        before = one.post.name[0 : burst.NAME]
        bob.move()
        bob.check()
        await until(lambda: one.post.name[0 : burst.NAME] != before)
        for client in (bob, cleo):
            client.packets.clear()
        said = packets.rtp(101, 1, b"here too", timestamp=960)
        ann.send(said)
        await until(lambda: of(bob, 101) and of(cleo, 101))
        assert of(bob, 101) == of(cleo, 101) == [said]
        here.unit.leave("call", bob.name)
        assert one.post is None
