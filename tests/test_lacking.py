"""What is missing is skipped at home, and in CI a failure."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.lacking import lacks

ROOT = Path(__file__).resolve().parent.parent


def test_at_home_it_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such browser"):
        lacks("no such browser")


def test_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="no such browser"):
        lacks("no such browser")


def test_ci_says_that_it_is_ci(tmp_path: Path) -> None:
    python = tmp_path / "python3"
    python.write_text('#!/bin/sh\necho "$1 with CI=$CI"\n', "utf-8")
    python.chmod(0o755)
    told = {name: value for name, value in os.environ.items() if name != "CI"}
    environment = {**told, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", ROOT / ".ci" / "run"], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "scripts/test.py with CI=1\n"
