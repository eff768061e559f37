"""The bus: how one node tells the others at once what they would else find in the log a second later.

A bus may lose, double and reorder: what counts is in the log, and a gap is read from there. A newcomer's first mistake
is to wait for it: `publish` never waits, and nobody is told that a message was lost.
"""

from collections.abc import Callable
from typing import Protocol

Hear = Callable[[bytes], None]
"""Called on the loop with each message of the others."""

Back = Callable[[], None]
"""Called on the loop when it works from now on: what was said before may be lost."""


class Bus(Protocol):
    """Between nodes. Started and used on the loop."""

    def start(self, channel: str, hear: Hear, back: Back) -> None:
        """Begin to listen to this channel. Nobody waits for it."""
        ...

    def publish(self, message: bytes) -> None:
        """Tell whoever listens, without waiting for them. It may come back to who sent it."""
        ...

    def check(self) -> str:
        """Whether it works now: "ok", or a sentence for the host."""
        ...

    async def close(self) -> None:
        """Say and hear no more."""
        ...
