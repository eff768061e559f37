"""Opening ports."""

import logging

import pytest
from tornado.testing import bind_unused_port
from tornado.web import Application

from handlers.listening import CannotListen, Listening


@pytest.mark.gen_test
async def test_any_free_port_is_told_and_let_go() -> None:
    port = Listening(Application(), "127.0.0.1", 0)
    assert port.port > 0
    port.stop()
    await port.close()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # Tornado's own, when it cannot bind
@pytest.mark.gen_test
async def test_a_port_in_use_is_one_sentence_with_the_next_step() -> None:
    socket, taken = bind_unused_port()
    with pytest.raises(CannotListen, match="--http-port"):
        Listening(Application(), "127.0.0.1", taken)
    socket.close()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # as above
@pytest.mark.gen_test
@pytest.mark.parametrize("address", ["192.0.2.1", "nobody.invalid"])  # RFC 5737 and RFC 6761: nobody's
async def test_an_address_of_another_machine_is_said_so(address: str) -> None:
    with pytest.raises(CannotListen, match="--address"):
        Listening(Application(), address, 0)


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
