"""Puts a backup back: every file is read and compared first, what stood there is kept aside, the database comes last.

What the disk has spoilt of the files of messages comes from the house where it is whole there, and else is left out,
for all backups of a disk may share those bytes. A restored store has an epoch of its own. A newcomer's first mistake is
to keep the old one: phones would go on from numbers that mean other messages now.
"""

import shutil
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from store.backups.kept import BYTES, DATABASE, BackupError, Entry, Kept, Manifest, copy_synced, is_as_noted, share
from store.backups.ownership import give, make_directory_for, may_share, owner_of
from store.blobs import make_directory, sync_directory
from store.durable import CannotStart
from store.durable.schema import BOUND, RESTORING, hold
from store.durable.snapshot import begin_anew, require_whole

ASIDE = "aside"
REPLACED = ("files", "thumbnails", "uploads", "secret", "push.key", "invitation", "name")
AUTHORITY = "authority/root.pem"  # of the keys
DERIVED = ("search.db*",)  # made again from the log when the epoch is another one


@dataclass(frozen=True)
class Restored:
    """What came of it: where what stood there is now (None when nothing did), and the store's new epoch.

    `spoilt` are paths of files that were not as the manifest says, or gone, in the house as well, and are lacking now.
    `has_other_keys` says that the authority phones know from the backup is not the one of the keys that were left.
    """

    aside: Path | None
    epoch: str
    manifest: Manifest
    spoilt: list[str]
    has_other_keys: bool


def restore(kept: Kept, data: Path, certs: Path | None, at: int) -> Restored:
    """Makes `data` what it was when the backup was made. `at` is now (ms). Keys come back only where there are none.

    What root brings belongs to the owner of `data`, and keys to that of `certs`. Raises BackupError, and until all
    was compared nothing has been touched.
    """
    try:
        whose = owner_of(data)
        make_directory_for(whose, data)
        if (data / BOUND).exists():
            raise BackupError(
                f"The messages of the house in {data} are in PostgreSQL. Put them back with pg_restore, "
                f"or restore this backup into another --data."
            )
        with closing(hold(data / DATABASE)):
            give(data / f"{DATABASE}.lock", whose)
            manifest = kept.check_house()
            whole, spoilt = _find_whole(kept, manifest, data)
            beside = data / RESTORING
            epoch = _lay_beside(whole, beside, whose)
            give(beside, whose)
            aside = _put_aside(data, at)
            has_other_keys = _put_keys_in_place(beside / "certs", certs)
            _put_in_place(beside, data)
    except CannotStart as reason:
        raise BackupError(str(reason)) from reason
    except OSError as error:
        raise BackupError(
            f"{error.filename or data} could not be restored: {error.strerror}. Mend that, then run this again."
        ) from error
    return Restored(aside, epoch, manifest, spoilt, has_other_keys)


def _find_whole(kept: Kept, manifest: Manifest, data: Path) -> tuple[list[tuple[Entry, Path]], list[str]]:
    """Each file and where it is whole, and the paths of those that are so nowhere.

    Where the backup's disk has spoilt one the house may still have it, also put aside by a restore that was cut.
    """
    spoilt, houses = set(kept.find_spoilt(manifest)), (data, *data.glob(f"{ASIDE}-*"))
    found, lacking = [], []
    for entry in manifest.entries:
        places = [kept.path / entry.path]
        if entry.path in spoilt:
            places = [place for house in houses if is_as_noted(place := house / entry.path, entry)]
        if places:
            found.append((entry, places[0]))
        else:
            lacking.append(entry.path)
    return found, lacking


def _lay_beside(whole: list[tuple[Entry, Path]], beside: Path, whose: Path) -> str:
    """All of it in a folder on the disk of the data, with its new epoch, which is answered."""
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(0o700)
    for entry, place in whole:
        target = beside / entry.path
        make_directory(target.parent)
        _bring(place, entry, target, whose)
    require_whole(beside / DATABASE)
    epoch = begin_anew(beside / DATABASE)
    for parent in {beside, *(path.parent for path in beside.rglob("*"))}:
        sync_directory(parent)
    return epoch


def _bring(place: Path, entry: Entry, target: Path, whose: Path) -> None:
    """Shared where it lies on this disk, never changes and is theirs; the database, keys and notes are copied."""
    if entry.path.startswith(BYTES) and may_share(place, whose) and share(place, target):
        return
    with place.open("rb", buffering=0) as source:
        if copy_synced(source, target) != entry.sha256:
            raise BackupError(f"{place} changed while it was read. Check that disk, then try again.")


def _put_aside(data: Path, at: int) -> Path | None:
    """Moves what stands there into a folder of its own. Nothing is removed, for it may be all there is."""
    there = [path for name in (f"{DATABASE}*", *DERIVED, *REPLACED) for path in data.glob(name)]
    there = [path for path in there if path.name != f"{DATABASE}.lock"]
    if not there:
        return None
    stamp = time.strftime("%Y-%m-%dT%H-%M-%S", time.gmtime(at / 1000))
    aside = Path(mkdtemp(prefix=f"{ASIDE}-{stamp}-", dir=data))
    give(aside, data)
    for path in there:
        path.rename(aside / path.name)
    sync_directory(aside)
    sync_directory(data)
    return aside


def _put_keys_in_place(keys: Path, certs: Path | None) -> bool:
    """Unless there are some. Whether those belong to another authority than the backup's, which is left out then."""
    has_other_keys = False
    if certs is not None and keys.is_dir():
        if list(certs.rglob("*.pem")):
            has_other_keys = _root(keys) not in (b"", _root(certs))
        else:
            whose = owner_of(certs)
            make_directory_for(whose, certs)
            shutil.copytree(keys, certs, dirs_exist_ok=True)
            give(certs, whose)
    shutil.rmtree(keys, ignore_errors=True)
    return has_other_keys


def _root(certs: Path) -> bytes:
    """The certificate by which phones know the house; empty when there is none."""
    try:
        return (certs / AUTHORITY).read_bytes()
    except FileNotFoundError:
        return b""


def _put_in_place(beside: Path, data: Path) -> None:
    for path in sorted(beside.iterdir(), key=lambda path: path.name == DATABASE):  # that one last
        path.rename(data / path.name)
        sync_directory(data)
    beside.rmdir()
    sync_directory(data)
