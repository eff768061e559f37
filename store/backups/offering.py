"""What is said when the database is damaged or gone: which backup is good, and the command that puts it back."""

import shlex
import sys
import time
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from store.backups.kept import ANOTHER, DATABASE, BackupError, Kept, find_backups, holds_backups
from store.backups.marks import marks_of, of_house
from store.backups.places import is_of, newest
from store.durable import CannotStart, Damaged
from store.durable.schema import require_no_house

RESTORE = Path(__file__).absolute().parents[2] / "scripts" / "restore.py"


def require_no_lost_house(data: Path, folder: Path) -> None:
    """Before a server starts on `data` that keeps its backups in `folder`: they may be all that is left of a house.

    An empty one in its place would tell nobody. Raises Damaged, CannotStart where it cannot be known whether there are
    backups, and what `require_no_house` raises.
    """
    database = data / DATABASE
    if database.exists():
        return
    require_no_house(database)
    try:
        is_lost = holds_backups(folder)
    except OSError as error:
        raise CannotStart(
            f"{error.filename or folder} cannot be looked at: {error.strerror}; it may hold a house. Mend that, or "
            f"choose another --backups-to for an empty house."
        ) from error
    if is_lost:
        raise Damaged(
            f"There is no {database}, but {folder} holds backups of a house. Put one back, or for an empty house "
            f"choose another --backups-to, or move them away."
        )


def last_good(folders: Iterable[Path], marks: AbstractSet[str] = frozenset()) -> Kept | None:
    """The newest backup in these folders that can be put back: its database, notes and keys are as they were made.

    One of the house with these marks goes before those of which that is not known.
    """
    folders = list(folders)
    own = [kept for folder in folders if (kept := _first_good(of_house(marks, folder)))]
    good = own or [kept for folder in folders if (kept := _first_good(reversed(find_backups(folder))))]
    return newest(good) if good else None


def offer(folders: Iterable[Path], data: Path, certs: Path) -> str:
    """One sentence: the last good backup and how to take it, or why there is none."""
    folders = list(folders)
    kept = last_good(folders, marks_of(data))
    if kept is None:
        return _none_of(folders)
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(kept.manifest().at / 1000))
    places = ["--data", str(data.absolute()), "--certs", str(certs.absolute()), str(kept.path.absolute())]
    command = shlex.join([sys.executable, str(RESTORE), *places])
    whose = "" if is_of(data, kept) else ", of which house cannot be known"
    return f"The last good backup was made {when} UTC{whose}. To take it: {command}"


def _none_of(folders: list[Path]) -> str:
    found = {folder: there for folder in folders if (there := find_backups(folder))}
    if not found:
        return "No backup was found."
    reasons = (_why_not(kept) for there in found.values() for kept in reversed(there))
    reason = next(filter(None, reasons), "That disk answers now and then.")
    count, places = sum(map(len, found.values())), " and ".join(map(str, found))
    if count == 1:
        return f"The one backup in {places} cannot be put back: {reason}"
    return f"None of the {count} backups in {places} can be put back: {reason}"


def _first_good(found: Iterable[Kept]) -> Kept | None:
    return next(filter(_is_good, found), None)


def _is_good(kept: Kept) -> bool:
    return not _why_not(kept)


def _why_not(kept: Kept) -> str:
    """Why it cannot be put back; empty where it can."""
    try:
        entries = kept.check_house().entries
    except BackupError as reason:
        return str(reason).removesuffix(ANOTHER)
    return "" if any(entry.path == DATABASE for entry in entries) else f"{kept.path} holds no database."
