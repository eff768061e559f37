"""One port for everybody: a datagram reaches who it is for, and only from who proved to be them."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import ice, mux, stun
from calls.ice import Agent
from calls.mux import Mux, TcpPair
from tests.calls.checks import check, nomination
from tests.calls.waiting import on_loop, until

MEDIA = b"\x80media"
HOSTS = ("127.0.0.1", "::1")


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Place:
    """A mux on loopback with one agent, and what reached it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.took: list[bytes] = []
        self.pauses: list[int] = []  # how much it had taken at each
        self.mux = Mux(self.clock, lambda: self.pauses.append(len(self.took)))
        self.agent = Agent(self.took.append, now=0.0)
        self.mux.attach(self.agent)

    async def took_something(self) -> list[bytes]:
        await until(lambda: self.took)
        return self.took


@asynccontextmanager
async def place() -> AsyncIterator[Place]:
    one = Place()
    await one.mux.open(HOSTS)
    try:
        yield one
    finally:
        one.mux.close()


class Client:
    """A UDP socket of a phone."""

    def __init__(self, place: Place, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.connect((host, place.mux.port))

    def send(self, data: bytes) -> None:
        self.socket.send(data)

    async def heard(self) -> bytes:
        return await asyncio.get_running_loop().sock_recv(self.socket, 2048)

    async def ask(self, request: bytes) -> stun.Message:
        self.send(request)
        return stun.parse(await self.heard())

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


async def refused(place: Place, count: int) -> None:
    await until(lambda: place.mux.refused >= count)


async def closed(reader: asyncio.StreamReader) -> bool:
    """Whether the other end closes, and says nothing before."""
    try:
        return await reader.read() == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("host", HOSTS)
@on_loop
async def test_a_check_is_answered_with_the_address_it_came_from(host: str) -> None:
    async with place() as here:
        with Client(here, host) as phone:
            answer = await phone.ask(check(here.agent))
            own = phone.socket.getsockname()
            assert answer.kind == stun.BINDING_SUCCESS
            assert answer.verifies(here.agent.credentials.password)
            assert answer.attributes[stun.XOR_MAPPED_ADDRESS] == stun.xor_address(own[0], own[1], answer.transaction)


@pytest.mark.parametrize("host", HOSTS)
@on_loop
async def test_media_passes_both_ways_once_the_address_is_proved(host: str) -> None:
    async with place() as here:
        with Client(here, host) as phone:
            await phone.ask(nomination(here.agent))
            phone.send(MEDIA)
            assert await here.took_something() == [MEDIA]
            await until(lambda: here.pauses[-1] == 1)
            here.agent.send(b"back")
            assert await phone.heard() == b"back"


@pytest.mark.parametrize("host", HOSTS)
@on_loop
async def test_a_loop_that_watches_no_sockets_reads_its_own_way(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def watches_none(*_: object) -> None:
        raise NotImplementedError  # as the loop of Windows does

    for name in ("add_reader", "remove_reader"):
        monkeypatch.setattr(asyncio.get_running_loop(), name, watches_none)
    async with place() as here:
        with Client(here, host) as phone:
            await phone.ask(nomination(here.agent))
            phone.send(MEDIA)
            assert await here.took_something() == [MEDIA]
            await until(lambda: here.pauses[-1] == 1)
            here.agent.send(b"back")
            assert await phone.heard() == b"back"
        port = here.mux.port
    await asyncio.sleep(0)  # a transport closes in the next turn of the loop
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.bind(("127.0.0.1", port))


@on_loop
async def test_what_comes_from_an_unproved_address_reaches_nobody() -> None:
    async with place() as here:
        with Client(here) as phone, Client(here) as stranger:
            await phone.ask(nomination(here.agent))
            stranger.send(MEDIA)
            stranger.send(b"\x16a ClientHello before the caller's")
            await refused(here, 2)
            assert here.took == []


@on_loop
async def test_media_follows_a_peer_to_an_address_that_proved_itself() -> None:
    async with place() as here:
        with Client(here) as old, Client(here) as new:
            await old.ask(nomination(here.agent))
            new.send(MEDIA)
            await refused(here, 1)
            here.agent.send(b"not yet")
            assert await old.heard() == b"not yet"
            here.clock.seconds = 5
            await new.ask(check(here.agent))
            new.send(MEDIA)
            await here.took_something()
            assert here.agent.selected
            assert here.agent.selected.address == old.socket.getsockname(), "anybody may have sent it"
            here.agent.opened()
            assert here.agent.selected.address == new.socket.getsockname()
            here.agent.send(b"back")
            assert await new.heard() == b"back"


@on_loop
async def test_a_wrong_key_is_met_with_silence() -> None:
    async with place() as here:
        with Client(here) as stranger:
            stranger.send(check(here.agent, password="guessed"))
            stranger.send(check(here.agent, ufrag="nobody"))
            stranger.send(stun.build(stun.BINDING_REQUEST, bytes(12)))
            await refused(here, 3)
            with pytest.raises(BlockingIOError):
                stranger.socket.recv(2048)


@on_loop
async def test_an_indication_is_no_question() -> None:
    async with place() as here:
        with Client(here) as phone:
            keys = here.agent.credentials
            name = [(stun.USERNAME, f"{keys.ufrag}:them".encode())]
            phone.send(stun.build(stun.BINDING_INDICATION, bytes(12), name, keys.password))
            await refused(here, 1)


@on_loop
async def test_each_peer_hears_its_own() -> None:
    async with place() as here:
        took: list[bytes] = []
        other = Agent(took.append, now=0.0)
        here.mux.attach(other)
        with Client(here) as phone, Client(here) as tablet:
            await phone.ask(nomination(here.agent))
            await tablet.ask(nomination(other))
            tablet.send(b"\x80tablet")
            phone.send(b"\x80phone")
            await until(lambda: here.took and took)
            assert (here.took, took) == ([b"\x80phone"], [b"\x80tablet"])


@on_loop
async def test_who_is_silent_for_too_long_loses_the_way() -> None:
    async with place() as here:
        with Client(here) as phone:
            await phone.ask(nomination(here.agent))
            here.clock.seconds = ice.CONSENT_SECONDS - 1
            here.mux.sweep()
            assert here.agent.selected is not None
            here.clock.seconds = ice.CONSENT_SECONDS + 1
            here.mux.sweep()
            assert here.agent.selected is None
            phone.send(MEDIA)
            await refused(here, 1)
            assert here.took == []


@on_loop
async def test_who_left_is_not_answered() -> None:
    async with place() as here:
        with Client(here) as phone:
            here.mux.detach(here.agent)
            here.agent.close()
            phone.send(check(here.agent))
            await refused(here, 1)


@on_loop
async def test_a_mistake_over_one_peers_datagram_harms_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    async with place() as here:
        broken = Agent(lambda data: {}[data], now=0.0)  # type: ignore[index]
        here.mux.attach(broken)
        with Client(here) as one, Client(here) as phone:
            await one.ask(nomination(broken))
            await phone.ask(nomination(here.agent))
            one.send(MEDIA)
            phone.send(MEDIA)
            assert await here.took_something() == [MEDIA]
            assert "was not handled" in caplog.text


def framed(*datagrams: bytes) -> bytes:
    return b"".join(struct.pack("!H", len(one)) + one for one in datagrams)


@on_loop
async def test_tcp_carries_the_same_datagrams() -> None:
    async with place() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", here.mux.port)
        asked = framed(nomination(here.agent), MEDIA)
        for byte in asked:  # however the bytes arrive
            writer.write(bytes([byte]))
        (length,) = struct.unpack("!H", await reader.readexactly(2))
        assert stun.succeeds(await reader.readexactly(length))
        assert await here.took_something() == [MEDIA]
        await until(lambda: here.pauses[-1] == 1)
        here.agent.send(b"back")
        assert await reader.readexactly(6) == framed(b"back")
        writer.close()
        await until(lambda: here.agent.selected is None)


@on_loop
async def test_a_tcp_stranger_is_heard_by_nobody_and_sent_away() -> None:
    async with place() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", here.mux.port)
        writer.write(framed(MEDIA, check(here.agent, password="guessed")))
        await refused(here, 2)
        here.clock.seconds = mux.STRANGER_SECONDS + 1
        here.mux.sweep()
        assert await closed(reader)
        assert here.took == []
        writer.close()


@on_loop
async def test_a_datagram_that_is_too_long_ends_its_connection() -> None:
    async with place() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", here.mux.port)
        writer.write(struct.pack("!H", mux.MAX_DATAGRAM + 1) + b"x")
        assert await closed(reader)
        writer.close()


@on_loop
async def test_the_oldest_tcp_stranger_makes_room_for_another() -> None:
    async with place() as here:
        links = [await asyncio.open_connection("127.0.0.1", here.mux.port) for _ in range(mux.MAX_STRANGERS + 1)]
        assert await closed(links[0][0])
        assert len(here.mux.strangers) == mux.MAX_STRANGERS
        for _, writer in links:
            writer.close()


@on_loop
async def test_who_reads_nothing_over_tcp_misses_media_and_fills_no_memory() -> None:
    async with place() as here:
        _, writer = await asyncio.open_connection("127.0.0.1", here.mux.port, limit=1)
        writer.write(framed(nomination(here.agent)))
        await until(lambda: here.agent.selected)
        while not here.mux.dropped:
            here.agent.send(bytes(1200))
        pair = here.agent.selected
        assert isinstance(pair, TcpPair)
        assert pair._transport is not None
        assert pair._transport.get_write_buffer_size() < mux.MAX_UNSENT + 2 * 1200
        writer.close()


@on_loop
async def test_what_is_sent_over_a_tcp_connection_that_just_broke_is_dropped_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with place() as here:
        _, writer = await asyncio.open_connection("127.0.0.1", here.mux.port)
        writer.write(framed(nomination(here.agent)))
        await until(lambda: here.agent.selected)
        pair = here.agent.selected
        assert isinstance(pair, TcpPair)
        assert pair._transport is not None
        pair._transport.abort()
        for _ in range(20):
            here.agent.send(bytes(1200))
        assert (here.mux.dropped, caplog.messages) == (20, [])
        writer.close()
        await until(lambda: here.agent.selected is None)


@on_loop
async def test_a_port_that_is_taken_is_told() -> None:
    async with place() as here:
        with pytest.raises(OSError):
            await Mux(here.clock).open(HOSTS, here.mux.port)


@on_loop
async def test_a_host_that_this_machine_lacks_is_left_out_and_two_are_too_many() -> None:
    one = Mux(Clock())
    await one.open(("2001:db8::1", "127.0.0.1"))
    assert one.port
    one.close()
    with pytest.raises(OSError):
        await Mux(Clock()).open(("2001:db8::1",))


@given(st.lists(st.binary(max_size=60), max_size=20))
def test_whatever_comes_over_tcp_harms_nothing(pieces: list[bytes]) -> None:
    pair = TcpPair(Mux(Clock()))
    for piece in pieces:
        pair.data_received(piece)
    assert len(pair._held) <= 2 + mux.MAX_DATAGRAM


@given(st.binary(max_size=60))
def test_whatever_comes_from_a_stranger_is_refused(data: bytes) -> None:
    one = Mux(Clock())
    one.take(data, TcpPair(one))
    assert one.refused == 1
