"""What others wrote does what it is compared for: every client hears every frame."""

import asyncio
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from scripts.bench.client import Crowd, Place, connected
from scripts.bench.fanout import Server, main
from scripts.bench.house import free_port, is_open
from scripts.bench.measured import Measured
from scripts.bench.peers import Node, broadcast_of_websockets, in_socket_io, socket_io_event
from trust import Household, open_household, present

MARK = b"message.sent"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    """Certificates for this machine's loopback."""
    folder = tmp_path_factory.mktemp("certs")
    return open_household(folder, label="bench", hosts=["127.0.0.1"], now=present())


async def speak(place: Place, said: bytes = MARK) -> bytes:
    async with connected(place) as client:
        client.send(said)
        return await client.receive()


@pytest.mark.parametrize("name", ["websockets", "ws"])
def test_everybody_hears_every_frame(household: Household, name: str) -> None:
    port = free_port()
    place = Place(port, Path(household.folder) / "authority" / "root.pem")
    server: AbstractContextManager[Server]
    if name == "ws":
        server = Node(port, Path(household.folder))
    else:
        server = Measured(broadcast_of_websockets, port, household.folder)
    with server as running:
        if isinstance(running, Measured):
            running.wait_until(lambda: is_open(port))
        with Crowd(place, 5, MARK) as crowd:
            assert asyncio.run(speak(place)) == MARK
            assert crowd.wait_for(1) == 5
        assert running.cpu_seconds() > 0
    assert not is_open(port)


def test_everybody_hears_every_event_of_socket_io(household: Household) -> None:
    port = free_port()
    place = in_socket_io(port, Path(household.folder) / "authority" / "root.pem")
    event = socket_io_event(MARK.decode(), {"text": "Hello"})
    with Node(port, Path(household.folder), "socket_io.mjs") as running:
        with Crowd(place, 5, MARK) as crowd:
            assert asyncio.run(speak(place, event)) == event
            assert crowd.wait_for(1) == 5
        assert running.cpu_seconds() > 0
    assert not is_open(port)


def test_they_stand_beside_us_when_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--receivers", "3", "--messages", "10", "--rounds", "1", "--peers"])
    rows = capsys.readouterr().out.splitlines()[4:]
    assert [("websockets" in row, "of ws" in row) for row in rows].count((True, False)) == 1
    assert rows[3].startswith("| a loop of `send` of ws (node) |")
    assert rows[4].startswith("| `emit` of Socket.IO (node) |")
