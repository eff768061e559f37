"""The authority in the two shapes phones install: a `.crt` for most, a `.mobileconfig` for Apple's.

Identifiers come from the root itself, so installing it a second time replaces the first and never makes two.
"""

from __future__ import annotations

import plistlib
import uuid

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from trust.fingerprint import fingerprint

CRT_TYPE = "application/x-x509-ca-cert"
MOBILECONFIG_TYPE = "application/x-apple-aspen-config"
PROFILES = uuid.UUID("6f0a3c52-5d0e-5b57-9a53-1f4b1c0f7a11")  # ours alone; any constant would do


def packed_crt(root: x509.Certificate) -> bytes:
    """DER, which is what Android's installer takes without asking for a name; Windows and macOS open it too."""
    return root.public_bytes(Encoding.DER)


def packed_mobileconfig(root: x509.Certificate) -> bytes:
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
            "PayloadOrganization": "Your household",
            "PayloadDescription": (
                "Lets this device trust the Parley in your household. It speaks for private addresses and local "
                "names only, never for a website on the internet."
            ),
            "PayloadRemovalDisallowed": False,
            "PayloadContent": [
                {
                    "PayloadType": "com.apple.security.root",
                    "PayloadVersion": 1,
                    "PayloadIdentifier": f"{identifier}.root",
                    "PayloadUUID": _uuid("root", mark),
                    "PayloadDisplayName": name,
                    "PayloadDescription": "The authority of this household.",
                    "PayloadCertificateFileName": "parley.crt",
                    "PayloadContent": packed_crt(root),
                }
            ],
        }
    )


def _uuid(part: str, mark: str) -> str:
    return str(uuid.uuid5(PROFILES, f"{part} {mark}")).upper()
