"""Opening ports."""

import asyncio
import logging
import socket
from contextlib import ExitStack, suppress

import pytest
from tornado.testing import bind_unused_port
from tornado.web import Application

from handlers.crowd import Crowd
from handlers.listening import MOST_AT_ONCE, CannotListen, Few, Listening


@pytest.mark.gen_test
async def test_any_free_port_is_told_and_let_go() -> None:
    port = Listening(Application(), "127.0.0.1", 0)
    assert port.port > 0
    port.stop()
    await port.close()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # Tornado's own, when it cannot bind
@pytest.mark.gen_test
async def test_a_port_in_use_is_one_sentence_with_the_next_step() -> None:
    held, taken = bind_unused_port()
    with pytest.raises(CannotListen, match="--http-port"):
        Listening(Application(), "127.0.0.1", taken)
    held.close()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # as above
@pytest.mark.gen_test
@pytest.mark.parametrize("address", ["192.0.2.1", "nobody.invalid"])  # RFC 5737 and RFC 6761: nobody's
async def test_an_address_of_another_machine_is_said_so(address: str) -> None:
    with pytest.raises(CannotListen, match="--address"):
        Listening(Application(), address, 0)


def test_a_few_are_let_in_and_then_those_who_are_here_have_their_turn() -> None:
    with ExitStack() as leaving:
        door = leaving.enter_context(Few(socket.create_server(("127.0.0.1", 0))))
        for _ in range(MOST_AT_ONCE + 2):
            leaving.enter_context(socket.create_connection(door.getsockname()))
        came = [0, 0, 0]
        for number in range(3):
            with suppress(BlockingIOError):
                while True:
                    leaving.enter_context(door.accept()[0])
                    came[number] += 1
        assert came == [MOST_AT_ONCE, 2, 0]


@pytest.mark.gen_test
async def test_a_phone_that_does_not_trust_us_yet_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    port = Listening(Application(), "127.0.0.1", 0)
    general = logging.getLogger("tornado.general")
    with caplog.at_level(logging.WARNING):
        general.warning("SSL Error on %s %s: %s", 7, "127.0.0.1", "unknown ca")
        general.warning("Something else")
    assert [record.getMessage() for record in caplog.records] == ["Something else"]
    port.stop()
    await port.close()


@pytest.mark.gen_test
async def test_a_port_lets_in_a_few_at_a_time() -> None:
    crowd = Crowd()
    port = Listening(Application(), "127.0.0.1", 0, crowd=crowd)
    with ExitStack() as leaving:
        for _ in range(MOST_AT_ONCE + 2):
            leaving.enter_context(socket.create_connection(("127.0.0.1", port.port)))
        seen = set[int]()
        async with asyncio.timeout(10):
            while len(crowd) < MOST_AT_ONCE + 2:
                await asyncio.sleep(0)
                seen.add(len(crowd))
    assert MOST_AT_ONCE in seen
    port.stop()
    await port.close()
