"""A bus on which only servers of this house are heard: each message is sealed with a key that they share.

Whoever reaches the bus could else say who is signed in. A newcomer's first mistake is to think a seal is enough: one
that was overheard is as good a second time, so each message has a number, and an old number counts as nothing.
"""

import hmac
import logging
from secrets import token_bytes

from store.bus import Back, Bus, Hear

LABEL = b"parley bus 1"
SEAL_BYTES = 32
NAME_BYTES = 8
NUMBER_BYTES = 8

log = logging.getLogger("parley.bus")


def bus_key(secret: str) -> bytes:
    """The key of the house's bus: 32 bytes that tell nothing of the house's secret."""
    return hmac.digest(secret.encode(), LABEL, "sha256")


class Signed:
    """A `Bus` that seals what it says on another one, and hears nothing there that is not sealed.

    A message is its seal (HMAC-SHA-256 of the channel and of all that follows), the random name of this sender, the
    number of the message, big-endian, and what is said.
    """

    def __init__(self, bus: Bus, key: bytes) -> None:
        self._bus = bus
        self._key = key
        self._channel = b""
        self._name = token_bytes(NAME_BYTES)
        self._number = 0
        self._heard: dict[bytes, int] = {}  # by sender, the number of its newest message
        self._is_told = False

    def start(self, channel: str, hear: Hear, back: Back) -> None:
        self._channel = channel.encode()
        self._bus.start(channel, lambda message: self._open(message, hear), back)

    def publish(self, message: bytes) -> None:
        self._number += 1
        said = self._name + self._number.to_bytes(NUMBER_BYTES, "big") + message
        self._bus.publish(self._seal(said) + said)

    def check(self) -> str:
        return self._bus.check()

    async def close(self) -> None:
        await self._bus.close()

    def _open(self, message: bytes, hear: Hear) -> None:
        seal, said = message[:SEAL_BYTES], message[SEAL_BYTES:]
        if len(said) < NAME_BYTES + NUMBER_BYTES or not hmac.compare_digest(seal, self._seal(said)):
            if not self._is_told:
                self._is_told = True
                log.error("somebody who is no server of this house speaks on its bus; that is not heard")
            return
        name, said = said[:NAME_BYTES], said[NAME_BYTES:]
        number = int.from_bytes(said[:NUMBER_BYTES], "big")
        if number > self._heard.get(name, 0):
            self._heard[name] = number
            hear(said[NUMBER_BYTES:])

    def _seal(self, said: bytes) -> bytes:
        return hmac.digest(self._key, len(self._channel).to_bytes(4, "big") + self._channel + said, "sha256")
