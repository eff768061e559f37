"""A household is made once, and only its server certificate is ever issued again."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.trust.conftest import HOSTS, NOW, Open
from trust import AuthorityDamaged, CertificateUnusable, FolderNotWritable, KeyUnreadable, NameRefused, open_household

Shake = Callable[[ssl.SSLContext, ssl.SSLContext, str], bytes]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leaf_of(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates((folder / "server.pem").read_bytes())[0]


def test_opening_it_again_changes_no_byte(open_here: Open, tmp_path: Path) -> None:
    open_here()
    before = files_of(tmp_path)
    open_here()
    assert files_of(tmp_path) == before


def test_nothing_unfinished_is_left_beside_it(open_here: Open, tmp_path: Path) -> None:
    open_here()
    assert sorted(files_of(tmp_path / "certs")) == [
        "authority/intermediate.key",
        "authority/intermediate.pem",
        "authority/root.pem",
        "server.key",
        "server.pem",
    ]


def test_a_new_address_brings_a_new_server_certificate_and_the_same_authority(open_here: Open, tmp_path: Path) -> None:
    open_here()
    before = files_of(tmp_path / "certs")
    household = open_here([*HOSTS, "10.1.2.3"])
    after = files_of(tmp_path / "certs")
    assert {name for name in after if after[name] != before[name]} == {"server.pem"}
    assert household.covers("10.1.2.3")


def test_an_address_that_went_away_changes_nothing_until_another_comes(open_here: Open) -> None:
    open_here()
    assert open_here(["parley.local"]).covers("192.168.1.20")
    assert not open_here(["parley.local", "10.1.2.3"]).covers("192.168.1.20")


def test_a_name_once_asked_for_outlives_a_change_of_address(open_here: Open) -> None:
    open_here(asked=["kitchen.lan"])
    assert open_here([*HOSTS, "10.1.2.3"]).covers("kitchen.lan")


@pytest.mark.parametrize(("days", "again"), [(336, False), (338, True)])
def test_it_is_issued_again_when_less_than_thirty_days_are_left(open_here: Open, days: int, again: bool) -> None:
    first = open_here()
    end = leaf_of(first.folder).not_valid_after_utc
    later = open_here(now=NOW + timedelta(days=days))
    assert (leaf_of(later.folder).not_valid_after_utc != end) is again


def test_a_leaf_from_a_clock_that_ran_ahead_is_issued_again(open_here: Open, tmp_path: Path) -> None:
    household = open_here()
    household.refresh([*HOSTS, "10.1.2.3"], NOW + timedelta(days=300))
    assert leaf_of(tmp_path / "certs").not_valid_before_utc > NOW
    assert household.refresh(HOSTS, NOW)
    assert leaf_of(tmp_path / "certs").not_valid_before_utc < NOW


def test_near_the_authoritys_end_it_is_not_issued_again_and_again(open_here: Open) -> None:
    open_here()
    late = NOW + timedelta(days=3640)
    household = open_here(now=late)
    assert leaf_of(household.folder).not_valid_after_utc <= household.authority.root.not_valid_after_utc
    assert not household.refresh(HOSTS, late)


def test_a_lost_server_key_is_made_again_with_a_certificate_that_fits(open_here: Open, shake_hands: Shake) -> None:
    household = open_here()
    household.pair.key.unlink()
    again = open_here()
    client = ssl.create_default_context(cafile=str(household.folder / "authority/root.pem"))
    assert shake_hands(again.context(), client, "parley.local")


def test_a_damaged_server_key_is_named_and_left_as_it_is(open_here: Open, tmp_path: Path) -> None:
    household = open_here()
    household.pair.key.write_bytes(b"scribble")
    with pytest.raises(KeyUnreadable, match=r"server\.key is damaged.*Move it away"):
        open_here()
    assert household.pair.key.read_bytes() == b"scribble"


def test_a_damaged_server_certificate_is_simply_issued_again(open_here: Open) -> None:
    household = open_here()
    household.pair.chain.write_bytes(b"scribble")
    assert open_here().covers("parley.local")


def test_somebody_elses_certificate_is_not_overwritten(open_here: Open) -> None:
    household = open_here()
    foreign = foreign_certificate()
    household.pair.chain.write_bytes(foreign)
    with pytest.raises(CertificateUnusable, match="not made by Parley"):
        open_here()
    assert household.pair.chain.read_bytes() == foreign


def test_a_new_authority_takes_the_old_ones_leaf_along(open_here: Open) -> None:
    household = open_here()
    (household.folder / "authority").rename(household.folder / "old")
    again = open_here()
    leaf_of(again.folder).verify_directly_issued_by(again.authority.intermediate)


def test_a_name_asked_for_outside_the_scope_is_refused_with_the_way_out(open_here: Open) -> None:
    with pytest.raises(NameRefused, match=r"may not speak for chat\.example\.com.*--cert and --key"):
        open_here(asked=["chat.example.com"])


def test_the_machines_own_public_address_is_left_out_and_said(open_here: Open) -> None:
    household = open_here([*HOSTS, "203.0.113.9"])
    assert household.left_out == ["203.0.113.9"]
    assert not household.covers("203.0.113.9")


def test_a_folder_that_cannot_be_is_one_sentence_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderNotWritable, match=r"cannot be written: .*choose another folder with --certs"):
        open_household(tmp_path / "file" / "certs", label="laptop", hosts=HOSTS, now=NOW)


def test_a_listening_context_shows_the_new_certificate_to_the_next_to_connect(
    open_here: Open, shake_hands: Shake
) -> None:
    household = open_here()
    server = household.context()
    client = ssl.create_default_context(cafile=str(household.folder / "authority/root.pem"))
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(server, client, "10.1.2.3")
    household.refresh([*HOSTS, "10.1.2.3"], datetime.now(UTC))
    household.load_into(server)
    assert shake_hands(server, client, "10.1.2.3")


def test_a_lost_part_of_the_authority_is_never_made_up(open_here: Open) -> None:
    household = open_here()
    (household.folder / "authority/root.pem").unlink()
    with pytest.raises(AuthorityDamaged, match=r"root\.pem cannot be read.*Put back a copy"):
        open_here()
    assert not (household.folder / "authority/root.pem").exists()


def foreign_certificate() -> bytes:
    """What another program's self-signed certificate looks like."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nas.example.org")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)
