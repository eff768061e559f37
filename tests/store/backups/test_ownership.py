"""What root makes in the folder of somebody's server is theirs, and what they may not read harms nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from store.backups import ownership
from store.backups.daily import Backups, Habit
from store.backups.kept import BackupError, find_backups
from store.backups.making import Source, make_backup
from store.backups.offering import offer
from store.backups.pruning import prune
from store.backups.restoring import restore
from tests.store.backups.houses import NOON, lives, sends_two_files, source_in

PARLEY = 54321  # the number of a user that nobody else has
is_root = hasattr(os, "geteuid") and os.geteuid() == 0
as_root = pytest.mark.skipif(not is_root, reason="only root makes files for others; run the tests as root")
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such owners")


@dataclass(frozen=True)
class Machine:
    """A folder that everybody may pass through, as /var/lib is, and a house in it whose server is PARLEY."""

    folder: Path
    source: Source

    def owners(self, *folders: Path) -> set[tuple[int, int]]:
        """Of these and all that is in them."""
        paths = [path for folder in folders for path in (folder, *folder.rglob("*"))]
        return {(path.lstat().st_uid, path.lstat().st_gid) for path in paths}


@pytest.fixture
def machine() -> Iterator[Machine]:
    folder = Path(mkdtemp(prefix="parley-"))
    folder.chmod(0o755)
    house = folder / "house"
    house.mkdir()
    source = source_in(house)
    lives(source.data, sends_two_files)
    if is_root:
        os.chown(house, PARLEY, PARLEY)
        for path in house.rglob("*"):
            os.chown(path, PARLEY, PARLEY)
    yield Machine(folder, source)
    shutil.rmtree(folder)


@contextmanager
def parley() -> Iterator[None]:
    """As the user of the server; where root does not run the tests, that is who does."""
    if is_root:
        os.seteuid(PARLEY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def shut(place: Path) -> None:
    """Another's, who lets nobody in."""
    place.chmod(0)
    if is_root:
        os.chown(place, 0, 0)


@as_root
def test_a_backup_that_root_makes_is_the_server_s_who_goes_on_with_it(machine: Machine) -> None:
    backups = machine.source.data / "backups"
    make_backup(machine.source, backups, NOON)
    assert machine.owners(machine.source.data) == {(PARLEY, PARLEY)}
    with parley():
        made = make_backup(machine.source, backups, NOON)
        assert (made.number, [kept.number for kept in prune(made, 1)]) == (2, [1])
        made.check()


@as_root
def test_one_elsewhere_is_whose_that_folder_is(machine: Machine) -> None:
    kept = make_backup(machine.source, machine.folder / "stick" / "parley", NOON)
    assert machine.owners(machine.source.data) == {(PARLEY, PARLEY)}, "whose bytes are shared, not given away"
    shared = {path for path in kept.path.rglob("*") if path.is_file() and path.stat().st_nlink > 1}
    others = set((machine.folder / "stick").rglob("*")) - shared
    assert shared
    assert {(path.stat().st_uid, path.stat().st_gid) for path in others} == {(0, 0)}
    restore(kept, machine.source.data, None, NOON)
    assert machine.owners(machine.source.data) == {(PARLEY, PARLEY)}


@as_root
def test_what_root_alone_may_change_stays_so_when_it_is_restored(machine: Machine) -> None:
    kept = make_backup(machine.source, machine.folder / "stick", NOON)
    shutil.rmtree(machine.source.data)
    for path in kept.path.rglob("*"):
        os.chown(path, 0, 0)
    machine.source.data.mkdir()
    os.chown(machine.source.data, PARLEY, PARLEY)
    restore(kept, machine.source.data, None, NOON)
    assert machine.owners(machine.source.data) == {(PARLEY, PARLEY)}
    assert {(path.stat().st_uid, path.stat().st_gid) for path in kept.path.rglob("*")} == {(0, 0)}


@as_root
def test_a_way_out_of_the_data_and_in_again_gives_nothing_of_the_system_away(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(machine.source.data)
    before = machine.folder.stat().st_uid
    make_backup(Source(Path()), Path("..", "..", "backups"), NOON)
    assert (machine.folder.stat().st_uid, (machine.folder / "backups").stat().st_uid) == (before, before)


@as_root
def test_a_disk_that_gives_nothing_away_has_its_backup(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise PermissionError("root is nobody there")

    monkeypatch.setattr(os, "chown", refuses)
    make_backup(machine.source, machine.folder / "stick", NOON).check()
    assert "that disk gives nothing away" in caplog.text


@as_root
def test_what_root_restores_is_the_server_s_who_starts_on_it(machine: Machine) -> None:
    source = machine.source
    kept = make_backup(source, machine.folder / "stick", NOON)
    shutil.rmtree(source.certs)
    source.certs.mkdir()
    os.chown(source.certs, PARLEY, PARLEY)
    restore(kept, source.data, source.certs, NOON)
    assert machine.owners(source.data, source.certs) == {(PARLEY, PARLEY)}
    assert list(source.certs.rglob("*.pem"))
    with parley():
        lives(source.data, sends_two_files)


@as_root
def test_on_a_new_machine_it_is_whose_the_folder_above_is(machine: Machine) -> None:
    kept = make_backup(machine.source, machine.folder / "stick", NOON)
    new = machine.folder / "house" / "new"
    restore(kept, new / "data", new / "certs", NOON)
    assert machine.owners(new) == {(PARLEY, PARLEY)}


@as_root
def test_no_link_is_followed(machine: Machine) -> None:
    outside, place = machine.folder / "shadow", machine.folder / "made"
    outside.write_text("root's own")
    place.mkdir()
    (place / "link").symlink_to(outside)
    (place / "folder").symlink_to(machine.folder)
    ownership.give(place, machine.source.data)
    assert machine.owners(place / "link") == {(PARLEY, PARLEY)}
    assert (outside.stat().st_uid, machine.folder.stat().st_uid) == (0, 0)


@posix
def test_one_that_may_not_be_read_is_passed_over_and_said(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    backups = machine.source.data / "backups"
    with parley():
        first = make_backup(machine.source, backups, NOON)
    theirs = backups / "00002-2023-11-14T22-13"
    theirs.mkdir()
    shut(theirs)
    with parley():
        last = make_backup(machine.source, backups, NOON)
        assert last.number == 3
        assert [kept.number for kept in find_backups(backups)] == [1, 3]
        assert f"{theirs} is passed over: Permission denied" in caplog.text
        assert [kept.path for kept in prune(last, 1)] == [first.path]


@posix
def test_one_that_may_not_be_removed_keeps_no_other(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    backups = machine.source.data / "backups"
    with parley():
        first, second, third = (make_backup(machine.source, backups, NOON) for _ in range(3))
    files = first.path / "files"
    shut(files)
    with parley():
        assert [kept.path for kept in prune(third, 1)] == [second.path]
        assert [kept.path for kept in find_backups(backups)] == [third.path]
    assert f"{first.path} is passed over" in caplog.text


@posix
@pytest.mark.gen_test
async def test_a_folder_of_backups_that_may_not_be_read_breaks_neither_habit_nor_offer(machine: Machine) -> None:
    backups = machine.source.data / "backups"
    backups.mkdir()
    shut(backups)
    with parley():
        assert offer([backups], machine.source.data, machine.source.certs) == "No backup was found."
        habit = Backups(machine.source, Habit(backups, 7), lambda: NOON)
        with pytest.raises(BackupError, match="may not write"):
            habit.make()
        await habit.close()
