"""The TURN servers that the host names, and where their secret comes from."""

from pathlib import Path

import pytest

from handlers.settings import CannotUse, read_settings
from handlers.turn import turn_servers
from store.turn import Turn

TWO = ["--turn", "turn:turn.lan:3478?transport=udp", "--turn", "turns:turn.lan:5349?transport=tcp"]
URLS = ("turn:turn.lan:3478?transport=udp", "turns:turn.lan:5349?transport=tcp")


def test_the_secret_is_in_the_environment() -> None:
    assert turn_servers(read_settings(TWO, {"PARLEY_TURN_SECRET": "north"})) == Turn(URLS, "north")


def test_or_in_a_file_which_wins(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("south\n")
    given = [*TWO, "--turn-secret-file", str(file)]
    assert turn_servers(read_settings(given, {"PARLEY_TURN_SECRET": "north"})) == Turn(URLS, "south")


def test_without_servers_nothing_is_read() -> None:
    assert turn_servers(read_settings(["--turn-secret-file", "nowhere"], {})) == Turn()


def test_a_file_that_says_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n")
    for name, said in (("empty", "is empty"), ("missing", "cannot be read")):
        with pytest.raises(CannotUse, match=said):
            turn_servers(read_settings([*TWO, "--turn-secret-file", str(tmp_path / name)], {}))


def test_servers_without_a_secret_are_of_no_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(TWO, {})
    assert "PARLEY_TURN_SECRET" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["turn:a", "turn:a:3478", "turns:a.b:1?transport=tcp", "turn:[::1]:3478", "turn:10.0.0.1"]
)
def test_what_a_server_is_called(url: str) -> None:
    assert read_settings(["--turn", url], {"PARLEY_TURN_SECRET": "x"}).turn == (url,)


@pytest.mark.parametrize("url", ["stun:a", "turn:", "turn:me:pw@a", "turn:a?transport=tls", "http://a", "turn:a:b"])
def test_what_none_is_called(url: str) -> None:
    with pytest.raises(SystemExit):
        read_settings(["--turn", url], {"PARLEY_TURN_SECRET": "x"})


def test_the_secret_has_no_flag() -> None:
    with pytest.raises(CannotUse, match="cannot be read"):  # taken for the beginning of --turn-secret-file
        turn_servers(read_settings([*TWO, "--turn-secret", "north"], {"PARLEY_TURN_SECRET": "x"}))
