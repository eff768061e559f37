"""One backup as it is kept: its place, its manifest, and the others beside it.

A newcomer's first mistake is to count a folder that begins with a dot: that one is not whole yet, or never became so.
"""

import errno
import hashlib
import logging
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from protocol.records import Record, from_json, to_json
from store.blobs import PIECE, write_synced

MANIFEST = "manifest.json"
DATABASE = "parley.db"
SECRET = "secret"
FORMAT = 1
BYTES = ("files/", "thumbnails/")  # of messages: one that the disk has spoilt keeps nobody from all the others
LOST = {getattr(errno, name, None) for name in ("EIO", "EUCLEAN", "EBADMSG")}  # what Linux says of bytes the disk lost
FOLDER = re.compile(r"(\d{5,})-[\dT-]+")
ANOTHER = " Choose another backup."  # the end of what is said of one that cannot be put back

log = logging.getLogger("parley.backups")


class BackupError(Exception):
    """A backup could not be made, found, or put back: one sentence for people, with the next step."""


class Entry(Record, frozen=True, kw_only=True):
    """One file of a backup: its path within it, its bytes' number and hash."""

    path: str
    size: int
    sha256: str


class Manifest(Record, frozen=True, kw_only=True):
    """What a backup holds. `at` is when it was begun (ms), `epoch` the store's; `lacking` are hashes of files that a
    message names and that were not whole on the disk even then."""

    format: int
    number: int
    at: int
    epoch: str
    entries: list[Entry]
    lacking: list[str]


@dataclass(frozen=True)
class Kept:
    """A whole backup."""

    path: Path
    number: int

    def manifest(self) -> Manifest:
        """What it holds. Raises BackupError when that cannot be read."""
        try:
            manifest = from_json((self.path / MANIFEST).read_bytes(), Manifest)
        except (OSError, ValueError) as error:
            raise BackupError(f"{self.path} is no backup that can be read: {error}.{ANOTHER}") from error
        if manifest.format > FORMAT:
            raise BackupError(f"{self.path} was made by a newer Parley. Use that version, or a newer one.")
        if any(not _is_below(entry.path) for entry in manifest.entries):
            raise BackupError(f"{self.path} names files outside of itself, as no backup of Parley does.")
        return manifest

    def check_house(self) -> Manifest:
        """Reads database, notes and keys. Raises BackupError for the first that is not as the manifest says."""
        manifest = self.manifest()
        for entry in manifest.entries:
            if entry.path.startswith(BYTES):
                continue
            try:
                is_same = self._is_same(entry)
            except OSError as error:
                raise BackupError(f"{self.path / entry.path}: {error.strerror}.{ANOTHER}") from error
            if not is_same:
                raise BackupError(f"{self.path / entry.path} is not what was put there.{ANOTHER}")
        return manifest

    def find_spoilt(self, manifest: Manifest) -> list[str]:
        """Reads the files of messages, and answers the paths of those that are not as the manifest says, or gone.

        Raises BackupError when that cannot be known of one, as where this user may not read it: it may be whole.
        """
        ours = (entry for entry in manifest.entries if entry.path.startswith(BYTES))
        return [entry.path for entry in ours if not is_as_noted(self.path / entry.path, entry)]

    def check(self) -> Manifest:
        """Reads all of it. Raises BackupError when anything is not as the manifest says, with a line for each file."""
        manifest = self.check_house()
        if spoilt := self.find_spoilt(manifest):
            each = "".join(f"{self.path / path} is not what was put there, or gone.\n" for path in spoilt)
            raise BackupError(
                f"{each}Files of which that is so: {len(spoilt)}. It can be put back without them. Remove them there: "
                f"the next backup takes them anew from the house, where they may be whole. Check that disk."
            )
        return manifest

    def _is_same(self, entry: Entry) -> bool:
        return hash_of(self.path / entry.path) == entry.sha256


def is_as_noted(place: Path, entry: Entry) -> bool:
    """Whether these bytes are there as they were noted. Raises BackupError when that cannot be known."""
    try:
        return hash_of(place) == entry.sha256
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise BackupError(f"{place} may not be read. Run this as root, or as the user of the server.") from error
    except OSError as error:
        if error.errno in LOST:
            return False
        raise BackupError(f"{place}: {error.strerror}. Try again.") from error


def folder_name(number: int, at: int) -> str:
    """Its number, by which backups are ordered, and for people when it was made (UTC)."""
    return f"{number:05}-{time.strftime('%Y-%m-%dT%H-%M', time.gmtime(at / 1000))}"


def find_backups(folder: Path) -> list[Kept]:
    """The whole backups there, oldest first. What cannot be read is passed over, and the log says so."""
    try:
        return [kept for kept in _numbered(folder) if _is_whole(kept.path)]
    except OSError as error:
        pass_over(folder, error)
        return []


def holds_backups(folder: Path) -> bool:
    """Whether there is a whole one, whoever may read it. Raises OSError where that cannot be known."""
    unknown = None
    for kept in _numbered(folder):
        try:
            (kept.path / MANIFEST).stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            unknown = error
        else:
            return True
    if unknown is not None:
        raise unknown
    return False


def next_number(folder: Path) -> int:
    """Above every number there, also that of one which cannot be read. Raises OSError when none can be."""
    return max((kept.number for kept in _numbered(folder)), default=0) + 1


def _numbered(folder: Path) -> list[Kept]:
    try:
        named = [(FOLDER.fullmatch(path.name), path) for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted((Kept(path, int(match[1])) for match, path in named if match), key=lambda kept: kept.number)


def _is_whole(path: Path) -> bool:
    try:
        return (path / MANIFEST).is_file()
    except OSError as error:
        pass_over(path, error)
        return False


def pass_over(path: Path, error: OSError) -> None:
    """Says in the log why a backup, or a folder of them, is let be."""
    is_right = isinstance(error, PermissionError)
    then = "Give it to the user of the server, or remove it." if is_right else "Check that disk."
    log.warning("%s is passed over: %s. %s", path, error.strerror, then)


def one_backup(path: Path) -> Kept:
    """The backup at `path`, or the newest in that folder. Raises BackupError when there is none."""
    if match := FOLDER.fullmatch(path.resolve().name):
        return Kept(path, int(match[1]))
    if (path / MANIFEST).is_file():
        return Kept(path, 0)
    found = find_backups(path)
    if not found:
        raise BackupError(f"There is no backup in {path}.")
    return found[-1]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """On disk when this returns; one entry a line, for people and for diff."""
    lines = to_json(manifest).replace(b'{"path"', b'\n{"path"')
    write_synced(folder / MANIFEST, lines + b"\n", 0o600)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    seen = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            seen.update(piece)
    return seen.hexdigest()


def copy_synced(source: BinaryIO, target: Path) -> str:
    """Copies into a new file for its owner alone, on disk when this returns; answers the SHA-256 of what was copied."""
    seen = hashlib.sha256()
    with open(target, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as copy:
        while piece := source.read(PIECE):
            seen.update(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return seen.hexdigest()


def share(place: Path, target: Path) -> bool:
    """Whether `target` could be made another name of the same bytes: on one disk it can, but for a few kinds of it."""
    try:
        os.link(place, target)
    except OSError:
        return False
    return True


def _is_below(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ":" not in path and ".." not in path.split("/")
