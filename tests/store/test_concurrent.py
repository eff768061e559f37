"""The concurrent-safe dict under real threads."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from store.concurrent import ConcurrentDict

THREADS = 6
TIMES = 50_000  # per thread


@pytest.fixture(autouse=True)
def eager_switching() -> Iterator[None]:
    """Threads change places a thousand times more often than usual, so that a lost update shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(usual)


def in_threads(*works: Callable[[], None]) -> None:
    """Runs all of them at once to their end and raises what any of them raised."""
    raised: list[BaseException] = []
    together = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        together.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again below, in the test's own thread
            raised.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]


def add_one(value: int | None) -> int:
    return (value or 0) + 1


def test_no_update_is_lost_between_threads() -> None:
    counts: ConcurrentDict[str, int] = ConcurrentDict()

    def count() -> None:
        for _ in range(TIMES):
            counts.update("all", add_one)

    in_threads(*[count] * THREADS)
    assert counts.get("all") == THREADS * TIMES


def test_get_then_put_does_lose_updates_so_the_test_above_can_fail() -> None:
    counts: ConcurrentDict[str, int] = ConcurrentDict()

    def count() -> None:
        for _ in range(TIMES):
            counts.put("all", add_one(counts.get("all")))

    for _ in range(20):
        counts.pop("all")
        in_threads(*[count] * THREADS)
        if counts.get("all") != THREADS * TIMES:
            return
    pytest.fail("threads never met between get and put: the threads of these tests do not interleave")


def test_iterating_never_fails_while_others_write() -> None:
    values: ConcurrentDict[int, int] = ConcurrentDict((n, n) for n in range(100))
    done = threading.Event()

    def write() -> None:
        for n in range(TIMES):
            values.put(n % 1000, n % 1000)
            values.pop((n * 7) % 1000)
        done.set()

    def walk() -> None:
        while not done.is_set():
            assert all(key == value for key, value in values.items())
            assert all(isinstance(value, int) for value in values.values())
            assert len(list(values)) <= 1000
            assert len(values.keys()) <= 1000

    in_threads(write, walk, walk)


def test_a_walk_sees_one_moment() -> None:
    values = ConcurrentDict([("a", 1), ("b", 2)])
    seen = []
    for key in values:
        values.pop("b")
        values.put("c", 3)
        seen.append(key)
    assert seen == ["a", "b"]
    assert values.keys() == ["a", "c"]


def test_a_value_is_made_once_however_many_ask() -> None:
    values: ConcurrentDict[int, object] = ConcurrentDict()
    made: list[object] = []
    got: list[list[object]] = [[] for _ in range(THREADS)]

    def make() -> object:
        made.append(thing := object())
        return thing

    def asking(mine: list[object]) -> Callable[[], None]:
        return lambda: mine.extend(values.get_or_make(n, make) for n in range(1000))

    in_threads(*[asking(mine) for mine in got])
    assert len(made) == 1000
    assert all(mine == got[0] for mine in got)


def test_a_change_that_raises_leaves_the_value_and_the_dict_usable() -> None:
    values = ConcurrentDict([("a", 1)])

    def broken(value: int | None) -> int:
        raise ValueError(f"cannot change {value}")

    with pytest.raises(ValueError, match="cannot change 1"):
        values.update("a", broken)
    assert values.get("a") == 1
    assert values.update("a", add_one) == 2


@pytest.mark.parametrize("write", ["put", "pop", "update"])
def test_a_change_that_writes_to_its_own_dict_is_told_so(write: str) -> None:
    values = ConcurrentDict([("a", 1)])
    writes: dict[str, Callable[[], object]] = {
        "put": lambda: values.put("a", 5),
        "pop": lambda: values.pop("a"),
        "update": lambda: values.update("a", add_one),
    }

    def change(value: int | None) -> int:
        writes[write]()
        return 0

    with pytest.raises(RuntimeError, match="only to answer the new value"):
        values.update("a", change)
    assert values.items() == [("a", 1)]


def test_it_reads_like_a_dict() -> None:
    values: ConcurrentDict[str, int] = ConcurrentDict()
    assert values.get("a") is None
    assert values.pop("a") is None
    assert "a" not in values
    values.put("a", 1)
    assert "a" in values
    assert len(values) == 1
    assert values.get_or_make("a", lambda: 9) == 1
    assert values.get_or_make("b", lambda: 2) == 2
    assert values.values() == [1, 2]
    assert values.pop("a") == 1
    assert values.items() == [("b", 2)]
