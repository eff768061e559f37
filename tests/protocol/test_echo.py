"""What may be asked of the echo: limits that are checked before anything is done."""

from typing import Any

import pytest

from protocol import echo
from protocol.codec import read_command
from protocol.echo import OpenEcho
from protocol.errors import Refusal
from tests.protocol.registered import asks_and_tells, unregistered


def test_every_command_and_event_of_the_echo_is_in_its_registry() -> None:
    assert unregistered(echo) == []
    assert min(asks_and_tells(echo)) > 0


def test_an_echo_needs_no_more_than_to_be_asked_for() -> None:
    assert isinstance(read_command("echo.open", {}), OpenEcho)


@pytest.mark.parametrize("given", [{}, {"version": 0, "sdp": "v=0"}, {"version": 1, "sdp": "x" * 70_000}])
def test_what_does_not_fit_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        read_command("echo.take", given)
