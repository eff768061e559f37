"""One example of everything the protocol can say, made from the classes themselves, the same each time.

The protocol page shows them, the samples are packed from them, and tests send them. A newcomer's first mistake is to
look for a field here: a new one has an example by itself, by its name or its type.
"""

import re
import sys
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import msgspec.inspect as inspect

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from protocol.codec import pack_event  # noqa: E402  the path comes first
from protocol.events import MessageSent  # noqa: E402

S = TypeVar("S", bound=msgspec.Struct)

ANNA, BEN = "pannaaaaaaaaaa", "pbenaaaaaaaaaa"
ROOM = "room.rkitchenaaaaaa"
NOON = 1_700_000_000_000  # ms

BY_DESCRIPTION: dict[str, str] = {
    "a person": ANNA,
    "a person, or empty": BEN,
    "one signed-in browser or program": "dphoneaaaaaaaa",
    "a room": ROOM,
    "a room, or empty": ROOM,
    "an uploaded file": "f" + "picture".ljust(26, "a"),
    "an uploaded file, or empty": "f" + "picture".ljust(26, "a"),
    "a call, chosen by the caller": "cfirstaaaaaaaa",
    'a "That\'s me" waiting for a yes': "qclaimaaaaaaaa",
    "128 random bits, base64url": "q83vEjRWeJCrze8SNFZ4kA",
    "where a browser's push service takes messages": "https://push.example.org/send/9f86d081884c7d65",
    "a P-256 point, uncompressed, base64url": "BA" + "q" * 85,
    "16 random bytes, base64url": "q83vEjRWeJCrze8SNFZ4kA",
    "SHA-256, hexadecimal": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "SHA-256, hexadecimal, or empty": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
"""By what protocol/shapes.py says of an id."""

BY_NAME: dict[str, Any] = {
    "at": NOON,
    "seen": NOON - 60_000,
    "since": NOON + 5_000,
    "last_seen": NOON - 60_000,
    "expires_at": NOON + 600_000,
    "until": NOON + 65_000,
    "muted_until": NOON + 3_600_000,
    "seq": 7,
    "head": 7,
    "last": 7,
    "target": 5,
    "protocol": 1,
    "text": "See you at eight 👋",
    "display_name": "Anna",
    "device_name": "Android, Chrome",
    "about": "In the garden until noon.",
    "author": ANNA,
    "caller": ANNA,
    "picked_up_by": "dtabletaaaaaaa",
    "type": "image/jpeg",
    "avatar": "f" + "picture".ljust(26, "a"),
    "nonce": "q83vEjRWeJCrze8SNFZ4kA",
    "name": "Anna",
    "title": "Kitchen garden",
    "topic": "Who waters when",
    "picture": "f" + "picture".ljust(26, "a"),
    "owner": ANNA,
    "room": ROOM,
    "query": "garden",
    "size": 482_113,
    "milliseconds": 12_400,
    "width": 1600,
    "height": 1200,
    "epoch": "3f2a9c0d1e4b5a67",
    "page": "5d41402abc4b",
    "code": "4821",
    "members": [ANNA, BEN],
    "candidate": '{"candidate":"candidate:1 1 udp 2122260223 192.168.1.20 50000 typ host","sdpMid":"0"}',
    "sdp": "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n",
    "ice_servers": [{"urls": ["stun:stun.example.org"]}],
    "emoji": "👍",
    "options": ["At eight", "At nine"],
    "forwarded": BEN,
    "after": BEN,
    "before": f"{NOON:016d} direct.{ANNA}.{BEN}",
}
"""By a field's name, where its type is fitting."""


def example(kind: type[S]) -> S:
    """One of this class, every field filled. Raises TypeError for a type this file must be taught."""
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return kind(**{field.name: _value(field.type, field.name) for field in described.fields})


def _value(kind: inspect.Type, name: str) -> Any:  # noqa: C901  one line a type of the wire
    if name in BY_NAME and _fits(BY_NAME[name], kind):
        return BY_NAME[name]
    match kind:
        case inspect.Metadata():
            return _described(kind, name)
        case inspect.BoolType():
            return True
        case inspect.IntType():
            return kind.ge if kind.ge else 3
        case inspect.StrType():
            return name[: kind.max_length]
        case inspect.BytesType():
            return bytes(range(0, 256, 16))[: kind.max_length] if kind.max_length else pack_event(example(MessageSent))
        case inspect.LiteralType():
            return next(value for value in kind.values if value)
        case inspect.ListType():
            return [_value(kind.item_type, name.removesuffix("s"))]
        case inspect.DictType():
            return {_value(kind.key_type, "conversation"): _value(kind.value_type, "seq")}
        case inspect.StructType():
            return example(kind.cls)
        case inspect.UnionType():
            return _value(next(one for one in kind.types if not isinstance(one, inspect.NoneType)), name)
    raise TypeError(f"expected a type of the wire for {name}, got {kind!r}: teach scripts/protocol_examples.py one")


def _described(kind: inspect.Metadata, name: str) -> Any:
    described = (kind.extra_json_schema or {}).get("description", "")
    if described.startswith("`directory`"):
        return f"direct.{ANNA}.{BEN}"
    return BY_DESCRIPTION.get(described) or _value(kind.type, name)


def _fits(value: Any, kind: inspect.Type) -> bool:
    plain = kind.type if isinstance(kind, inspect.Metadata) else kind
    if isinstance(plain, inspect.UnionType):
        return any(_fits(value, one) for one in plain.types)
    if isinstance(plain, inspect.StrType) and plain.pattern:
        return isinstance(value, str) and bool(re.match(plain.pattern, value))
    if isinstance(plain, inspect.ListType):
        return isinstance(value, list) and all(_fits(one, plain.item_type) for one in value)
    kinds = {inspect.IntType: int, inspect.StrType: str, inspect.DictType: dict}
    return type(value) is kinds.get(type(plain))
