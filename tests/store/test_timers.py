"""Timers: one a key, gathered where asked, and silent after closing."""

from store.timers import Timers
from tests.neighbours import lived, passes


@lived
async def test_it_is_called_once_when_its_time_has_come() -> None:
    timers, called = Timers(), []
    timers.later("a", 5, lambda: called.append("a"))
    await passes(4.9)
    assert (called, timers.is_set("a")) == ([], True)
    await passes(10)
    assert (called, timers.is_set("a")) == (["a"], False)


@lived
async def test_setting_it_again_replaces_what_was_set_and_asking_soon_does_not() -> None:
    timers, called = Timers(), []
    timers.later("a", 5, lambda: called.append("first"))
    timers.later("a", 8, lambda: called.append("second"))
    timers.soon("a", 1, lambda: called.append("third"))
    await passes(20)
    assert called == ["second"]


@lived
async def test_a_cancelled_one_is_not_called() -> None:
    timers, called = Timers(), []
    timers.later("a", 5, lambda: called.append("a"))
    timers.later("b", 5, lambda: called.append("b"))
    timers.cancel("a")
    timers.cancel("nothing")
    await passes(20)
    assert called == ["b"]


@lived
async def test_what_is_gathered_is_called_once_with_all_of_it_and_then_anew() -> None:
    timers, called = Timers(), list[set[str]]()
    for item in ("x", "y", "x"):
        timers.gather("a", item, 1, called.append)
    await passes(2)
    timers.gather("a", "z", 1, called.append)
    await passes(2)
    assert called == [{"x", "y"}, {"z"}]


@lived
async def test_it_can_be_called_before_its_time_and_then_never_again() -> None:
    timers, called = Timers(), []
    timers.later("a", 5, lambda: called.append("a"))
    timers.fire("a")
    timers.fire("a")
    await passes(20)
    assert called == ["a"]


@lived
async def test_a_timer_may_set_itself_again() -> None:
    timers, called = Timers(), list[int]()

    def again() -> None:
        called.append(1)
        timers.later("a", 5, again)

    timers.later("a", 5, again)
    await passes(16)
    timers.close()
    assert len(called) == 3


@lived
async def test_after_closing_nothing_is_called_whenever_it_was_set() -> None:
    timers, called = Timers(), []
    timers.later("a", 5, lambda: called.append("a"))
    timers.gather("b", "x", 5, called.append)
    timers.close()
    timers.later("c", 5, lambda: called.append("c"))
    timers.gather("b", "y", 5, called.append)
    await passes(20)
    assert called == []
