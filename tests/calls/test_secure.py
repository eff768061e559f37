"""Keys are agreed on with the one whose certificate was named; bad datagrams harm nobody."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import handshake, secure
from calls.secure import Secure, SrtpError
from tests.calls.packets import BROKEN_HELLO
from tests.calls.waiting import on_loop, until

SHA = "sha-256"


class Side:
    """One end, and what it said of itself."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.lose: Callable[[bytes], bool] = lambda data: False
        self.other: Side | None = None
        self.secure = Secure(self.send, self.said.append)

    def send(self, data: bytes) -> None:
        if self.other and not self.lose(data):
            self.other.secure.take(data)


def two() -> tuple[Side, Side]:
    one, other = Side(), Side()
    one.other, other.other = other, one
    return one, other


async def connected() -> tuple[Side, Side]:
    unit, phone = two()
    shake(unit, phone)
    await until(lambda: unit.said and phone.said)
    return unit, phone


def shake(unit: Side, phone: Side) -> None:
    unit.secure.start([(SHA, phone.secure.fingerprint)], "server")
    phone.secure.start([(SHA, unit.secure.fingerprint)], "client")


def rtp(payload: bytes = b"media", seq: int = 1) -> bytes:
    return bytes([0x80, 111]) + seq.to_bytes(2, "big") + bytes(4) + b"ssrc" + payload


@on_loop
async def test_two_who_know_each_others_certificates_understand_each_other() -> None:
    unit, phone = await connected()
    assert unit.said == phone.said == ["connected"]
    assert unit.secure.connected
    sealed = phone.secure.protect(rtp())
    assert b"media" not in sealed
    assert unit.secure.unprotect(sealed) == rtp()
    report = b"\x80\xc9\x00\x01ssrc"
    assert phone.secure.unprotect_rtcp(unit.secure.protect_rtcp(report)) == report


@on_loop
async def test_another_certificate_than_the_one_named_is_refused() -> None:
    unit, phone = two()
    unit.secure.start([(SHA, Side().secure.fingerprint)], "server")
    phone.secure.start([(SHA, unit.secure.fingerprint)], "client")
    await until(lambda: unit.said)
    assert unit.said == ["closed"]
    assert not unit.secure.connected


@on_loop
async def test_a_hello_that_came_before_the_answer_is_not_lost() -> None:
    unit, phone = two()
    phone.secure.start([(SHA, unit.secure.fingerprint)], "client")
    await until(lambda: unit.secure._early)
    unit.secure.start([(SHA, phone.secure.fingerprint)], "server")
    await until(lambda: unit.said and phone.said)
    assert unit.said == ["connected"]


@on_loop
async def test_garbage_among_the_handshake_is_passed_over() -> None:
    unit, phone = two()
    for _ in range(5):
        unit.secure.take(b"\x16\xfe\xfdgarbage")
    shake(unit, phone)
    for _ in range(5):
        unit.secure.take(b"\x16" + bytes(50))
    await until(lambda: unit.said and phone.said)
    assert unit.said == ["connected"]


@on_loop
async def test_a_hello_that_breaks_a_handshake_off_does_not_end_it() -> None:
    unit, phone = two()
    alerts: list[bytes] = []
    unit.lose = lambda data: True
    shake(unit, phone)
    await until(lambda: unit.secure._tries)
    (first,) = unit.secure._tries.values()
    for _ in range(5):
        unit.secure.take(BROKEN_HELLO)
    await until(lambda: first.is_spoilt)
    unit.lose = lambda data: data[0] == handshake.ALERT and not alerts.append(data)
    await until(lambda: unit.said and phone.said)
    assert unit.said == phone.said == ["connected"]
    assert alerts == []


@on_loop
async def test_who_asks_first_begins_anew_too_when_the_handshake_is_broken_off() -> None:
    unit, phone = two()
    unit.secure.start([(SHA, phone.secure.fingerprint)], "client")
    (first,) = unit.secure._tries.values()
    unit.secure.take(BROKEN_HELLO)
    await until(lambda: first.is_spoilt)
    phone.secure.start([(SHA, unit.secure.fingerprint)], "server")
    await until(lambda: unit.said and phone.said)
    assert unit.said == phone.said == ["connected"]


@on_loop
async def test_who_closes_between_two_handshakes_leaves_no_task() -> None:
    calm = asyncio.all_tasks()
    unit = Side()
    unit.secure.start([(SHA, Side().secure.fingerprint)], "client")
    (first,) = unit.secure._tries.values()
    unit.secure.take(BROKEN_HELLO)
    await until(lambda: first.is_spoilt)
    unit.secure.close()
    await until(lambda: asyncio.all_tasks() == calm)
    assert unit.said == []


@on_loop
async def test_a_flood_of_handshakes_fills_no_memory() -> None:
    side = Side()
    for _ in range(1000):
        side.secure.take(b"\x16hello")
    assert len(side.secure._early) == handshake.MAX_WAITING


@on_loop
async def test_a_packet_that_came_before_and_one_that_is_forged_are_dropped() -> None:
    unit, phone = await connected()
    sealed = phone.secure.protect(rtp(seq=5))
    assert unit.secure.unprotect(sealed) is not None
    assert unit.secure.unprotect(sealed[:-1] + bytes([sealed[-1] ^ 1])) is None
    assert unit.secure.unprotect(bytes(2000)) is None


@on_loop
async def test_a_packet_may_be_sent_again() -> None:
    unit, phone = await connected()
    first = unit.secure.protect(rtp(seq=5))
    unit.secure.protect(rtp(seq=6))
    assert unit.secure.protect(rtp(seq=5)) == first
    assert phone.secure.unprotect(first) == rtp(seq=5)


@on_loop
async def test_a_packet_that_is_too_long_is_an_error_its_sender_knows() -> None:
    unit, phone = await connected()
    longest = rtp(bytes(secure.MAX_PACKET - 12))
    assert phone.secure.unprotect(unit.secure.protect(longest)) == longest
    with pytest.raises(SrtpError):
        unit.secure.protect(longest + b"x")


@on_loop
async def test_a_source_that_is_forgotten_begins_anew() -> None:
    unit, phone = await connected()
    unit.secure.protect(rtp(seq=40_000))
    with pytest.raises(SrtpError):
        unit.secure.protect(rtp(seq=30_000))
    unit.secure.forget(int.from_bytes(b"ssrc", "big"))
    unit.secure.forget(7)
    assert unit.secure.protect(rtp(seq=30_000))
    phone.secure.close()


@on_loop
async def test_nothing_is_protected_before_there_are_keys() -> None:
    side = Side()
    with pytest.raises(SrtpError):
        side.secure.protect(rtp())
    assert side.secure.unprotect(rtp()) is None
    assert side.secure.unprotect_rtcp(rtp()) is None
    side.secure.forget(1)


@on_loop
async def test_who_is_closed_is_silent_and_its_tasks_end() -> None:
    calm = asyncio.all_tasks()
    unit, phone = await connected()
    assert asyncio.all_tasks() > calm
    assert unit.secure.session
    unit.secure.close()
    phone.secure.close()
    assert unit.secure.session is None
    await until(lambda: asyncio.all_tasks() == calm)
    assert unit.said == ["connected"]
    assert not unit.secure.connected


@on_loop
async def test_who_closes_in_the_middle_of_a_handshake_leaves_no_task() -> None:
    calm = asyncio.all_tasks()
    unit, phone = two()
    unit.secure.start([(SHA, phone.secure.fingerprint)], "server")
    unit.secure.start([(SHA, phone.secure.fingerprint)], "server")
    await asyncio.sleep(0)
    unit.secure.close()
    await until(lambda: asyncio.all_tasks() == calm)
    assert unit.said == []


@given(st.binary(min_size=1, max_size=100))
def test_no_datagram_passes_that_the_peer_did_not_make(data: bytes) -> None:
    async def journey() -> None:
        unit, _ = PAIR or await connected()
        PAIR[:] = [unit, _]
        assert unit.secure.unprotect(data) is None
        assert unit.secure.unprotect_rtcp(data) is None

    asyncio.run(journey())


PAIR: list[Side] = []


@pytest.mark.parametrize("known", [True, False])
@on_loop
async def test_a_packet_is_sealed_alike_whether_the_library_is_known_from_inside_or_not(known: bool) -> None:
    unit, phone = await connected()
    assert unit.secure._sending
    seal = secure.sealer(unit.secure._sending, known)
    assert phone.secure.unprotect(seal(rtp(seq=5))) == rtp(seq=5)
    longest = rtp(bytes(secure.MAX_PACKET - 12), seq=6)
    assert phone.secure.unprotect(seal(longest)) == longest
    for broken in (rtp(bytes(1400)), b"short"):
        with pytest.raises(SrtpError):
            seal(broken)
    assert secure.KNOWN_SESSION


@pytest.mark.parametrize("known", [True, False])
@on_loop
async def test_a_packet_is_opened_once_whether_the_library_is_known_from_inside_or_not(known: bool) -> None:
    unit, phone = await connected()
    assert unit.secure._receiving
    opens = secure.opener(unit.secure._receiving, known)
    first, forged = (phone.secure.protect(rtp(seq=seq)) for seq in (5, 6))
    assert opens(first) == rtp(seq=5)
    for refused in (first, forged[:-1] + bytes([forged[-1] ^ 1]), b"", b"short", bytes(1400), bytes(2000)):
        assert opens(refused) is None
    assert opens(forged) == rtp(seq=6)
