"""Homes: one node has a call, a silent one has none, and of two that took one the first by id keeps it."""

from store.nodes.homes import HOME_SILENT_SECONDS, Homes


class Clock:
    """Seconds as a test says."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_taken_is_ours_until_it_is_released() -> None:
    homes = Homes("b", Clock())
    assert homes.of("call") is None
    homes.take("call")
    assert (homes.of("call"), homes.is_ours("call"), homes.ours()) == ("b", True, ["call"])
    assert homes.release("call")
    assert not homes.release("call")
    assert homes.of("call") is None


def test_what_another_says_it_has_it_has_until_it_says_otherwise_or_is_silent() -> None:
    clock = Clock()
    homes = Homes("b", clock)
    homes.hear("a", ["one", "two"])
    assert homes.of("one") == "a"
    homes.hear("a", ["two"])
    assert homes.of("one") is None
    clock.now = HOME_SILENT_SECONDS + 1
    assert homes.of("two") is None
    homes.hear("a", ["two"])
    assert homes.of("two") == "a"
    homes.forget("a")
    homes.forget("a")
    assert homes.of("two") is None


def test_of_two_that_took_a_call_the_first_by_id_keeps_it() -> None:
    lost: list[str] = []
    homes = Homes("b", Clock())
    homes.lost.append(lost.append)
    homes.take("call")
    homes.hear("c", ["call"])
    assert (homes.of("call"), lost) == ("b", [])
    homes.hear("a", ["call", "another"])
    assert (homes.of("call"), lost) == ("a", ["call"])
