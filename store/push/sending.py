"""Sending: one encrypted POST to a push service, at an address that was checked, and what it answered.

No redirect is followed, no proxy of the environment asked, and of the answer only the head is read: the other side is
whoever a client named.
"""

import asyncio
import contextlib
import importlib.util
import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from store.push import Outcome, Parcel
from store.push.endpoints import Endpoint, Forbidden, addresses_of, read_endpoint
from store.push.vapid import ServerKey

if importlib.util.find_spec("pywebpush") is None:  # which is loaded with the first notification
    raise ModuleNotFoundError("pywebpush is not installed", name="pywebpush")

SECONDS = 15.0  # for all of it: name, connection, answer
MAX_HEAD = 16 * 1024  # bytes of an answer's head
MAX_RETRY = 24 * 3600.0  # seconds; whoever says longer is not believed

Clock = Callable[[], int]


class Sender:
    """Sends for one house. `allowed` are push services on private addresses, by host or host:port."""

    def __init__(
        self, key: ServerKey, clock: Clock, allowed: Sequence[str] = (), context: ssl.SSLContext | None = None
    ) -> None:
        self._key = key
        self._clock = clock
        self._allowed = tuple(allowed)
        self._context = context or ssl.create_default_context()
        self._context.minimum_version = ssl.TLSVersion.TLSv1_2

    @property
    def public(self) -> str:
        """What a browser subscribes with."""
        return self._key.public

    async def send(self, parcel: Parcel) -> Outcome:
        """Send it once and say what became of it. Never raises but when cancelled."""
        try:
            endpoint = read_endpoint(parcel.subscription.endpoint)
            body = await asyncio.to_thread(_encrypted, parcel)
        except (Forbidden, ValueError):
            return Outcome("gone")  # no such subscription was ever made by a browser
        try:
            async with asyncio.timeout(SECONDS):
                head = await self._post(endpoint, self._request(endpoint, parcel, body))
        except Forbidden:
            return Outcome("refused")
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Outcome("unreachable")
        return read_outcome(head, self._clock())

    def _request(self, endpoint: Endpoint, parcel: Parcel, body: bytes) -> bytes:
        left = max(0, parcel.expires_at - self._clock()) // 1000
        lines = (
            f"POST {endpoint.target} HTTP/1.1",
            f"Host: {endpoint.origin.removeprefix('https://')}",
            f"Authorization: {self._key.authorization(endpoint.origin, self._clock())}",
            "Content-Encoding: aes128gcm",
            "Content-Type: application/octet-stream",
            f"Content-Length: {len(body)}",
            f"TTL: {left}",
            f"Urgency: {'high' if parcel.urgent else 'normal'}",
            f"Topic: {parcel.topic}",
            "Connection: close",
        )
        return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body

    async def _post(self, endpoint: Endpoint, request: bytes) -> bytes:
        """The head of the answer."""
        failed: OSError = OSError("no address")
        for address in await addresses_of(endpoint, self._allowed):
            try:
                reader, writer = await asyncio.open_connection(
                    address, endpoint.port, ssl=self._context, server_hostname=endpoint.host, limit=MAX_HEAD
                )
            except OSError as error:  # the next address may answer: IPv6 is announced in many a house without being had
                failed = error
                continue
            try:
                writer.write(request)
                return await reader.readuntil(b"\r\n\r\n")
            finally:
                writer.close()
                with contextlib.suppress(OSError, TimeoutError):
                    writer.transport.abort()
        raise failed


def read_outcome(head: bytes, now: int) -> Outcome:
    """What the answer's head means: RFC 8030 sections 5 to 7."""
    first, *rest = head.decode("latin-1").split("\r\n")
    words = first.split(" ", 2)
    status = int(words[1]) if len(words) > 1 and words[1].isdecimal() and len(words[1]) == 3 else 0
    if 200 <= status < 300:
        return Outcome("sent", status)
    if status in (404, 410):
        return Outcome("gone", status)
    if status == 429 or status >= 500:
        headers = dict(line.lower().split(":", 1) for line in rest if ":" in line)
        return Outcome("later", status, _retry_seconds(headers.get("retry-after", "").strip(), now))
    return Outcome("refused", status)


def _retry_seconds(said: str, now: int) -> float:
    """Seconds, or a date (RFC 9110 section 10.2.3); 0 when nothing sensible was said."""
    if said.isdecimal() and len(said) < 10:
        return min(float(said), MAX_RETRY)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    left = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.fromtimestamp(now / 1000, UTC)
    return min(max(left.total_seconds(), 0.0), MAX_RETRY)


def _encrypted(parcel: Parcel) -> bytes:
    """RFC 8291. Raises ValueError when the keys are none."""
    # two HTTP clients come with it that nobody uses here: a fifth of the time a server takes to start
    from pywebpush import WebPusher, WebPushException

    keys = {"p256dh": parcel.subscription.p256dh, "auth": parcel.subscription.auth}
    try:
        body: bytes = WebPusher({"endpoint": parcel.subscription.endpoint, "keys": keys}).encode(parcel.payload)["body"]
    except WebPushException as error:
        raise ValueError("no keys of a subscription") from error
    return body
