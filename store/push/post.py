"""The post office: parcels wait their turn, few are under way at once, and what could not be delivered is tried again.

Nobody waits for it: a message is told and answered whatever push services do. What waits is lost with the process,
which costs a notification and never a message.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Literal

from store.push import Outcome, Parcel
from store.rows import Subscription

AT_ONCE = 4  # parcels under way
MAX_WAITING = 2000  # parcels; above, the oldest is dropped
MAX_TRIES = 6
MAX_REMEMBERED = 1000  # messages: which devices were shown them, and which were taken back
FIRST_RETRY_SECONDS = 5.0  # doubled with every further try

log = logging.getLogger("parley.push")

Send = Callable[[Parcel], Awaitable[Outcome]]
Reached = Literal["unknown", "yes", "no"]


async def _no_way(parcel: Parcel) -> Outcome:
    return Outcome("unreachable")


class Post:
    """Delivers parcels. `key` is what a browser subscribes with, empty where nothing can be pushed at all."""

    def __init__(self, key: str = "", send: Send = _no_way, clock: Callable[[], int] = lambda: 0) -> None:
        self.key = key
        self.reached: Reached = "unknown"
        """Whether a push service answered when this server last called one."""
        self.gone: Callable[[Subscription], None] = lambda _: None
        """Called with a subscription that is dead."""
        self._send = send
        self._clock = clock
        self._waiting: dict[tuple[str, str], tuple[Parcel, int]] = {}
        self._retries: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._working = 0
        self._shown: dict[tuple[str, int], dict[str, Subscription]] = {}
        self._withdrawn: dict[tuple[str, int], None] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._waiting) + len(self._retries) + len(self._under_way)

    def add(self, parcel: Parcel) -> None:
        """To be delivered soon; what waited under its topic for the same device is not needed any more."""
        if not self.key or self._closed:
            return
        self._put(parcel, tries=0)

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Deliver now, once, and say what became of it: for somebody who waits for the answer."""
        outcome = await self._send(parcel)
        self._learn(parcel, outcome)
        return outcome

    def withdraw(self, about: tuple[str, int]) -> list[Subscription]:
        """This message was taken back: it is pushed to nobody any more; answers the devices that were shown it."""
        self._withdrawn[about] = None
        _forget_oldest(self._withdrawn)
        return list(self._shown.pop(about, {}).values())

    def is_withdrawn(self, about: tuple[str, int]) -> bool:
        """Whether it was taken back, not long ago."""
        return about in self._withdrawn

    def see_to(self, work: Coroutine[None, None, None]) -> None:
        """Do this beside everything else, for as long as this stands."""
        if self._closed:
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work, name="push")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Drop what waits and end what is under way."""
        self._closed = True
        self._waiting.clear()
        for timer in self._retries.values():
            timer.cancel()
        self._retries.clear()
        under_way = list(self._under_way)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _put(self, parcel: Parcel, tries: int) -> None:
        key = (parcel.subscription.device, parcel.topic)
        if timer := self._retries.pop(key, None):
            timer.cancel()
        self._waiting.pop(key, None)
        self._waiting[key] = parcel, tries
        while len(self._waiting) > MAX_WAITING:
            self._waiting.pop(next(iter(self._waiting)))
            log.warning("more than %d pushes wait: the oldest was dropped", MAX_WAITING)
        if self._working < AT_ONCE:
            self._working += 1
            self.see_to(self._work())

    async def _work(self) -> None:
        try:
            while self._waiting:
                key = next(iter(self._waiting))
                parcel, tries = self._waiting.pop(key)
                if self._clock() < parcel.expires_at and parcel.still():
                    outcome = await self.deliver(parcel)
                    if outcome.kind in ("later", "unreachable"):
                        self._again(key, parcel, tries + 1, outcome)
        finally:
            self._working -= 1  # at once: what is put in the same turn of the loop needs somebody new

    def _again(self, key: tuple[str, str], parcel: Parcel, tries: int, outcome: Outcome) -> None:
        wait = max(outcome.retry_seconds, FIRST_RETRY_SECONDS * 2 ** (tries - 1))
        late = self._clock() + wait * 1000 >= parcel.expires_at
        if tries >= MAX_TRIES or late or key in self._waiting or key in self._retries or self._closed:
            return

        def put() -> None:
            del self._retries[key]
            self._put(parcel, tries)

        self._retries[key] = asyncio.get_running_loop().call_later(wait, put)

    def _learn(self, parcel: Parcel, outcome: Outcome) -> None:
        """Logs say which device and what came of it, never what was in it or where it went."""
        log.debug("device=%s %s %d", parcel.subscription.device, outcome.kind, outcome.status)
        if outcome.kind == "sent" and parcel.about:
            self._shown.setdefault(parcel.about, {})[parcel.subscription.device] = parcel.subscription
            _forget_oldest(self._shown)
        if outcome.kind == "gone":
            self.gone(parcel.subscription)
        elif outcome.kind == "refused":
            log.warning("a push service refused: device=%s status=%d", parcel.subscription.device, outcome.status)
        if outcome.kind == "unreachable":
            if self.reached != "no":
                log.warning("no push service can be reached: notifications come only while Parley is open")
            self.reached = "no"
        elif outcome.status:
            self.reached = "yes"


def _forget_oldest(remembered: dict[tuple[str, int], Any]) -> None:
    while len(remembered) > MAX_REMEMBERED:
        remembered.pop(next(iter(remembered)))
