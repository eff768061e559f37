"""A backup is whole under its name or not there, whatever happens in the house meanwhile."""

import os
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from store.backups import kept as keeping
from store.backups import making
from store.backups.kept import BackupError, find_backups, hash_of
from store.backups.making import Source, make_backup
from store.durable.schema import BOUND
from store.durable.snapshot import copy_database, shelf
from tests.store.attic import Attic
from tests.store.backups.houses import FILM, NOON, PHOTO, dump, lives, paths, sends_two_files, source_in
from tests.store.backups.test_kept import plant
from tests.store.disk import sha256


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A house in which two files were sent."""
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    return source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_holds_all_that_a_house_is(source: Source, folder: Path) -> None:
    kept = make_backup(source, folder, NOON)
    assert kept.path.name == "00001-2023-11-14T22-13"
    assert paths(kept.path) == {
        "manifest.json",
        "parley.db",
        "secret",
        "invitation",
        "certs/server.key",
        "certs/authority/root.pem",
        *(f"files/{sha256(content)[:2]}/{sha256(content)}" for content in (PHOTO, FILM)),
    }
    assert dump(kept.path / "parley.db") == dump(source.database)
    manifest = kept.check()
    assert {entry.path: hash_of(kept.path / entry.path) for entry in manifest.entries} == {
        entry.path: entry.sha256 for entry in manifest.entries
    }
    assert (manifest.at, manifest.number, manifest.lacking) == (NOON, 1, [])


def test_a_house_in_postgresql_is_backed_up_by_other_means(source: Source, folder: Path) -> None:
    (source.data / BOUND).write_text("a house")
    with pytest.raises(BackupError, match="pg_dump"):
        make_backup(source, folder, NOON)
    assert find_backups(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_on_the_machine_may_read_it(source: Source, folder: Path) -> None:
    kept = make_backup(source, folder, NOON)
    assert {stat.S_IMODE(place.stat().st_mode) for place in (folder, kept.path, kept.path / "files")} == {0o700}
    assert {stat.S_IMODE((kept.path / name).stat().st_mode) for name in ("parley.db", "manifest.json")} == {0o600}


def test_on_the_disk_of_the_data_files_take_no_room_of_their_own(source: Source, folder: Path) -> None:
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    kept = make_backup(source, folder, NOON)
    assert (kept.path / name).samefile(source.data / name)
    assert not (kept.path / "parley.db").samefile(source.database)


def test_on_another_disk_they_are_copied_once(source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_there(place: Path, target: Path) -> bool:
        return source.data not in place.parents and keeping.share(place, target)

    monkeypatch.setattr(making, "share", only_there)
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    first, second = make_backup(source, folder, NOON), make_backup(source, folder, NOON)
    assert not (first.path / name).samefile(source.data / name)
    assert (second.path / name).samefile(first.path / name)
    second.check()


def test_what_is_whole_in_the_house_is_whole_in_the_next_backup_on_its_disk(source: Source, folder: Path) -> None:
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    first = make_backup(source, folder, NOON)
    (first.path / name).unlink()
    (first.path / name).write_bytes(b"Film" * 50_000)
    second = make_backup(source, folder, NOON)
    second.check()
    assert (second.path / name).samefile(source.data / name)


@pytest.mark.parametrize("left", [None, b"film"], ids=["gone", "cut short"])
def test_what_the_house_has_lost_since_is_shared_with_the_last_backup(
    source: Source, folder: Path, left: bytes | None
) -> None:
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    first = make_backup(source, folder, NOON)
    (source.data / name).unlink()
    if left is not None:
        (source.data / name).write_bytes(left)
    second = make_backup(source, folder, NOON)
    assert second.check().lacking == []
    assert (second.path / name).samefile(first.path / name)


def test_what_another_disk_has_spoilt_is_copied_anew_once_it_is_removed_there(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_there(place: Path, target: Path) -> bool:
        return source.data not in place.parents and keeping.share(place, target)

    monkeypatch.setattr(making, "share", only_there)
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    first = make_backup(source, folder, NOON)
    (first.path / name).write_bytes(b"Film" * 50_000)
    second = make_backup(source, folder, NOON)
    with pytest.raises(BackupError, match="Remove them there"):
        second.check()
    (second.path / name).unlink()
    make_backup(source, folder, NOON).check()


def test_nothing_is_shared_with_a_backup_of_another_house(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    theirs = plant(folder, 1, path=name, epoch="another")
    (theirs / name).write_bytes(b"Film" * 50_000)

    def only_there(place: Path, target: Path) -> bool:
        return source.data not in place.parents and keeping.share(place, target)

    monkeypatch.setattr(making, "share", only_there)
    make_backup(source, folder, NOON).check()


def test_bytes_that_the_disk_has_changed_are_named_and_not_carried_on(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "share", lambda _place, _target: False)
    (source.data / "files" / sha256(FILM)[:2] / sha256(FILM)).write_bytes(b"Film" * 50_000)
    manifest = make_backup(source, folder, NOON).check()
    assert manifest.lacking == [sha256(FILM)]
    assert sha256(PHOTO) in {entry.sha256 for entry in manifest.entries}


def test_a_file_that_goes_while_the_backup_is_made_is_not_missed(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = []

    async def lets_go(attic: Attic) -> None:
        row = next(row for row in attic.store.shelves.files if row.sha256 == sha256(FILM))
        await attic.lets_go(row.id)
        await attic.leftovers.collect()

    def copies_and_then_it_goes(*given: object) -> None:
        copy_database(*given)  # type: ignore[arg-type]
        copies.append(given)
        if len(copies) == 1:
            lives(source.data, lets_go)

    monkeypatch.setattr(making, "copy_database", copies_and_then_it_goes)
    kept = make_backup(source, folder, NOON)
    assert len(copies) == 2
    assert kept.check().lacking == []
    assert len(shelf(kept.path / "parley.db", "files")) == 1
    assert {path for path in paths(kept.path) if path.startswith("files/")} == {
        f"files/{sha256(PHOTO)[:2]}/{sha256(PHOTO)}"
    }


def test_a_damaged_database_makes_no_backup_and_the_last_one_stays(source: Source, folder: Path) -> None:
    good = make_backup(source, folder, NOON)
    whole = source.database.read_bytes()
    source.database.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    with pytest.raises(BackupError, match="damaged"):
        make_backup(source, folder, NOON + 1)
    assert [kept.path for kept in find_backups(folder)] == [good.path]
    good.check()
    assert not list(folder.glob(".*.new"))


def test_one_that_was_cut_short_is_cleared_and_never_counted(source: Source, folder: Path) -> None:
    half = folder / ".00001-2023-11-14T22-13.new"
    half.mkdir(parents=True)
    (half / "manifest.json").write_text("{}")
    assert find_backups(folder) == []
    kept = make_backup(source, folder, NOON)
    assert [one.path for one in find_backups(folder)] == [kept.path]
    assert not half.exists()


def test_what_others_keep_in_that_folder_is_left_alone(source: Source, folder: Path) -> None:
    for name in (".some-thing.new", ".letters-2023.gone", ".00001-letters.new"):
        (folder / name).mkdir(parents=True)
    make_backup(source, folder, NOON)
    assert {".some-thing.new", ".letters-2023.gone", ".00001-letters.new"} <= {path.name for path in folder.iterdir()}


def test_files_that_have_to_be_copied_leave_free_what_messages_need(
    source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(source, folder, NOON)
    monkeypatch.setattr("store.backups.making.share", lambda place, target: False)
    database = sum(path.stat().st_size for path in source.data.glob("parley.db*"))
    usage = SimpleNamespace(free=database + source.margin + 1)
    monkeypatch.setattr("store.backups.making.shutil.disk_usage", lambda path: usage)
    with pytest.raises(BackupError, match="too little room"):
        make_backup(source, folder, NOON)
    assert [kept.number for kept in find_backups(folder)] == [1]


def test_one_that_is_given_up_leaves_nothing(source: Source, folder: Path) -> None:
    def leave() -> None:
        raise BackupError("The server is leaving.")

    with pytest.raises(BackupError, match="leaving"):
        make_backup(source, folder, NOON, leave)
    assert paths(folder) <= {".making.lock"}


def test_two_at_once_in_one_folder_do_not_meet(source: Source, folder: Path) -> None:
    refusals = []

    def meanwhile() -> None:
        try:
            make_backup(source, folder, NOON)
        except BackupError as reason:
            refusals.append(str(reason))

    make_backup(source, folder, NOON, meanwhile).check()
    assert refusals
    assert all("Another backup is being made" in reason for reason in refusals)


def test_a_disk_with_too_little_room_is_said_before_anything_is_written(source: Source, folder: Path) -> None:
    greedy = Source(source.data, source.certs, margin=shutil.disk_usage(source.data).free)
    with pytest.raises(BackupError, match="too little room"):
        make_backup(greedy, folder, NOON)
    assert paths(folder) <= {".making.lock"}


def test_a_folder_without_data_is_said(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(BackupError, match="--data"):
        make_backup(Source(tmp_path / "nothing"), folder, NOON)
    assert not folder.exists()
