"""STUN is read strictly, answered as a lite agent answers, and only to who knows the key."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import stun
from calls.stun import Malformed

TRANSACTION = bytes(range(12))
PASSWORD = "the-password-of-this-agent"

# The test vectors of RFC 5769, 2.1 to 2.3
SAMPLE_PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt"
SAMPLE_REQUEST = bytes.fromhex(
    "00010058 2112a442 b7e7a701bc34d686fa87dfae"
    "80220010 5354554e207465737420636c69656e74"
    "00240004 6e0001ff"
    "80290008 932ff9b151263b36"
    "00060009 6576746a3a68367659202020"
    "00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
    "80280004 e57a3bcf"
)
SAMPLE_ANSWER = bytes.fromhex(
    "0101003c 2112a442 b7e7a701bc34d686fa87dfae"
    "8022000b 7465737420766563746f7220"
    "00200008 0001a147e112a643"
    "00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7"
    "80280004 c07d4c96"
)
SAMPLE_ANSWER_6 = bytes.fromhex("0002a147 0113a9faa5d3f179bc25f4b5bed2b9d9")


def request(*more: tuple[int, bytes], password: str | None = PASSWORD) -> bytes:
    attributes = [(stun.USERNAME, b"ours:theirs"), (stun.PRIORITY, b"\0\0\0\1"), *more]
    return stun.build(stun.BINDING_REQUEST, TRANSACTION, attributes, password)


def test_the_sample_request_of_the_rfc_is_read() -> None:
    message = stun.parse(SAMPLE_REQUEST)
    assert message.kind == stun.BINDING_REQUEST
    assert message.username() == ("evtj", "h6vY")
    assert message.verifies(SAMPLE_PASSWORD)


def test_the_sample_answer_of_the_rfc_holds_the_address_as_we_write_it() -> None:
    message = stun.parse(SAMPLE_ANSWER)
    assert message.verifies(SAMPLE_PASSWORD)
    assert message.attributes[stun.XOR_MAPPED_ADDRESS] == stun.xor_address("192.0.2.1", 32853, message.transaction)
    assert stun.xor_address("2001:db8:1234:5678:11:2233:4455:6677", 32853, message.transaction) == SAMPLE_ANSWER_6


def test_a_scope_says_nothing_of_the_address() -> None:
    assert stun.xor_address("fe80::1%eth0", 1, TRANSACTION) == stun.xor_address("fe80::1", 1, TRANSACTION)


def test_what_is_built_can_be_read() -> None:
    message = stun.parse(request((stun.USE_CANDIDATE, b""), (0x8123, b"odd")))
    assert message.username() == ("ours", "theirs")
    assert message.attributes[stun.USE_CANDIDATE] == b""
    assert message.attributes[0x8123] == b"odd"
    assert message.verifies(PASSWORD)


def test_a_wrong_key_is_seen() -> None:
    assert not stun.parse(request(password="another")).verifies(PASSWORD)


def test_without_integrity_nothing_verifies() -> None:
    assert not stun.parse(request(password=None)).verifies(PASSWORD)


def test_a_changed_byte_is_seen_by_the_integrity_when_nobody_fixed_the_fingerprint() -> None:
    signed = bytearray(request()[: -stun.FINGERPRINT_LENGTH])
    struct.pack_into("!H", signed, 2, len(signed) - stun.HEADER_LENGTH)
    assert stun.parse(bytes(signed)).verifies(PASSWORD)
    signed[25] ^= 1
    assert not stun.parse(bytes(signed)).verifies(PASSWORD)


def test_a_wrong_fingerprint_is_refused() -> None:
    data = bytearray(request())
    data[-1] ^= 1
    with pytest.raises(Malformed, match="fingerprint"):
        stun.parse(bytes(data))


def test_what_stands_behind_the_integrity_is_not_believed() -> None:
    signed = request()[: -stun.FINGERPRINT_LENGTH]
    added = struct.pack("!HH", stun.USE_CANDIDATE, 0)
    data = signed[:2] + struct.pack("!H", len(signed) + len(added) - stun.HEADER_LENGTH) + signed[4:] + added
    message = stun.parse(data)
    assert message.verifies(PASSWORD)
    assert stun.USE_CANDIDATE not in message.attributes


def test_the_answer_is_signed_and_says_where_the_question_came_from() -> None:
    answer = stun.parse(stun.answer(stun.parse(request()), "192.0.2.7", 5000, PASSWORD))
    assert (answer.kind, answer.transaction) == (stun.BINDING_SUCCESS, TRANSACTION)
    assert answer.verifies(PASSWORD)
    assert answer.attributes[stun.XOR_MAPPED_ADDRESS] == stun.xor_address("192.0.2.7", 5000, TRANSACTION)


def test_who_claims_to_be_controlled_is_told_to_change() -> None:
    asked = stun.parse(request((stun.ICE_CONTROLLED, bytes(8))))
    answer = stun.parse(stun.answer(asked, "192.0.2.7", 5000, PASSWORD))
    assert answer.kind == stun.BINDING_ERROR
    assert answer.attributes[stun.ERROR_CODE][2:4] == bytes([4, 87])


def test_who_controls_is_answered() -> None:
    asked = stun.parse(request((stun.ICE_CONTROLLING, bytes(8))))
    assert stun.parse(stun.answer(asked, "::1", 5000, PASSWORD)).kind == stun.BINDING_SUCCESS


def test_what_must_be_understood_and_is_not_is_named() -> None:
    asked = stun.parse(request((0x7123, b"")))
    answer = stun.parse(stun.answer(asked, "192.0.2.7", 5000, PASSWORD))
    assert answer.attributes[stun.ERROR_CODE][2:4] == bytes([4, 20])
    assert answer.attributes[stun.UNKNOWN_ATTRIBUTES] == b"\x71\x23"


@pytest.mark.parametrize("name", [b"", b"ours", b"ours:", b":theirs", b"\xff:x"])
def test_a_username_that_names_not_both_is_refused(name: bytes) -> None:
    message = stun.parse(stun.build(stun.BINDING_REQUEST, TRANSACTION, [(stun.USERNAME, name)]))
    with pytest.raises(Malformed):
        message.username()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SAMPLE_REQUEST[:19],
        SAMPLE_REQUEST[:-1],
        SAMPLE_REQUEST + b"\0\0\0\0",
        b"\xc0" + SAMPLE_REQUEST[1:],
        SAMPLE_REQUEST[:4] + b"\0\0\0\0" + SAMPLE_REQUEST[8:],
        struct.pack("!HHI", 1, 4, stun.MAGIC_COOKIE) + TRANSACTION + struct.pack("!HH", 6, 9),
        struct.pack("!HHI", 1, 8, stun.MAGIC_COOKIE) + TRANSACTION + struct.pack("!HHI", 8, 4, 0),
        struct.pack("!HHI", 1, 1400, stun.MAGIC_COOKIE) + TRANSACTION + bytes(1400),
    ],
)
def test_what_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        stun.parse(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        stun.parse(data)
    except Malformed:
        return


@given(st.integers(0, len(SAMPLE_REQUEST) - stun.FINGERPRINT_LENGTH - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_real_request_passes(place: int, change: int) -> None:
    data = bytearray(SAMPLE_REQUEST)
    data[place] ^= change
    try:
        message = stun.parse(bytes(data))
    except Malformed:
        return
    assert not message.verifies(SAMPLE_PASSWORD)


@given(st.binary(max_size=120))
def test_any_attributes_are_read_or_refused(body: bytes) -> None:
    body += bytes(-len(body) % 4)
    data = struct.pack("!HHI", stun.BINDING_REQUEST, len(body), stun.MAGIC_COOKIE) + TRANSACTION + body
    try:
        message = stun.parse(data)
    except Malformed:
        return
    assert not message.verifies(PASSWORD)
