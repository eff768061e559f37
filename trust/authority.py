"""A household's own certificate authority: a root that phones install, and an intermediate that signs.

The root's key exists only while the authority is made: it signs the intermediate and is forgotten, so
nobody can take it from this disk and nothing can ever widen the scope. Both certificates carry the name
constraints, because Chrome on Android ignores those that stand only on a root a person added.

It lives in one folder that appears in one step, so a part that is missing was lost, not unfinished.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from trust.errors import AuthorityDamaged, AuthorityOutOfTime, KeyMismatch
from trust.hosts import general_name
from trust.keys import PUBLIC, SECRET, new_key, not_writable, packed_key, read_key, reason, write_whole
from trust.scope import Scope

HOUSEHOLD = "Parley household"  # the organisation in every certificate made here
SERVER_NAME = "Parley server"  # no host: OpenSSL holds a common name that looks like one against the constraints
AUTHORITY_LIFE = timedelta(days=3650)  # nobody wants to visit every phone sooner
LEAF_LIFE = timedelta(days=397)  # what browsers accept everywhere; Apple's limit for own roots is 825
HEAD_START = timedelta(days=30)  # for phones whose clock is behind

Span = tuple[datetime, datetime]

ROOT, INTERMEDIATE, INTERMEDIATE_KEY = "root.pem", "intermediate.pem", "intermediate.key"


@dataclass(frozen=True, slots=True)
class Authority:
    """The root for phones to trust, the intermediate below it, and the key that signs."""

    root: x509.Certificate
    intermediate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    scope: Scope

    @property
    def name(self) -> str:
        """The name a phone shows for it."""
        return str(self.root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    def sign(self, public_key: ec.EllipticCurvePublicKey, hosts: Sequence[str], now: datetime) -> x509.Certificate:
        """A server certificate for the hosts; it never outlives the authority."""
        key_id = self.intermediate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return (
            _certificate(SERVER_NAME, self.intermediate.subject, public_key, self._span_within(now))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName([general_name(host) for host in hosts]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    def _span_within(self, now: datetime) -> Span:
        """A leaf's time, cut to the authority's own."""
        start, end = now - HEAD_START, now - HEAD_START + LEAF_LIFE
        return (
            max(start, self.intermediate.not_valid_before_utc),
            min(end, self.intermediate.not_valid_after_utc),
        )


def make_authority(folder: Path, label: str, now: datetime) -> Authority:
    """A new authority for the machine with this label, written to a folder that must not be there yet.

    When another process was quicker, the authority that process made is the answer.
    Raises FolderNotWritable.
    """
    root_key, key, scope = new_key(), new_key(), Scope.of_machine(label)
    span = (now - HEAD_START, now + AUTHORITY_LIFE)
    root_name = _name(f"Parley at {label}")
    root = (
        _certificate(f"Parley at {label}", root_name, root_key.public_key(), span)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(scope.extension(), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    intermediate = (
        _certificate(f"Parley at {label}, signing", root_name, key.public_key(), span)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(scope.extension(), critical=True)
        .add_extension(issuer, critical=False)
        .sign(root_key, hashes.SHA256())
    )
    authority = Authority(root, intermediate, key, scope)
    return authority if _appear(folder, authority) else read_authority(folder, now)


def read_authority(folder: Path, now: datetime) -> Authority:
    """The authority in a folder.

    Raises AuthorityDamaged when a part is missing, unreadable or of another authority, KeyUnreadable or
    KeyMismatch for its key, and AuthorityOutOfTime.
    """
    again = _way_out(folder)
    root, intermediate = (_read(folder / name, again) for name in (ROOT, INTERMEDIATE))
    key = read_key(folder / INTERMEDIATE_KEY, again)
    if key.public_key() != intermediate.public_key():
        raise KeyMismatch(f"{folder / INTERMEDIATE_KEY} does not belong to {INTERMEDIATE} beside it. {again}")
    try:
        root.verify_directly_issued_by(root)
        intermediate.verify_directly_issued_by(root)
        scope = Scope.read(intermediate)
    except (ValueError, TypeError, InvalidSignature):
        raise AuthorityDamaged(
            f"The authority in {folder} is damaged: its certificates do not belong together. {again}"
        ) from None
    except AuthorityDamaged as damage:
        raise AuthorityDamaged(f"The authority in {folder} is damaged: {damage}. {again}") from None
    _require_in_time(intermediate, folder, now)
    return Authority(root, intermediate, key, scope)


def _certificate(
    name: str, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, span: Span
) -> x509.CertificateBuilder:
    """What every certificate here starts from."""
    start, end = span
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _name(common: str) -> x509.Name:
    """A subject. The common name must be there, or an iPhone hides the root from its trust settings."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, HOUSEHOLD),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),  # 64 is X.520's upper bound
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _appear(folder: Path, authority: Authority) -> bool:
    """Writes all parts beside the folder and renames them into place; False when one stands there."""
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        beside.mkdir(parents=True, mode=0o700)
    except OSError as failure:
        raise not_writable(folder.parent, failure) from failure
    try:
        write_whole(beside / INTERMEDIATE_KEY, packed_key(authority.key), SECRET)
        write_whole(beside / INTERMEDIATE, authority.intermediate.public_bytes(serialization.Encoding.PEM), PUBLIC)
        write_whole(beside / ROOT, authority.root.public_bytes(serialization.Encoding.PEM), PUBLIC)
        os.rename(beside, folder)
    except OSError as failure:
        if folder.exists():
            return False
        raise not_writable(folder.parent, failure) from failure
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True


def _read(path: Path, again: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except OSError as failure:
        raise AuthorityDamaged(f"{path} cannot be read: {reason(failure)}. {again}") from failure
    except ValueError:
        raise AuthorityDamaged(f"{path} is damaged: it is not a certificate. {again}") from None


def _require_in_time(intermediate: x509.Certificate, folder: Path, now: datetime) -> None:
    end, start = intermediate.not_valid_after_utc, intermediate.not_valid_before_utc
    if now >= end:
        raise AuthorityOutOfTime(
            f"The authority in {folder} ended on {end:%d %B %Y}. Move that folder away and start again: "
            "Parley makes a new one, which each phone then installs."
        )
    if now < start:
        raise AuthorityOutOfTime(
            f"The authority in {folder} begins on {start:%d %B %Y}, and this machine's clock says "
            f"{now:%d %B %Y}. Set the clock and start again."
        )


def _way_out(folder: Path) -> str:
    return (
        f"Put back a copy of {folder}, or move that folder away so that Parley makes a new authority, "
        "which each phone then installs."
    )
