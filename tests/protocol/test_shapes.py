"""The words of the protocol: an id is what its pattern says and nothing that begins like it."""

from typing import Any

import msgspec
import pytest

from protocol import shapes
from scripts.protocol_examples import ANNA, BEN, BY_DESCRIPTION

PATTERNED = {
    name: kind for name, kind in vars(shapes).items() if any(meta.pattern for meta in getattr(kind, "__metadata__", ()))
}


def is_one(kind: Any, text: str) -> bool:
    try:
        msgspec.convert(text, kind)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", PATTERNED)
def test_an_id_takes_nothing_beside_it(name: str) -> None:
    kind = PATTERNED[name]
    beside = "/" if name != "PushAddress" else " "  # an address goes on with what an id never has
    right = BY_DESCRIPTION.get(kind.__metadata__[0].description, f"direct.{ANNA}.{BEN}")
    assert is_one(kind, right)
    for wrong in (f"{right}\n", f" {right}", f"{right}{beside}", f"{right}\0", right.upper() + "É", "__proto__", "../"):
        assert not is_one(kind, wrong), wrong


@pytest.mark.parametrize("text", ["directory", "house", f"own.{ANNA}", f"direct.{ANNA}.{BEN}", "room.r" + "a" * 13])
def test_a_conversation_is_one_of_five(text: str) -> None:
    assert is_one(shapes.ConversationId, text)


@pytest.mark.parametrize(
    "text", ["", "directory.", "own.", f"direct.{ANNA}", f"direct.{ANNA}.{BEN}.x", "room.p" + "a" * 13]
)
def test_nothing_else_is_a_conversation(text: str) -> None:
    assert not is_one(shapes.ConversationId, text)


def test_only_what_says_so_may_be_empty() -> None:
    empty = {name for name, kind in PATTERNED.items() if is_one(kind, "")}
    assert empty == {name for name in PATTERNED if name.endswith("OrEmpty")}
