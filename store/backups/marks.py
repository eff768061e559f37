"""By which a house is known: its store's epoch, and the hash of its secret, which a restore leaves as it is.

A newcomer's first mistake is to take the newest backup of a folder for one's own: two houses may share it.
"""

import logging
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from store.backups.kept import DATABASE, SECRET, BackupError, Kept, Manifest, find_backups, hash_of
from store.durable.snapshot import epoch

log = logging.getLogger("parley.backups")


def marks_in(manifest: Manifest) -> set[str]:
    """Of the house that a backup is of."""
    return {manifest.epoch, *(entry.sha256 for entry in manifest.entries if entry.path == SECRET)}


def marks_of(data: Path) -> set[str]:
    """Of the house that lives there, or what is left of them; empty where neither can be read."""
    marks = set()
    with suppress(OSError):
        marks.add(hash_of(data / SECRET))
    with suppress(OSError, sqlite3.Error):
        if (data / DATABASE).is_file():  # SQLite would make one
            marks.add(epoch(data / DATABASE))
    return marks - {""}


def of_house(marks: AbstractSet[str], folder: Path) -> Iterator[Kept]:
    """The backups there of the house with these marks, newest first.

    Whose epoch and secret changed one after the other is known all along. One of which it cannot be read whose it is
    is none of them, and the log says so.
    """
    known = set(marks)
    for kept in reversed(find_backups(folder)):
        try:
            has = marks_in(kept.manifest())
        except BackupError as reason:
            log.info("%s", reason)
            continue
        if known & has:
            known |= has
            yield kept
