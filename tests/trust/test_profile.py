"""What phones install, read back with other readers."""

import plistlib

from cryptography import x509

from tests.trust.conftest import Open
from trust import ProfileWords, packed_crt, packed_mobileconfig

WORDS = ProfileWords("Your household", "Lets this device trust it.", "The authority of this household.")


def test_the_crt_is_the_root_in_der(open_here: Open) -> None:
    root = open_here().authority.root
    assert x509.load_der_x509_certificate(packed_crt(root)) == root


def test_the_profile_holds_the_root_and_nothing_else(open_here: Open) -> None:
    root = open_here().authority.root
    profile = plistlib.loads(packed_mobileconfig(root, WORDS))
    assert profile["PayloadType"] == "Configuration"
    (payload,) = profile["PayloadContent"]
    assert payload["PayloadType"] == "com.apple.security.root"
    assert payload["PayloadContent"] == packed_crt(root)
    assert profile["PayloadDisplayName"] == payload["PayloadDisplayName"] == "Parley at laptop"


def test_the_phone_shows_the_words_that_were_given(open_here: Open) -> None:
    profile = plistlib.loads(
        packed_mobileconfig(open_here().authority.root, ProfileWords("Dein Haushalt", "Für", "Die"))
    )
    assert (profile["PayloadOrganization"], profile["PayloadDescription"]) == ("Dein Haushalt", "Für")
    assert profile["PayloadContent"][0]["PayloadDescription"] == "Die"


def test_the_words_do_not_make_it_another_profile(open_here: Open) -> None:
    root = open_here().authority.root
    first, second = (plistlib.loads(packed_mobileconfig(root, ProfileWords(one, one, one))) for one in "ab")
    assert first["PayloadIdentifier"] == second["PayloadIdentifier"]
    assert first["PayloadUUID"] == second["PayloadUUID"]


def test_the_same_root_makes_the_same_profile_so_that_it_replaces(open_here: Open) -> None:
    root = open_here().authority.root
    assert packed_mobileconfig(root, WORDS) == packed_mobileconfig(root, WORDS)


def test_two_households_make_two_profiles(open_here: Open) -> None:
    household = open_here()
    first = plistlib.loads(packed_mobileconfig(household.authority.root, WORDS))
    (household.folder / "authority").rename(household.folder / "old")
    second = plistlib.loads(packed_mobileconfig(open_here().authority.root, WORDS))
    assert first["PayloadIdentifier"] != second["PayloadIdentifier"]
    assert first["PayloadUUID"] != second["PayloadUUID"]
