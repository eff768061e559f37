"""Where nothing is to be had, loopback is the network."""

import os
import signal

import pytest

from scripts.bench import namespace
from scripts.bench.namespace import Network, network


def test_without_the_tool_all_is_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with network() as place:
        assert place == Network("", "127.0.0.1", "127.0.0.1")
        assert place.prefix == []
        place.enter()  # is there already


def test_what_cannot_be_made_is_cleared_away(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(namespace, "_ip", lambda *words: asked.append(words))
    with network() as place:
        assert place.name == ""
    assert [one[:2] for one in asked] == [("netns", "add"), ("netns", "delete")]


def test_who_is_asked_to_end_clears_away_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(namespace, "_ip", lambda *words: asked.append(words) or True)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit), network():
        os.kill(os.getpid(), signal.SIGTERM)
    assert asked[-1][:2] == ("netns", "delete")
    assert signal.getsignal(signal.SIGTERM) is before


def test_commands_in_a_namespace_have_a_word_in_front() -> None:
    assert Network("there").prefix == ["ip", "netns", "exec", "there"]
