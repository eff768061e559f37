"""The authority in the two shapes phones install: a `.crt` for most, a `.mobileconfig` for Apple's.

Identifiers come from the root itself, so installing it a second time replaces the first and never makes two.
"""

from __future__ import annotations

import plistlib
import uuid
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from trust.fingerprint import fingerprint

CRT_TYPE = "application/x-x509-ca-cert"
MOBILECONFIG_TYPE = "application/x-apple-aspen-config"
PROFILES = uuid.UUID("6f0a3c52-5d0e-5b57-9a53-1f4b1c0f7a11")  # ours alone; any constant would do


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """What a phone shows of a profile besides its name, in the language of its owner."""

    organization: str  # whose it is
    description: str
    authority: str  # what the certificate in it is


def packed_crt(root: x509.Certificate) -> bytes:
    """DER, which is what Android's installer takes without asking for a name; Windows and macOS open it too."""
    return root.public_bytes(Encoding.DER)


def packed_mobileconfig(root: x509.Certificate, words: ProfileWords) -> bytes:
    """A configuration profile that holds the root and nothing else.

    Keys as in Apple's Device Management, `TopLevel` and `CertificateRoot`.
    """
    name = str(root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    mark = fingerprint(root).replace(" ", "").lower()
    identifier = f"parley.household.{mark[:16]}"
    return plistlib.dumps(
        {
            "PayloadType": "Configuration",
            "PayloadVersion": 1,
            "PayloadIdentifier": identifier,
            "PayloadUUID": _uuid("profile", mark),
            "PayloadDisplayName": name,
            "PayloadOrganization": words.organization,
            "PayloadDescription": words.description,
            "PayloadRemovalDisallowed": False,
            "PayloadContent": [
                {
                    "PayloadType": "com.apple.security.root",
                    "PayloadVersion": 1,
                    "PayloadIdentifier": f"{identifier}.root",
                    "PayloadUUID": _uuid("root", mark),
                    "PayloadDisplayName": name,
                    "PayloadDescription": words.authority,
                    "PayloadCertificateFileName": "parley.crt",
                    "PayloadContent": packed_crt(root),
                }
            ],
        }
    )


def _uuid(part: str, mark: str) -> str:
    return str(uuid.uuid5(PROFILES, f"{part} {mark}")).upper()
