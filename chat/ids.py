"""Ids: a letter that says what it names, and random base32 of lower case, as protocol/shapes.py has their patterns."""

import base64
import hashlib
import secrets


def new_id(letter: str, length: int = 13) -> str:
    """A fresh id: `p` a person, `d` a device, `q` a claim; 13 characters are 65 random bits."""
    return letter + _base32(secrets.token_bytes(length))[:length]


def id_from(letter: str, text: str, length: int = 13) -> str:
    """The same id each time for the same secret text."""
    return letter + _base32(hashlib.sha256(text.encode()).digest())[:length]


def new_nonce() -> str:
    """128 random bits, base64url."""
    return secrets.token_urlsafe(16)


def nonce_from(text: str) -> str:
    """The same nonce each time for the same secret text."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).decode().rstrip("=")


def new_token() -> str:
    """A device's secret: 256 random bits."""
    return secrets.token_urlsafe(32)


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().lower().rstrip("=")
