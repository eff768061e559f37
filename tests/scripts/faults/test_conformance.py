"""WebSocket conformance is as quick as it is long, and its frames are what they claim to be."""

import pytest

from scripts.bench.client import client_frame, first_frame
from scripts.faults import conformance
from scripts.faults.conformance import BINARY, FIN, PINGS, raw


def test_the_sockets_conform() -> None:
    assert [one for one in conformance.run(long=False) if not one.holds] == []


@pytest.mark.parametrize("length", [0, 125, 126, 5000])
def test_a_raw_frame_without_a_fault_is_a_frame(length: int) -> None:
    assert raw(BINARY, b"x" * length) == client_frame(b"x" * length)
    assert first_frame(raw(BINARY, b"x" * length, masked=False)) == (
        BINARY,
        b"x" * length,
        length + (2 if length < 126 else 4),
    )


def test_its_first_byte_may_say_anything() -> None:
    assert raw(PINGS, b"x", first=0)[0] == PINGS
    assert raw(BINARY, b"x", first=FIN | 0x40)[0] == 0xC2
