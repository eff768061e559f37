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
from protocol.commands import COMMANDS, Command, Inner
from protocol.errors import BadFrame, Refusal
from protocol.events import EVENTS, Event

MAX_CLIENT_FRAME = 64 * 1024  # bytes
MAX_SERVER_FRAME = 256 * 1024  # bytes
MAX_VALUES = 256  # in one frame of a client; ours are as many as fit
MAX_ECHO = 120  # characters of what a client sent that a refusal repeats
MAX_REF = 2**53 - 1  # what JavaScript counts exactly


def pack_event(event: Event) -> bytes:
    """The one encoding of an event: row on disk, message on the bus, bytes on every socket."""
    return _pack([0, event.name, msgspec.to_builtins(event, builtin_types=(bytes,))])


def pack_ok(ref: int, answer: Answer) -> bytes:
    """An answer."""
    return _pack([ref, "ok", msgspec.to_builtins(answer, builtin_types=(bytes,))])


def pack_error(ref: int, refusal: Refusal) -> bytes:
    """A refusal as an answer."""
    return _pack([ref, "error", refusal.body()])


def pack_command(ref: int, command: Command) -> bytes:
    """A command as a client sends it: for tests, benches and other clients."""
    return _pack([ref, command.name, msgspec.to_builtins(command, builtin_types=(bytes,))])


def packed_size(answer: msgspec.Struct) -> int:
    """How many bytes this takes inside an answer."""
    return len(_pack(msgspec.to_builtins(answer, builtin_types=(bytes,))))


def unpack(
    frame: bytes, limit: int = MAX_CLIENT_FRAME, max_values: int | None = MAX_VALUES
) -> list[tuple[int, str, Any]]:
    """The values of a frame as (ref, name, body). Raises BadFrame if it is too long or not such values.

    The limits are a client's; who reads the server's frames passes MAX_SERVER_FRAME and None.
    """
    if len(frame) > limit:
        raise BadFrame(f"a frame may have {limit} bytes, this one has {len(frame)}")
    return list(_values(frame, max_values))


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
    packed: bytes = msgpack.packb(value, use_bin_type=True)
    return packed


def _values(frame: bytes, max_values: int | None) -> Iterator[tuple[int, str, Any]]:
    unpacker = msgpack.Unpacker(raw=False, strict_map_key=True, max_buffer_size=max(len(frame), 1))
    unpacker.feed(frame)
    end = count = 0
    try:
        for value in unpacker:
            yield _triple(value)
            end, count = unpacker.tell(), count + 1
            if max_values is not None and count > max_values:
                raise BadFrame(f"a frame may hold {max_values} values")
    except (msgpack.UnpackException, ValueError, TypeError, OverflowError) as error:  # nesting, UTF-8, keys, ext types
        raise BadFrame(f"not msgpack: {type(error).__name__}") from None
    if count == 0 or end != len(frame):
        raise BadFrame("a frame holds one or more whole msgpack values")


def _triple(value: Any) -> tuple[int, str, Any]:
    match value:
        case [int(ref), str(name), dict(body)] if not isinstance(ref, bool) and 0 <= ref <= MAX_REF:
            return ref, name, body
    raise BadFrame("a value is [ref, name, body]: a number, a name and a map")
