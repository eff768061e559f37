"""The host's TURN servers, and logins to them that last for a while (draft-uberti-behave-turn-rest-00, section 2.2).

The server and the TURN servers share a secret; a login is made of it for each call and each device, so that nobody has
a password that is worth passing on.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

LOGIN_SECONDS = 6 * 3600  # longer than nearly every call; what is asked for again is good for a new start of ICE


@dataclass(frozen=True, slots=True)
class Turn:
    """No servers by default."""

    urls: tuple[str, ...] = ()
    secret: str = ""

    def login(self, name: str, now: int) -> tuple[str, str, int]:
        """User name, password and until when they are good (ms), for whoever is called so at `now` (ms)."""
        until = now // 1000 + LOGIN_SECONDS
        username = f"{until}:{name}"
        digest = hmac.new(self.secret.encode("utf-8"), username.encode("utf-8"), hashlib.sha1).digest()
        return username, base64.b64encode(digest).decode("ascii"), until * 1000
