"""The bus over Redis' publish and subscribe: one connection listens, one speaks, and each is opened again when lost.

Redis keeps nothing of what passes, so a message while it is away is lost and the log makes up for it. A newcomer's
first mistake is to log each try: while Redis is away that is a line a second for hours.
"""

import asyncio
import logging
from collections import deque
from contextlib import suppress
from urllib.parse import urlsplit

import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from store.bus import Back, Hear
from store.durable import CannotStart

MAX_WAITING = 8 * 1024 * 1024  # bytes not yet spoken; what is above is lost, and read from the log
AGAIN_SECONDS = 0.5  # between two tries to connect
PATIENCE_SECONDS = 3.0  # for an answer of Redis
GOODBYE_SECONDS = 0.5  # for what is to be spoken at the end
QUIET_SECONDS = 5.0  # after which who listens asks whether the connection still stands

AWAY = "Redis cannot be reached, so other servers are heard a second late. Look whether it runs; the log says more."

log = logging.getLogger("parley.bus")

Failures = (RedisError, OSError, TimeoutError)


class RedisBus:
    """A `Bus` on the Redis at `url`. Raises CannotStart for a URL that is none."""

    def __init__(self, url: str) -> None:
        try:
            self._client = redis.asyncio.Redis.from_url(
                url,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
                retry=Retry(NoBackoff(), 0),  # the library's own tries hide for long that it is away
            )
        except ValueError:
            raise CannotStart("--bus cannot be read. Expected: --bus redis://host:6379") from None
        place = urlsplit(url)
        self._place = f"{place.hostname or 'this machine'}:{place.port or 6379}"  # without user and password
        self._waiting: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = False
        self._is_lost = False
        self._listens = False
        self._speaks = True  # until a message could not be spoken, and then until one can

    def start(self, channel: str, hear: Hear, back: Back) -> None:
        self._tasks = [
            asyncio.create_task(self._listen(channel, hear, back), name="bus listens"),
            asyncio.create_task(self._speak(channel), name="bus speaks"),
        ]

    def publish(self, message: bytes) -> None:
        if not self._listens or self._waiting_bytes + len(message) > MAX_WAITING:
            return  # nobody would hear it in time
        self._waiting.append(message)
        self._waiting_bytes += len(message)
        self._wake.set()

    def check(self) -> str:
        return "ok" if self._listens and self._speaks else AWAY

    async def close(self) -> None:
        """What was said last is still spoken, if that is quick."""
        self._closing = True
        self._wake.set()
        tasks, self._tasks = self._tasks, []
        if tasks:
            await asyncio.wait(tasks[1:], timeout=GOODBYE_SECONDS)
        while left := [task for task in tasks if not task.done()]:  # the library may swallow that one is cancelled
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=GOODBYE_SECONDS)
        self._listens = False
        with suppress(*Failures):
            await self._client.aclose()

    async def _speak(self, channel: str) -> None:
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                message = self._waiting.popleft()
                self._waiting_bytes -= len(message)
                try:
                    await self._speak_once(channel, message)
                except Exception as error:  # noqa: BLE001 - whatever the library meets, the next message is spoken
                    self._speaks = False
                    self._lost(error)
                    self._forget_waiting()
                    await asyncio.sleep(AGAIN_SECONDS)
                else:
                    self._speaks = True
                    self._returned()

    async def _speak_once(self, channel: str, message: bytes) -> None:
        """Its connection may have been lost since it was last used; the next one is new."""
        try:
            await self._client.publish(channel, message)
        except Failures:
            await self._client.publish(channel, message)

    async def _listen(self, channel: str, hear: Hear, back: Back) -> None:
        while not self._closing:
            try:
                async with self._client.pubsub() as heard:
                    await heard.subscribe(channel)
                    await self._hear_all(heard, hear, back)
            except Exception as error:  # noqa: BLE001 - who ends here is deaf for good, and nobody sees it
                self._listens = False
                self._lost(error)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _hear_all(self, heard: "redis.asyncio.client.PubSub", hear: Hear, back: Back) -> None:
        """Until the connection is lost, or stands still: then raises TimeoutError."""
        is_asked = False
        while not self._closing:
            message = await heard.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if is_asked:
                    raise TimeoutError("Redis is connected and answers nothing")
                is_asked = True
                await heard.ping()
                continue
            is_asked = False
            if message["type"] == "subscribe":
                self._listens = self._speaks = True
                self._returned()
                back()
            elif message["type"] == "message":
                self._hand(message["data"], hear)

    def _hand(self, message: bytes, hear: Hear) -> None:
        try:
            hear(message)
        except Exception:  # a bug of ours is no reason to hear nothing any more
            log.exception("hearing %d bytes of the bus", len(message))

    def _lost(self, error: Exception) -> None:
        if not self._is_lost:
            self._is_lost = True
            log.warning("the bus at %s is away: %s", self._place, _first_line(error))

    def _returned(self) -> None:
        if self._is_lost and self._listens and self._speaks:
            self._is_lost = False
            log.info("the bus at %s is back", self._place)

    def _forget_waiting(self) -> None:
        self._waiting.clear()
        self._waiting_bytes = 0


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
