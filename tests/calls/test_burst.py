"""One packet for many: each gets a copy of its own, and what becomes of one copy is nobody else's loss."""

import errno
import socket
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pylibsrtp import Policy, Session

from calls import burst
from calls.burst import COPIES, Post, Sink, name_of, one_by_one, passing, post_to
from calls.ice import Address
from calls.mux import Mux, UdpPair
from calls.secure import MAX_PACKET
from tests.calls import packets
from tests.calls.halls import hall, of
from tests.calls.waiting import on_loop, until

KEYS = bytes(range(44))
NOWHERE = ("127.0.0.1", 0)  # which the kernel refuses

linux = pytest.mark.skipif(passing() is one_by_one, reason="expected Linux, which has sendmmsg")


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
        pass_on(packet, everybody)
        assert [one.hears() for one in everybody] == [packet] * 5
    assert [(one.packets, one.octets, one.alone) for one in everybody] == [(2, 2 * len(packet), [])] * 5
    assert house.mux.dropped == 0


@linux
def test_more_than_fit_into_one_call_get_theirs(house: House) -> None:
    everybody = [house.phone() for _ in range(COPIES + 3)]
    packet = packets.voice(5, 1)
    passing()(packet, everybody)
    assert [one.hears() for one in everybody] == [packet] * len(everybody)


@linux
def test_a_copy_that_the_kernel_refuses_is_lost_alone(house: House) -> None:
    addresses = [NOWHERE, None, NOWHERE, None]
    everybody = [house.phone(address=one) for one in addresses]
    packet = packets.voice(5, 1)
    passing()(packet, everybody)
    assert (everybody[1].hears(), everybody[3].hears()) == (packet, packet)
    assert house.mux.dropped == 2


@linux
def test_a_copy_that_cannot_be_sealed_is_counted_and_takes_no_other_along(house: House) -> None:
    pass_on = passing()
    everybody = [house.phone() for _ in range(3)]
    pass_on(packets.voice(5, 7), everybody[1:2])
    everybody[1].hears()
    again = packets.voice(5, 7)  # its keys have sealed this number before
    pass_on(again, everybody)
    assert (everybody[0].hears(), everybody[2].hears()) == (again, again)
    assert [one.unsent for one in everybody] == [0, 1, 0]
    assert [one.packets for one in everybody] == [1, 1, 1]


@linux
def test_who_has_no_datagrams_is_sent_to_as_ever(house: House) -> None:
    first, by_tcp, last = (house.phone() for _ in range(3))
    by_tcp.post = None
    packet = packets.voice(5, 1)
    passing()(packet, [first, by_tcp, last])
    assert (first.hears(), by_tcp.alone, last.hears()) == (packet, [packet], packet)


@linux
def test_what_is_too_long_to_be_sealed_here_is_left_to_each(house: House) -> None:
    one = house.phone()
    longest, longer = (packets.rtp(5, seq, bytes(size - 12)) for seq, size in ((1, MAX_PACKET), (2, MAX_PACKET + 1)))
    assert (len(longest), len(longer)) == (MAX_PACKET, MAX_PACKET + 1)
    for packet in (longer, longest):
        passing()(packet, [one])
    assert (one.hears(), one.alone) == (longest, [longer])


@linux
def test_through_a_socket_that_is_closed_goes_nothing(house: House) -> None:
    everybody = [house.phone() for _ in range(2)]
    house.doors["127.0.0.1"].close()
    passing()(packets.voice(5, 1), everybody)
    assert house.mux.dropped == 2


def test_an_address_is_written_as_the_kernel_reads_it() -> None:
    family = int(socket.AF_INET).to_bytes(2, sys.byteorder)
    assert name_of(("10.0.0.7", 0x1234)) == family + b"\x12\x34" + bytes([10, 0, 0, 7]) + bytes(8)
    named = name_of(("fe80::1%lo", 0x1234, 5, 3))
    assert named[2:8] == b"\x12\x34\0\0\0\5"
    assert named[8:24] == socket.inet_pton(socket.AF_INET6, "fe80::1")
    assert len(named) == 28


def test_other_systems_send_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(burst, "sys", SimpleNamespace(platform="darwin"))
    assert passing() is one_by_one


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
    monkeypatch.setattr(burst, "Burst", lambda _: SimpleNamespace(send="all at once"))
    assert (passing() == "all at once") == is_used


def test_one_by_one_reaches_all() -> None:
    heard: list[tuple[int, bytes]] = []
    sinks = [SimpleNamespace(send_rtp=lambda packet, one=one: heard.append((one, packet))) for one in range(3)]
    one_by_one(b"x", cast(list[Sink], cast(Any, sinks)))
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
        before = one.post.name[0 : one.post.length]
        bob.move()
        bob.check()
        await until(lambda: one.post.name[0 : one.post.length] != before)
        for client in (bob, cleo):
            client.packets.clear()
        said = packets.rtp(101, 1, b"here too", timestamp=960)
        ann.send(said)
        await until(lambda: of(bob, 101) and of(cleo, 101))
        assert of(bob, 101) == of(cleo, 101) == [said]
        here.unit.leave("call", bob.name)
        assert one.post is None
