"""Device codes: what the manifest's start address carries, so that an app put on a home screen is already signed in.

A code is made for every manifest a signed-in browser fetches, and most are never used, so nothing is stored: it is a
device, a time and random bits under an HMAC-SHA-256 with the house's secret. That it works once is the nonce's doing.
"""

import base64
import hmac
import re
import secrets
from pathlib import Path

from handlers.notes import damaged, read_note, write_first_note
from protocol.errors import Refusal
from store import Store, Who
from store.rows import Device

LIFETIME_MS = 24 * 3600 * 1000
MAC_BYTES = 16
SECRET_BYTES = 32
SECRET = re.compile(rf"[0-9a-f]{{{2 * SECRET_BYTES}}}")

SPENT = "That code is no longer good. Please join again, or scan the code from another device."


class DeviceCodes:
    """Makes and reads codes under one secret."""

    def __init__(self, secret: str, store: Store) -> None:
        self._secret = secret.encode()
        self._store = store

    def make(self, who: Who) -> str:
        """A code that adds one device for this person within a day."""
        words = f"{who.device}.{self._store.clock()}.{secrets.token_hex(8)}"
        return _packed(words.encode() + self._mac(words.encode()))

    def read(self, code: str) -> Device:
        """The device a code was made on. Raises Refusal `expired` for a forged or old one, or when it is signed out.

        A code has one spelling: base64 says the same with padding or other last bits, and would then work once more.
        """
        raw = _unpacked(code)
        words, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(words)) or _packed(raw) != code:
            raise Refusal("expired", SPENT)
        device, made_at, _ = words.decode().split(".")
        row = self._store.shelves.devices.get(device)
        if row is None or self._store.clock() - int(made_at) > LIFETIME_MS:
            raise Refusal("expired", SPENT)
        return row

    def _mac(self, words: bytes) -> bytes:
        return hmac.digest(self._secret, b"device code " + words, "sha256")[:MAC_BYTES]


def house_secret(path: Path) -> str:
    """The house's secret, made on first use: 256 random bits. Raises CannotUse for a note that is anything else.

    Whoever can say it is the host, so an emptied one must never count.
    """
    if not path.exists():
        write_first_note(path, secrets.token_hex(SECRET_BYTES))
    secret = read_note(path)
    if not SECRET.fullmatch(secret):
        raise damaged(path)
    return secret


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unpacked(code: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except ValueError:
        return b""
