"""Whose hello comes first does not matter: the caller is who holds the certificate that their answer named."""

import asyncio
import os
from collections.abc import Callable

import pytest

from calls import secure, stun
from calls.handshake import RANDOM, Handshake, random_of
from calls.secure import DATAGRAMS, MAX_TRIES, Secure
from tests.calls.client import Client
from tests.calls.halls import hall
from tests.calls.packets import BROKEN_HELLO
from tests.calls.waiting import on_loop, until


async def strange_hello() -> bytes:
    """The whole hello of a real DTLS client that is nobody's caller."""
    sent: list[bytes] = []
    stranger = Secure(sent.append, lambda state: None)
    stranger.start([("sha-256", stranger.fingerprint)], "client")
    await until(lambda: sent)
    stranger.close()
    return sent[0]


class Overtaken(Client):
    """From whose proven address somebody else says hello; the caller's own follows once the unit has answered that."""

    hello = b""
    answers_to_others = 0

    def datagram_received(self, data: bytes) -> None:
        if not self.hello or self.answers_to_others:
            super().datagram_received(data)
        elif 19 < data[0] < 64:
            self.answers_to_others += 1
            self.secure.start([("sha-256", self._fingerprint)], "client")
        elif stun.succeeds(data):
            self.send_datagram(self.hello)


@on_loop
async def test_a_whole_hello_before_the_callers_own_from_its_address_does_not_stop_it() -> None:
    async with hall() as here:
        ann = Overtaken(here.unit, here.desk, "ann", {})
        ann.hello = await strange_hello()
        await ann.join()
        assert ann.answers_to_others
        assert ann.states == ["connected"]
        assert here.peer(ann).secure.connected
        ann.vanish()


@on_loop
async def test_a_whole_hello_from_another_address_is_not_looked_at() -> None:
    async with hall() as here:
        loop = asyncio.get_running_loop()
        strange, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=("127.0.0.1", here.unit.port)
        )
        strange.sendto(await strange_hello())
        ann = await here.joined(1)
        assert ann.states == ["connected"]
        assert here.unit.figures()["refused"] == 1
        strange.close()


class Shaking:
    """A caller and the unit's end of it; what the caller sends is held until `passes`."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.answers: list[bytes] = []
        self.held: list[bytes] = []
        self.passes = False
        self.others: Callable[[bytes], None] = lambda data: None  # at the caller's address
        self.unit = Secure(self.answer, self.said.append)
        self.caller = Secure(self.say, lambda state: None)
        self.unit.start([("sha-256", self.caller.fingerprint)], "server")
        self.caller.start([("sha-256", self.unit.fingerprint)], "client")

    def answer(self, data: bytes) -> None:
        self.answers.append(data)
        self.others(data)
        if self.passes:
            self.caller.take(data)

    def say(self, data: bytes) -> None:
        self.held.append(data)
        if self.passes:
            self.unit.take(data)

    def go_on(self) -> None:
        """What was held is said, and from now on all passes."""
        self.passes = True
        for data in self.held:
            self.unit.take(data)

    async def comes_in(self) -> None:
        """The caller goes on, and gets in."""
        self.go_on()
        await until(lambda: self.said)
        assert self.said == ["connected"]
        self.close()

    def close(self) -> None:
        self.unit.close()
        self.caller.close()


def others(hello: bytes, number: int) -> list[bytes]:
    """So many hellos of others, each as whole as this one."""
    return [hello[: RANDOM.start] + os.urandom(32) + hello[RANDOM.stop :] for _ in range(number)]


@on_loop
async def test_a_whole_hello_right_behind_the_callers_does_not_stop_it_either() -> None:
    both = Shaking()
    await until(lambda: both.held)
    both.go_on()
    both.unit.take(await strange_hello())
    await until(lambda: both.said)
    assert both.said == ["connected"]
    assert both.unit._tries == {}
    both.close()


@on_loop
async def test_a_flood_of_whole_hellos_begins_few_handshakes() -> None:
    both = Shaking()
    for one in others(await strange_hello(), 200):
        both.unit.take(one)
    assert len(both.unit._tries) == len(both.unit._tasks) == MAX_TRIES
    both.close()


class Given:
    """The datagrams that a handshake is given."""

    def __init__(self, one: Handshake) -> None:
        self.datagrams: list[bytes] = []
        one.take = self.datagrams.append


@on_loop
async def test_of_a_flood_of_what_fits_any_handshake_they_are_given_little_by_little() -> None:
    both = Shaking()
    both.unit.take(await strange_hello())
    (one,) = both.unit._tries.values()
    given = Given(one)
    began_at = asyncio.get_running_loop().time()
    for _ in range(DATAGRAMS * 5):
        both.unit.take(b"\x16" + bytes(50))
    seconds = asyncio.get_running_loop().time() - began_at
    assert DATAGRAMS <= len(given.datagrams) <= DATAGRAMS * (1 + seconds) + 1
    before = len(given.datagrams)

    def goes_on() -> bool:
        both.unit.take(b"\x16" + bytes(50))
        return len(given.datagrams) > before

    await until(goes_on)
    both.close()


@on_loop
async def test_a_handshake_that_broke_off_is_given_nothing_more() -> None:
    both = Shaking()
    for hello in others(await strange_hello(), 2):
        both.unit.take(hello)
    first, second = both.unit._tries.values()
    first.take(BROKEN_HELLO)
    await until(lambda: first.is_spoilt)
    given, beside = Given(first), Given(second)
    both.unit.take(b"\x16" + bytes(50))
    assert (len(given.datagrams), len(beside.datagrams)) == (0, 1)
    both.close()


@on_loop
async def test_a_flood_behind_the_caller_does_not_take_its_place() -> None:
    both = Shaking()
    await until(lambda: both.held)
    both.go_on()
    for one in others(both.held[0], 200):
        both.unit.take(one)
    await until(lambda: both.said)
    assert both.said == ["connected"]
    both.close()


@on_loop
async def test_a_flood_before_the_caller_makes_room_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Shaking()
    await until(lambda: both.held)
    for one in others(both.held[0], 200):
        both.unit.take(one)
    before = list(both.unit._tries)
    both.unit.take(both.held[0])
    assert list(both.unit._tries) == before
    monkeypatch.setattr(secure, "TRY_SECONDS", 0.0)
    await both.comes_in()


async def finished_by_a_stranger(both: Shaking) -> Handshake:
    """The unit's end of a handshake that somebody at the caller's address finished with a certificate of their own."""
    stranger = Secure(both.unit.take, lambda state: None)
    both.others = stranger.take
    stranger.start([("sha-256", both.unit.fingerprint)], "client")
    await until(lambda: both.unit._tries)
    (one,) = both.unit._tries.values()
    await until(lambda: one.has_failed)
    assert not one.is_spoilt
    stranger.close()
    return one


@on_loop
async def test_who_finishes_with_another_certificate_beside_the_caller_does_not_stop_it() -> None:
    both = Shaking()
    await until(lambda: both.held)
    one = await finished_by_a_stranger(both)
    assert one in both.unit._tries.values()
    assert both.said == []
    await both.comes_in()


@on_loop
async def test_a_place_where_the_wrong_one_finished_is_free_soon_and_the_caller_still_comes_in() -> None:
    both = Shaking()
    await until(lambda: both.held)
    one = await finished_by_a_stranger(both)
    both.unit.take(both.held[0])
    await until(lambda: one not in both.unit._tries.values())
    assert both.said == []
    await both.comes_in()


@on_loop
async def test_who_finishes_alone_with_another_certificate_is_refused() -> None:
    both = Shaking()
    await finished_by_a_stranger(both)
    await until(lambda: both.said)
    assert both.said == ["closed"]
    both.close()


def breaks(one: Handshake, at: asyncio.Event) -> None:
    """What aiortc does breaks there, once `at` is set."""

    async def start(expected: object) -> None:
        await at.wait()
        raise ValueError("a strange certificate")

    one._dtls.start = start  # type: ignore[method-assign,assignment]


@on_loop
async def test_a_handshake_that_breaks_beside_the_caller_does_not_stop_it_before_or_after(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for is_late in (False, True):
        both, at = Shaking(), asyncio.Event()
        await until(lambda both=both: both.held)
        both.unit.take(await strange_hello())
        (stranger,) = both.unit._tries.values()
        breaks(stranger, at)
        if not is_late:
            at.set()
            await until(lambda stranger=stranger: stranger.has_failed)
        both.go_on()
        await until(lambda both=both: both.said)
        at.set()
        await until(lambda both=both: not both.unit._tasks)
        assert both.said == ["connected"]
        assert both.unit.connected
        assert "a strange certificate" in caplog.text
        caplog.clear()
        both.close()


@on_loop
async def test_a_hello_is_known_by_its_random_number() -> None:
    hello = await strange_hello()
    number = random_of(hello)
    assert number == hello[27:59]
    later = hello[:5] + bytes(5) + b"\x01" + hello[11:17] + b"\x00\x01" + hello[19:]  # said again, with a cookie
    assert random_of(later) == number
    assert random_of(hello[:58]) is None
    assert random_of(b"\x17" + hello[1:]) is None
    assert random_of(hello[:13] + b"\x02" + hello[14:]) is None
    assert random_of(hello[:4] + b"\x01" + hello[5:]) is None  # encrypted
    assert random_of(hello[:21] + b"\x09" + hello[22:]) is None  # the second part of one
