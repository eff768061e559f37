"""The kinds of event: what is logged has a place, what passes has none."""

import pytest

from protocol.telling import Event, Logged, Passing


@pytest.mark.parametrize("field", ["conversation", "seq", "author", "at"])
def test_what_is_logged_has_a_place_and_what_passes_has_none(field: str) -> None:
    assert field in Logged.__struct_fields__
    assert field not in Passing.__struct_fields__


def test_nothing_is_a_line_unless_it_says_so() -> None:
    assert not Logged.is_line
    assert not issubclass(Passing, Logged)
    assert issubclass(Passing, Event)
