"""The ways trust can fail that a person must put right.

Every message is one calm sentence or two that says what is wrong and what to do next: it is
printed as it stands, so it never holds a traceback or a code.
"""

from __future__ import annotations


class TrustError(Exception):
    """Something about certificates that only a person can put right; `str()` is for them."""


class AuthorityDamaged(TrustError):
    """The household's authority is incomplete, or its parts do not belong together."""


class AuthorityOutOfTime(TrustError):
    """The household's authority has expired, or starts after this machine's clock."""


class KeyUnreadable(TrustError):
    """A private key cannot be read: no permission, not a key, or locked with a passphrase."""


class KeyMismatch(TrustError):
    """A private key and a certificate do not belong together."""


class CertificateUnusable(TrustError):
    """A certificate cannot be served: not a certificate, out of time, or somebody else's."""


class FolderNotWritable(TrustError):
    """The folder for certificates cannot be written."""


class NameRefused(TrustError):
    """A name or address was asked for that the authority may not speak for."""
