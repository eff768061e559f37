"""The command line and its environment."""

from pathlib import Path

import pytest

from handlers.settings import CannotUse, make_folders, make_parser, read_ice_server, read_settings


def test_without_a_word_the_defaults_stand() -> None:
    settings = read_settings([], {})
    assert (settings.port, settings.http_port, settings.store, settings.open) == (8443, 8080, "sqlite", False)


def test_the_environment_says_what_a_flag_would() -> None:
    environment = {"PARLEY_HTTP_PORT": "80", "PARLEY_OPEN": "yes", "PARLEY_HOST": "a.lan,b.lan", "PARLEY_MDNS": "no"}
    settings = read_settings([], environment)
    assert (settings.http_port, settings.open, settings.host, settings.mdns) == (80, True, ("a.lan", "b.lan"), False)


def test_a_flag_wins_over_the_environment() -> None:
    assert read_settings(["--port", "1"], {"PARLEY_PORT": "2"}).port == 1


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--port", "65536"], {}),
        (["--port", "-1"], {}),
        (["--cert", "a.pem"], {}),
        (["--store", "paper"], {}),
        (["--rate", "0"], {}),
        ([], {"PARLEY_PORT": "many"}),
        ([], {"PARLEY_OPEN": "perhaps"}),
    ],
)
def test_what_cannot_be_meant_ends_with_a_sentence(arguments: list[str], environment: dict[str, str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_settings(arguments, environment)
    assert ended.value.code not in (0, None)


def test_every_flag_is_explained_and_has_its_environment_variable() -> None:
    actions = [action for action in make_parser({})._actions if action.dest != "help"]
    assert all(action.help for action in actions)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("stun:stun.lan:3478", {"urls": ["stun:stun.lan:3478"]}),
        ("turn:me:se:cret@turn.lan:3478", {"urls": ["turn:turn.lan:3478"], "username": "me", "credential": "se:cret"}),
    ],
)
def test_an_ice_server_is_read(url: str, server: dict[str, object]) -> None:
    assert read_ice_server(url) == server


@pytest.mark.parametrize("url", ["", "http://x", "stun", "turn:me:secret@"])
def test_what_is_no_ice_server_is_refused(url: str) -> None:
    with pytest.raises(CannotUse):
        read_ice_server(url)


def test_a_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings(["--data", str(tmp_path / "deep" / "data")], {})
    make_folders(settings)
    assert settings.data.stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotUse, match="--data"):
        make_folders(read_settings(["--data", str(tmp_path / "file" / "data")], {}))
