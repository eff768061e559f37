"""Makes a backup beside a server that runs, or of a folder that lies still: whole under its name, or not there.

The database first and then the files it names, for bytes never change and only go: what went meanwhile is known by a
second copy of the database, which no longer names it. On the disk of the data a file's bytes are shared and not copied.
"""

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection, OperationalError

from protocol.records import from_json
from store.backups.kept import (
    DATABASE,
    FOLDER,
    FORMAT,
    SECRET,
    BackupError,
    Entry,
    Kept,
    Manifest,
    copy_synced,
    folder_name,
    hash_of,
    next_number,
    share,
    write_manifest,
)
from store.backups.marks import marks_of, of_house
from store.backups.ownership import give, make_directory_for, owner_of
from store.blobs import Blobs, make_directory, sync_directory
from store.durable import CannotStart
from store.durable.schema import BOUND, hold
from store.durable.snapshot import CannotCopy, copy_database, epoch, require_whole, shelf
from store.rows import File

NOTES = (SECRET, "push.key", "invitation", "name")  # of the data folder
MAKING = ".making"  # is locked meanwhile
TRIES = 5  # copies of the database, while files that it names go


@dataclass(frozen=True)
class Source:
    """What is backed up: a data folder, and the folder of its keys where that goes along. `margin` bytes stay free."""

    data: Path
    certs: Path | None = None
    margin: int = 0

    @property
    def database(self) -> Path:
        """The one file that is copied as it stands at one moment."""
        return self.data / DATABASE


def make_backup(source: Source, folder: Path, at: int, proceed: Callable[[], None] = lambda: None) -> Kept:
    """A new backup in `folder`, checked and on disk. `at` is now (ms); `proceed` may raise, to give up.

    What root makes belongs to the owner of the data, and elsewhere to that of `folder`. Raises BackupError; what is
    there already is left as it is.
    """
    if (source.data / BOUND).exists():
        raise BackupError(
            f"The messages of this house are in PostgreSQL. Back them up with pg_dump, and copy {source.data} along."
        )
    if not source.database.is_file():
        raise BackupError(f"There is no {source.database}. Say with --data where the data is.")
    try:
        data, folder = source.data.resolve(), folder.resolve()
        whose = data if folder.is_relative_to(data) else owner_of(folder)
        make_directory_for(whose, folder)
        with closing(_alone(folder)):
            give(folder / f"{MAKING}.lock", whose)
            _clear(folder)
            _require_room(source, folder)
            return _make(source, folder, at, proceed, whose)
    except CannotCopy as reason:
        raise BackupError(f"No backup was made: {reason}") from reason
    except OSError as error:
        raise BackupError(f"No backup was made in {folder}: {error.strerror}. Check it and its disk.") from error


def _make(source: Source, folder: Path, at: int, proceed: Callable[[], None], whose: Path) -> Kept:
    before, number = next(of_house(marks_of(source.data), folder), None), next_number(folder)
    place = folder / folder_name(number, at)
    beside = place.with_name(f".{place.name}.new")
    beside.mkdir(0o700)
    try:
        making = _Making(source, beside, before.path if before else None, proceed)
        entries, lacking = making.everything(), sorted(making.lacking)
        of = epoch(beside / DATABASE)
        write_manifest(
            beside, Manifest(format=FORMAT, number=number, at=at, epoch=of, entries=entries, lacking=lacking)
        )
        for parent in {beside, *(path.parent for path in beside.rglob("*"))}:
            sync_directory(parent)
        give(beside, whose)
        beside.rename(place)
        sync_directory(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Kept(place, number)


class _Making:
    def __init__(self, source: Source, beside: Path, before: Path | None, proceed: Callable[[], None]) -> None:
        self._source = source
        self._beside = beside
        self._before = before
        self._proceed = proceed
        self._blobs = Blobs(source.data)
        self.lacking: set[str] = set()

    def everything(self) -> list[Entry]:
        """Puts all of it into the folder, and answers what that is."""
        database = self._beside / DATABASE
        named: dict[str, int] = {}
        for _ in range(TRIES):
            database.unlink(missing_ok=True)
            copy_database(self._source.database, database, self._proceed)
            named = self._named(database)
            self.lacking = {sha256 for sha256 in named if not self._brings(sha256, named[sha256])}
            if not self.lacking:
                break
        require_whole(database, self._proceed)
        files = [self._file(sha256) for sha256 in named if sha256 not in self.lacking]
        for path in set((self._beside / "files").glob("??/*")) - {self._beside / entry.path for entry in files}:
            path.unlink()  # it went while an earlier copy of the database still named it
        return [self._hashed(database), *files, *self._pictures(named), *self._notes()]

    def _named(self, database: Path) -> dict[str, int]:
        rows = (from_json(row, File) for row in shelf(database, "files"))
        return {row.sha256: row.size for row in rows if row.complete and row.sha256}

    def _brings(self, sha256: str, size: int) -> bool:
        """Whether these bytes are in the backup now: the house's own before those of the last backup.

        Both are on the disk that is shared with, or one is on another, which costs a look. So what was spoilt in a
        backup and is whole in the house is whole in the next.
        """
        self._proceed()
        target = self._beside / "files" / sha256[:2] / sha256
        if target.exists():
            return True
        make_directory(target.parent)
        place = self._blobs.path(sha256)
        if _has_size(place, size) and share(place, target):
            return True
        old = self._before / "files" / sha256[:2] / sha256 if self._before else None
        if old is not None and _has_size(old, size) and share(old, target):
            return True
        if not place.is_file():
            return False
        _require_free(self._beside.parent, size, self._source.margin)  # a copy takes room that messages may need
        return _copied(place, target, sha256)

    def _pictures(self, named: dict[str, int]) -> list[Entry]:
        """Small and large pictures: each could be made again, but a phone would wait for it."""
        found = []
        for sha256 in named:
            for path in (self._blobs.thumbnail(sha256), self._blobs.preview(sha256)):
                with suppress(FileNotFoundError):
                    name = f"thumbnails/{sha256[:2]}/{path.name}"
                    found.append(self._copied_along(path, name, never_changes=True))
        return found

    def _notes(self) -> list[Entry]:
        data, certs = self._source.data, self._source.certs
        notes = [self._copied_along(data / name, name) for name in NOTES if (data / name).is_file()]
        if certs is None:
            return notes
        keys = sorted(path for ending in ("*.pem", "*.key") for path in certs.rglob(ending) if path.is_file())
        return notes + [self._copied_along(key, f"certs/{key.relative_to(certs).as_posix()}") for key in keys]

    def _copied_along(self, path: Path, name: str, *, never_changes: bool = False) -> Entry:
        target = self._beside / name
        with path.open("rb") as source:
            make_directory(target.parent)
            if not (never_changes and share(path, target)):
                copy_synced(source, target)
        return self._hashed(target)

    def _hashed(self, path: Path) -> Entry:
        self._proceed()
        name = path.relative_to(self._beside).as_posix()
        return Entry(path=name, size=path.stat().st_size, sha256=hash_of(path))

    def _file(self, sha256: str) -> Entry:
        name = f"files/{sha256[:2]}/{sha256}"
        return Entry(path=name, size=(self._beside / name).stat().st_size, sha256=sha256)


def _has_size(path: Path, size: int) -> bool:
    with suppress(OSError):  # nor does one that may not be read
        return path.is_file() and path.stat().st_size == size
    return False


def _copied(place: Path, target: Path, sha256: str) -> bool:
    """Whether a copy is what its name says; bytes that the disk has changed are not carried on."""
    try:
        with place.open("rb", buffering=0) as source:
            seen = copy_synced(source, target)
    except FileNotFoundError:
        return False
    if seen != sha256:
        target.unlink()
    return seen == sha256


def _alone(folder: Path) -> Connection:
    """Holds the folder until it is closed. Raises BackupError if a backup is being made there, or none may be."""
    try:
        return hold(folder / MAKING)
    except CannotStart:
        raise BackupError(f"Another backup is being made in {folder}. Wait until it is there.") from None
    except OperationalError as error:
        raise BackupError(f"No backup was made in {folder}, to which this user may not write: {error}.") from error


def _clear(folder: Path) -> None:
    """What a crash left of a backup that never became whole, or was being removed; others may keep their own here."""
    for left in folder.glob(".*"):
        if left.suffix in (".new", ".gone") and FOLDER.fullmatch(left.stem.removeprefix(".")):
            shutil.rmtree(left, ignore_errors=True)


def _require_room(source: Source, folder: Path) -> None:
    _require_free(folder, sum(path.stat().st_size for path in source.data.glob(f"{DATABASE}*")), source.margin)


def _require_free(folder: Path, needed: int, margin: int) -> None:
    room = shutil.disk_usage(folder).free - margin
    if needed > room:
        raise BackupError(f"No backup was made: {folder} has too little room. Free {(needed - room) >> 20} MB there.")
