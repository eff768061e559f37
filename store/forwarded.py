"""What the forwarding unit has passed on since the start, summed over all calls, those that are over too.

The unit tells each call's account every minute and all of it at the end. A newcomer's first mistake is to add up both;
the second is to believe that a sum only grows: a packet that comes late is no longer lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTED = ("in_packets", "in_octets", "in_lost", "out_packets", "out_octets", "out_lost")


def nothing() -> dict[str, int]:
    """None of anything."""
    return dict.fromkeys(COUNTED, 0)


@dataclass(slots=True)
class _Told:
    """Of one call: its sum as the minutes made it, and the highest it was, which is what has been counted."""

    sums: dict[str, int] = field(default_factory=nothing)
    highest: dict[str, int] = field(default_factory=nothing)


class Forwarded:
    """`totals` never fall. They are as old as the last account of each call, a minute at most."""

    def __init__(self) -> None:
        self.totals = nothing()
        self._told: dict[str, _Told] = {}

    def minute(self, call: str, figures: Mapping[str, object]) -> None:
        """So much more passed through this call."""
        told = self._told.setdefault(call, _Told())
        for name in COUNTED:
            told.sums[name] += _number(figures, name)
        self._count(told)

    def over(self, call: str, figures: Mapping[str, object]) -> None:
        """The call is over, and this is all that passed through it."""
        told = self._told.pop(call, _Told())
        told.sums = {name: _number(figures, name) for name in COUNTED}
        self._count(told)

    def begin_anew(self) -> None:
        """The unit was lost, and with it what it had not told; calls that go on are counted from nothing."""
        self._told.clear()

    def _count(self, told: _Told) -> None:
        for name, now in told.sums.items():
            self.totals[name] += max(0, now - told.highest[name])
            told.highest[name] = max(now, told.highest[name])


def _number(figures: Mapping[str, object], name: str) -> int:
    found = figures.get(name, 0)
    return found if isinstance(found, int) else 0
