"""A household: its authority and the certificate its server shows, in one folder.

`open_household` makes what is missing and leaves alone what is good. Only the server certificate is ever
issued again; phones never notice that, whereas a new authority means a visit to every phone.

The server's key stays the same when its certificate is issued again, so one file changes and a crash
cannot leave two that do not belong together. DNS names stay too: a name given once to generate_certs.py
is not lost when an address changes. Addresses follow the machine.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID

from trust.authority import HOUSEHOLD, Authority, make_authority, read_authority
from trust.errors import CertificateUnusable
from trust.hosts import Address, distinct, listed_hosts, read_host
from trust.keys import PUBLIC, SECRET, new_key, not_writable, packed_key, read_key, write_whole
from trust.pair import Pair, server_context

log = logging.getLogger(__name__)

RENEW_WITHIN = timedelta(days=30)
AUTHORITY_FOLDER, CHAIN, KEY = "authority", "server.pem", "server.key"


class Household:
    """What phones trust and what the server shows them. Made by `open_household`.

    `left_out` are hosts that were wanted and lie outside the authority's scope, such as a public address.
    """

    def __init__(self, folder: Path, authority: Authority) -> None:
        self.folder = folder
        self.authority = authority
        self.pair = Pair(folder / CHAIN, folder / KEY)
        self.left_out: list[str] = []
        self._leaf: x509.Certificate | None = None

    @property
    def hosts(self) -> list[str]:
        """The names and addresses the server certificate is for."""
        return listed_hosts(self._leaf) if self._leaf else []

    def covers(self, host: str) -> bool:
        """Whether a phone that trusts this household accepts the server under this host."""
        return str(read_host(host)) in self.hosts

    def context(self) -> ssl.SSLContext:
        """A server context with the certificate loaded. Hand it to `load_into` after a `refresh`."""
        return server_context(self.pair)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Serves the newest certificate from a context that is already listening; new connections get it."""
        self.pair.load_into(context)

    def refresh(self, hosts: Iterable[str], now: datetime) -> bool:
        """Issues the server certificate again if it must be; answers whether it was.

        Raises KeyUnreadable for a damaged server key, CertificateUnusable when somebody else's certificate
        stands in its place, FolderNotWritable.
        """
        asked = distinct(hosts)
        wanted = self._within_scope(asked)
        self.left_out = [host for host in asked if host not in wanted]
        if not self.pair.key.exists():
            write_whole(self.pair.key, packed_key(new_key()), SECRET)
        key = read_key(self.pair.key, "Move it away and start again: Parley makes a new one, and phones do not notice.")
        chain = _read_chain(self.pair.chain)
        _require_ours(chain, self.pair.chain)
        why = self._why_again(chain, key.public_key(), wanted, now)
        if why is None:
            self._leaf = chain[0]
            return False
        kept = [host for host in listed_hosts(chain[0]) if _is_name(host)] if chain else []
        listed = self._within_scope(distinct([*wanted, *kept]))
        leaf = self.authority.sign(key.public_key(), listed, now)
        write_whole(self.pair.chain, _packed(leaf, self.authority.intermediate), PUBLIC)
        self._leaf = leaf
        log.info("server certificate issued: %s; %d names and addresses", why, len(listed))
        return True

    def _within_scope(self, hosts: Sequence[str]) -> list[str]:
        return [host for host in hosts if self.authority.scope.permits(host)]

    def _why_again(
        self, chain: Sequence[x509.Certificate], public_key: object, wanted: Sequence[str], now: datetime
    ) -> str | None:
        """Why the certificate must be issued again, or None when it is good."""
        if not chain:
            return "there was none"
        leaf, end = chain[0], self.authority.intermediate.not_valid_after_utc
        missing = sorted(set(wanted) - set(listed_hosts(leaf)))
        if list(chain[1:]) != [self.authority.intermediate] or not _signed_by(leaf, self.authority.intermediate):
            return "it was of another authority"
        if leaf.public_key() != public_key:
            return "the server's key is new"
        if missing:
            return f"{len(missing)} names or addresses are new"
        if leaf.not_valid_before_utc > now:
            return "it began in the future"
        if leaf.not_valid_after_utc - now < RENEW_WITHIN and leaf.not_valid_after_utc < end:
            return "its time was nearly over"
        return None


def open_household(
    folder: Path, *, label: str, hosts: Sequence[str], now: datetime, asked: Sequence[str] = ()
) -> Household:
    """The household in a folder, made there the first time, with a certificate for at least these hosts.

    `label` is the machine's, for a new authority; `now` is the latest moment known to be past. `asked` are
    hosts a person named: one outside the scope raises NameRefused, where one of the machine's own is left out.
    Raises a TrustError with a sentence for people when something is damaged or cannot be written.
    """
    home = folder / AUTHORITY_FOLDER
    try:
        authority = read_authority(home, now) if home.exists() else make_authority(home, label, now)
        for host in asked:
            authority.scope.require(host)
        household = Household(folder, authority)
        household.refresh([*hosts, *asked], now)
    except PermissionError as failure:  # a folder that may not even be looked into
        raise not_writable(folder, failure) from failure
    return household


def _read_chain(path: Path) -> list[x509.Certificate]:
    """The certificates in a file; none when there is no file or nothing in it can be read."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return []
    except OSError as failure:
        raise CertificateUnusable(
            f"{path} cannot be read: {failure.strerror}. Move it away and start again."
        ) from failure


def _require_ours(chain: Sequence[x509.Certificate], path: Path) -> None:
    """What we did not issue we do not overwrite."""
    if not chain:
        return
    organisations = chain[0].issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    if [one.value for one in organisations] != [HOUSEHOLD]:
        raise CertificateUnusable(
            f"{path} was not made by Parley, so it is left as it is. To serve it, start with --cert and --key; "
            "otherwise move it away."
        )


def _signed_by(leaf: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        leaf.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _packed(*certificates: x509.Certificate) -> bytes:
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in certificates)


def _is_name(host: str) -> bool:
    return not isinstance(read_host(host), Address)
