"""The kinds of command: only what writes carries a nonce, and nothing is of two kinds."""

import pytest

from protocol.asking import Asks, Command, Inner, Tells, Writes


@pytest.mark.parametrize(("kind", "writes"), [(Writes, True), (Inner, True), (Asks, False), (Tells, False)])
def test_only_what_writes_carries_a_nonce(kind: type[Command], writes: bool) -> None:
    assert ("nonce" in kind.__struct_fields__) is writes


def test_nothing_is_of_two_kinds() -> None:
    assert not [kind for kind in (Asks, Tells) if issubclass(kind, Writes)]
    assert issubclass(Inner, Writes)
