"""What time it is, for certificates, on a machine that may not know.

A Raspberry Pi has no clock chip: after a power cut it believes in some day of last year until the network
tells it better, and certificates issued then would have ended long ago. Time never runs backwards, so the
latest moment known to be past is nearer the truth than such a clock. But a clock that once woke up in 2099 has left
a moment in the log that is not past at all: where they are years apart, the clock of now is believed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

RELEASED = datetime(2026, 11, 23, tzinfo=UTC)  # this release cannot run before it was made
MOST_BEHIND = timedelta(days=730)  # that a clock later than the release is taken to be slow by


def present(newest_at: int = 0, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> datetime:
    """The latest of the clock, the day of this release, and the newest `at` in the log (ms since the epoch).

    A newest that is years ahead of a possible clock is left out.
    """
    now, newest = clock(), datetime.fromtimestamp(newest_at / 1000, UTC)
    if now >= RELEASED and newest - now > MOST_BEHIND:
        return now
    return max(now, RELEASED, newest)
