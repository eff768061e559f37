"""Limits: a bucket empties, fills again with time, and is forgotten when full."""

import pytest

from chat.limits import Buckets, Rate
from protocol.errors import Refusal


class Clock:
    """Time in the test's hand, ms."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def __call__(self) -> int:
        return self.now


def taken(buckets: Buckets, key: str, most: int = 100) -> int:
    """How many can be taken at once."""
    for count in range(most):
        try:
            buckets.take(key)
        except Refusal:
            return count
    return most


def test_a_burst_is_allowed_and_no_more_and_then_so_many_a_second() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=5, per_second=2), clock)
    assert taken(buckets, "a") == 5
    clock.now += 1000
    assert taken(buckets, "a") == 2
    clock.now += 60_000
    assert taken(buckets, "a") == 5


def test_one_who_asks_too_often_takes_nothing_from_another() -> None:
    buckets = Buckets(Rate(burst=3, per_second=1), Clock())
    assert (taken(buckets, "a"), taken(buckets, "b")) == (3, 3)


def test_a_refusal_says_how_long_to_wait() -> None:
    buckets = Buckets(Rate(burst=1, per_second=0.2), Clock())
    buckets.take("a")
    with pytest.raises(Refusal, match="wait 5 s") as caught:
        buckets.take("a")
    assert caught.value.code == "slow-down"


def test_asking_in_vain_does_not_keep_a_bucket_empty() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=2, per_second=1), clock)
    taken(buckets, "a")
    for _ in range(20):
        clock.now += 100
        taken(buckets, "a")
    clock.now += 1000
    assert taken(buckets, "a") >= 1


def test_a_clock_set_back_locks_nobody_out() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=2, per_second=1), clock)
    taken(buckets, "a")
    clock.now -= 500_000
    assert taken(buckets, "a") == 0
    clock.now += 2000
    assert taken(buckets, "a") == 2


def test_a_full_bucket_is_forgotten() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=2, per_second=1), clock)
    for number in range(50):
        buckets.take(str(number))
        clock.now += 100
    assert len(buckets) <= 21


def test_a_flood_of_keys_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Buckets, "MAX_KEYS", 100)
    buckets = Buckets(Rate(burst=2, per_second=1), Clock())
    for number in range(1000):
        buckets.take(str(number))
    assert len(buckets) == 100
    assert taken(buckets, "999") == 1


def test_what_costs_more_is_allowed_less_often() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=25, per_second=5), clock)
    buckets.take("a", cost=10)
    buckets.take("a", cost=10)
    with pytest.raises(Refusal, match="wait 1 s"):
        buckets.take("a", cost=10)
    assert taken(buckets, "a") == 5
    clock.now += 2000
    buckets.take("a", cost=10)


def test_what_costs_more_than_all_there_can_be_takes_nearly_all_there_is() -> None:
    buckets = Buckets(Rate(burst=4, per_second=1), Clock())
    buckets.take("a")  # as each command does before it is read
    buckets.take("a", cost=9)
    assert taken(buckets, "a") == 0
