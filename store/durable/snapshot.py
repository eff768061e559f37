"""A database as it stood at one moment: copied while a server writes to it, looked through, given a life of its own.

Everything here blocks. A newcomer's first mistake is to copy in steps without a reading transaction of one's own:
SQLite then begins anew with every commit of somebody else (https://www.sqlite.org/c3ref/backup_finish.html).
"""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from store.durable import reading
from store.durable.committing import reason
from store.durable.schema import APPLICATION, connect, open_reader

PAGES = 256  # of 4 KiB, copied at once; between two steps the disk is somebody else's
REST_SECONDS = 0.002
STEPS_BETWEEN = 10_000  # of SQLite's machine, between two looks whether to give up; some milliseconds


class CannotCopy(Exception):
    """The database could not be copied, or the copy is not whole: one sentence for people."""


class NotWhole(CannotCopy):
    """A page or an index is not as it should be."""


def copy_database(source: Path, target: Path, proceed: Callable[[], None] = lambda: None) -> None:
    """Copies what is committed in `source`, whoever writes to it meanwhile, into the new file `target`, synced.

    `proceed` is called between two steps and may raise, to give up. Raises CannotCopy.
    """

    def step(_status: int, _left: int, _pages: int) -> None:
        proceed()
        time.sleep(REST_SECONDS)

    target.touch(0o600)
    try:
        with closing(connect(source)) as held, closing(connect(target)) as copy:
            held.execute("pragma query_only = on")
            held.execute("begin")
            if held.execute("pragma application_id").fetchone() != (APPLICATION,):
                raise CannotCopy(f"{source} is not a database of Parley.")
            held.execute("select count(*) from meta").fetchone()  # from here on it stands still for us
            copy.execute("pragma synchronous = off")  # synced below, once
            held.backup(copy, pages=PAGES, progress=step)
    except sqlite3.Error as error:
        raise CannotCopy(f"{source} could not be copied. {reason(error)}") from error
    _sync(target)


def require_whole(path: Path, proceed: Callable[[], None] = lambda: None) -> None:
    """Looks at every page and every index of a copy. Raises NotWhole, and CannotCopy where it cannot be read.

    `proceed` is called from time to time and may raise, to give up.
    """
    _look_through(path, _at_rest, "integrity_check", proceed)


def require_whole_while_used(path: Path, proceed: Callable[[], None]) -> None:
    """Looks at every page of a database that a server writes to, as it stands now. Raises as `require_whole`."""
    _look_through(path, open_reader, "quick_check", proceed)


def _look_through(
    path: Path, connected: Callable[[Path], sqlite3.Connection], check: str, proceed: Callable[[], None]
) -> None:
    given_up: list[BaseException] = []

    def step() -> int:
        try:
            proceed()
        except BaseException as error:  # noqa: BLE001 - SQLite lets nothing through; it is raised below
            given_up.append(error)
        return len(given_up)

    try:
        with closing(connected(path)) as link:
            link.set_progress_handler(step, STEPS_BETWEEN)
            (said,) = link.execute(f"pragma {check}(1)").fetchone()
    except sqlite3.Error as error:
        if given_up:
            raise given_up[0] from None
        if isinstance(error, sqlite3.OperationalError):  # the disk, or rights
            raise CannotCopy(f"{path.name} could not be looked through. {reason(error)}") from error
        raise NotWhole(f"{path.name} is damaged. {reason(error)}") from error
    if said != "ok":
        raise NotWhole(f"{path.name} is damaged: {said}")


def shelf(path: Path, table: str) -> list[bytes]:
    """The rows of one shelf of a copy, in order of key. Raises CannotCopy."""
    try:
        with closing(_at_rest(path)) as link:
            found = link.execute("select value from shelves where name = ? order by key", (table,))
            return [bytes(value) for (value,) in found]
    except sqlite3.Error as error:
        raise CannotCopy(f"{path.name} is damaged. {reason(error)}") from error


def epoch(path: Path) -> str:
    """The random id of the store that this is a copy of."""
    with closing(_at_rest(path)) as link:
        return reading.meta(link, "epoch", "")


def begin_anew(path: Path) -> str:
    """Gives it an epoch of its own, which is answered: what was numbered here from now on is another store's."""
    new = secrets.token_hex(8)
    with closing(connect(path)) as link:
        link.execute("pragma journal_mode = delete")  # one file, whole, with nothing beside it
        link.execute("update meta set value = ? where key = 'epoch'", (new,))
    _sync(path)
    return new


def _at_rest(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody writes, which leaves nothing beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
