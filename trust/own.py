"""A certificate of one's own (`--cert`, `--key`), from a public authority or a company's.

Nothing is made or changed here. What is checked is checked before the port opens, so that a mix-up is one
sentence at the start and not a puzzle on every phone; and when the files are renewed, `refresh` notices.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from trust.errors import CertificateUnusable, KeyMismatch, KeyUnreadable
from trust.hosts import listed_hosts, read_host
from trust.keys import reason
from trust.pair import Pair, server_context


class OwnCertificate:
    """A pair somebody else keeps up to date. It has no authority for phones to install."""

    authority: None = None

    def __init__(self, chain: Path, key: Path, now: datetime) -> None:
        """Raises KeyUnreadable, KeyMismatch or CertificateUnusable, each with the next step."""
        self.pair = Pair(chain, key)
        self.left_out: list[str] = []
        self._seen: list[tuple[int, int]] = []
        self._seen = self._marks()
        self._leaf = _checked(self.pair, now)

    @property
    def hosts(self) -> list[str]:
        """The names and addresses it is for, wildcards as they stand."""
        return listed_hosts(self._leaf)

    def covers(self, host: str) -> bool:
        """Whether it is for this host; `*.example.org` covers one label more, RFC 6125 section 6.4.3."""
        wanted = str(read_host(host))
        return wanted in self.hosts or f"*.{wanted.partition('.')[2]}" in self.hosts

    def context(self) -> ssl.SSLContext:
        """A server context with the certificate loaded."""
        return server_context(self.pair)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Serves the newest certificate from a context that is already listening."""
        self.pair.load_into(context)

    def refresh(self, hosts: Iterable[str], now: datetime) -> bool:
        """Whether the files were renewed since they were last read. Raises as the constructor does."""
        marks = self._marks()
        if marks == self._seen:
            return False
        self._leaf = _checked(self.pair, now)
        self._seen = marks
        self.left_out = [host for host in hosts if not self.covers(host)]
        return True

    def _marks(self) -> list[tuple[int, int]]:
        """What changes when a file is replaced."""
        try:
            return [(found.st_mtime_ns, found.st_size) for found in (self.pair.chain.stat(), self.pair.key.stat())]
        except OSError:  # gone for a moment while it is renewed: look again next time
            return self._seen


def _checked(pair: Pair, now: datetime) -> x509.Certificate:
    leaf, key = _read_certificate(pair.chain), _read_key(pair.key)
    if key.public_key() != leaf.public_key():
        raise KeyMismatch(
            f"{pair.key} is not the key of {pair.chain}. Give --cert and --key two files that were issued together; "
            "the server's own certificate must come first in its file."
        )
    if now >= leaf.not_valid_after_utc:
        raise CertificateUnusable(
            f"{pair.chain} ended on {leaf.not_valid_after_utc:%d %B %Y}. Renew it and start again."
        )
    if not listed_hosts(leaf):
        raise CertificateUnusable(
            f"{pair.chain} lists no names, so no phone would accept it. Ask for one with subject alternative names."
        )
    return leaf


def _read_certificate(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())[0]
    except OSError as failure:
        raise CertificateUnusable(
            f"{path} cannot be read: {reason(failure)}. Check the path given to --cert."
        ) from failure
    except ValueError:
        raise CertificateUnusable(
            f"{path} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----). Give --cert such a file."
        ) from None


def _read_key(path: Path) -> PrivateKeyTypes:
    try:
        return serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as failure:
        raise KeyUnreadable(f"{path} cannot be read: {reason(failure)}. Check the path given to --key.") from failure
    except TypeError:
        raise KeyUnreadable(
            f"{path} is locked with a passphrase, and a server that starts by itself has nobody to ask. "
            "Give --key a copy without one, readable by this user only."
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnreadable(
            f"{path} is damaged or not a private key in PEM form (-----BEGIN PRIVATE KEY-----). Give --key such a file."
        ) from None
