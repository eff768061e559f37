"""The command that puts a backup back: from a server that found its database damaged to a house that lives."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts import restore
from store.backups.kept import Entry, Manifest
from store.backups.making import make_backup
from store.backups.places import note_place
from store.backups.restoring import Restored
from store.durable.snapshot import epoch
from tests.browser.running import ROOT
from tests.starting import PATIENCE_SECONDS, Start
from tests.store.backups.houses import NOON, lives, sends_two_files, source_in


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    one = Start(tmp_path)
    yield one
    if one.process is not None:
        one.process.kill()
        one.process.communicate()


def ends(start: Start) -> None:
    """Killed, as by a power cut."""
    assert start.process is not None
    start.process.kill()
    start.process.communicate()


def run(command: str, *more: str) -> str:
    """A command as it was said to people, from wherever they are."""
    words = [*shlex.split(command), *more]
    done = subprocess.run(words, cwd=Path.home(), capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def joins(start: Start, name: str) -> str:
    """A newcomer's token."""
    body = json.dumps({"username": name, "token": True}).encode()
    status, _, told = start.post("/api/session", body, **{"Content-Type": "application/json"})
    assert status == 201, told
    return str(json.loads(told)["token"])


def people(start: Start, token: str) -> list[str]:
    with closing(start.connect()) as link:
        link.request("GET", "/api/users", headers={"Authorization": f"Bearer {token}"})
        answer = link.getresponse()
        assert answer.status == 200
        return sorted(person["name"] for person in json.loads(answer.read())["users"])


@pytest.mark.parametrize("harm", ["damaged", "empty", "gone", "gone with its folder"])
def test_from_a_damaged_database_to_a_house_that_lives(start: Start, tmp_path: Path, harm: str) -> None:
    start.begin()
    token = joins(start, "Anna")
    folder = tmp_path / "stick" if harm == "gone with its folder" else start.data / "backups"
    run(f"{sys.executable} {ROOT}/scripts/backup.py {folder} --data {start.data} --certs {start.certs}")
    joins(start, "Ben")
    ends(start)
    database = start.data / "parley.db"
    before = epoch(next(folder.glob("0*")) / "parley.db")
    if harm == "gone with its folder":
        shutil.rmtree(start.data)
    elif harm == "gone":
        for path in start.data.glob("parley.db*"):
            path.unlink()
    else:
        database.write_bytes(b"\xff" * 20_000 if harm == "damaged" else b"")
    said = start.refusal("--backups-to", str(folder))
    assert not database.exists() or harm in ("damaged", "empty")
    offered = re.search(r"To take it: (\S+ \S+/scripts/restore\.py .*)$", said)
    assert offered is not None, said
    told = run(offered[1])
    assert "each compared" in told
    assert epoch(database) != before
    start.begin()
    assert people(start, token) == ["Anna"]


def test_without_a_backup_that_is_said_and_nothing_is_touched(start: Start) -> None:
    start.data.mkdir()
    (start.data / "parley.db").write_bytes(b"\xff" * 20_000)
    assert start.refusal().endswith("No backup was found.")
    assert (start.data / "parley.db").read_bytes() == b"\xff" * 20_000


def test_it_is_said_that_who_was_removed_since_is_in_again() -> None:
    assert "Who was removed after that" in described([])


def test_it_is_said_how_many_files_are_lacking() -> None:
    assert "lacking" not in described([])
    assert (
        "0 files, each compared.\nFiles that the backup's disk has spoilt or lost, and that are lacking now: 2."
        in described(["files/ab/ab", "files/cd/cd"])
    )


def described(spoilt: list[str]) -> str:
    """What is said of a backup with so much that its disk has spoilt."""
    entries = [Entry(path=path, size=1, sha256="") for path in spoilt]
    manifest = Manifest(format=1, number=1, at=0, epoch="", entries=entries, lacking=[])
    return restore.describe(Restored(None, "", manifest, spoilt, has_other_keys=False), Path("certs"))


def test_it_is_said_when_phones_know_another_authority(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As on a new machine, whose first start made one."""
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    kept = make_backup(source, tmp_path / "stick", NOON)
    root = tmp_path / "certs" / "authority" / "root.pem"
    root.write_text("made by the first start")
    command = [str(kept.path), "--data", str(source.data), "--certs", str(tmp_path / "certs")]
    assert restore.main(command) == 0
    said = capsys.readouterr().out
    assert f"The keys in {tmp_path / 'certs'} were left, and are not those of the backup" in said
    (tmp_path / "certs").rename(tmp_path / "certs.new")
    assert restore.main(command) == 0
    assert "were left" not in capsys.readouterr().out
    assert root.read_text() == "a root"


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert restore.main(["--data", str(tmp_path / "data")]) == 2
    assert capsys.readouterr().err == f"There is no backup in {tmp_path / 'data' / 'backups'}.\n"


def test_without_a_name_the_newest_is_taken_wherever_the_server_keeps_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    make_backup(source, source.data / "backups", NOON)
    kept = make_backup(source, tmp_path / "stick", NOON + 1)
    note_place(source.data, tmp_path / "stick")
    assert restore.main(["--data", str(source.data), "--certs", str(source.certs)]) == 0
    assert capsys.readouterr().out.startswith(f"Taking {kept.path}\n")


def test_it_is_said_when_nothing_tells_whose_the_newest_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    kept = make_backup(source, source.data / "backups", NOON)
    source.database.unlink()
    (source.data / "secret").unlink()
    command = ["--data", str(source.data), "--certs", str(source.certs)]
    assert restore.main(command) == 0
    assert capsys.readouterr().out.startswith(f"Taking {kept.path}, of which house cannot be known\n")
    assert restore.main([str(kept.path), *command]) == 0
    assert capsys.readouterr().out.startswith(f"Taking {kept.path}\n")
