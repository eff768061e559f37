"""Bytes: the only place that knows msgpack.

Every value is `[ref, name, body]`, and a frame is one or more of them one after another, so joining frames is joining
bytes. A newcomer's first mistake is to unpack before looking at the length: 1 MiB of empty maps became 74 MiB.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgpack
import msgspec

from protocol.answers import Answer
from protocol.between import KINDS, Between
from protocol.commands import COMMANDS, Command, Inner
from protocol.errors import BadFrame, Refusal
from protocol.events import EVENTS, Event

MAX_CLIENT_FRAME = 64 * 1024  # bytes
MAX_SERVER_FRAME = 256 * 1024  # bytes
MAX_VALUES = 256  # in one frame of a client; ours are as many as fit
MAX_ITEMS = 1024  # of one list or map of a client, for which room is made before they are looked at
MAX_ECHO = 120  # characters of what a client sent that a refusal repeats
MAX_REF = 2**53 - 1  # what JavaScript counts exactly
NOT_MSGPACK = (msgpack.UnpackException, ValueError, TypeError, OverflowError)  # nesting, UTF-8, keys, ext types
_ENCODER = msgspec.msgpack.Encoder()  # takes typed values as they are: a fifth of what making maps of them first takes


def pack_event(event: Event) -> bytes:
    """The one encoding of an event: row on disk, message on the bus, bytes on every socket."""
    return _pack([0, event.name, event])


def pack_ok(ref: int, answer: Answer) -> bytes:
    """An answer."""
    return _pack([ref, "ok", answer])


def pack_error(ref: int, refusal: Refusal) -> bytes:
    """A refusal as an answer."""
    return _pack([ref, "error", refusal.body()])


def pack_command(ref: int, command: Command) -> bytes:
    """A command as a client sends it: for tests, benches and other clients."""
    return _pack([ref, command.name, command])


def packed_size(answer: msgspec.Struct) -> int:
    """How many bytes this takes inside an answer."""
    return len(_pack(answer))


def unpack(
    frame: bytes, limit: int = MAX_CLIENT_FRAME, max_values: int | None = MAX_VALUES
) -> list[tuple[int, str, Any]]:
    """The values of a frame as (ref, name, body). Raises BadFrame if it is too long or not such values.

    The limits are a client's; who reads the server's frames passes MAX_SERVER_FRAME and None.
    """
    if len(frame) > limit:
        raise BadFrame(f"a frame may have {limit} bytes, this one has {len(frame)}")
    items = MAX_ITEMS if limit <= MAX_CLIENT_FRAME else len(frame)
    bounds = {"raw": False, "strict_map_key": True, "max_array_len": items, "max_map_len": items}
    try:
        only = msgpack.unpackb(frame, **bounds)  # most have one, and it needs no reader
    except msgpack.ExtraData:
        return list(_values(frame, max_values, bounds))
    except NOT_MSGPACK as error:
        raise BadFrame(f"not msgpack: {type(error).__name__}") from None
    return [_triple(only)]


def read_command(name: str, body: Any) -> Command:
    """The typed command. Raises Refusal `unknown-command`, or `bad-field` with the field at fault."""
    kind = COMMANDS.get(name)
    if kind is None or issubclass(kind, Inner):
        raise Refusal("unknown-command", f"There is no command {name[:MAX_ECHO]!r}.", field="name")
    return _convert(body, kind)


def read_event(frame: bytes) -> Event:
    """The event in a frame we packed ourselves. Raises BadFrame if it is not one event of ours."""
    values = unpack(frame, limit=MAX_SERVER_FRAME)
    if len(values) != 1 or values[0][0] != 0 or values[0][1] not in EVENTS:
        raise BadFrame("expected one event in a stored frame")
    try:
        return msgspec.convert(values[0][2], EVENTS[values[0][1]])
    except msgspec.ValidationError as error:
        raise BadFrame(f"expected {values[0][1]} as this version knows it: {error}") from None


def pack_between(said: Between) -> bytes:
    """What one node of a house tells the others."""
    return _pack(said)


def read_between(message: bytes) -> Between:
    """What another node said. Raises BadFrame if it is nothing that this version knows."""
    try:
        said: Between = msgspec.convert(msgpack.unpackb(message, raw=False, strict_map_key=True), KINDS)
    except (msgpack.UnpackException, msgspec.ValidationError, ValueError, TypeError) as error:
        raise BadFrame(f"nothing that a node of this version says: {error}") from None
    return said


def _convert(body: Any, kind: type[Command]) -> Command:
    try:
        return msgspec.convert(body, kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        path = re.findall(r"`\$\.?(.*?)`", where)[-1:]
        missing = re.findall(r"field `(.*)`$", what)  # named in the sentence, while the path is that of its object
        field = ".".join(part for part in (*path, *missing) if part)
        raise Refusal("bad-field", f"{kind.name}: {what[:MAX_ECHO]}.", field=field[:MAX_ECHO]) from None


def _pack(value: Any) -> bytes:
    return _ENCODER.encode(value)


def _values(frame: bytes, max_values: int | None, bounds: dict[str, Any]) -> Iterator[tuple[int, str, Any]]:
    unpacker = msgpack.Unpacker(max_buffer_size=max(len(frame), 1), **bounds)
    unpacker.feed(frame)
    end = count = 0
    try:
        for value in unpacker:
            yield _triple(value)
            end, count = unpacker.tell(), count + 1
            if max_values is not None and count > max_values:
                raise BadFrame(f"a frame may hold {max_values} values")
    except NOT_MSGPACK as error:
        raise BadFrame(f"not msgpack: {type(error).__name__}") from None
    if end != len(frame):
        raise BadFrame("a frame holds one or more whole msgpack values")


def _triple(value: Any) -> tuple[int, str, Any]:
    if type(value) is list and len(value) == 3:
        ref, name, body = value
        if type(ref) is int and type(name) is str and type(body) is dict and 0 <= ref <= MAX_REF:
            return ref, name, body
    raise BadFrame("a value is [ref, name, body]: a number, a name and a map")
