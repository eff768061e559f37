"""Somebody alone who tries camera and microphone: what they send comes back to them a moment later.

Their own numbers must not come back: a browser that hears its own source takes it for a collision (RFC 3550, 8.2).
"""

import asyncio

from calls.peer import Peer

ECHO_SECONDS = 1.0


class Echo(Peer):
    """A peer that gets what it sends."""

    is_echo = True

    def send_rtp(self, packet: bytes) -> None:
        """As a peer's, in a second."""
        asyncio.get_running_loop().call_later(ECHO_SECONDS, super().send_rtp, packet)
