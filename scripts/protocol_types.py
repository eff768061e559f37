"""Writes the protocol's classes and limits into pwa/protocol/, so that tsc checks the page against the wire.

Run it after a change of protocol/; a test fails while a file is stale.
"""

import sys
from pathlib import Path
from typing import Any

import msgspec
import msgspec.inspect as inspect

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from protocol import answers, commands, events, shapes  # noqa: E402  the path comes first

PROTOCOL = ROOT / "pwa" / "protocol"
HEAD = "// {what}: generated from protocol/ by scripts/protocol_types.py. Do not edit; run that again."


def render() -> dict[Path, str]:
    """Every generated file and its whole text, the same for the same protocol."""
    return {PROTOCOL / "types.js": _types(), PROTOCOL / "limits.js": _limits()}


def _types() -> str:
    asked = [kind for kind in commands.COMMANDS.values() if not issubclass(kind, commands.Inner)]
    told = list(events.EVENTS.values())
    parts = [
        HEAD.format(what="The wire as types"),
        "",
        *(_typedef(kind) for kind in [*_structs_of(shapes), *answers.ANSWERS, *told, *asked]),
        _table("CommandBodies", "What may be asked, by name.", asked),
        _table("EventBodies", "What may be told, by name.", told),
        "",
        "export {};",
    ]
    return "\n".join(parts) + "\n"


def _limits() -> str:
    limits = [f"export const {name} = {value};" for name, value in vars(shapes).items() if name.startswith("MAX_")]
    return "\n".join([HEAD.format(what="The wire's limits"), "", *limits]) + "\n"


def _structs_of(module: object) -> list[type[msgspec.Struct]]:
    kinds = [kind for kind in vars(module).values() if isinstance(kind, type)]
    return [kind for kind in kinds if issubclass(kind, msgspec.Struct)]


def _typedef(kind: type[msgspec.Struct]) -> str:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    told = not issubclass(kind, commands.Command)  # the server leaves no field out; a client may
    lines = ["/**", f" * {_says(kind)}", f" * @typedef {{object}} {kind.__name__}"]
    for field in described.fields:
        name = field.encode_name if field.required or told else f"[{field.encode_name}]"
        lines.append(f" * @property {{{_type(field.type)}}} {name}")
    return "\n".join([*lines, " */"])


def _says(kind: type) -> str:
    """The first sentence of its docstring: the rest is for who reads the class itself."""
    return " ".join((kind.__doc__ or "").split()).split(". ")[0].rstrip(".") + "."


def _table(name: str, says: str, kinds: list[Any]) -> str:
    rows = "\n".join(f' *   "{kind.name}": {kind.__name__},' for kind in kinds)
    return f"/**\n * {says}\n * @typedef {{{{\n{rows}\n * }}}} {name}\n */"


def _type(kind: inspect.Type) -> str:  # noqa: C901  one line a type of the wire
    match kind:
        case inspect.Metadata():
            return _type(kind.type)
        case inspect.NoneType():
            return "null"
        case inspect.BoolType():
            return "boolean"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.StrType():
            return "string"
        case inspect.BytesType():
            return "Uint8Array"
        case inspect.LiteralType():
            return "|".join(f'"{value}"' for value in kind.values)
        case inspect.ListType():
            return f"Array<{_type(kind.item_type)}>"
        case inspect.DictType():
            return f"Record<{_type(kind.key_type)}, {_type(kind.value_type)}>"
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.UnionType():
            return "|".join(dict.fromkeys(_type(one) for one in kind.types))
    raise TypeError(f"expected a type of the wire, got {kind!r}: teach scripts/protocol_types.py its JSDoc")


def main() -> int:
    """Writes the files; `--check` only says whether they are fresh (exit 1 when one is stale)."""
    fresh = render()
    if "--check" in sys.argv[1:]:
        return int(any(not path.exists() or path.read_text(encoding="utf-8") != text for path, text in fresh.items()))
    for path, text in fresh.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
