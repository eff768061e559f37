"""Rows at rest: typed, frozen, and JSON on disk so that a person can read a shelf with any tool.

A row only ever gains fields with defaults, for the same reason as an event: old ones stay where they are.
"""

from typing import Any, TypeVar

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a shelf."""


S = TypeVar("S", bound=msgspec.Struct)


def replaced(row: S, **changes: Any) -> S:
    """A copy with some fields changed; rows themselves never change."""
    return msgspec.structs.replace(row, **changes)


def to_json(row: msgspec.Struct) -> bytes:
    """A row, or an answer, as it is kept on disk."""
    return msgspec.json.encode(row)


def from_json(raw: bytes, kind: type[S]) -> S:
    """The row back. Raises ValueError when it is not one."""
    return msgspec.json.decode(raw, type=kind)


def as_json(row: msgspec.Struct) -> dict[str, Any]:
    """The row as plain values for a JSON answer."""
    plain: dict[str, Any] = msgspec.to_builtins(row)
    return plain
