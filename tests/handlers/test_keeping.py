"""The settings of whoever keeps the server."""

from pathlib import Path

import pytest

from handlers.settings import read_settings


def test_a_week_of_backups_beside_the_data_and_no_metrics_unless_asked() -> None:
    settings = read_settings(["--data", "d"], {})
    assert (settings.backups, settings.backup_folder()) == (7, Path("d/backups"))
    assert settings.backup_folders() == {Path("d/backups")}
    assert (settings.metrics_port, settings.metrics_address, settings.log_format) == (0, "127.0.0.1", "text")


def test_backups_may_go_elsewhere_and_those_from_before_still_count() -> None:
    settings = read_settings(["--data", "d", "--backups", "0", "--backups-to", "elsewhere"], {})
    assert (settings.backups, settings.backup_folder()) == (0, Path("elsewhere"))
    assert settings.backup_folders() == {Path("d/backups"), Path("elsewhere")}


@pytest.mark.parametrize("words", [["--backups", "-1"], ["--metrics-port", "x"], ["--log-format", "xml"]])
def test_what_cannot_be_meant_ends_with_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(words, {})
    assert words[0] in capsys.readouterr().err


def test_a_server_is_alone_unless_it_is_told_of_a_bus() -> None:
    alone = read_settings([], {})
    assert (alone.bus, alone.own) == ("", alone.data)
    words = ["--store", "postgresql://db/house", "--bus", "redis://bus:6379", "--node-data", "/var/node"]
    node = read_settings(words, {})
    assert (node.bus, node.own) == ("redis://bus:6379", Path("/var/node"))
    assert node.data == alone.data


@pytest.mark.parametrize(
    "words",
    [["--bus", "redis://bus"], ["--store", "memory", "--bus", "redis://bus"], ["--bus", "http://swordfish@bus"]],
)
def test_a_bus_that_leads_nowhere_ends_with_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_settings(words, {})
    said = capsys.readouterr().err
    assert "postgresql://" in said or "expected redis://" in said
    assert "swordfish" not in said.splitlines()[-1]
