"""The first command hands on what it was given, and says in one sentence when it cannot."""

import sys

import pytest

from scripts import environment, start


def test_the_server_gets_the_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []

    def become(_program: str, command: list[str]) -> None:
        became.append(command)
        raise SystemExit(0)  # as the real one, it does not return

    monkeypatch.setattr(environment, "ensure", lambda _name: environment.python())
    monkeypatch.setattr(sys, "argv", ["start.py", "--open", "--port", "9000"])
    monkeypatch.setattr("os.name", "posix")
    monkeypatch.setattr("os.execv", become)
    with pytest.raises(SystemExit):
        start.main()
    assert became == [[str(environment.python()), str(environment.ROOT / "server.py"), "--open", "--port", "9000"]]


def test_it_says_what_to_do_and_answers_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_name: str) -> None:
        raise environment.NotPossibleError("Run: this")

    monkeypatch.setattr(environment, "ensure", refuse)
    assert start.main() == 2
    assert capsys.readouterr().err == "Run: this\n"
