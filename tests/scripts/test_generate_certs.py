"""The command line over trust/: what it prints, and how it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.generate_certs import FILES, main

ROOT = Path(__file__).resolve().parents[2]


def test_it_says_what_each_file_is_for_and_twice_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--certs", str(tmp_path), "--host", "kitchen.lan"]) == 0
    first = capsys.readouterr().out
    made = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(made) == set(FILES)
    assert all(name in first for name in FILES)
    assert "kitchen.lan" in first
    assert main(["--certs", str(tmp_path), "--host", "kitchen.lan"]) == 0
    assert capsys.readouterr().out == first
    assert {name: (tmp_path / name).read_bytes() for name in made} == made


@pytest.mark.parametrize("host", ["example.com", "*.local", "192.168.1.300"])
def test_a_name_it_may_not_have_is_one_sentence_and_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    assert main(["--certs", str(tmp_path), "--host", host]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert host in said.err
    assert said.err.count("\n") == 1


def test_it_runs_from_anywhere_as_a_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/generate_certs.py"), "--certs", "keys"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "keys/authority/root.pem").exists()


def test_a_damaged_key_is_one_sentence_and_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--certs", str(tmp_path)])
    (tmp_path / "server.key").write_text("scribble")
    capsys.readouterr()
    assert main(["--certs", str(tmp_path)]) == 2
    assert "server.key is damaged" in capsys.readouterr().err
