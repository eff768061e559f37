"""What time it is, for certificates, on a machine that may not know.

A Raspberry Pi has no clock chip: after a power cut it believes in some day of last year until the network
tells it better, and certificates issued then would have ended long ago. Time never runs backwards, so the
latest moment known to be past is nearer the truth than such a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

RELEASED = datetime(2026, 11, 23, tzinfo=UTC)  # this release cannot run before it was made


def present(newest_at: int = 0, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> datetime:
    """The latest of the clock, the day of this release, and the newest `at` in the log (ms since the epoch)."""
    return max(clock(), RELEASED, datetime.fromtimestamp(newest_at / 1000, UTC))
