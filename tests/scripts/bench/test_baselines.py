"""The plain loops do what they are compared for: every client hears every frame."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.bench.baselines import loop_of_send, loop_of_write_message
from scripts.bench.client import Crowd, Place, connected
from scripts.bench.house import free_port, is_open
from scripts.bench.measured import Measured
from trust import Household, open_household, present

MARK = b"message.sent"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    """Certificates for this machine's loopback."""
    folder = tmp_path_factory.mktemp("certs")
    return open_household(folder, label="bench", hosts=["127.0.0.1"], now=present())


@pytest.mark.parametrize(("loop", "extra"), [(loop_of_write_message, ()), (loop_of_send, (5,))])
def test_everybody_hears_every_frame(household: Household, loop: Callable[..., None], extra: tuple[int, ...]) -> None:
    port = free_port()
    place = Place(port, Path(household.folder) / "authority" / "root.pem")

    async def speak() -> list[bytes]:
        heard = []
        async with connected(place) as client:
            for text in (b"short", b"y" * 300):
                client.send(MARK + text)
                heard.append(await client.receive())
        return heard

    with Measured(loop, port, household.folder, *extra) as server:
        server.wait_until(lambda: is_open(port))
        with Crowd(place, 5, MARK) as crowd:
            assert asyncio.run(speak()) == [MARK + b"short", MARK + b"y" * 300]
            assert crowd.wait_for(2) == 2 * 5
        assert server.cpu_seconds() > 0
