"""The command that makes a backup: of a server that runs, checked, in one sentence when it cannot."""

from pathlib import Path

import pytest

from scripts import backup
from store.backups.kept import find_backups
from tests.store.backups.houses import lives, sends_two_files, source_in


@pytest.fixture
def flags(tmp_path: Path) -> list[str]:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    return ["--data", str(source.data), "--certs", str(source.certs)]


def test_it_is_made_listed_and_checked(flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert backup.main(flags) == backup.main([*flags, "--list"]) == backup.main([*flags, "--check"]) == 0
    made, listed, checked = capsys.readouterr().out.splitlines()
    (kept,) = find_backups(tmp_path / "data" / "backups")
    assert made == f"{kept.path}: 7 files."
    assert listed.startswith(f"{kept.path.name}  7 files  ")
    assert checked == f"{kept.path}: all 7 files are as they were."


def test_only_so_many_are_kept_where_that_is_asked(flags: list[str], tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick"
    for _ in range(3):
        assert backup.main([str(elsewhere), *flags, "--keep", "2"]) == 0
    assert [kept.number for kept in find_backups(elsewhere)] == [2, 3]
    assert not (tmp_path / "data" / "backups").exists()


def test_what_cannot_be_done_is_one_sentence(
    flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backup.main(["--data", str(tmp_path / "nowhere")]) == 2
    assert backup.main([str(tmp_path / "empty"), *flags, "--check"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert [line.split(".")[0] for line in said] == [
        f"There is no {tmp_path / 'nowhere' / 'parley'}",
        f"There is no backup in {tmp_path / 'empty'}",
    ]


def test_every_file_that_is_spoilt_is_named(
    flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup.main(flags)
    (kept,) = find_backups(tmp_path / "data" / "backups")
    files = sorted(kept.path.glob("files/??/*"))
    for path in files:
        path.unlink()
    assert backup.main([*flags, "--check"]) == 2
    *named, told = capsys.readouterr().err.splitlines()
    assert sorted(named) == [f"{path} is not what was put there, or gone." for path in files]
    assert told.startswith("Files of which that is so: 2. It can be put back without them. Remove them there")


def test_a_backup_that_was_changed_is_noticed(
    flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup.main(flags)
    (kept,) = find_backups(tmp_path / "data" / "backups")
    (kept.path / "secret").write_text("another")
    assert backup.main([*flags, "--check"]) == 2
    assert "is not what was put there" in capsys.readouterr().err
