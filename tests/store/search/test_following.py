"""Many logs become one, in the order in which things were said."""

import asyncio
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from store.search import following
from store.search.changes import Said
from tests.store.search.logs import Logs


def order(logs: Logs, behind: Mapping[str, int], batch: int = 3) -> list[list[tuple[str, int]]]:
    """Batches of (conversation, seq)."""

    async def all_of_it() -> list[list[tuple[str, int]]]:
        return [[step[:2] for step in steps] async for steps in following.merged(logs.read, behind, batch)]

    return asyncio.run(all_of_it())


@given(st.lists(st.sampled_from("abc")), st.integers(1, 7), st.integers(0, 5))
def test_each_row_comes_once_oldest_first(said: list[str], batch: int, upto: int) -> None:
    logs = Logs()
    told = [(place, logs.says(place, "x")) for place in said]
    batches = order(logs, dict.fromkeys("abc", upto), batch)
    assert [step for steps in batches for step in steps] == [step for step in told if step[1] > upto]
    assert all(len(steps) == batch for steps in batches[:-1])


def test_a_clock_set_back_does_not_put_an_edit_before_its_message() -> None:
    logs = Logs()
    logs.says("a", "later")
    logs.at -= 500_000
    logs.edits("a", 1, "earlier")
    logs.says("b", "between")
    assert [step for steps in order(logs, {"a": 0, "b": 0}) for step in steps] == [("b", 1), ("a", 1), ("a", 2)]


def test_a_long_log_is_read_page_by_page() -> None:
    logs = Logs()
    for at in range(following.PAGE * 2 + 5):
        logs.says("a", str(at))
    asked = list[int]()

    async def read(place: str, after: int, limit: int, max_bytes: int) -> list[following.LogRow]:
        asked.append(after)
        return await logs.read(place, after, limit, max_bytes)

    async def count() -> int:
        return sum([len(steps) async for steps in following.merged(read, {"a": 0}, 100)])

    assert asyncio.run(count()) == following.PAGE * 2 + 5
    assert asked == [0, following.PAGE, following.PAGE * 2, following.PAGE * 2 + 5]


def test_a_step_says_what_changes() -> None:
    logs = Logs()
    logs.says("a", "hello")

    async def first() -> following.Step:
        return (await anext(following.merged(logs.read, {"a": 0}, 9)))[0]

    place, seq, change = asyncio.run(first())
    assert (place, seq, isinstance(change, Said)) == ("a", 1, True)
