"""Rounds of the loop: of what is ready at once only so much is served in one, in the order in which it became ready.

When thousands of lines end or come back together, asyncio would serve all of them before it looks at a timer or at who
asks something; a TLS handshake alone is a millisecond or two. Only epoll is told apart here, for only on Linux do
thousands come. And since each round begins and ends here, this is where it is seen how long one took.
"""

import asyncio
import selectors
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Any

MOST_EVENTS = 128  # served in one round; a round of 128 handshakes takes 0.2 s


def new_loop() -> asyncio.AbstractEventLoop:
    """A loop that goes in such rounds, where the system has epoll; else the one asyncio would make."""
    return Loop() if sys.platform == "linux" else asyncio.new_event_loop()


def longest_round(loop: asyncio.AbstractEventLoop) -> Callable[[], float]:
    """What tells the seconds of the longest round since it was asked last; of a loop that is not ours, always 0."""
    if sys.platform == "linux" and isinstance(loop, Loop):
        return loop.rounds.take_longest
    return lambda: 0.0


if sys.platform == "linux":

    class Rounds(selectors.EpollSelector):
        """What asyncio asks for what is ready. What waits for its turn is not asked for again before it had it."""

        def __init__(self) -> None:
            super().__init__()
            self._left: dict[int, int] = {}  # events by descriptor, the earliest first
            self._began = float("inf")  # the round that is on
            self._longest = 0.0

        def take_longest(self) -> float:
            """Seconds of the longest round since this was asked last."""
            longest, self._longest = self._longest, 0.0
            return longest

        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            """What is ready for the next round; the one before is over."""
            self._longest = max(self._longest, time.perf_counter() - self._began)
            try:
                return self._next(timeout)
            finally:
                self._began = time.perf_counter()

        def _next(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            """At most MOST_EVENTS. While some are left nothing waits, whatever the timeout."""
            left = self._left
            if not left:
                ready = super().select(timeout)
                if len(ready) <= MOST_EVENTS:
                    return ready
                left.update((key.fd, events) for key, events in ready)
            keys = self.get_map()
            taken = [(keys.get(descriptor), left.pop(descriptor)) for descriptor in list(islice(left, MOST_EVENTS))]
            # of some nothing is known any more: a failed `modify` forgets one without a word
            return [(key, events & key.events) for key, events in taken if key and events & key.events]

        def unregister(self, fileobj: Any) -> selectors.SelectorKey:
            """Its number may soon be another's, of which nothing is known yet."""
            key = super().unregister(fileobj)
            self._left.pop(key.fd, None)
            return key

    class Loop(asyncio.SelectorEventLoop):
        """asyncio's, in such rounds."""

        def __init__(self) -> None:
            self.rounds = Rounds()
            super().__init__(self.rounds)
