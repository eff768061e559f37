"""The key by which push services know this server: made once, its owner's alone, and never made anew in silence."""

import os
import stat
from pathlib import Path

import pytest

from store.durable import CannotStart
from store.push.vapid import TOKEN_SECONDS, server_key
from tests.push_service import decoded, objection

CONTACT = "mailto:host@parley.example"
ORIGIN = "https://push.example.org"
NOON = 1_700_000_000_000  # ms


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "push.key"
    first, second = server_key(path, CONTACT), server_key(path, CONTACT)
    assert first.public == second.public
    assert first.public != server_key(tmp_path / "another.key", CONTACT).public
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_browser_gets_an_uncompressed_point(tmp_path: Path) -> None:
    point = decoded(server_key(tmp_path / "push.key", CONTACT).public)
    assert (len(point), point[0]) == (65, 4)


def test_what_it_signs_is_good_for_one_origin_and_half_a_day(tmp_path: Path) -> None:
    key = server_key(tmp_path / "push.key", CONTACT)
    said = key.authorization(ORIGIN, NOON)
    assert objection(said, ORIGIN, NOON / 1000) == ""
    assert objection(said, "https://other.example.org", NOON / 1000).startswith("aud")
    assert objection(said, ORIGIN, NOON / 1000 + TOKEN_SECONDS).startswith("exp")
    other = server_key(tmp_path / "another.key", CONTACT).public
    assert objection(said.replace(key.public, other), ORIGIN, NOON / 1000) == "signature"


def test_a_damaged_key_stops_the_start_and_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "push.key"
    path.write_text("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n")
    with pytest.raises(CannotStart, match="damaged"):
        server_key(path, CONTACT)
    assert "nonsense" in path.read_text()
