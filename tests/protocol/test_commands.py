"""Commands: each of exactly one kind, with limits on all that a client fills in."""

import msgspec.inspect as inspect
import pytest

from protocol.commands import COMMANDS, Asks, Command, Inner, Tells, Writes


@pytest.mark.parametrize("kind", COMMANDS.values(), ids=lambda kind: kind.name)
def test_a_command_is_of_exactly_one_kind_and_says_what_it_asks(kind: type[Command]) -> None:
    assert [issubclass(kind, base) for base in (Writes, Asks, Tells)].count(True) == 1
    assert kind.__doc__
    assert kind.__doc__ not in {base.__doc__ for base in (Command, Writes, Inner, Asks, Tells)}


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS.values() if issubclass(kind, Writes)])
def test_what_writes_carries_a_nonce(kind: type[Command]) -> None:
    assert "nonce" in kind.__struct_fields__


def unlimited(kind: inspect.Type, name: str) -> list[str]:
    """Texts, lists and maps in this type that may be as long as a client likes."""
    match kind:
        case inspect.Metadata():
            return unlimited(kind.type, name)
        case inspect.StrType():
            return [] if kind.pattern or kind.max_length is not None else [name]
        case inspect.ListType():
            return ([] if kind.max_length is not None else [name]) + unlimited(kind.item_type, f"{name}[]")
        case inspect.DictType():
            within = unlimited(kind.key_type, f"{name} key") + unlimited(kind.value_type, f"{name} value")
            return ([] if kind.max_length is not None else [name]) + within
        case inspect.IntType():
            return [] if kind.ge is not None and kind.le is not None else [name]
        case inspect.StructType():
            return [said for field in kind.fields for said in unlimited(field.type, f"{name}.{field.name}")]
        case inspect.UnionType():
            return [said for one in kind.types for said in unlimited(one, name)]
    return []


@pytest.mark.parametrize("kind", COMMANDS.values(), ids=lambda kind: kind.name)
def test_everything_a_client_fills_in_has_a_limit(kind: type[Command]) -> None:
    assert unlimited(inspect.type_info(kind), kind.name) == []


def test_a_field_without_a_limit_is_named() -> None:
    class Careless(Command, frozen=True, kw_only=True):
        name = "careless"
        text: str
        many: list[int]

    assert unlimited(inspect.type_info(Careless), "careless") == ["careless.text", "careless.many", "careless.many[]"]


@pytest.mark.parametrize("kind", COMMANDS.values(), ids=lambda kind: kind.name)
def test_no_command_takes_a_field_it_does_not_know(kind: type[Command]) -> None:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    assert described.forbid_unknown_fields
