"""The commands' environment: made where it can be, and one clear sentence with the next step where not."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import environment


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with requirements and no environment; installing is only noted."""
    (tmp_path / "requirements.txt").write_text("a==1\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\nb==2\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "FOLDER", tmp_path / ".venv" / "bin")
    return tmp_path


def refuse_everything(*_command: object, **_options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], 1)


def test_a_python_too_old_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    with pytest.raises(environment.NotPossibleError, match=r"needs Python 99\.0 or newer"):
        environment.make_venv()


def test_without_ensurepip_and_leave_to_install_the_next_command_is_named(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(subprocess, "run", refuse_everything)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with pytest.raises(environment.NotPossibleError, match=rf"sudo apt-get install python{version}-venv"):
        environment.make_venv()


def test_nothing_is_installed_on_a_system_without_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert not environment.apt_install("chromium")


def test_lists_are_fetched_only_when_a_package_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []

    def first_install_fails(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 1 if len(ran) == 1 else 0)

    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(subprocess, "run", first_install_fails)
    assert environment.apt_install("chromium")
    assert [command[4] for command in ran] == ["install", "update", "install"]


def test_what_is_installed_is_not_installed_again_until_the_pins_change(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[tuple[str, ...]] = []
    (empty / ".venv").mkdir()
    monkeypatch.setattr(environment, "make_venv", environment.python)
    monkeypatch.setattr(environment, "pip_install", lambda *names: installed.append(names))
    environment.ensure("requirements-dev.txt")
    environment.ensure("requirements-dev.txt")
    assert installed == [("-r", "requirements-dev.txt")]
    (empty / "requirements.txt").write_text("a==2\n")
    environment.ensure("requirements-dev.txt")
    assert len(installed) == 2


def test_a_program_that_is_not_there_does_not_work() -> None:
    assert not environment.works("no-such-program-anywhere")
    assert environment.works(sys.executable, "-c", "")
