"""What the terminal shows."""

from pathlib import Path

import pytest

from handlers.welcome import say_invitation, say_welcome
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


def test_an_open_house_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say_welcome(whereabouts(tmp_path), "CODE", is_open=True)
    assert "Anyone who reaches this server may join" in capsys.readouterr().out


def test_an_invitation_shows_every_link(capsys: pytest.CaptureFixture[str]) -> None:
    say_invitation(["http://a/#invite=x", "https://b/#invite=x"])
    said = capsys.readouterr().out
    assert "http://a/#invite=x" in said
    assert "https://b/#invite=x" in said
