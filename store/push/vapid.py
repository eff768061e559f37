"""The key by which push services know this server (RFC 8292), made once and kept for good.

A subscription is made for one key: whoever loses it loses every subscription, and devices must subscribe anew.
"""

import base64
from pathlib import Path

from py_vapid import Vapid02, VapidException

from store.blobs import write_first
from store.durable import CannotStart

TOKEN_SECONDS = 12 * 3600  # RFC 8292 section 2 allows a day; half of it forgives a clock that is wrong
OWNER_ONLY = 0o600
UNCOMPRESSED = b"\x04"  # a point written out in full (SEC 1 section 2.3.3)


class ServerKey:
    """The key pair. `public` is what a browser subscribes with: base64url of the uncompressed point."""

    def __init__(self, pair: Vapid02, contact: str) -> None:
        self._pair = pair
        self._contact = contact
        place = pair.public_key.public_numbers()
        point = UNCOMPRESSED + place.x.to_bytes(32) + place.y.to_bytes(32)
        self.public = base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def authorization(self, origin: str, now: int) -> str:
        """The header for a push service of that origin; `now` is ms since the epoch."""
        claims = {"aud": origin, "exp": now // 1000 + TOKEN_SECONDS, "sub": self._contact}
        signed: dict[str, str] = self._pair.sign(claims)
        return signed["Authorization"]


def server_key(path: Path, contact: str) -> ServerKey:
    """The key of this house, made if there is none yet. Raises CannotStart when what is there is no key."""
    pair = Vapid02()
    if not path.exists():
        pair.generate_keys()
        write_first(path, pair.private_pem(), OWNER_ONLY)
    try:
        return ServerKey(Vapid02.from_pem(path.read_bytes()), contact)
    except (ValueError, VapidException) as error:
        raise CannotStart(
            f"{path} is damaged. Put it back from your backup, or remove it: devices then turn on notifications anew."
        ) from error
