"""Examples: the same each time, and each field filled."""

import msgspec
import pytest

from protocol.commands import COMMANDS
from protocol.events import EVENTS
from scripts.protocol_examples import example

KINDS = [*COMMANDS.values(), *EVENTS.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_example_is_valid_and_the_same_each_time(kind: type[msgspec.Struct]) -> None:
    first = example(kind)
    assert msgspec.convert(msgspec.to_builtins(first), kind) == first == example(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_field_of_an_example_is_left_empty(kind: type[msgspec.Struct]) -> None:
    assert [name for name, value in msgspec.to_builtins(example(kind)).items() if not value] == []


def test_a_type_nobody_has_taught_it_is_named() -> None:
    class Odd(msgspec.Struct):
        when: frozenset[str]

    with pytest.raises(TypeError, match="when"):
        example(Odd)
