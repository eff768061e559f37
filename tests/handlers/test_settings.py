"""The command line and its environment."""

from pathlib import Path

import pytest

from handlers.settings import ERRANDS, CannotUse, make_folders, make_parser, read_ice_server, read_settings


def test_without_a_word_the_defaults_stand() -> None:
    settings = read_settings([], {})
    assert (settings.port, settings.http_port, settings.store, settings.open) == (8443, 8080, "sqlite", False)


def test_a_database_elsewhere_keeps_and_memory_forgets() -> None:
    url = "postgresql://parley@localhost/parley"
    assert (read_settings([], {"PARLEY_STORE": url}).store, read_settings([], {}).forgets) == (url, False)
    assert not read_settings(["--store", url], {}).forgets
    assert read_settings(["--store", "memory"], {}).forgets


def test_a_start_from_another_folder_is_the_same_house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = read_settings([], {})
    monkeypatch.chdir(tmp_path)
    there = read_settings([], {})
    assert (here.data.resolve(), here.certs.resolve()) == (there.data.resolve(), there.certs.resolve())


def test_the_environment_says_what_a_flag_would() -> None:
    environment = {"PARLEY_HTTP_PORT": "80", "PARLEY_OPEN": "yes", "PARLEY_HOST": "a.lan,b.lan", "PARLEY_NO_MDNS": "1"}
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
        (["--port", "0"], {}),
        (["--quota", "much"], {}),
        (["--keep-free", "-5GB"], {}),
        (["--allow-origin", "localhost:5173"], {}),
        (["--allow-origin", "https://localhost:5173/"], {}),
        (["--proxy", "my proxy"], {}),
        (["--call-port", "65536"], {}),
        (["--call-address", "my server"], {}),
        ([], {"PARLEY_PORT": "many"}),
        ([], {"PARLEY_OPEN": "perhaps"}),
        ([], {"PARLEY_STORE": "paper"}),
        ([], {"PARLEY_LOG_LEVEL": "loud"}),
    ],
)
def test_what_cannot_be_meant_ends_with_a_sentence(
    arguments: list[str], environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        read_settings(arguments, environment)
    assert ended.value.code == 2
    assert "expected" in (said := capsys.readouterr().err) or "invalid choice" in said or "belong together" in said


def test_every_flag_is_explained() -> None:
    assert all(action.help for action in make_parser()._actions)


OTHERWISE = {
    "port": "1", "http_port": "2", "call_port": "3", "call_address": "127.0.0.1", "calls_process": "yes",
    "address": "127.0.0.1", "data": "d", "certs": "c", "cert": "a.pem", "key": "a.key",
    "store": "postgresql://db/house", "bus": "redis://bus", "node_data": "n", "open": "yes",
    "host": "a.lan", "host_person": "Anna", "allow_origin": "https://a.lan:1",
    "proxy": "127.0.0.1", "ice_server": "stun:a.lan", "turn": "turn:a.lan", "turn_secret": "s", "turn_secret_file": "f",
    "push_host": "push.lan:1",
    "push_contact": "mailto:a@b.lan", "rate": "7", "join_rate": "7", "sockets": "7", "no_mdns": "yes",
    "log_level": "debug", "quota": "5GB", "keep_free": "1GB", "keep_messages": "30", "backups": "0",
    "backups_to": "b",
    "metrics_port": "4", "metrics_address": "::1", "log_format": "json",
}  # fmt: skip


def test_every_setting_is_a_variable_of_the_environment() -> None:
    plain, changed = read_settings([], {}), read_settings([], {f"PARLEY_{k.upper()}": v for k, v in OTHERWISE.items()})
    same = {name for name in vars(plain) if getattr(plain, name) == getattr(changed, name)}
    assert same == set(ERRANDS)


def test_a_word_to_a_running_server_is_no_standing_word() -> None:
    assert not read_settings([], {"PARLEY_INVITE": "1", "PARLEY_REMOVE": "Anna"}).is_errand


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("stun:stun.lan:3478", {"urls": ["stun:stun.lan:3478"]}),
        ("turn:me:se:cret@turn.lan:3478", {"urls": ["turn:turn.lan:3478"], "username": "me", "credential": "se:cret"}),
    ],
)
def test_an_ice_server_is_read(url: str, server: dict[str, object]) -> None:
    assert read_ice_server(url) == server


@pytest.mark.parametrize("url", ["", "http://x", "stun", "turn:me:secret@", "turn:turn.lan:3478"])
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


def test_push_hosts_are_a_list() -> None:
    assert read_settings(["--push-host", "a.lan,b.lan:8443"], {}).push_host == ("a.lan", "b.lan:8443")


def test_the_folder_of_a_node_is_made_and_one_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    words = ["--data", str(tmp_path / "data"), "--node-data"]
    make_folders(read_settings([*words, str(tmp_path / "own" / "node")], {}))
    assert (tmp_path / "own" / "node").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotUse, match="Choose another folder with --node-data"):
        make_folders(read_settings([*words, str(tmp_path / "file" / "node")], {}))
