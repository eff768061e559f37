"""Whatever a person must put right is one family, so that one place can print it."""

import inspect

import pytest

from trust import TrustError, errors

FAMILY = [one for _, one in inspect.getmembers(errors, inspect.isclass) if one.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", FAMILY)
def test_every_error_is_caught_by_its_family_and_says_what_it_is_for(kind: type[Exception]) -> None:
    assert issubclass(kind, TrustError)
    assert kind.__doc__
    assert str(kind("One sentence.")) == "One sentence."


def test_a_mistake_of_ours_is_none_of_the_family() -> None:
    assert len(FAMILY) > 5
    assert not issubclass(ValueError, TrustError)
