"""The data folder of a house whose messages are in PostgreSQL: held by one server, and bound to that house's database.

Files are named by rows. A newcomer's first mistake is to start another database on a folder where files lie: no row of
it holds them, so they would be swept away.
"""

import sqlite3
from pathlib import Path

from store.durable import CannotStart
from store.durable.schema import BOUND, DATABASE, FILLED, RESTORING, hold


def hold_folder(folder: Path) -> sqlite3.Connection:
    """Holds the folder until this is closed or the process ends, as SQLite's house does. Raises CannotStart."""
    return hold(folder / DATABASE)


def require_free(folder: Path) -> None:
    """Before a house is begun in an empty database. Raises CannotStart where another house has its files."""
    if any(next(folder.glob(pattern), None) for pattern in (DATABASE, BOUND, RESTORING, *FILLED)):
        raise CannotStart(
            f"The database is empty, and in {folder} are the files of a house. Put its messages back into it, or "
            f"start with another --data for an empty house."
        )


def require_same(folder: Path, house: str) -> None:
    """Before another server is begun on a house that was written in. Raises CannotStart in a folder of no house.

    A server with a folder of its own would make files that the others do not have.
    """
    if not (folder / BOUND).exists():
        raise CannotStart(
            f"The house in this database has its files in another folder than {folder}: give each of its servers the "
            f"same --data, or, where this is it and {BOUND} alone is gone, write {house} into {folder / BOUND}."
        )


def bind(folder: Path, house: str) -> None:
    """Notes that the folder's files are those of that house. Raises CannotStart when they are another's."""
    if (folder / DATABASE).exists():
        raise CannotStart(
            f"{folder / DATABASE} holds the messages of another house. Start with --store sqlite, or another --data."
        )
    note = folder / BOUND
    try:
        before = note.read_text("utf-8").strip()
    except FileNotFoundError:
        note.write_text(f"{house}\n", "utf-8")
        return
    if before != house:
        raise CannotStart(f"The files in {folder} belong to another database. Start with that one, or another --data.")
