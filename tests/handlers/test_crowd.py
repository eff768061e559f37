"""The crowd at the door: one machine cannot take all the room, and what is kept back stays free."""

import asyncio
import gc
import os
import socket
import struct
import weakref

import pytest
from tornado.iostream import IOStream, StreamClosedError
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from handlers.crowd import RESERVE, Crowd, Doorway, allow_many_files
from handlers.listening import Listening

ELSEWHERE = "192.0.2.7"


def test_one_address_has_so_many_places_and_another_still_comes_in() -> None:
    crowd = Crowd(most=2)
    assert [crowd.enters(ELSEWHERE, 10) for _ in range(3)] == [True, True, False]
    assert crowd.enters("192.0.2.8", 10)
    crowd.leaves(ELSEWHERE)
    assert crowd.enters(ELSEWHERE, 10)


def test_behind_a_proxy_or_on_this_machine_many_may_stand() -> None:
    crowd = Crowd(most=2, trusted=("192.0.2.1",))
    for address in ("127.0.0.1", "::1", "192.0.2.1"):
        assert all(crowd.enters(address, 10) for _ in range(9)), address


def test_the_last_handles_are_kept_for_the_database_and_files() -> None:
    crowd = Crowd(files=1000)
    assert crowd.enters("127.0.0.1", 1000 - RESERVE - 1)
    assert not crowd.enters("127.0.0.1", 1000 - RESERVE)
    assert Crowd(files=0).enters("127.0.0.1", 10**6), "where the system knows no limit"


def test_who_has_left_costs_nothing() -> None:
    crowd = Crowd()
    assert crowd.enters(ELSEWHERE, 10)
    assert len(crowd) == 1
    crowd.leaves(ELSEWHERE)
    assert (len(crowd), dict(crowd._waiting)) == (0, {})


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_as_many_handles_are_taken_as_the_system_gives() -> None:
    import resource

    assert allow_many_files() == resource.getrlimit(resource.RLIMIT_NOFILE)[0]


@pytest.mark.gen_test
async def test_a_connection_too_many_is_hung_up_on_and_room_is_made_when_one_goes() -> None:
    crowd = Crowd()
    port = Listening(Application(), "127.0.0.1", 0, crowd=crowd)

    async def calls() -> IOStream:
        stream = IOStream(socket.socket())
        await stream.connect(("127.0.0.1", port.port))
        return stream

    first = await calls()
    async with asyncio.timeout(10):
        while len(crowd) != 1:  # noqa: ASYNC110 - nothing signals it
            await asyncio.sleep(0.001)
        crowd.files = RESERVE
        with pytest.raises(StreamClosedError):
            await (await calls()).read_bytes(1)
        crowd.files = 0
        first.close()
        while len(crowd):  # noqa: ASYNC110 - nothing signals it
            await asyncio.sleep(0.001)
    port.stop()
    await port.close()


@pytest.mark.gen_test
async def test_who_breaks_off_in_the_middle_of_a_request_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    came = list[weakref.ref[IOStream]]()
    enter = Doorway.handle_stream

    def noted(self: Doorway, stream: IOStream, address: tuple[str, int]) -> None:
        came.append(weakref.ref(stream))
        enter(self, stream, address)

    monkeypatch.setattr(Doorway, "handle_stream", noted)
    crowd = Crowd()
    port = Listening(Application(), "127.0.0.1", 0, crowd=crowd)
    gc.disable()
    try:
        async with asyncio.timeout(10):
            with socket.create_connection(("127.0.0.1", port.port)) as line:
                line.sendall(b"GET / HTTP/1.1\r\n" + b"x" * 30_000)
                while not len(crowd):  # noqa: ASYNC110 - nothing signals it
                    await asyncio.sleep(0.001)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # ends in a reset
            while came[0]() is not None:  # noqa: ASYNC110 - nothing signals it
                await asyncio.sleep(0.001)
    finally:
        gc.enable()
    port.stop()
    await port.close()


@pytest.mark.gen_test
async def test_a_socket_takes_no_place_at_the_door() -> None:
    crowd = Crowd()
    port = Listening(Application([(r"/ws", WebSocketHandler)]), "127.0.0.1", 0, crowd=crowd)
    open_socket = await websocket_connect(f"ws://127.0.0.1:{port.port}/ws")
    async with asyncio.timeout(10):
        while len(crowd):  # noqa: ASYNC110 - nothing signals it
            await asyncio.sleep(0.001)
    assert open_socket.close_code is None
    open_socket.close()
    await open_socket.read_message()
    port.stop()
    await port.close()
