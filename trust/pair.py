"""A certificate chain and its key as two files, the way the TLS library reads them."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """Two PEM files: the server's certificate followed by those above it, and its private key."""

    chain: Path
    key: Path

    def load_into(self, context: ssl.SSLContext) -> None:
        """Makes a context show this pair; one that is listening already shows it to the next to connect."""
        context.load_cert_chain(self.chain, self.key, password=_no_passphrase)


def server_context(pair: Pair) -> ssl.SSLContext:
    """A context for a server: TLS 1.2 and later, what every phone that runs the app speaks."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    pair.load_into(context)
    return context


def _no_passphrase() -> str:
    """Without this OpenSSL would stop and ask the terminal for one."""
    return ""
