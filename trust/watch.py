"""Watches whether the server certificate must be issued again while the server runs.

A laptop moves to another Wi-Fi, a router hands out a new address, a year passes: the watch looks every so
often and tells its owner, who loads the new certificate into the context that is listening. A look that
fails is logged once and tried again: the old certificate keeps serving meanwhile.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Protocol

from trust.errors import TrustError

log = logging.getLogger(__name__)

EVERY_SECONDS = 15.0  # how long a phone waits for a moved laptop; a look costs about a millisecond


class Renewable(Protocol):
    """A household or a certificate of one's own."""

    def refresh(self, hosts: Iterable[str], now: datetime) -> bool:
        """Whether it changed."""


class Watch:
    """A task that looks, owned by whoever calls `start` and `stop`.

    `hosts` says what the certificate should be for now; `changed` is called after it became a new one, and
    `then` is awaited after every look (to announce the addresses the look found, for one); its TrustError or OSError is
    logged and the watch goes on.
    """

    def __init__(
        self,
        certificate: Renewable,
        *,
        hosts: Callable[[], Iterable[str]],
        now: Callable[[], datetime],
        changed: Callable[[], None],
        then: Callable[[], Awaitable[None]] | None = None,
        every_seconds: float = EVERY_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._certificate = certificate
        self._hosts = hosts
        self._now = now
        self._changed = changed
        self._then = then
        self._every_seconds = every_seconds
        self._sleep = sleep
        self._task: asyncio.Task[None] | None = None
        self._complaint = ""

    def start(self) -> None:
        """Begins to look; the first look is after one pause, as the certificate was just opened."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="trust watch")

    async def stop(self) -> None:
        """Ends the task and waits until it has ended."""
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def look(self) -> bool:
        """Looks once; whether the certificate changed. Never raises: what went wrong is logged."""
        try:
            changed = self._certificate.refresh(self._hosts(), self._now())
            if changed:
                self._changed()
        except (TrustError, OSError) as failure:
            self._complain(str(failure))
            return False
        self._complaint = ""
        return changed

    async def _run(self) -> None:
        while True:
            await self._sleep(self._every_seconds)
            self.look()
            await self._go_on()

    async def _go_on(self) -> None:
        """Awaits what follows a look; its failure must not end the watch."""
        if self._then is None:
            return
        try:
            await self._then()
        except (TrustError, OSError) as failure:
            log.warning("what follows a look at the addresses failed: %s", failure)

    def _complain(self, complaint: str) -> None:
        """Says the same thing once, not every fifteen seconds."""
        if complaint != self._complaint:
            log.warning("the server certificate stays as it is: %s", complaint)
        self._complaint = complaint
