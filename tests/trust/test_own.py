"""A certificate of one's own: a mix-up is one sentence before the port opens."""

import os
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.trust.conftest import NOW, Open
from tests.trust.test_household import foreign_certificate
from trust import CertificateUnusable, Household, KeyMismatch, KeyUnreadable, OwnCertificate
from trust.keys import new_key, packed_key

Shake = Callable[[ssl.SSLContext, ssl.SSLContext, str], bytes]


@pytest.fixture
def household(open_here: Open) -> Household:
    """Stands in for whoever issued the pair."""
    return open_here()


def test_a_good_pair_is_served(household: Household, shake_hands: Shake) -> None:
    own = OwnCertificate(household.pair.chain, household.pair.key, NOW)
    client = ssl.create_default_context(cafile=str(household.folder / "authority/root.pem"))
    assert shake_hands(own.context(), client, "parley.local")
    assert own.covers("PARLEY.local")
    assert not own.covers("other.local")


def test_two_files_that_do_not_belong_together_are_said_to(household: Household, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_bytes(packed_key(new_key()))
    with pytest.raises(KeyMismatch, match=r"other\.key is not the key of .*server\.pem\. Give --cert and --key"):
        OwnCertificate(household.pair.chain, tmp_path / "other.key", NOW)


@pytest.mark.parametrize(("content", "said"), [(b"scribble", "damaged or not a private key"), (None, "cannot be read")])
def test_a_key_that_is_none_is_said_to_be(
    household: Household, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "x.key").write_bytes(content)
    with pytest.raises(KeyUnreadable, match=rf"{said}.*--key"):
        OwnCertificate(household.pair.chain, tmp_path / "x.key", NOW)


def test_a_locked_key_is_said_to_be(household: Household, tmp_path: Path) -> None:
    locked = new_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    )
    (tmp_path / "x.key").write_bytes(locked)
    with pytest.raises(KeyUnreadable, match="locked with a passphrase"):
        OwnCertificate(household.pair.chain, tmp_path / "x.key", NOW)


@pytest.mark.parametrize(("content", "said"), [(b"scribble", "no certificate in PEM"), (None, "cannot be read")])
def test_a_certificate_that_is_none_is_said_to_be(
    household: Household, tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "x.pem").write_bytes(content)
    with pytest.raises(CertificateUnusable, match=rf"{said}.*--cert"):
        OwnCertificate(tmp_path / "x.pem", household.pair.key, NOW)


def test_one_that_ended_is_said_to(household: Household) -> None:
    with pytest.raises(CertificateUnusable, match=r"ended on .*Renew it"):
        OwnCertificate(household.pair.chain, household.pair.key, NOW + timedelta(days=400))


def test_one_for_no_name_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_bytes(foreign_certificate())
    (tmp_path / "x.key").write_bytes(packed_key(new_key()))
    with pytest.raises(KeyMismatch):
        OwnCertificate(tmp_path / "x.pem", tmp_path / "x.key", NOW)


def test_a_renewal_is_noticed_and_a_quiet_day_is_not(household: Household) -> None:
    own = OwnCertificate(household.pair.chain, household.pair.key, NOW)
    assert not own.refresh([], NOW)
    household.refresh(["new.local"], NOW)
    os.utime(household.pair.chain, ns=(1, 1))
    assert own.refresh([], NOW)
    assert own.covers("new.local")
    assert not own.refresh([], NOW)
