"""A restored house is the one that was backed up, byte for byte, under a new epoch; what stood there is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from protocol.errors import Refusal
from store.backups import restoring
from store.backups.kept import BackupError, Kept, hash_of
from store.backups.making import Source, make_backup
from store.backups.restoring import restore
from store.durable import Damaged
from store.durable.committing import Committing
from store.durable.schema import BOUND
from store.durable.snapshot import epoch
from tests.store.attic import Attic
from tests.store.backups.houses import FILM, NOON, PHOTO, dump, lives, paths, sends_two_files, source_in
from tests.store.disk import sha256

LATER = b"said later" * 9000


@pytest.fixture
def source(tmp_path: Path) -> Source:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    return source


@pytest.fixture
def kept(source: Source, tmp_path: Path) -> Kept:
    """A backup of it, after which life went on: a third file came and the film went."""

    async def goes_on(attic: Attic) -> None:
        await attic.deletes(3)
        await attic.leftovers.collect()
        await attic.sends(await attic.upload(LATER))

    made = make_backup(source, tmp_path / "backups", NOON)
    lives(source.data, goes_on)
    return made


def has(data: Path, content: bytes) -> bool:
    return (data / "files" / sha256(content)[:2] / sha256(content)).exists()


def test_every_file_comes_back_as_it_was_and_the_store_is_another(source: Source, kept: Kept) -> None:
    assert not has(source.data, FILM)
    restored = restore(kept, source.data, source.certs, NOON)
    assert restored.spoilt == []
    for entry in restored.manifest.entries:
        if entry.path != "parley.db" and not entry.path.startswith("certs/"):
            assert hash_of(source.data / entry.path) == entry.sha256
    assert dump(source.database) == dump(kept.path / "parley.db")
    assert epoch(source.database) == restored.epoch != restored.manifest.epoch
    assert not has(source.data, LATER)
    kept.check()


def test_the_house_lives_on_and_every_file_can_be_read(source: Source, kept: Kept) -> None:
    async def looks(attic: Attic) -> tuple[str, int]:
        await attic.leftovers.sweep()
        assert attic.has(PHOTO)
        assert attic.has(FILM)
        said = await attic.sends(await attic.upload(LATER))
        return attic.store.epoch, said.seq

    restored = restore(kept, source.data, source.certs, NOON)
    assert lives(source.data, looks) == (restored.epoch, 4)
    kept.check()  # nothing of it was written to


def test_what_stood_there_is_kept_aside(source: Source, kept: Kept) -> None:
    before = {name: hash_of(source.data / name) for name in paths(source.data) if not name.endswith(".lock")}
    aside = restore(kept, source.data, source.certs, NOON).aside
    assert aside is not None
    assert aside.name.startswith("aside-2023-11-14T22-13-20-")
    del before["running.json"]  # says where a server is; no part of a house
    assert {name: hash_of(aside / name) for name in paths(aside)} == before


def test_a_damaged_database_is_kept_aside_with_what_lay_beside_it(source: Source, kept: Kept) -> None:
    source.database.write_bytes(b"\xff" * 10_000)
    source.database.with_name("parley.db-wal").write_bytes(b"what was written last")
    aside = restore(kept, source.data, source.certs, NOON).aside
    assert aside is not None
    assert (aside / "parley.db").read_bytes() == b"\xff" * 10_000
    assert (aside / "parley.db-wal").read_bytes() == b"what was written last"
    assert dump(source.database) == dump(kept.path / "parley.db")


def test_a_house_is_put_up_anew_where_there_was_nothing(kept: Kept, tmp_path: Path) -> None:
    data, certs = tmp_path / "new" / "data", tmp_path / "new" / "certs"
    restored = restore(kept, data, certs, NOON)
    assert restored.aside is None
    assert paths(certs) == {"server.key", "authority/root.pem"}
    assert (data / "secret").read_text() == "the secret"
    assert not (data / "certs").exists()
    assert dump(data / "parley.db") == dump(kept.path / "parley.db")


def test_keys_that_are_there_are_left_alone(source: Source, kept: Kept) -> None:
    assert source.certs is not None
    (source.certs / "authority" / "root.pem").write_text("made since")
    (source.certs / "server.key").unlink()
    assert restore(kept, source.data, source.certs, NOON).has_other_keys
    assert (source.certs / "authority" / "root.pem").read_text() == "made since"
    assert not (source.certs / "server.key").exists()


def test_keys_that_phones_know_are_no_others(source: Source, kept: Kept, tmp_path: Path) -> None:
    assert source.certs is not None
    (source.certs / "server.pem").write_text("renewed since")
    assert not restore(kept, source.data, source.certs, NOON).has_other_keys
    assert not restore(kept, source.data, tmp_path / "none", NOON).has_other_keys
    assert not restore(kept, source.data, None, NOON).has_other_keys


def test_a_server_that_runs_is_left_alone(source: Source, kept: Kept) -> None:
    async def is_refused(attic: Attic) -> None:
        with pytest.raises(BackupError, match="Another Parley is running"):
            restore(kept, source.data, source.certs, NOON)
        await attic.sends()

    lives(source.data, is_refused)


def test_a_house_in_postgresql_is_not_replaced(source: Source, kept: Kept) -> None:
    (source.data / BOUND).write_text("a house")
    before = paths(source.data)
    with pytest.raises(BackupError, match="pg_restore"):
        restore(kept, source.data, source.certs, NOON)
    assert paths(source.data) == before


@pytest.mark.parametrize("name", ["parley.db", "secret", "certs/server.key"])
def test_a_backup_that_is_not_what_it_was_touches_nothing(source: Source, kept: Kept, name: str) -> None:
    before = {path: hash_of(source.data / path) for path in paths(source.data)}
    (kept.path / name).unlink()
    (kept.path / name).write_bytes(b"something else")
    with pytest.raises(BackupError, match="Choose another backup"):
        restore(kept, source.data, source.certs, NOON)
    assert {path: hash_of(source.data / path) for path in paths(source.data)} == before


@pytest.mark.parametrize("on_another_disk", [False, True], ids=["beside the data", "on another disk"])
def test_a_photo_that_the_disk_spoilt_stands_in_the_way_of_no_backup(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, on_another_disk: bool
) -> None:
    """Backups of a disk share its bytes, so all of them are spoilt at once."""
    folder = tmp_path / "several"
    first = make_backup(source, folder, NOON)
    second = make_backup(source, folder, NOON + 1)
    path = f"files/{sha256(PHOTO)[:2]}/{sha256(PHOTO)}"
    assert (first.path / path).samefile(second.path / path)
    with (second.path / path).open("rb+") as photo:
        photo.write(b"\xff" * 4096)
    if on_another_disk:
        monkeypatch.setattr(restoring, "share", lambda place, target: False)
    for kept in (second, first):
        restored = restore(kept, source.data, source.certs, NOON)
        assert restored.spoilt == [path]
        assert not has(source.data, PHOTO), "bytes that are not the photo's are none"
        assert has(source.data, FILM)
        assert dump(source.database) == dump(kept.path / "parley.db")
        with pytest.raises(BackupError, match=r"Files of which that is so: 1\. .* put back without them"):
            kept.check()


def test_a_file_that_a_backup_has_lost_is_lacking_and_the_others_come_back(source: Source, kept: Kept) -> None:
    path = f"files/{sha256(FILM)[:2]}/{sha256(FILM)}"
    (kept.path / path).unlink()
    assert restore(kept, source.data, source.certs, NOON).spoilt == [path]
    assert has(source.data, PHOTO)
    assert not has(source.data, FILM)


@pytest.mark.parametrize("how", ["spoilt", "gone"])
def test_a_file_that_the_house_still_has_whole_comes_from_there(source: Source, kept: Kept, how: str) -> None:
    path = f"files/{sha256(PHOTO)[:2]}/{sha256(PHOTO)}"
    (kept.path / path).unlink()
    if how == "spoilt":
        (kept.path / path).write_bytes(b"\xff" * len(PHOTO))
    restored = restore(kept, source.data, source.certs, NOON)
    assert restored.spoilt == []
    assert (source.data / path).read_bytes() == PHOTO


def test_a_restore_that_was_cut_loses_no_file_that_only_the_house_had(
    source: Source, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"files/{sha256(PHOTO)[:2]}/{sha256(PHOTO)}"
    (kept.path / path).unlink()

    def stops(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "_put_in_place", stops)
        with pytest.raises(KeyboardInterrupt):
            restore(kept, source.data, source.certs, NOON)
    assert not has(source.data, PHOTO), "it is aside"
    assert restore(kept, source.data, source.certs, NOON).spoilt == []
    assert has(source.data, PHOTO)


def interrupted_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """The machine stops at the so manieth move of a file; answers whether it came to that."""
    moves = 0
    move = Path.rename

    def stops(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == number:
            raise KeyboardInterrupt
        return move(self, target)

    monkeypatch.setattr(Path, "rename", stops)
    return lambda: moves >= number


def test_wherever_it_is_cut_a_server_does_not_start_empty_and_the_next_try_ends_it(
    source: Source, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 30):
        with monkeypatch.context() as patched:
            was_cut = interrupted_at(number, patched)
            try:
                restore(kept, source.data, source.certs, NOON)
            except KeyboardInterrupt:
                assert was_cut()
        if not was_cut():
            break
        if not source.database.exists():
            with pytest.raises(Damaged, match=r"scripts/restore\.py"):
                Committing(source.database, lambda: NOON).start()
    else:
        pytest.fail("it never came to its end")
    assert number > 5
    assert restoring.RESTORING not in {path.name for path in source.data.iterdir()}
    assert dump(source.database) == dump(kept.path / "parley.db")
    asides = [path for path in source.data.iterdir() if path.name.startswith(restoring.ASIDE)]
    assert any(has(aside, LATER) for aside in asides)  # and what stood there first is still there


def test_a_message_written_after_the_backup_can_be_said_again(source: Source, kept: Kept) -> None:
    """Its nonce is not known to the restored store, so what a phone still holds is taken, once."""

    async def says(attic: Attic) -> int:
        try:
            return (await attic.sends()).seq
        except Refusal as refusal:
            pytest.fail(str(refusal))

    restore(kept, source.data, source.certs, NOON)
    assert lives(source.data, says) == 4
