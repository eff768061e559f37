"""STUN messages as ICE uses them (RFC 5389 and 8445): reading, building, and whether a key made them.

A newcomer's first mistake is to believe what stands behind MESSAGE-INTEGRITY: nobody signed it (RFC 5389, 15.4), so the
reader leaves it out.
"""

import hmac
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

MAGIC_COOKIE = 0x2112A442
HEADER_LENGTH = 20  # bytes
MAX_LENGTH = 1280  # bytes; a binding request of a browser is about 120

BINDING_REQUEST = 0x0001
BINDING_INDICATION = 0x0011
BINDING_SUCCESS = 0x0101
BINDING_ERROR = 0x0111

USERNAME = 0x0006
MESSAGE_INTEGRITY = 0x0008
ERROR_CODE = 0x0009
UNKNOWN_ATTRIBUTES = 0x000A
XOR_MAPPED_ADDRESS = 0x0020
PRIORITY = 0x0024
USE_CANDIDATE = 0x0025
FINGERPRINT = 0x8028
ICE_CONTROLLED = 0x8029
ICE_CONTROLLING = 0x802A

# Below this an attribute must be understood, or the request is refused (RFC 5389, 15)
COMPREHENSION_OPTIONAL = 0x8000
UNDERSTOOD = {USERNAME, MESSAGE_INTEGRITY, PRIORITY, USE_CANDIDATE}

INTEGRITY_LENGTH = 24  # bytes: type, length and an HMAC-SHA1
FINGERPRINT_LENGTH = 8
FINGERPRINT_XOR = 0x5354554E  # "STUN", RFC 5389, 15.5

ROLE_CONFLICT = (487, "Role Conflict")
UNKNOWN_ATTRIBUTE = (420, "Unknown Attribute")


class Malformed(ValueError):
    """This is no STUN message, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `attributes` holds the first of each type, `signed` the bytes that the integrity was made of."""

    kind: int
    transaction: bytes  # 12 bytes
    attributes: dict[int, bytes]
    signed: bytes | None = None

    def verifies(self, password: str) -> bool:
        """Whether who knows this password made it."""
        if self.signed is None:
            return False
        return hmac.compare_digest(_integrity(self.signed, password), self.attributes[MESSAGE_INTEGRITY])

    def username(self) -> tuple[str, str]:
        """The ufrags of who is asked and of who asks (RFC 8445, 7.2.2). Raises Malformed if there are none."""
        try:
            asked, colon, asks = self.attributes.get(USERNAME, b"").decode("ascii").partition(":")
        except UnicodeDecodeError:
            asked, colon, asks = "", "", ""
        if not (asked and colon and asks):
            raise Malformed("expected a username of two ufrags and a colon")
        return asked, asks

    def unknown(self) -> list[int]:
        """The attributes that whoever answers had to understand, and we do not."""
        return [one for one in self.attributes if one < COMPREHENSION_OPTIONAL and one not in UNDERSTOOD]


def parse(data: bytes) -> Message:
    """Raises Malformed if it is not one whole STUN message, or its fingerprint is wrong."""
    if not HEADER_LENGTH <= len(data) <= MAX_LENGTH:
        raise Malformed(f"expected {HEADER_LENGTH} to {MAX_LENGTH} bytes, got {len(data)}")
    kind, length, cookie = struct.unpack_from("!HHI", data)
    if kind & 0xC000 or cookie != MAGIC_COOKIE or length % 4 or length != len(data) - HEADER_LENGTH:
        raise Malformed("expected a STUN header that fits its length")
    attributes: dict[int, bytes] = {}
    signed = None
    at = HEADER_LENGTH
    while at < len(data):
        name, value, end = _attribute(data, at)
        if name == FINGERPRINT:
            _check_fingerprint(data, at, value)
        elif signed is None:
            attributes.setdefault(name, value)
            if name == MESSAGE_INTEGRITY:
                if len(value) != INTEGRITY_LENGTH - 4:
                    raise Malformed("expected an integrity of 20 bytes")
                signed = _up_to(data, at, INTEGRITY_LENGTH)
        at = end
    return Message(kind, data[8:HEADER_LENGTH], attributes, signed)


def _attribute(data: bytes, at: int) -> tuple[int, bytes, int]:
    """The type and value of the attribute that begins here, and where the next one does."""
    name, length = struct.unpack_from("!HH", data, at)  # the length is a multiple of 4, so these 4 bytes are there
    end = at + 4 + length
    if end > len(data):
        raise Malformed("expected an attribute that ends within its message")
    return name, data[at + 4 : end], end + -length % 4


def _check_fingerprint(data: bytes, at: int, value: bytes) -> None:
    if at + FINGERPRINT_LENGTH != len(data) or value != _fingerprint(data[:at]):
        raise Malformed("expected the right fingerprint, and that at the end")


def build(
    kind: int, transaction: bytes, attributes: Iterable[tuple[int, bytes]] = (), password: str | None = None
) -> bytes:
    """A whole message with its fingerprint, and its integrity if there is a password."""
    body = b"".join(struct.pack("!HH", name, len(value)) + value + bytes(-len(value) % 4) for name, value in attributes)
    data = struct.pack("!HHI", kind, len(body), MAGIC_COOKIE) + transaction + body
    if password is not None:
        data = _up_to(data, len(data), INTEGRITY_LENGTH)
        data += struct.pack("!HH", MESSAGE_INTEGRITY, INTEGRITY_LENGTH - 4) + _integrity(data, password)
    data = _up_to(data, len(data), FINGERPRINT_LENGTH)
    return data + struct.pack("!HH", FINGERPRINT, FINGERPRINT_LENGTH - 4) + _fingerprint(data)


def answer(request: Message, host: str, port: int, password: str) -> bytes:
    """What an ICE-lite agent says to a request whose integrity it has checked.

    A lite agent is always the controlled one, so who claims to be controlled too is told to change (RFC 8445, 7.3.1.1).
    """
    if unknown := request.unknown():
        listed = struct.pack(f"!{len(unknown)}H", *unknown)
        return _refuse(request, UNKNOWN_ATTRIBUTE, [(UNKNOWN_ATTRIBUTES, listed)], password)
    if ICE_CONTROLLED in request.attributes:
        return _refuse(request, ROLE_CONFLICT, [], password)
    mapped = xor_address(host, port, request.transaction)
    return build(BINDING_SUCCESS, request.transaction, [(XOR_MAPPED_ADDRESS, mapped)], password)


def succeeds(answer: bytes) -> bool:
    """Whether this answer of ours let the request pass."""
    return answer.startswith(struct.pack("!H", BINDING_SUCCESS))


def _refuse(request: Message, why: tuple[int, str], more: list[tuple[int, bytes]], password: str) -> bytes:
    code, reason = why
    value = struct.pack("!HBB", 0, code // 100, code % 100) + reason.encode("ascii")
    return build(BINDING_ERROR, request.transaction, [(ERROR_CODE, value), *more], password)


def xor_address(host: str, port: int, transaction: bytes) -> bytes:
    """The value of XOR-MAPPED-ADDRESS (RFC 5389, 15.2): hidden from routers that rewrite addresses they see."""
    address = ip_address(host.partition("%")[0])
    mask = struct.pack("!I", MAGIC_COOKIE) + transaction
    hidden = bytes(a ^ b for a, b in zip(address.packed, mask, strict=False))
    return struct.pack("!BBH", 0, 1 if address.version == 4 else 2, port ^ MAGIC_COOKIE >> 16) + hidden


def _up_to(data: bytes, at: int, more: int) -> bytes:
    """The message before `at`, its length saying that `more` bytes follow: both sums are made of that."""
    return data[:2] + struct.pack("!H", at + more - HEADER_LENGTH) + data[4:at]


def _integrity(signed: bytes, password: str) -> bytes:
    return hmac.digest(password.encode("ascii"), signed, "sha1")


def _fingerprint(data: bytes) -> bytes:
    return struct.pack("!I", zlib.crc32(data) ^ FINGERPRINT_XOR)
