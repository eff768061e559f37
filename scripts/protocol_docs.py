"""Prints docs/protocol.md from the classes of protocol/: fields, limits, an example of each, and every refusal.

A test compares the page with what this prints. A newcomer's first mistake is to edit the page: edit the docstrings.
"""

import json
import sys
import typing
from http.client import responses
from pathlib import Path
from typing import Any

import msgspec
import msgspec.inspect as inspect

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import chat  # noqa: E402, F401  the path comes first; importing it registers every query
import protocol  # noqa: E402
from chat.dispatch import QUERIES, TELLS  # noqa: E402
from protocol import answers, codec, commands, errors, events, shapes  # noqa: E402
from scripts.protocol_examples import example  # noqa: E402

PROSE = ROOT / "scripts" / "protocol_docs.md"
PACKED_EVENT = b"\x93\x00"  # a list of three that begins with ref 0
LONG = 88  # characters of bytes and texts in an example, where more would show nothing


def page() -> str:
    """The whole page."""
    told = sorted(events.EVENTS.values(), key=_noun)
    asked = sorted(commands.COMMANDS.values(), key=_noun)
    parts = [
        PROSE.read_text("utf-8").rstrip().format(version=protocol.VERSION, **_limits()),
        _chapter("Commands that write", commands.Writes, [one for one in asked if _is(one, commands.Writes)]),
        _chapter("Questions", commands.Asks, [one for one in asked if _is(one, commands.Asks)]),
        _chapter("Marks and passing things", commands.Tells, [one for one in asked if _is(one, commands.Tells)]),
        _chapter("Logged events", events.Logged, [one for one in told if _is(one, events.Logged)]),
        _chapter("Passing events", events.Passing, [one for one in told if _is(one, events.Passing)]),
        _chapter("Answers", answers.Answer, answers.ANSWERS),
        _chapter("Shapes within them", None, _structs_of(shapes)),
        _chapter(
            "What only the server itself may ask", commands.Inner, [one for one in asked if _is(one, commands.Inner)]
        ),
        _refusals(),
    ]
    return "\n\n".join(parts) + "\n"


def _noun(kind: type) -> int:
    """Messages come first; then threads, calls, people and rooms, each from its own file."""
    return ["commands", "events", "threads", "calls", "group_calls", "echo", "people", "rooms"].index(
        kind.__module__.removeprefix("protocol.")
    )


def _limits() -> dict[str, str]:
    places = (shapes, codec)
    return {name: f"{value:,}" for at in places for name, value in vars(at).items() if name.startswith("MAX_")}


def _is(kind: type, base: type) -> bool:
    """Of exactly this kind: an inner command writes too, and has a chapter of its own."""
    return issubclass(kind, base) and (base is commands.Inner or not issubclass(kind, commands.Inner))


def _structs_of(module: object) -> list[type[msgspec.Struct]]:
    return [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]


def _chapter(title: str, base: type | None, kinds: list[Any]) -> str:
    says = f"\n\n{_says(base)}" if base else ""
    return "\n\n".join([f"## {title}{says}", *map(_entry, kinds)])


def _entry(kind: type[msgspec.Struct]) -> str:
    name = getattr(kind, "name", None)
    heading = f"### `{name}`" if isinstance(name, str) else f"### {kind.__name__}"
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    rows = [_field(field) for field in described.fields]
    table = ["| field | | |", "|---|---|---|", *rows] if rows else []
    parts = [heading, _says(kind), *_answered(kind), *_costs(kind), "\n".join(table), _example(kind, name)]
    return "\n\n".join(part for part in parts if part)


def _says(kind: type) -> str:
    return "\n".join(line.strip() for line in (kind.__doc__ or "").strip().splitlines())


def _answered(kind: type) -> list[str]:
    if issubclass(kind, commands.Writes):
        return [] if issubclass(kind, commands.Inner) else ["Answered with [Written](#written)."]
    if not issubclass(kind, commands.Command):
        return []
    function = QUERIES.get(kind) or TELLS[kind]
    answer = typing.get_type_hints(function)["return"]
    name = "Done" if answer is answers.Answer else answer.__name__
    return [f"Answered with [{name}](#{name.lower()})."]


def _costs(kind: type) -> list[str]:
    cost = kind.cost if issubclass(kind, commands.Command) else 1
    return [f"Counts as {cost} commands where limits are counted."] if cost > 1 else []


def _field(field: inspect.Field) -> str:
    return f"| `{field.encode_name}` | {_type(field.type)} | {_default(field)} |"


def _default(field: inspect.Field) -> str:
    if field.required:
        return ""
    value = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    return f"may be left out: `{json.dumps(msgspec.to_builtins(value))}`"


def _type(kind: inspect.Type) -> str:  # noqa: C901  one line a type of the wire
    match kind:
        case inspect.Metadata():
            described = (kind.extra_json_schema or {}).get("description", "")
            return f"{_type(kind.type)}: {described}" if described else _type(kind.type)
        case inspect.NoneType():
            return "null"
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType():
            return f"whole number{_bounds(kind)}"
        case inspect.StrType():
            return f"text{_lengths(kind, 'characters')}"
        case inspect.BytesType():
            return f"bytes{_lengths(kind, 'bytes')}"
        case inspect.LiteralType():
            return " or ".join(f'`"{value}"`' for value in kind.values)
        case inspect.ListType():
            return f"list{_lengths(kind, 'items')} of {_type(kind.item_type)}"
        case inspect.DictType():
            return f"map{_lengths(kind, 'pairs')} from {_type(kind.key_type)} to {_type(kind.value_type)}"
        case inspect.StructType():
            return f"[{kind.cls.__name__}](#{kind.cls.__name__.lower()})"
        case inspect.UnionType():
            return ", or ".join(_type(one) for one in kind.types)
    raise TypeError(f"expected a type of the wire, got {kind!r}: teach scripts/protocol_docs.py to say it")


def _bounds(kind: inspect.IntType) -> str:
    if kind.le is None:
        return "" if kind.ge is None else f" from {kind.ge}"
    return "" if kind.le >= 2**53 - 1 else f" from {kind.ge} to {kind.le:,}"


def _lengths(kind: inspect.StrType | inspect.BytesType | inspect.ListType | inspect.DictType, unit: str) -> str:
    if kind.max_length is None:
        return ""
    least = f"{kind.min_length} to " if kind.min_length else "at most "
    return f" ({least}{kind.max_length:,} {unit})"


def _example(kind: type[msgspec.Struct], name: object) -> str:
    body = _short(msgspec.to_builtins(example(kind), builtin_types=(bytes,)))
    ref = 7 if issubclass(kind, commands.Command) else 0
    shown = [ref, name, body] if isinstance(name, str) else body
    return f"```json\n{json.dumps(shown, ensure_ascii=False)}\n```"


def _short(value: Any) -> Any:
    match value:
        case bytes():
            return f"<{len(value)} bytes{': a packed event' if value.startswith(PACKED_EVENT) else ''}>"
        case str() if len(value) > LONG:
            return f"{value[:LONG]}…"
        case list():
            return [_short(one) for one in value]
        case dict():
            return {key: _short(one) for key, one in value.items()}
    return value


def _refusals() -> str:
    phrases = responses | {460: "Checksum Mismatch"}  # the one of tus, in no list of HTTP's
    rows = [f"| `{code}` | {status} {phrases[status]} |" for code, status in errors.STATUS.items()]
    return "\n".join(["## Refusals", "", _says(errors.Refusal), "", "| code | over HTTP |", "|---|---|", *rows])


def main() -> int:
    """Prints the page as UTF-8, whatever the terminal's own encoding."""
    sys.stdout.buffer.write(page().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
