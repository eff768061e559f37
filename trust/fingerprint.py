"""The fingerprint of an authority: what a person compares between the terminal and a phone.

It is SHA-256 over the certificate's DER bytes, written in capital pairs as iPhones, Android and browsers
write it, so that eyes can walk along both.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes

PAIRS_A_LINE = 8


def fingerprint(certificate: x509.Certificate) -> str:
    """`9F 2C …`: 32 pairs of capital hexadecimal digits with a space between."""
    return certificate.fingerprint(hashes.SHA256()).hex(" ").upper()


def fingerprint_lines(certificate: x509.Certificate) -> list[str]:
    """The same in four lines of eight pairs, which is how far an eye holds its place."""
    pairs = fingerprint(certificate).split(" ")
    return [" ".join(pairs[start : start + PAIRS_A_LINE]) for start in range(0, len(pairs), PAIRS_A_LINE)]
