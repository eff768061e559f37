"""What the terminal shows."""

import logging
from pathlib import Path

import pytest

from handlers.welcome import log_welcome, say_invitation, say_welcome
from tests.handlers.test_whereabouts import whereabouts
from trust import fingerprint_lines


def test_the_welcome_shows_code_addresses_and_fingerprint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = whereabouts(tmp_path)
    say_welcome(where, "CODE", is_open=False)
    said = capsys.readouterr().out
    assert where.certificate.authority is not None
    lines = fingerprint_lines(where.certificate.authority.root)
    for promise in ("http://127.0.0.1:8080/#invite=CODE", "--invite", *lines):
        assert promise in said
    assert "\x1b" not in said  # what is captured is no terminal


def test_in_a_log_of_json_are_the_addresses_and_no_invitation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    log_welcome(whereabouts(tmp_path))
    assert "ready at http://127.0.0.1:8080/" in caplog.text
    assert "#" not in caplog.text
    assert capsys.readouterr().out == ""


def test_an_open_house_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say_welcome(whereabouts(tmp_path), "CODE", is_open=True)
    assert "Anyone who reaches this server may join" in capsys.readouterr().out


def test_an_invitation_shows_every_link(capsys: pytest.CaptureFixture[str]) -> None:
    say_invitation(["http://a/#invite=x", "https://b/#invite=x"])
    said = capsys.readouterr().out
    assert "http://a/#invite=x" in said
    assert "https://b/#invite=x" in said
