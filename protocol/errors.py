"""Refusals: what a person asked that cannot be, said so that they know the next step.

A rule raises `Refusal`; the two edges (HTTP in handlers/base.py, frames in chat/connection.py) translate it once each.
The code is for programs and never changes its meaning; the message is for people and may.
"""

STATUS = {
    "bad-frame": 400,
    "bad-field": 400,
    "bad-name": 400,
    "bad-origin": 403,
    "bad-host": 421,
    "call-closed": 403,
    "call-lobby": 409,
    "call-over": 409,
    "expired": 410,
    "in-use": 423,
    "in-a-call": 409,
    "internal": 500,
    "invitation-expired": 403,
    "invitation-needed": 403,
    "invitation-spent": 403,
    "name-taken": 409,
    "not-allowed": 403,
    "not-connected": 409,
    "not-found": 404,
    "not-read": 503,
    "not-saved": 503,
    "signed-out": 401,
    "over-quota": 413,
    "slow-down": 429,
    "stands-already": 409,
    "too-big": 413,
    "too-many": 429,
    "unknown-command": 400,
    "wrong-checksum": 460,
    "wrong-offset": 409,
    "wrong-type": 415,
    "wrong-version": 412,
}
"""Every refusal code there is, and the HTTP status it becomes (RFC 9110; 460 is tus's own)."""


class Refusal(Exception):
    """What was asked cannot be done. `field` names the part of the request at fault, where there is one."""

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        if code not in STATUS:
            raise ValueError(f"expected a code of protocol.errors.STATUS, got {code!r}")
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field

    @property
    def status(self) -> int:
        """The HTTP status of this refusal."""
        return STATUS[self.code]

    def body(self) -> dict[str, str]:
        """What an `error` answer carries: `code`, `message`, and `field` when known."""
        body = {"code": self.code, "message": self.message}
        return body | {"field": self.field} if self.field else body


class BadFrame(Exception):
    """Bytes that cannot be read as values at all: the one mistake that closes a connection."""
