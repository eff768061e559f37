"""The second command: what is missing is installed where it may be, and named where it may not."""

import shutil
import sys
from pathlib import Path

import pytest

from scripts import environment
from scripts import test as command


def test_a_missing_browser_that_may_not_be_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "chromium" else f"/usr/bin/{name}")
    monkeypatch.setattr(environment, "apt_install", lambda *_packages: False)
    command.ensure_programs()
    assert "sudo apt-get install chromium   Then" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux runs the tests of a house behind nginx")
def test_nginx_is_one_of_them(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None if "nginx" in name else f"/usr/bin/{name}")
    monkeypatch.setattr(environment, "apt_install", lambda *_packages: False)
    command.ensure_programs()
    assert "sudo apt-get install nginx-light   Then" in capsys.readouterr().out


def test_only_what_is_missing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[tuple[str, ...]] = []

    def install(*packages: str) -> bool:
        installed.append(packages)
        return True

    monkeypatch.setattr(shutil, "which", lambda name: None if name == "certutil" else f"/usr/bin/{name}")
    monkeypatch.setattr(environment, "apt_install", install)
    command.ensure_programs()
    assert installed == [("libnss3-tools",)]


@pytest.mark.parametrize(("version", "wheels"), [("v18.20.4", 1), ("v20.20.2", 0), ("v22.20.0", 0)])
def test_an_old_node_is_replaced_by_a_wheel(
    version: str, wheels: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(environment, "pip_install", installed.append)
    command.ensure_node()
    assert installed == [command.NODE] * wheels


def test_no_node_at_all_has_no_version() -> None:
    assert command.node_version(None) == 0
