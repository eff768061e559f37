"""What phones install, read back with other readers."""

import plistlib

from cryptography import x509

from tests.trust.conftest import Open
from trust import packed_crt, packed_mobileconfig


def test_the_crt_is_the_root_in_der(open_here: Open) -> None:
    root = open_here().authority.root
    assert x509.load_der_x509_certificate(packed_crt(root)) == root


def test_the_profile_holds_the_root_and_nothing_else(open_here: Open) -> None:
    root = open_here().authority.root
    profile = plistlib.loads(packed_mobileconfig(root))
    assert profile["PayloadType"] == "Configuration"
    (payload,) = profile["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == packed_crt(root)
    assert profile["PayloadDisplayName"] == payload["PayloadDisplayName"] == "Parley at laptop"


def test_the_same_root_makes_the_same_profile_so_that_it_replaces(open_here: Open) -> None:
    root = open_here().authority.root
    assert packed_mobileconfig(root) == packed_mobileconfig(root)


def test_two_households_make_two_profiles(open_here: Open) -> None:
    household = open_here()
    first = plistlib.loads(packed_mobileconfig(household.authority.root))
    (household.folder / "authority").rename(household.folder / "old")
    second = plistlib.loads(packed_mobileconfig(open_here().authority.root))
    assert first["PayloadIdentifier"] != second["PayloadIdentifier"]
    assert first["PayloadUUID"] != second["PayloadUUID"]
