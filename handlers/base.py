"""What every handler begins with: is this Host ours, may this page ask, and who asks.

The one place where a Refusal becomes an HTTP status. A newcomer's first mistake is to raise HTTPError: raise Refusal.
"""

import json
from http import HTTPStatus
from typing import Any

import tornado.web

from handlers.door import Door
from protocol.errors import Refusal
from store import Store, Who
from store.durable import NotRead
from store.writer import internal, unread

COOKIE = "__Host-parley"
COOKIE_DAYS = 400  # the longest browsers keep one
SAFE = ("GET", "HEAD", "OPTIONS")
CONTENT_TYPES = ("application/json", "application/msgpack")


class Base(tornado.web.RequestHandler):
    """A request at our door. `who` is None for somebody who has not signed in."""

    content_types: tuple[str, ...] = CONTENT_TYPES
    is_of_now = True
    """Whether what is answered must be true now, at every server of the house."""
    who: Who | None = None

    def initialize(self, store: Store, door: Door) -> None:
        """Given by the route table."""
        self.store = store
        self.door = door

    async def prepare(self) -> None:
        """Refuse what does not belong here, before any method runs."""
        self._allow_listed_origin()
        self.door.require_host(self.request.host)
        if self.is_of_now:
            await self._require_following()
        bearer = self.bearer()
        token = bearer or self.get_cookie(COOKIE)
        self.who = self.door.who(token)
        if self.who is None and token:  # may have joined at another node a moment ago
            await self.store.look_for_unknown()
            self.who = self.door.who(token)
        if self.request.method not in SAFE:
            self._require_own_page(bearer)

    def bearer(self) -> str | None:
        """The token of a program. With one, no cookie is read."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else None

    def address(self) -> str:
        """The network address that asks, with the proxies between taken off."""
        return self.door.address(self.request.remote_ip or "", self.request.headers.get("X-Forwarded-For", ""))

    def require_who(self) -> Who:
        """Whoever is signed in. Raises Refusal `signed-out`."""
        if self.who is None:
            raise Refusal("signed-out", "Please join first.")
        return self.who

    def is_signed_out(self) -> bool:
        """Whether who asked has been signed out since; for what takes long."""
        return self.who is not None and self.store.view().device(self.who.device) is None

    def set_default_headers(self) -> None:
        """What every answer carries."""
        self.clear_header("Server")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        if hasattr(self, "door"):  # not yet at Tornado's first call, before `initialize`
            self._allow_listed_origin()

    def options(self, *_: str) -> None:
        """A browser asks before a foreign page may; the headers above are the answer."""
        self.set_status(HTTPStatus.NO_CONTENT)

    def body_json(self) -> dict[str, Any]:
        """The JSON object of the body. Raises Refusal `bad-frame` when it is not one."""
        try:
            body = json.loads(self.request.body or b"{}")
            json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair is no text, yet JSON lets it pass
        except (ValueError, RecursionError):
            raise Refusal("bad-frame", "Expected a JSON object in the body.") from None
        if not isinstance(body, dict):
            raise Refusal("bad-frame", "Expected a JSON object in the body.")
        return body

    def answer(self, body: object, status: int = HTTPStatus.OK) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body, ensure_ascii=False))

    def give_cookie(self, token: str) -> None:
        """Sign this browser in, or renew its cookie."""
        self.set_cookie(
            COOKIE, token, expires_days=COOKIE_DAYS, path="/", secure=True, httponly=True, samesite="Strict"
        )

    def drop_cookie(self) -> None:
        """Sign this browser out."""
        self.clear_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The one place where a refusal becomes an HTTP answer."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, Refusal):
            refusal = error
        elif isinstance(error, NotRead):
            refusal = unread(error)
        elif status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            refusal = internal(f"{self.request.method} {self.request.path}")
        else:
            self.answer({"code": _code_of(status_code), "message": f"{HTTPStatus(status_code).phrase}."}, status_code)
            return
        if refusal.code == "slow-down":
            self.set_header("Retry-After", "5")
        self.answer(refusal.body(), refusal.status)

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Refusals are answers, not accidents; what is one is logged where its short id is made."""

    def _allow_listed_origin(self) -> None:
        origin = self.request.headers.get("Origin")
        if origin and self.door.is_foreign_but_allowed(origin):
            self.set_header("Access-Control-Allow-Origin", origin)
            self.set_header("Access-Control-Allow-Headers", "authorization, content-type, x-parley")
            self.set_header("Access-Control-Allow-Methods", "GET, POST, DELETE")
            self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
            self.set_header("Vary", "Origin")

    async def _require_following(self) -> None:
        """Raises Refusal where what is in memory may be long over: who was signed out since, or put out of a room."""
        if self.store.stale and (not await self.store.catch_up() or self.store.stale):
            raise Refusal(
                "not-saved", "This server of the house has lost touch with the others. Please try again in a moment."
            )

    def _require_own_page(self, bearer: str | None) -> None:
        origin = self.request.headers.get("Origin")
        if bearer is None and (origin is not None or self.get_cookie(COOKIE)):
            self.door.require_origin(origin)
        if self.request.headers.get("X-Parley") != "1":
            raise Refusal("bad-origin", "Requests that change something carry the header X-Parley: 1.")
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        has_body = self.request.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.request.headers
        if has_body and kind not in self.content_types:
            raise Refusal("bad-frame", f"Expected a body of {' or '.join(self.content_types)}, got {kind or 'none'!r}.")


class NoSuch(Base):
    """Any path of the API that is not one."""

    async def prepare(self) -> None:
        """404, in the words every refusal has."""
        await super().prepare()
        raise Refusal("not-found", "There is nothing at that address.")


def _code_of(status: int) -> str:
    known = {404: "not-found", 405: "unknown-command", 413: "too-big"}
    return known.get(status, "bad-frame")
