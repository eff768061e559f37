"""Whose turn it is: everybody has one a second, and few have theirs at a time.

All in one moment would hold up everybody's packets: 3 to 6 ms in a call of 16. A newcomer's first mistake is to count
turns: what is measured in one is over the time since the last, which may be longer than a second.
"""

from math import ceil


class Turns:
    """`seconds` lie between two turns of somebody."""

    def __init__(self, seconds: float, now: float) -> None:
        self._seconds = seconds
        self._had: dict[str, float] = {}  # when each had the last one, the longest ago first
        self._taken_at = now

    def comes(self, name: str, now: float) -> None:
        """Somebody new has a first turn in a second."""
        self._had[name] = now

    def goes(self, name: str) -> None:
        """Somebody has none any more."""
        self._had.pop(name, None)

    def take(self, now: float) -> dict[str, float]:
        """Whose turn it is now, and how long ago they had the last one: at most twice as many as there must be in the
        time since this was asked before, so that who came together is soon spread over half a second."""
        most = max(1, ceil(2 * len(self._had) * (now - self._taken_at) / self._seconds))
        self._taken_at = now
        turns: dict[str, float] = {}
        for name, had in self._had.items():
            if now - had < self._seconds or len(turns) == most:
                break
            turns[name] = now - had
        for name in turns:
            del self._had[name]
            self._had[name] = now
        return turns
