"""Names, links and the certificate, from the settings a person chose."""

from pathlib import Path

import pytest

from handlers.settings import read_settings
from handlers.whereabouts import FIRST_NAME, Whereabouts
from trust import NameRefused, open_household, present


def whereabouts(folder: Path, *flags: str) -> Whereabouts:
    """A server on loopback with its keys in a folder of its own."""
    given = ["--data", str(folder), "--certs", str(folder / "certs"), "--address", "127.0.0.1", *flags]
    return Whereabouts(read_settings(given, {}), newest_at=0)


def test_an_invitation_leads_first_to_the_page_that_helps_then_straight_in(tmp_path: Path) -> None:
    links = whereabouts(tmp_path).links("CODE")
    assert links == ["http://127.0.0.1:8080/#invite=CODE", "https://127.0.0.1:8443/#invite=CODE"]


def test_a_name_asked_for_is_ours_and_in_the_certificate(tmp_path: Path) -> None:
    where = whereabouts(tmp_path, "--host", "chat.lan")
    assert "chat.lan" in where.hosts()
    assert where.certificate.covers("chat.lan")
    assert "https://chat.lan:8443/#invite=x" in where.links("x")


def test_a_call_is_offered_no_address_of_this_machine_at_which_nobody_listens(tmp_path: Path) -> None:
    assert whereabouts(tmp_path).addresses() == ["127.0.0.1"]
    assert whereabouts(tmp_path, "--host", "192.168.77.7,chat.lan").addresses() == ["192.168.77.7", "127.0.0.1"]
    spelt = whereabouts(tmp_path, "--host", "[fd00::7],FD00:0:0::8,fd00::8").addresses()
    assert spelt == ["fd00::7", "fd00::8", "127.0.0.1"]
    everywhere = whereabouts(tmp_path, "--address", "0.0.0.0").addresses()
    assert {"127.0.0.1", "::1"} <= set(everywhere)
    assert whereabouts(tmp_path, "--address", "localhost").addresses() == everywhere


def test_a_certificate_of_ones_own_brings_back_no_address_at_which_nobody_listens(tmp_path: Path) -> None:
    names = ["127.0.0.1", "::1", "localhost", "192.168.99.9"]
    named = open_household(tmp_path / "theirs", label="nas", hosts=names, now=present()).pair
    where = whereabouts(tmp_path, "--address", "127.0.0.5", "--cert", str(named.chain), "--key", str(named.key))
    assert where.addresses() == ["127.0.0.5", "192.168.99.9"]


def test_a_name_the_household_may_not_speak_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NameRefused):
        whereabouts(tmp_path, "--host", "example.com")


def test_the_usual_name_and_the_remembered_one_are_ours(tmp_path: Path) -> None:
    assert FIRST_NAME in whereabouts(tmp_path).hosts()
    (tmp_path / "name").write_text("parley-2.local")
    assert whereabouts(tmp_path).name == "parley-2.local"


def test_with_a_certificate_of_ones_own_people_go_straight_in(tmp_path: Path) -> None:
    made = whereabouts(tmp_path).certificate.pair
    where = whereabouts(tmp_path, "--cert", str(made.chain), "--key", str(made.key))
    assert where.certificate.authority is None
    assert where.links("x")
    assert all(link.startswith("https://") for link in where.links("x"))


def test_with_a_certificate_of_ones_own_people_are_told_the_names_it_is_for(tmp_path: Path) -> None:
    named = open_household(tmp_path / "theirs", label="nas", hosts=["chat.lan", "localhost"], now=present()).pair
    pair = ["--cert", str(named.chain), "--key", str(named.key)]
    where = whereabouts(tmp_path, *pair)
    assert where.links("x") == ["https://chat.lan:8443/#invite=x"]
    assert "127.0.0.1" in where.hosts()


def test_a_certificate_for_no_name_of_this_machine_leaves_people_the_address(tmp_path: Path) -> None:
    named = open_household(tmp_path / "theirs", label="nas", hosts=["localhost"], now=present()).pair
    where = whereabouts(tmp_path, "--cert", str(named.chain), "--key", str(named.key))
    assert where.links("x") == ["https://127.0.0.1:8443/#invite=x"]
