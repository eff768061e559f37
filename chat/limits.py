"""Limits: how often somebody may ask, as a bucket that fills again with time."""

from collections.abc import Callable
from dataclasses import dataclass

from protocol.errors import Refusal


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, `per_second` in the long run."""

    burst: float
    per_second: float


class Buckets:
    """One bucket a key (a device, an address). `clock` is ms. A full one is forgotten, so keys cost nothing for long.

    Buckets are kept in the order they were last asked for, so the full ones are always first.
    """

    MAX_KEYS = 50_000  # above, the one not asked for longest is forgotten whatever it holds

    def __init__(self, rate: Rate, clock: Callable[[], int]) -> None:
        self._rate = rate
        self._clock = clock
        self._levels: dict[str, tuple[float, int]] = {}

    def take(self, key: str, what: str = "That", cost: int = 1) -> None:
        """Take as many as it costs. Raises Refusal `slow-down` with the seconds to wait when they are not there.

        A bucket smaller than the cost gives all it has but one.
        """
        level, due = self._level(key), min(cost, max(1, self._rate.burst - 1))
        self._levels[key] = (level - due if level >= due else level, self._clock())
        self._forget_full()
        if level < due:
            seconds = max(1, round((due - level) / self._rate.per_second))
            raise Refusal("slow-down", f"{what} was asked too often. Please wait {seconds} s.")

    def __len__(self) -> int:
        return len(self._levels)

    def _level(self, key: str) -> float:
        level, at = self._levels.pop(key, (self._rate.burst, 0))
        seconds = max(0, self._clock() - at) / 1000  # never below 0: the clock may have been set back
        return min(self._rate.burst, level + seconds * self._rate.per_second)

    def _forget_full(self) -> None:
        fills_ms = 1000 * self._rate.burst / self._rate.per_second
        while self._levels:
            oldest, (_, at) = next(iter(self._levels.items()))
            if len(self._levels) <= self.MAX_KEYS and self._clock() - at < fills_ms:
                return
            del self._levels[oldest]
