"""A bus within one process, for tests: nodes that share a `Hub` hear each other at the next turn of the loop."""

import asyncio
import logging

from store.bus import Back, Hear

log = logging.getLogger("parley.bus")


class Hub:
    """What the nodes of a process hold on to: who listens to which channel."""

    def __init__(self) -> None:
        self.listening: dict[str, list[LocalBus]] = {}


class LocalBus:
    """One node's end. With no hub given, nobody else is there."""

    def __init__(self, hub: Hub | None = None) -> None:
        self._hub = hub or Hub()
        self._channel = ""
        self._hear: Hear | None = None

    def start(self, channel: str, hear: Hear, back: Back) -> None:
        self._channel, self._hear = channel, hear
        self._hub.listening.setdefault(channel, []).append(self)
        asyncio.get_running_loop().call_soon(back)

    def publish(self, message: bytes) -> None:
        for other in self._hub.listening.get(self._channel, ()):
            asyncio.get_running_loop().call_soon(other.heard, message)

    def heard(self, message: bytes) -> None:
        """From one of the same hub."""
        if self._hear is None:
            return
        try:
            self._hear(message)
        except Exception:  # as the bus between processes does
            log.exception("hearing %d bytes of the bus", len(message))

    def check(self) -> str:
        return "ok"

    async def close(self) -> None:
        listening = self._hub.listening.get(self._channel, [])
        if self in listening:
            listening.remove(self)
        self._hear = None
