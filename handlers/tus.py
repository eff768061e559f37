"""tus 1.0.0 as HTTP: its version and headers, a body on its way to disk, and giving up in good order.

A body is never held: each piece is on its way to disk before the next is read from the network.
Source: https://tus.io/protocols/resumable-upload
"""

import asyncio
import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from tornado.http1connection import HTTP1Connection
from tornado.httputil import format_timestamp
from tornado.web import stream_request_body

from handlers.base import Base
from handlers.door import Door
from protocol.errors import Refusal
from store import Store
from store.leftovers import Leftovers
from store.parts import CHECKSUMS
from store.quotas import Quotas
from store.receiving import Checksum, Receiving
from store.uploads import Uploads

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
HEADERS = "tus-resumable, upload-checksum, upload-expires, upload-length, upload-metadata, upload-offset"
OFFSET_STREAM = "application/offset+octet-stream"
MAX_SIZE = 2**53 - 1  # bytes; what JavaScript counts exactly
SWALLOWED = (
    1024 * 1024
)  # bytes of a refused body read to its end, so that the refusal is heard and the connection lives
IDLE_SECONDS = 60.0  # without a byte; then the connection is closed, and the upload can go on over another
BODY_SECONDS = 7 * 24 * 3600.0  # an upload may take as long as it takes while bytes come

_NUMBER = re.compile(r"[0-9]{1,16}")


@dataclass(frozen=True)
class Files:
    """What the URLs of files share of the store."""

    uploads: Uploads
    leftovers: Leftovers
    quotas: Quotas


@stream_request_body
class Tus(Base):
    """What the URLs of files share. A subclass says in `begin` where the body goes."""

    content_types = (OFFSET_STREAM,)

    def initialize(self, store: Store, door: Door, files: Files | None = None) -> None:
        """Given by the route table."""
        super().initialize(store, door)
        assert files is not None
        self.uploads = files.uploads
        self.leftovers = files.leftovers
        self.quotas = files.quotas
        self.receiving: Receiving | None = None
        self._refused: Refusal | None = None
        self._unread = _body_length(self.request.headers)
        self._heard_at = 0.0
        self._watch: asyncio.TimerHandle | None = None

    def set_default_headers(self) -> None:
        """Every answer says which tus it speaks."""
        super().set_default_headers()
        self.set_header("Tus-Resumable", VERSION)

    async def prepare(self) -> None:
        """Everything that can be refused is, before a byte of the body is read."""
        try:
            self._override_method()
            self._require_version()
            self._require_type()
            await super().prepare()
            await self.begin()
        except Refusal as refusal:
            if not has_body(self.request.headers):
                raise
            self._refuse(refusal)

    async def begin(self) -> None:
        """What there is to do before the body comes."""

    def receive(self, upload_id: str, offset: int) -> None:
        """Let the body of this request go to that upload. Raises Refusal as `Uploads.receive` does, or `bad-field`."""
        checksum = read_checksum(self.request.headers.get("Upload-Checksum", ""))
        self.receiving = self.uploads.receive(upload_id, self.require_who().person, offset, self.hang_up, checksum)
        self._connection.set_max_body_size(MAX_SIZE)  # the upload knows how much is still to come, and refuses more
        self._connection.set_body_timeout(BODY_SECONDS)
        self._heard_at = asyncio.get_running_loop().time()
        self._watch_silence()

    async def data_received(self, chunk: bytes) -> None:
        """A piece of the body. The next one is read when this returns, so the network waits for the disk."""
        self._unread -= len(chunk)
        if self._refused is not None:
            return
        if self.receiving is None:
            self._refuse(Refusal("too-big", "This request takes no body."))
            return
        if self.is_signed_out():
            self.hang_up()
            return
        self._heard_at = asyncio.get_running_loop().time()
        try:
            await self.receiving.write(chunk)
        except Refusal as refusal:
            await self.uploads.release(self.receiving)
            self._refuse(refusal)

    def say_when_it_goes(self, upload_id: str) -> None:
        """`Upload-Expires`, as long as it will go if nothing more happens."""
        row = self.store.view().file(upload_id)
        expires = self.uploads.expires(upload_id) if row is None else self.leftovers.expires(row)
        if expires:
            self.set_header("Upload-Expires", format_timestamp(expires / 1000))

    def require_taken(self) -> None:
        """The body is read. Raises the Refusal that came up meanwhile."""
        if self._refused is not None:
            raise self._refused

    def hang_up(self) -> None:
        """Close the connection; what has come is kept."""
        self._connection.close()

    def on_connection_close(self) -> None:
        """The other side went away, perhaps in the middle."""
        self._let_go()
        super().on_connection_close()

    def on_finish(self) -> None:
        """The answer is given, perhaps before all of the body came."""
        self._let_go()

    def options(self, *_: str) -> None:
        """What this server can do. Only those who are signed in hear how much room there is."""
        super().options()
        self.set_header("Tus-Version", VERSION)
        self.set_header("Tus-Extension", EXTENSIONS)
        self.set_header("Tus-Checksum-Algorithm", ",".join(CHECKSUMS))
        if self.who is not None:
            self.set_header("Tus-Max-Size", self.uploads.room())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A refusal of the version names the one we speak."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, Refusal) and error.code == "wrong-version":
            self.set_header("Tus-Version", VERSION)
        super().write_error(status_code, **kwargs)

    @property
    def _connection(self) -> HTTP1Connection:
        return cast(HTTP1Connection, self.request.connection)

    def _allow_listed_origin(self) -> None:
        """A foreign page the host listed may send and read the headers of tus too."""
        super()._allow_listed_origin()
        if "Access-Control-Allow-Origin" in self._headers:
            self.set_header("Access-Control-Allow-Headers", f"authorization, content-type, x-parley, {HEADERS}")
            self.set_header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE")
            self.set_header("Access-Control-Expose-Headers", f"location, {HEADERS}")

    def _override_method(self) -> None:
        """For clients that cannot say PATCH or DELETE (tus, "X-HTTP-Method-Override")."""
        override = self.request.headers.get("X-HTTP-Method-Override", "").upper()
        if self.request.method == "POST" and override in {"PATCH", "DELETE"}:
            self.request.method = override

    def _require_version(self) -> None:
        """Raises Refusal `wrong-version` for another tus than ours. A download needs none."""
        version = self.request.headers.get("Tus-Resumable")
        needed = self.request.method in {"POST", "PATCH", "DELETE"}
        if self.request.method != "OPTIONS" and version != VERSION and (needed or version is not None):
            raise Refusal("wrong-version", f"Expected Tus-Resumable: {VERSION}.", field="Tus-Resumable")

    def _require_type(self) -> None:
        """Raises Refusal `wrong-type` for a PATCH that does not say what its body is."""
        kind = self.request.headers.get("Content-Type", "")
        if self.request.method == "PATCH" and kind != OFFSET_STREAM:
            raise Refusal("wrong-type", f"Expected Content-Type: {OFFSET_STREAM}, got {kind[:60]!r}.")

    def _refuse(self, refusal: Refusal) -> None:
        """A short rest of the body is read first; before a long one it is answered and Tornado closes."""
        self._refused = refusal
        if self._unread > SWALLOWED or "Transfer-Encoding" in self.request.headers:
            self.send_error(refusal.status, exc_info=(Refusal, refusal, None))

    def _watch_silence(self) -> None:
        loop = asyncio.get_running_loop()
        left = self._heard_at + IDLE_SECONDS - loop.time()
        if left <= 0:
            self.hang_up()
        else:
            self._watch = loop.call_later(left, self._watch_silence)

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if self.receiving is not None:
            self.uploads.abandon(self.receiving)


def has_body(headers: Mapping[str, str]) -> bool:
    """Whether bytes follow the headers."""
    return _body_length(headers) > 0 or "Transfer-Encoding" in headers


def number(headers: Mapping[str, str], name: str) -> int:
    """A header that is a number of bytes. Raises Refusal `bad-field`, or `too-big` past what JavaScript counts."""
    raw = headers.get(name, "")
    if not raw.isdecimal() or not raw.isascii():
        raise Refusal("bad-field", f"Expected {name} to be a number of bytes, got {raw[:20]!r}.", field=name)
    if len(raw) > 16 or int(raw) > MAX_SIZE:
        raise Refusal("too-big", "That is more than any disk here can take.", field=name)
    return int(raw)


def read_checksum(header: str) -> Checksum | None:
    """Upload-Checksum: `algorithm base64`. Raises Refusal `bad-field` for an algorithm we do not know, or no digest."""
    if not header:
        return None
    algorithm, _, digest = header.partition(" ")
    try:
        raw = base64.b64decode(digest, validate=True)
        if len(raw) == CHECKSUMS.get(algorithm):
            return Checksum(algorithm, raw)
    except (binascii.Error, ValueError):
        pass
    expected = f"Expected one of {', '.join(CHECKSUMS)} and the base64 of the digest."
    raise Refusal("bad-field", expected, field="Upload-Checksum")


def read_metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: `key base64, key base64, key`. Raises Refusal `bad-field`."""
    pairs = [pair.strip().partition(" ") for pair in header.split(",") if pair.strip()]
    try:
        return {key: base64.b64decode(value, validate=True).decode(errors="replace") for key, _, value in pairs}
    except (binascii.Error, ValueError):
        raise Refusal(
            "bad-field", "Expected keys with base64 values, separated by commas.", field="Upload-Metadata"
        ) from None


def write_metadata(**values: str) -> str:
    """The same the other way."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def _body_length(headers: Mapping[str, str]) -> int:
    raw = headers.get("Content-Length", "")
    return int(raw) if _NUMBER.fullmatch(raw) else 0
