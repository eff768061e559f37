"""What is offered is the newest backup that is good, and nothing else."""

import shlex
import sys
from pathlib import Path

from store.backups.kept import DATABASE
from store.backups.offering import last_good, offer
from tests.store.backups.test_kept import NOON, YEAR, plant


def test_the_newest_good_one_is_offered_with_its_command(tmp_path: Path) -> None:
    plant(tmp_path, 1, path=DATABASE)
    newest = plant(tmp_path, 2, NOON + YEAR, path=DATABASE)
    said = offer([tmp_path], Path("my data"), Path("certs"))
    words = shlex.split(said.partition("To take it: ")[2])
    assert words[2:] == ["--data", str(Path.cwd() / "my data"), "--certs", str(Path.cwd() / "certs"), str(newest)]
    assert Path(words[0]).samefile(sys.executable)
    assert Path(words[1]).is_absolute()
    assert Path(words[1]).is_file()
    assert "2024-11-13 22:13 UTC" in said
    assert "\n" not in said


def test_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    good = plant(tmp_path, 1, path=DATABASE)
    (plant(tmp_path, 2, path=DATABASE) / DATABASE).write_bytes(b"two")
    (plant(tmp_path, 3, path=DATABASE) / DATABASE).unlink()
    (plant(tmp_path, 4, path=DATABASE) / "manifest.json").write_text("{")
    found = last_good([tmp_path])
    assert found is not None
    assert found.path == good


def test_where_there_is_none_that_is_said(tmp_path: Path) -> None:
    assert offer([tmp_path, tmp_path / "nowhere"], Path("data"), Path("certs")) == "No backup was found."
