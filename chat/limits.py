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
    """One bucket a key (a device, an address). `clock` is ms; a full bucket is forgotten, so keys cost nothing for long."""

    MAX_KEYS = 50_000

    def __init__(self, rate: Rate, clock: Callable[[], int]) -> None:
        self._rate = rate
        self._clock = clock
        self._levels: dict[str, tuple[float, int]] = {}

    def take(self, key: str, what: str = "That") -> None:
        """Take one. Raises Refusal `slow-down` with the seconds to wait when there is none."""
        level = self._level(key)
        if level < 1:
            seconds = max(1, round((1 - level) / self._rate.per_second))
            raise Refusal("slow-down", f"{what} was asked too often. Please wait {seconds} s.")
        self._levels[key] = (level - 1, self._clock())

    def _level(self, key: str) -> float:
        if len(self._levels) > self.MAX_KEYS:
            self._forget_full()
        level, at = self._levels.get(key, (self._rate.burst, self._clock()))
        seconds = max(0, self._clock() - at) / 1000
        return min(self._rate.burst, level + seconds * self._rate.per_second)

    def _forget_full(self) -> None:
        now = self._clock()
        seconds = self._rate.burst / self._rate.per_second
        self._levels = {key: kept for key, kept in self._levels.items() if now - kept[1] < seconds * 1000}
