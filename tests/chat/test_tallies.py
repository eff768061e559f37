"""Tallies: people behind one thing, the first twenty of them by name."""

from chat.tallies import joined, left
from protocol.shapes import MAX_NAMED, Tally


def test_the_first_are_named_and_the_rest_is_counted() -> None:
    tally = Tally()
    for number in range(MAX_NAMED + 5):
        tally = joined(tally, f"p{number}")
    assert (tally.count, tally.people) == (MAX_NAMED + 5, [f"p{number}" for number in range(MAX_NAMED)])


def test_who_leaves_is_named_no_longer_and_leaves_room_for_the_next() -> None:
    tally = Tally()
    for number in range(MAX_NAMED + 1):
        tally = joined(tally, f"p{number}")
    tally = left(left(tally, "p0"), f"p{MAX_NAMED}")
    assert (tally.count, len(tally.people)) == (MAX_NAMED - 1, MAX_NAMED - 1)
    assert joined(tally, "new").people[-1] == "new"
