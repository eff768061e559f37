"""Messages out of bytes: whole wherever they are cut, and what is no WebSocket is refused before it is gathered."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.util import _websocket_mask

from handlers.incoming import NOT_THE_PROTOCOL, TOO_BIG, Broken, Incoming, Message

MASK = b"\x01\x7f\x80\xfe"
TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
MOST = 70_000


def frame(opcode: int, payload: bytes = b"", *, fin: bool = True, mask: bytes = MASK, reserved: int = 0) -> bytes:
    """One frame of a client; without a mask, of a server."""
    length, masked = len(payload), 0x80 if mask else 0
    if length < 126:
        size = bytes([masked | length])
    elif length <= 0xFFFF:
        size = bytes([masked | 126]) + length.to_bytes(2, "big")
    else:
        size = bytes([masked | 127]) + length.to_bytes(8, "big")
    return bytes([0x80 * fin | reserved | opcode]) + size + mask + (_websocket_mask(mask, payload) if mask else payload)


def heard(*parts: bytes) -> list[Message]:
    incoming = Incoming(MOST)
    return [message for part in parts for message in incoming.take(part)]


messages = st.lists(
    st.tuples(st.sampled_from([TEXT, BINARY]), st.lists(st.binary(max_size=300), min_size=1, max_size=3))
)


@given(messages, st.lists(st.integers(0, 3000), max_size=8), st.booleans())
def test_messages_are_whole_wherever_the_bytes_are_cut(
    said: list[tuple[int, list[bytes]]], cuts: list[int], pinged: bool
) -> None:
    ping = frame(PING, b"there?") if pinged else b""
    wire, expected = b"", list[Message]()
    for opcode, parts in said:
        for number, part in enumerate(parts):
            is_last = number == len(parts) - 1
            wire += frame(opcode if number == 0 else 0, part, fin=is_last) + ping
            expected += [(opcode, b"".join(parts))] * is_last + [(PING, b"there?")] * pinged
    places = sorted({0, len(wire), *(cut for cut in cuts if cut < len(wire))})
    assert heard(*(wire[one:other] for one, other in pairwise(places))) == expected


@pytest.mark.parametrize("length", [0, 125, 126, 65535, 65536, MOST])
def test_every_length_is_read_in_small_pieces_too(length: int) -> None:
    payload = bytes(range(256)) * (length // 256 + 1)
    wire = frame(BINARY, payload[:length]) + frame(PING)
    expected = [(BINARY, payload[:length]), (PING, b"")]
    assert heard(wire) == heard(*(wire[at : at + 997] for at in range(0, len(wire), 997))) == expected


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (frame(BINARY, b"x", mask=b""), NOT_THE_PROTOCOL),
        (frame(BINARY, mask=b""), NOT_THE_PROTOCOL),
        (frame(BINARY, b"x", reserved=0x40), NOT_THE_PROTOCOL),
        (frame(PING, b"x" * 126), NOT_THE_PROTOCOL),
        (frame(PING, b"x", fin=False), NOT_THE_PROTOCOL),
        (frame(0, b"x"), NOT_THE_PROTOCOL),
        (frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"), NOT_THE_PROTOCOL),
        (frame(TEXT, b"x", fin=False) + frame(0, b"y") + frame(0, b"z"), NOT_THE_PROTOCOL),
        (frame(BINARY, bytes(MOST + 1))[:20], TOO_BIG),
        (frame(BINARY, bytes(MOST), fin=False) + frame(0, b"x")[:6], TOO_BIG),
        (b"\x82\xff" + b"\xff" * 8, TOO_BIG),
    ],
)
def test_what_is_no_websocket_is_refused_by_its_header(wire: bytes, code: int) -> None:
    with pytest.raises(Broken) as refused:
        heard(wire)
    assert refused.value.code == code


def test_what_was_whole_before_is_heard_first() -> None:
    incoming = Incoming(MOST)
    taken = incoming.take(frame(BINARY, b"first") + frame(BINARY, b"second", mask=b""))
    assert next(taken) == (BINARY, b"first")
    with pytest.raises(Broken):
        next(taken)


def test_a_close_comes_with_its_payload_and_an_opcode_without_a_meaning_too() -> None:
    assert heard(frame(CLOSE, b"\x03\xe8bye") + frame(3, b"?")) == [(CLOSE, b"\x03\xe8bye"), (3, b"?")]


def test_parts_of_nothing_take_no_room_and_are_counted() -> None:
    incoming, nothing = Incoming(MOST), frame(0, fin=False)
    assert list(incoming.take(frame(BINARY, fin=False) + nothing * 5000)) == []
    assert incoming.frames == 5001
    assert not any(isinstance(kept, list) for kept in vars(incoming).values())
    assert list(incoming.take(frame(0, b"x"))) == [(BINARY, b"x")]
