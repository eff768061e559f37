"""Answers: each says what it is, and its example is one."""

import msgspec
import pytest

from protocol.answers import ANSWERS, Answer
from scripts.protocol_examples import example


@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_an_answer_says_what_it_is(kind: type[Answer]) -> None:
    assert kind.__doc__
    assert kind.__doc__ != Answer.__doc__


@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_an_answer_is_plain_values_and_bytes(kind: type[Answer]) -> None:
    plain = msgspec.to_builtins(example(kind), builtin_types=(bytes,))
    assert msgspec.convert(plain, kind) == example(kind)
