"""The authority as clients meet it: what it signs is believed, and only where it may speak."""

import os
import shutil
import ssl
import stat
import subprocess
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from tests.trust.conftest import HOSTS, NOW, Open
from trust import AuthorityDamaged, AuthorityOutOfTime, Household, KeyMismatch, KeyUnreadable
from trust.authority import make_authority, read_authority
from trust.keys import new_key, packed_key

Shake = Callable[[ssl.SSLContext, ssl.SSLContext, str], bytes]
OPENSSL = shutil.which("openssl")
OUTSIDE = ["example.com", "parley.local.example.com", "8.8.8.8", "2606:4700::1111", "notlocal"]


def overreach(household: Household, host: str) -> ssl.SSLContext:
    """A server whose certificate the intermediate signed for a host it may not speak for."""
    key = new_key()
    leaf = household.authority.sign(key.public_key(), [host], NOW)
    pair = household.folder / "overreach.pem"
    parts = [leaf, household.authority.intermediate]
    pair.write_bytes(packed_key(key) + b"".join(one.public_bytes(serialization.Encoding.PEM) for one in parts))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return context


def trusting(household: Household) -> ssl.SSLContext:
    """A phone that installed the root and nothing else."""
    return ssl.create_default_context(cafile=str(household.folder / "authority/root.pem"))


@pytest.mark.parametrize("host", HOSTS)
def test_a_phone_that_trusts_the_root_accepts_every_host_of_the_server(
    open_here: Open, shake_hands: Shake, host: str
) -> None:
    household = open_here()
    assert shake_hands(household.context(), trusting(household), host)


def test_a_phone_that_does_not_trust_the_root_refuses(open_here: Open, shake_hands: Shake) -> None:
    household = open_here()
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
        shake_hands(household.context(), ssl.create_default_context(), "parley.local")


@pytest.mark.parametrize("host", OUTSIDE)
def test_what_it_signs_outside_its_scope_is_refused(open_here: Open, shake_hands: Shake, host: str) -> None:
    household = open_here()
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(overreach(household, host), trusting(household), host)


@pytest.mark.parametrize("host", ["kitchen.lan", "nas.home.arpa", "a.b.internal", "10.9.8.7", "100.64.3.2"])
def test_what_it_signs_inside_its_scope_is_accepted(open_here: Open, shake_hands: Shake, host: str) -> None:
    household = open_here()
    assert shake_hands(overreach(household, host), trusting(household), host)


def test_another_implementation_agrees_about_the_scope(open_here: Open) -> None:
    household = open_here()
    authority = household.authority
    key = new_key()
    builder = PolicyBuilder().store(Store([authority.root])).time(NOW)
    good = authority.sign(key.public_key(), ["parley.local", "10.0.0.1"], NOW)
    verifier = builder.build_server_verifier(x509.DNSName("parley.local"))
    assert len(verifier.verify(good, [authority.intermediate])) == 3
    bad = authority.sign(key.public_key(), ["example.com"], NOW)
    with pytest.raises(VerificationError, match="permitted"):
        builder.build_server_verifier(x509.DNSName("example.com")).verify(bad, [authority.intermediate])


@pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine")
def test_openssl_verifies_the_chain(open_here: Open) -> None:
    folder = open_here(now=NOW).folder
    done = subprocess.run(
        [
            *(str(OPENSSL), "verify", "-x509_strict", "-purpose", "sslserver", "-attime", str(int(NOW.timestamp()))),
            *("-CAfile", str(folder / "authority/root.pem")),
            *("-untrusted", str(folder / "authority/intermediate.pem"), str(folder / "server.pem")),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_roots_key_is_nowhere_on_the_disk(open_here: Open) -> None:
    household = open_here()
    wanted = household.authority.root.public_key()
    kept = []
    for path in household.folder.rglob("*"):
        if path.is_file() and b"PRIVATE KEY" in path.read_bytes():
            key = serialization.load_pem_private_key(path.read_bytes(), None)
            kept.append(key.public_key())
    assert len(kept) == 2
    assert wanted not in kept


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
def test_only_the_owner_can_read_keys(open_here: Open) -> None:
    folder = open_here().folder
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*.key")}
    assert modes == {"intermediate.key": 0o600, "server.key": 0o600}


def test_both_certificates_of_the_authority_carry_both_kinds_of_limit(open_here: Open) -> None:
    authority = open_here().authority
    for certificate in (authority.root, authority.intermediate):
        found = certificate.extensions.get_extension_for_class(x509.NameConstraints)
        kinds = {type(one) for one in found.value.permitted_subtrees or []}
        assert kinds == {x509.DNSName, x509.IPAddress}
        assert found.critical


def test_a_leaf_is_what_apple_and_chrome_ask_for(open_here: Open) -> None:
    authority = open_here().authority
    leaf = authority.sign(new_key().public_key(), ["parley.local", "192.168.1.20"], NOW)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc == timedelta(days=397)
    assert leaf.not_valid_before_utc == NOW - timedelta(days=30)
    assert isinstance(leaf.signature_hash_algorithm, hashes.SHA256)
    key = leaf.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert isinstance(key.curve, ec.SECP256R1)
    listed = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert listed.get_values_for_type(x509.DNSName) == ["parley.local"]
    assert listed.get_values_for_type(x509.IPAddress) == [ip_address("192.168.1.20")]
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]


def test_the_root_has_a_name_that_an_iphone_can_show(open_here: Open) -> None:
    root = open_here().authority.root
    assert root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "Parley at laptop"


def test_a_long_label_still_makes_an_authority(tmp_path: Path) -> None:
    assert make_authority(tmp_path / "authority", "x" * 63, NOW).name.startswith("Parley at xxx")


def test_who_comes_second_gets_the_authority_that_stands(tmp_path: Path) -> None:
    first = make_authority(tmp_path / "authority", "laptop", NOW)
    second = make_authority(tmp_path / "authority", "laptop", NOW)
    assert second.root == first.root
    assert [path.name for path in tmp_path.iterdir()] == ["authority"]


@pytest.mark.parametrize(
    ("part", "content", "refusal"),
    [
        ("root.pem", b"scribble", AuthorityDamaged),
        ("intermediate.pem", b"", AuthorityDamaged),
        ("intermediate.key", b"scribble", KeyUnreadable),
        ("root.pem", None, AuthorityDamaged),
        ("intermediate.pem", None, AuthorityDamaged),
        ("intermediate.key", None, KeyUnreadable),
    ],
)
def test_a_damaged_part_is_named_with_the_way_out(
    tmp_path: Path, part: str, content: bytes | None, refusal: type[Exception]
) -> None:
    folder = tmp_path / "authority"
    make_authority(folder, "laptop", NOW)
    (folder / part).unlink()
    if content is not None:
        (folder / part).write_bytes(content)
    with pytest.raises(refusal, match=rf"{part}.*Put back a copy of"):
        read_authority(folder, NOW)


@pytest.mark.parametrize(
    ("part", "refusal"),
    [("root.pem", AuthorityDamaged), ("intermediate.pem", KeyMismatch), ("intermediate.key", KeyMismatch)],
)
def test_a_part_of_another_authority_is_not_taken_for_ours(tmp_path: Path, part: str, refusal: type[Exception]) -> None:
    make_authority(tmp_path / "ours", "laptop", NOW)
    make_authority(tmp_path / "theirs", "laptop", NOW)
    shutil.copy(tmp_path / "theirs" / part, tmp_path / "ours" / part)
    with pytest.raises(refusal, match="belong"):
        read_authority(tmp_path / "ours", NOW)


def test_an_authority_without_limits_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "authority"
    made = make_authority(folder, "laptop", NOW)
    key = new_key()
    unlimited = (
        x509.CertificateBuilder()
        .subject_name(made.root.subject)
        .issuer_name(made.root.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    for name in ("root.pem", "intermediate.pem"):
        (folder / name).write_bytes(unlimited.public_bytes(serialization.Encoding.PEM))
    (folder / "intermediate.key").write_bytes(packed_key(key))
    with pytest.raises(AuthorityDamaged, match="not limited to local names"):
        read_authority(folder, NOW)


def test_an_authority_that_ended_says_when_and_what_to_do(tmp_path: Path) -> None:
    make_authority(tmp_path / "authority", "laptop", NOW)
    end = NOW + timedelta(days=3650)
    with pytest.raises(AuthorityOutOfTime, match=rf"ended on {end:%d %B %Y}\..*Move that folder away"):
        read_authority(tmp_path / "authority", NOW + timedelta(days=3651))


def test_an_authority_from_the_future_asks_for_the_clock(tmp_path: Path) -> None:
    make_authority(tmp_path / "authority", "laptop", NOW)
    with pytest.raises(AuthorityOutOfTime, match="Set the clock"):
        read_authority(tmp_path / "authority", NOW - timedelta(days=400))
