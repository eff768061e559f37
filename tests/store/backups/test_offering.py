"""What is offered is the newest backup that is good, and nothing else."""

import errno
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from protocol.records import from_json, replaced
from store.backups.kept import DATABASE, Entry, Manifest, write_manifest
from store.backups.offering import last_good, offer, require_no_lost_house
from store.durable import CannotStart, Damaged
from store.durable.schema import BOUND
from tests.store.backups.test_kept import NOON, YEAR, plant
from tests.store.disk import sha256

T = TypeVar("T")


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


def test_of_two_folders_the_one_made_last_is_offered(tmp_path: Path) -> None:
    """Each folder counts for itself: that of --backups-to begins with 1 beside hundreds that were made before."""
    before, since = tmp_path / "before", tmp_path / "since"
    plant(before, 400, path=DATABASE)
    last = plant(since, 100, NOON + YEAR, path=DATABASE)
    for folders in ([before, since], [since, before]):
        found = last_good(folders)
        assert found is not None
        assert found.path == last


def test_one_of_this_house_is_offered_before_a_newer_one_of_another(tmp_path: Path) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    mine = plant(stick, 1, path=DATABASE, epoch="e")
    theirs = plant(stick, 2, NOON + YEAR, path=DATABASE, epoch="another")
    found = last_good([stick], {"e"})
    assert found is not None
    assert found.path == mine
    said = offer([stick], data, Path("certs"))
    assert said.endswith(str(theirs))
    assert "UTC, of which house cannot be known. To take it: " in said
    assert not data.exists()
    manifest = from_json((mine / "manifest.json").read_bytes(), Manifest)
    entries = [*manifest.entries, Entry(path="secret", size=3, sha256=sha256(b"one"))]
    write_manifest(mine, replaced(manifest, entries=entries))
    for place in (mine, data):
        place.mkdir(exist_ok=True)
        (place / "secret").write_bytes(b"one")
    said = offer([stick], data, Path("certs"))
    assert said.endswith(str(mine))
    assert "of which house" not in said


def test_where_no_good_one_is_known_as_its_own_another_is_offered(tmp_path: Path) -> None:
    theirs = plant(tmp_path, 1, path=DATABASE, epoch="another")
    (plant(tmp_path, 2, path=DATABASE) / DATABASE).write_bytes(b"two")
    found = last_good([tmp_path], {"e"})
    assert found is not None
    assert found.path == theirs


def test_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    good = plant(tmp_path, 1, path=DATABASE)
    (plant(tmp_path, 2, path=DATABASE) / DATABASE).write_bytes(b"two")
    (plant(tmp_path, 3, path=DATABASE) / DATABASE).unlink()
    (plant(tmp_path, 4, path=DATABASE) / "manifest.json").write_text("{")
    found = last_good([tmp_path])
    assert found is not None
    assert found.path == good


def test_one_that_could_not_be_put_back_is_passed_over_and_one_without_a_photo_is_not(tmp_path: Path) -> None:
    for place in (plant(tmp_path, 1, path=DATABASE), plant(tmp_path, 2, path=DATABASE)):
        manifest = from_json((place / "manifest.json").read_bytes(), Manifest)
        more = [Entry(path=path, size=3, sha256=sha256(b"one")) for path in ("secret", "files/ab/abcd")]
        write_manifest(place, replaced(manifest, entries=[*manifest.entries, *more]))
        (place / "secret").write_bytes(b"one" if "00001" in place.name else b"two")
    found = last_good([tmp_path])
    assert found is not None
    assert found.number == 1


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "half of one"])
def test_a_house_is_begun_where_no_backup_tells_of_another(tmp_path: Path, there: str) -> None:
    if there != "nothing":
        (tmp_path / "stick").mkdir()
    if there == "half of one":
        plant(tmp_path / "stick", 1).rename(tmp_path / "stick" / ".00001-2023-11-14T22-13.new")
    require_no_lost_house(tmp_path / "data", tmp_path / "stick")


def test_a_house_of_which_only_backups_elsewhere_are_left_is_never_begun_anew(tmp_path: Path) -> None:
    plant(tmp_path / "stick", 1)
    data, stick = tmp_path / "data", tmp_path / "stick"
    with pytest.raises(Damaged, match=f"no {data / DATABASE}, but {stick} holds backups") as told:
        require_no_lost_house(tmp_path / "data", tmp_path / "stick")
    assert str(told.value).endswith("for an empty house choose another --backups-to, or move them away.")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE).write_bytes(b"damaged or not: the store says that")
    require_no_lost_house(tmp_path / "data", tmp_path / "stick")


@pytest.mark.parametrize("broken", ["", "00001-2023-11-14T22-13"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_folder_that_cannot_be_looked_at_may_hold_a_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, code: int
) -> None:
    stick = tmp_path / "stick"
    plant(stick, 1)
    for name in ("iterdir", "stat"):
        monkeypatch.setattr(Path, name, unless(stick / broken, getattr(Path, name), code))
    with pytest.raises(CannotStart, match=f"cannot be looked at: {os.strerror(code)}; it may hold a house") as refused:
        require_no_lost_house(tmp_path / "data", stick)
    assert str(stick / broken) in str(refused.value)
    assert not isinstance(refused.value, Damaged), "what is offered then is of no use"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (BOUND, "are in PostgreSQL"),
        (f"{DATABASE}-wal", "Put parley.db back beside it"),
        ("search.db", "are still there"),
    ],
)
def test_what_is_left_in_the_folder_of_the_data_speaks_first(tmp_path: Path, left: str, said: str) -> None:
    plant(tmp_path / "stick", 1)
    (tmp_path / left).write_bytes(b"somebody's")
    with pytest.raises(CannotStart, match=said):
        require_no_lost_house(tmp_path, tmp_path / "stick")


def test_where_there_is_none_that_is_said(tmp_path: Path) -> None:
    assert offer([tmp_path, tmp_path / "nowhere"], Path("data"), Path("certs")) == "No backup was found."


def test_where_none_of_them_is_good_it_is_said_why(tmp_path: Path) -> None:
    before, since = tmp_path / "before", tmp_path / "since"
    (plant(before, 1, path=DATABASE) / DATABASE).write_bytes(b"two")
    said = offer([before, since], Path("data"), Path("certs"))
    assert said.startswith(f"The one backup in {before} cannot be put back: {before}")
    newest = plant(before, 2, path=DATABASE)
    (newest / DATABASE).write_bytes(b"two")
    assert offer([before, since], Path("data"), Path("certs")) == (
        f"None of the 2 backups in {before} can be put back: {newest / DATABASE} is not what was put there."
    )
    plant(since, 1)
    said = offer([since, before], Path("data"), Path("certs"))
    assert said.startswith(f"None of the 3 backups in {since} and {before} can be put back: {since}")
    assert said.endswith("holds no database.")


@pytest.mark.parametrize("broken", ["", "00002-2023-11-14T22-13", "00002-2023-11-14T22-13/manifest.json"])
def test_a_disk_that_does_not_answer_silences_no_offer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, broken: str
) -> None:
    dying, well = tmp_path / "dying", tmp_path / "well"
    plant(dying, 2, path=DATABASE)
    good = plant(well, 1, path=DATABASE)
    bad = dying / broken
    for name in ("iterdir", "is_file"):
        monkeypatch.setattr(Path, name, unless(bad, getattr(Path, name)))
    assert str(good) in offer([dying, well], Path("data"), Path("certs"))
    assert "Input/output error. Check that disk." in caplog.text


def unless(bad: Path, asks: Callable[..., T], code: int = errno.EIO) -> Callable[[Path], T]:
    """What asks a file system, which answers for all but this one."""

    def answers(path: Path, **how: bool) -> T:
        if bad in (path, path.parent):
            raise OSError(code, os.strerror(code), str(path))
        return asks(path, **how)

    return answers
