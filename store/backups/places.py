"""Where the backups of a house are: in its data folder, and where the server was told to keep them.

A newcomer's first mistake is to compare numbers of two folders: each counts for itself. Within a folder the number says
which is newer, between two the clock.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from store.backups.kept import BackupError, Kept, find_backups
from store.backups.marks import marks_in, marks_of
from store.blobs import write_synced

WITHIN = "backups"  # of the data folder, where the server keeps them unless it is told otherwise
ELSEWHERE = "backups-to"  # a note in the data folder: the folder it was told


def note_place(data: Path, folder: Path) -> None:
    """Leave word in `data` of where its backups go, for commands that are not told. Raises BackupError.

    Nothing is written where that stands there already: the disk may be full, which keeps no backup from another one.
    """
    note, place = data / ELSEWHERE, folder.resolve()
    try:
        if _is_noted(data, place):
            return
        if place == (data / WITHIN).resolve():
            note.unlink(missing_ok=True)
        else:
            write_synced(note, str(place).encode(), 0o600)
    except OSError as error:
        raise BackupError(f"{note} could not be written: {error.strerror}. Check who may write there.") from error


def newest_of(data: Path) -> Kept:
    """The newest backup of the house in `data`, wherever its server keeps them; of any where none is known as its own.

    Raises BackupError when there is none, and when the folder elsewhere cannot be looked at, or one that may be newer:
    the newest may be there.
    """
    within, elsewhere = data / WITHIN, _noted(data)
    if elsewhere is not None and not os.path.isdir(elsewhere):
        raise BackupError(
            f"The server keeps its backups in {elsewhere}, which is not there now. Mount that disk, or name a backup, "
            f"or {within} for the newest in it."
        )
    folders = [folder for folder in (within, elsewhere) if folder is not None]
    marks, every = marks_of(data), [found for found in map(find_backups, folders) if found]
    own = [kept for found in every if (kept := _last_of(marks, found))]
    last = own or [found[-1] for found in every]
    if not last:
        raise BackupError(f"There is no backup in {' or '.join(map(str, folders))}.")
    return newest(last)


def newest(last: Iterable[Kept]) -> Kept:
    """Of backups from folders that count for themselves, the one made last. Raises BackupError."""
    return max(last, key=lambda kept: kept.manifest().at)


def is_of(data: Path, kept: Kept) -> bool:
    """Whether a backup is known to be of the house in `data`. Raises BackupError."""
    return bool(marks_of(data) & marks_in(kept.manifest()))


def _last_of(marks: set[str], found: list[Kept]) -> Kept | None:
    return next((kept for kept in reversed(found) if marks & marks_in(kept.manifest())), None) if marks else None


def _is_noted(data: Path, place: Path) -> bool:
    with suppress(BackupError):  # one that cannot be read is written anew
        return _noted(data) == place
    return False


def _noted(data: Path) -> Path | None:
    try:
        return Path((data / ELSEWHERE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BackupError(f"{data / ELSEWHERE} cannot be read: {error}. Remove it, and name a backup.") from error
