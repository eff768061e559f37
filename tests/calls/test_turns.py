"""Everybody has a turn a second, and those who came together are soon spread over it."""

from collections import Counter

from calls.turns import Turns

TICK = 0.02


def lived(people: int, seconds: float, tick: float = TICK) -> list[dict[str, float]]:
    """The turns at each tick, of people who all came at 0."""
    turns = Turns(1.0, 0.0)
    for one in range(people):
        turns.comes(str(one), 0.0)
    return [turns.take(tick * (one + 1)) for one in range(round(seconds / tick))]


def test_everybody_has_one_each_second_and_is_told_how_long_it_was() -> None:
    passed = lived(16, 10.2)
    had = Counter(name for turn in passed for name in turn)
    assert set(had) == {str(one) for one in range(16)}
    assert all(9 <= times <= 10 for times in had.values())
    told = [seconds for turn in passed for seconds in turn.values()]
    assert all(1.0 <= seconds < 1.5 for seconds in told)


def test_those_who_came_together_have_theirs_apart() -> None:
    for people in (1, 16, 40):
        passed = lived(people, 5)
        assert max(map(len, passed)) <= 2
        assert sum(map(len, passed)) >= 4 * people


def test_where_time_passes_in_leaps_all_have_theirs_at_once() -> None:
    (first, second) = lived(16, 2, tick=1.0)
    assert len(first) == len(second) == 16
    assert set(first.values()) == {1.0}


def test_who_went_has_none_and_who_came_again_waits_a_second() -> None:
    turns = Turns(1.0, 0.0)
    turns.comes("ann", 0.0)
    turns.comes("bob", 0.0)
    turns.goes("ann")
    turns.goes("nobody")
    assert set(turns.take(1.0)) == {"bob"}
    turns.comes("ann", 1.2)
    assert turns.take(2.0) == {"bob": 1.0}
    assert set(turns.take(2.3)) == {"ann"}


def test_who_came_last_in_a_crowd_is_not_put_off_for_ever() -> None:
    passed = lived(40, 3)
    assert {name for turn in passed[:75] for name in turn} == {str(one) for one in range(40)}


def test_of_nobody_it_is_nobodys_turn() -> None:
    assert Turns(1.0, 0.0).take(5.0) == {}
