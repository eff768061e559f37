"""The pulse of the event loop: how late it comes to what is due, which is how long everybody waits for it.

It looks twice a second. What held the loop between two looks is seen by how late the second one came, or, where the
loop's own rounds are timed, whole.
"""

import asyncio
from collections import deque
from collections.abc import Callable

BEAT_SECONDS = 0.5
REMEMBERED = 120  # beats: a minute


class Pulse:
    """Beats while the server runs. `longest` tells the seconds of the loop's longest round since it was asked last."""

    def __init__(self, beat_seconds: float = BEAT_SECONDS, longest: Callable[[], float] = lambda: 0.0) -> None:
        self._beat_seconds = beat_seconds
        self._longest = longest
        self._late: deque[float] = deque(maxlen=REMEMBERED)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to beat. To be called on the loop."""
        self._task = asyncio.create_task(self._beat(), name="pulse")

    async def close(self) -> None:
        """Beat no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def slowest(self) -> float:
        """The latest beat of the last minute, in seconds behind its time; 0 before the first."""
        return max(self._late, default=0.0)

    async def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + self._beat_seconds
            await asyncio.sleep(self._beat_seconds)
            self._late.append(max(0.0, loop.time() - due, self._longest()))
